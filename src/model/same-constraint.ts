// Which constraint of a table below is the one of a table above.

import { isSameKey } from './foreign-key.ts';
import type { TableConstraint } from './relation.ts';

/** A CHECK has the name of the one above, a foreign key says the same, NOT NULL is of the same column. */
export function isSameConstraint(own: TableConstraint, above: TableConstraint): boolean {
  if (own.type === 'foreign-key' && above.type === 'foreign-key') return isSameKey(own, above);
  if (own.type === 'not-null' && above.type === 'not-null') return String(own.columns) === String(above.columns);
  return own.type === above.type && own.name === above.name;
}
