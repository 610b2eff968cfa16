// What PREPARE leaves for EXECUTE in the rest of a connection.

import type { Query } from './query.ts';
import type { Statement } from './statement.ts';

export interface Prepared {
  readonly statement: Statement;
  /** What it gives, along the search path of whoever runs it; `unknown` where it is not certain which statement was prepared. */
  readonly query: Query | 'unknown';
}
