// The names that a change says must be there, in the order in which PostgreSQL looks for them. What stands in the expressions and queries
// of its statement, the parser has noted.

import type { Change, ChangeKind, ChangeOf } from '../../model/change.ts';
import type { Mentioned, PartKind } from '../../model/mention.ts';
import type { RelationName } from '../../model/names.ts';

/** Nothing where it says IF EXISTS of what it is about. */
export function mentionsOf(change: Change): readonly Mentioned[] {
  return ofKind(change.kind, change);
}

function ofKind<K extends ChangeKind>(kind: K, change: ChangeOf<K>): readonly Mentioned[] {
  const more = mentions[kind]?.(change) ?? [];
  return 'table' in change && change.table !== undefined && !makers.has(kind) ? [relation(change.table), ...more] : more;
}

/** What they call a table may not be there. */
const makers: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['create-table', 'drop-table']);

type Table = { readonly [K in ChangeKind]?: (change: ChangeOf<K>) => readonly Mentioned[] };

type OfColumn = { readonly table: RelationName; readonly column: string };

const relation = (name: RelationName): Mentioned => ({ kind: 'relation', name });

/** Something new; what is temporary has a schema of its own. */
const placeOf = (name: RelationName, isTemporary = false): readonly Mentioned[] => (isTemporary ? [] : [{ kind: 'place', name }]);

const columns = (table: RelationName, names: readonly string[]): Mentioned[] =>
  names.map((column) => ({ kind: 'column', column, of: [table], isField: false, at: 'before' }));

const ofColumn = ({ table, column }: OfColumn): readonly Mentioned[] => columns(table, [column]);

const part = (kind: PartKind, table: RelationName, name: string): Mentioned => ({ kind: 'part', part: kind, table, name });

const ofPart =
  (kind: PartKind) =>
  ({ table, name }: { readonly table: RelationName; readonly name: string }): readonly Mentioned[] => [part(kind, table, name)];

const droppedPart =
  (kind: PartKind) =>
  (change: { readonly table: RelationName; readonly name: string; readonly ifExists: boolean }): readonly Mentioned[] =>
    change.ifExists ? [] : ofPart(kind)(change);

const ofConstraint = ({ table, constraint }: { readonly table: RelationName; readonly constraint: string }): readonly Mentioned[] => [part('constraint', table, constraint)];

const ofPartition = (table: RelationName, partition: RelationName): readonly Mentioned[] => [relation(partition), { kind: 'partition', table, partition }];

const ofRelation = ({ relation: name, relationKind, ifExists = false }: { readonly relation: RelationName; readonly relationKind: string; readonly ifExists?: boolean }): readonly Mentioned[] => {
  if (ifExists) return [];
  return [relationKind === 'type' ? { kind: 'type', name } : relation(name)];
};

