// What a migration command has sent to PostgreSQL, in the order in which the server was done with it.

export interface Recording {
  readonly version: 1;
  /** As it was called. */
  readonly command: readonly string[];
  /** The major version of the server. */
  readonly postgres: number;
  readonly messages: readonly RecordedMessage[];
}

export interface RecordedMessage {
  /** Which connection it came on, from 1. */
  readonly session: number;
  readonly sql: string;
  /** Values of `$1`, …, as texts; null for NULL, and for what is in binary and neither a text nor a whole number. Left out where there are none. */
  readonly values?: readonly (string | null)[];
  /** It was sent together with the one before it on its connection: where no transaction is open, PostgreSQL runs them in one. */
  readonly joined?: true;
  /** The server refused it, or what it was sent together with. */
  readonly error?: { readonly code: string; readonly message: string };
}
