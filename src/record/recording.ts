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
  /** Values of `$1`, …, as texts; null for NULL, and for a value in binary. Left out where there are none. */
  readonly values?: readonly (string | null)[];
  /** The server refused it. */
  readonly error?: { readonly code: string; readonly message: string };
}