const mentions: Table = {
  'create-table': ({ table, persistence }) => placeOf(table, persistence === 'temporary'),
  'drop-table': ({ table, ifExists }) => (ifExists ? [] : [relation(table)]),
  'rename-relation': ofRelation,
  'set-schema': (change) => [...ofRelation(change), ...(change.ifExists ? [] : [{ kind: 'schema', name: change.schema } as const])],
  'change-owner': ofRelation,
  'set-tablespace': ofRelation,
  'set-options': ofRelation,
  'replica-identity': ({ table, identity }) => (identity.kind === 'index' ? [part('index', table, identity.index)] : []),
  'no-inherit': ({ table, parent }) => [relation(parent), { kind: 'parent', table, parent }],
  'set-of-type': ({ type }) => (type ? [{ kind: 'type', name: type }] : []),
  'attach-partition': ({ partition }) => [relation(partition)],
  'detach-partition': ({ table, partition }) => ofPartition(table, partition),
  'split-partition': ({ table, partition }) => ofPartition(table, partition),
  'merge-partitions': ({ table, partitions }) => partitions.flatMap((partition) => ofPartition(table, partition)),
  'cluster-on': ({ table, byIndex }) => (byIndex === undefined ? [] : [part('index', table, byIndex)]),
  grant: ({ relation: name }) => [relation(name)],
  'create-index': ({ table, index }) => columns(table, [...index.columns, ...index.included]),
  'drop-column': (change) => (change.ifExists ? [] : ofColumn(change)),
  'rename-column': ofColumn,
  'alter-column-type': ofColumn,
  'set-default': ofColumn,
  'drop-default': ofColumn,
  'set-not-null': ofColumn,
  'drop-not-null': ofColumn,
  'set-expression': ofColumn,
  'drop-expression': ofColumn,
  'add-identity': ofColumn,
  'alter-identity': ofColumn,
  'drop-identity': ofColumn,
  'set-column-statistics': ofColumn,
  'set-column-storage': ofColumn,
  'set-column-compression': ofColumn,
  'set-column-options': ofColumn,
  'add-constraint': ({ table, constraint }) => {
    if (constraint.type === 'foreign-key') return [relation(constraint.references)];
    return 'usingIndex' in constraint && constraint.usingIndex !== undefined ? [part('index', table, constraint.usingIndex)] : [];
  },
  'validate-constraint': ofConstraint,
  'drop-constraint': (change) => (change.ifExists ? [] : ofConstraint(change)),
  'alter-constraint': ofConstraint,
  'rename-constraint': ofConstraint,

  'drop-index': ({ index, ifExists }) => (ifExists ? [] : [{ kind: 'index', name: index }]),
  reindex: ({ relation: name, target }) => (name && (target === 'index' || target === 'table') ? [relation(name)] : []),
  'attach-index-partition': ({ index, partition }) => [relation(index), relation(partition)],

  'create-trigger': ({ function: run, references }) => [{ kind: 'function', name: run, argumentTypes: [] }, ...(references ? [relation(references)] : [])],
  'drop-trigger': droppedPart('trigger'),
  'rename-trigger': ofPart('trigger'),
  'toggle-trigger': ({ table, triggers }) => (triggers.kind === 'one' ? [part('trigger', table, triggers.name)] : []),
  'toggle-rule': ofPart('rule'),
  'alter-policy': ofPart('policy'),
  'drop-policy': droppedPart('policy'),
  'rename-policy': ofPart('policy'),
  'drop-rule': droppedPart('rule'),
  'rename-rule': ofPart('rule'),
  'drop-statistics': ({ statistics, ifExists }) => (ifExists ? [] : [{ kind: 'statistics', name: statistics }]),
  'move-statistics': ({ statistics }) => [{ kind: 'statistics', name: statistics }],
  'create-publication': ({ tables }) => tables.map(({ table }) => relation(table)),
  'alter-publication': ({ publication, action, tables }) => [
    { kind: 'publication', name: publication },
    ...tables.flatMap(({ table }) => [relation(table), ...(action === 'drop' ? [{ kind: 'published-table', publication, table } as const] : [])]),
  ],
  'rename-publication': ({ publication }) => [{ kind: 'publication', name: publication }],
  'drop-publication': ({ publication, ifExists }) => (ifExists ? [] : [{ kind: 'publication', name: publication }]),

  'drop-view': ({ view, ifExists }) => (ifExists ? [] : [relation(view)]),
  'create-view': ({ view, temporary }) => placeOf(view, temporary),
  'create-materialized-view': ({ view }) => placeOf(view),
  'create-sequence': ({ sequence, persistence }) => placeOf(sequence, persistence === 'temporary'),
  'create-enum': ({ type }) => placeOf(type),
  'create-type': ({ type }) => placeOf(type),
  'create-composite': ({ type }) => placeOf(type),
  'create-domain': ({ domain }) => placeOf(domain),
  'create-function': ({ function: name }) => placeOf(name),
  refresh: ({ view }) => [relation(view)],
  'drop-schema': ({ schema, ifExists }) => (ifExists ? [] : [{ kind: 'schema', name: schema }]),
  'rename-schema': ({ schema }) => [{ kind: 'schema', name: schema }],
  'add-attribute': ({ type, attribute }) => [{ kind: 'type', name: type }, { kind: 'type', name: attribute.type.name }],
  'drop-attribute': ({ type, attribute, ifExists }) => [{ kind: 'type', name: type }, ...(ifExists ? [] : [{ kind: 'attribute', type, name: attribute } as const])],
  'alter-attribute': ({ type, attribute, to }) => [{ kind: 'type', name: type }, { kind: 'attribute', type, name: attribute }, { kind: 'type', name: to.name }],
  'rename-attribute': ({ type, attribute }) => [{ kind: 'type', name: type }, { kind: 'attribute', type, name: attribute }],
  'rename-domain-constraint': ({ domain, constraint }) => [{ kind: 'type', name: domain }, { kind: 'domain-constraint', domain, name: constraint }],
  'drop-type': ({ type, ifExists }) => (ifExists ? [] : [{ kind: 'type', name: type }]),
  'alter-function': ({ function: name, argumentTypes }) => [{ kind: 'function', name, argumentTypes }],
  'drop-function': ({ function: name, argumentTypes, ifExists }) => (ifExists ? [] : [{ kind: 'function', name, argumentTypes }]),
  'move-function': ({ function: name, argumentTypes }) => [{ kind: 'function', name, argumentTypes }],
  'drop-sequence': ({ sequence, ifExists }) => (ifExists ? [] : [relation(sequence)]),
};
