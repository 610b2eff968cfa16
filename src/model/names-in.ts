// The relations and other objects that a change names, wherever it does.

import type { Change } from './change.ts';
import type { RelationName } from './names.ts';

/** Objects that live in a schema; not those that have no schema of their own, such as indexes that are made, columns and policies. */
export function namesIn(change: Change): readonly RelationName[] {
  const named: (RelationName | undefined)[] = [];
  if ('table' in change) named.push(change.table);
  if ('relation' in change && change.kind !== 'reindex') named.push(change.relation);
  if ('view' in change) named.push(change.view);
  if ('type' in change && change.kind !== 'alter-column-type') named.push(change.type);
  if ('domain' in change) named.push(change.domain);
  if ('function' in change) named.push(change.function);
  if ('sequence' in change) named.push(change.sequence);
  if ('index' in change && 'schema' in change.index) named.push(change.index);
  return named.filter((name) => name !== undefined);
}
