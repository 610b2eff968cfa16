// What tracing needs of a PostgreSQL, whichever client talks to it.

import type { PostgresVersion } from '../model/version.ts';

/** What a statement said while it ran. */
export interface Heard {
  /** The first word of the command tag: `ALTER`, `REFRESH`. */
  readonly command: string;
  /** Notices down to the level that `client_min_messages` asks for. */
  readonly messages: readonly string[];
}

export interface Connection {
  /** The rows of a question of ours. */
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Runs one statement. Throws a `Refusal` where the server does not take it. */
  run(sql: string): Promise<Heard>;
  end(): Promise<void>;
}

export interface Server {
  readonly version: PostgresVersion;
  /** For people: `PostgreSQL 18.6 (PGlite 0.5.16)`. */
  readonly name: string;
  /** The one that statements run on. */
  readonly connection: Connection;
  /** Another session beside it; undefined where there can only be one. */
  readonly connect: (() => Promise<Connection>) | undefined;
  /** Ends all connections, and throws away what was made for the trace. */
  stop(): Promise<void>;
}

/** The server said no. */
export class Refusal extends Error {
  /** SQLSTATE. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** Both clients throw errors with the fields of the protocol; whatever has none did not come from a server. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (typeof error !== 'object' || error === null || !('severity' in error && 'code' in error && 'message' in error)) return undefined;
  return new Refusal(String(error.code), String(error.message));
}
