// What a statement needs that not every version of PostgreSQL has.

import type { Span } from '../text/span.ts';
import type { FunctionCall } from './expression.ts';
import type { PostgresVersion } from './version.ts';

export interface Feature {
  /** As a message names it: `NULLS NOT DISTINCT`, `the function uuidv7()`. */
  readonly name: string;
  /** The first version that has it. */
  readonly since: PostgresVersion;
  /** The first version that has it no more. */
  readonly until?: PostgresVersion;
  /** The SQLSTATE of versions that can't read a statement with it. */
  readonly readError?: string;
  /** Where it stands; the whole statement where the parser does not say. */
  readonly span: Span;
  /** Of a function: a database may have one of its own by that name. */
  readonly call: FunctionCall | undefined;
}
