// What a change makes in a schema: the one that it names, or the first of the search path.

import type { Change, ChangeKind, ChangeOf } from './change.ts';
import type { RelationName } from './names.ts';

/** Undefined where it makes nothing, or something that has its schema from elsewhere: an index, a temporary table. */
export function madeBy(change: Change): RelationName | undefined {
  return ofKind(change.kind, change);
}

function ofKind<K extends ChangeKind>(kind: K, change: ChangeOf<K>): RelationName | undefined {
  return names[kind]?.(change);
}

const names: { readonly [K in ChangeKind]?: (change: ChangeOf<K>) => RelationName | undefined } = {
  'create-table': ({ table, persistence }) => (persistence === 'temporary' ? undefined : table),
  'create-view': ({ view, temporary }) => (temporary ? undefined : view),
  'create-materialized-view': ({ view }) => view,
  'create-sequence': ({ sequence, persistence }) => (persistence === 'temporary' ? undefined : sequence),
  'create-enum': ({ type }) => type,
  'create-type': ({ type }) => type,
  'create-composite': ({ type }) => type,
  'create-domain': ({ domain }) => domain,
  'create-function': ({ function: name }) => name,
  'create-statistics': ({ statistics }) => statistics,
};
