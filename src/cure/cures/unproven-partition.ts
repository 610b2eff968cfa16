// A CHECK of the bounds, validated while everybody works, before the partition is attached; and one that excludes them for the default
// partition. What the partition lacks of the indexes of the partitioned table is built concurrently.

import { checkName, indexName, keyName } from '../../history/constraint-names.ts';
import { keyOf, partAlike, wantedOnAttach, wantedOnCreate } from '../../model/alike-indexes.ts';
import type { Catalog } from '../../model/catalog.ts';
import type { Stage, Withheld } from '../../model/cure.ts';
import { foreignKeysOf } from '../../model/foreign-key.ts';
import type { RelationName } from '../../model/names.ts';
import type { PartitionBound } from '../../model/partition.ts';
import type { Predicate } from '../../model/predicate.ts';
import type { Index, Relation } from '../../model/relation.ts';
import { boundsOf, outsideOf, type Bounds } from '../../postgres/partition-bounds.ts';
import { verdictOf } from '../../postgres/partition-proof.ts';
import type { Ailment, Remedy } from '../ailment.ts';
import { conditionOf } from '../condition.ts';
import { handOf, literal, quoted, quotedList, quotedName, type Hand } from '../hand.ts';

export const unprovenPartition: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  const made = partitionIn(ailment);
  if (act === undefined || made === undefined) return undefined;
  const parent = act.before.find(made.parent);
  const partition = made.attached && act.before.find(made.attached);
  if (typeof parent === 'string' || typeof partition === 'string') return { why: 'how the table is partitioned is not known' };
  const sql = handOf(source, step.statement.span);
  const proofs = proofsOf(made, { parent, partition, catalog: act.before, sql });
  if ('why' in proofs) return proofs;
  const indexes = partition ? indexesFor(partition, { parent, partition, catalog: act.before, sql }, made.parent, step.version) : { builds: [], keys: [] };
  if ('why' in indexes) return indexes;
  const last = [...indexes.keys, source.slice(step.statement.span), ...proofs.map(({ table, name }) => sql`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`)];
  const stages: readonly Stage[] = [
    { name: '', statements: proofs.map(({ table, name, condition }) => sql`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} CHECK (${condition}) NOT VALID`), place: 'together', undo: [] },
    ...proofs.map(({ table, name }): Stage => ({ name: `validate_${name}`, statements: [sql`ALTER TABLE ${table} VALIDATE CONSTRAINT ${quoted(name)}`], place: 'own', undo: [] })),
    ...(indexes.builds.length > 0 ? [{ name: `create_indexes_of_${made.name}`, statements: indexes.builds, place: 'outside', undo: [] } as const] : []),
    { name: `${made.attached ? 'attach' : 'create'}_${made.name}`, statements: last, place: 'own', undo: [] },
  ];
  return {
    title: 'Prove which rows belong to it by CHECKs that are validated first',
    edits: [{ span: step.statement.span, text: '' }],
    behind: stages,
    about: [{ relation: parent.name, names: [made.name], commutes: new Set() }],
  };
};

interface Made {
  readonly parent: RelationName;
  readonly bound: PartitionBound;
  readonly name: string;
  /** Undefined: it is made by the statement itself. */
  readonly attached: RelationName | undefined;
}

function partitionIn({ act }: Ailment): Made | undefined {
  const change = act?.change;
  if (change?.kind === 'attach-partition') return { parent: change.table, bound: change.bound, name: change.partition.name, attached: change.partition };
  if (change?.kind !== 'create-table' || change.partitionOf === undefined) return undefined;
  return { ...change.partitionOf, name: change.table.name, attached: undefined };
}

interface Around {
  readonly parent: Relation;
  readonly partition: Relation | undefined;
  readonly catalog: Catalog;
  readonly sql: Hand;
}

interface Proof {
  /** As it is written. */
  readonly table: string;
  readonly name: string;
  readonly condition: string;
}

function proofsOf({ parent: written, bound, attached }: Made, { parent, partition, catalog, sql }: Around): readonly Proof[] | Withheld {
  const rest = bound.kind === 'default' ? undefined : parent.defaultPartitions.values()[0];
  const beside = rest && catalog.find(rest);
  const wanted = [
    ...(partition && attached ? [{ relation: partition, name: attached, bounds: boundsOf(parent, bound, catalog) }] : []),
    ...(beside && typeof beside !== 'string' && rest ? [{ relation: beside, name: { schema: written.schema === undefined && rest.schema === 'public' ? undefined : rest.schema, name: rest.name }, bounds: outsideOf(parent, bound) }] : []),
  ].filter(({ relation, bounds }) => bounds !== 'none' && (bounds === 'unknown' || verdictOf(relation, bounds) !== 'proven'));
  const proofs = wanted.flatMap(({ relation, name, bounds }): Proof[] => {
    const condition = conditionFor(relation, bounds, sql);
    return condition === undefined ? [] : [{ table: quotedName(name), name: checkName(parent.partitionBy?.columns[0] ?? '', relation, catalog), condition }];
  });
  if (bound.kind === 'hash') return { why: whyNotHashed(parent, written, bound) };
  return proofs.length < wanted.length || proofs.length === 0 ? { why: 'the bounds can’t be told as a CHECK' } : proofs;
}

type HashBound = Extract<PartitionBound, { readonly kind: 'hash' }>;

/** PostgreSQL compares the call with one that it makes up itself, which has no collation. Source: get_qual_for_hash() in src/backend/partitioning/partbounds.c. */
function whyNotHashed({ partitionBy, columns }: Relation, written: RelationName, { modulus, remainder }: HashBound): string {
  const key = partitionBy?.columns.flatMap((column) => column ?? []) ?? [];
  const isProvable = key.length > 0 && key.length === partitionBy?.columns.length && key.every((column) => hashedAlone.has(columns.get(column)?.type.name.name ?? ''));
  if (!isProvable) return 'no CHECK proves to PostgreSQL which rows a partition by hash holds, but where the key is of numbers, dates or UUIDs alone';
  const check = `satisfies_hash_partition(${literal(quotedName(written)).trim()}::regclass, ${modulus}, ${remainder}, ${quotedList(key)})`;
  return `the replayed history can’t tell that the proof is right, which is CHECK (${check}): add it NOT VALID and validate it by hand, before the partition is attached`;
}

/** Types without a collation. */
const hashedAlone: ReadonlySet<string> = new Set(['int2', 'int4', 'int8', 'numeric', 'uuid', 'date', 'timestamp', 'timestamptz', 'bool']);

/** What a column may not hold at all, the CHECK need not say. */
function conditionFor({ columns }: Relation, bounds: Bounds, sql: Hand): string | undefined {
  if (bounds === 'none' || bounds === 'unknown') return undefined;
  const isSaid = (part: Predicate): boolean => part.kind === 'null-test' && !part.isNull && columns.get(part.column)?.nullable === false;
  const open = bounds.kind === 'and' ? { ...bounds, parts: bounds.parts.filter((part) => !isSaid(part)) } : bounds;
  return open.kind === 'and' && open.parts.length === 0 ? undefined : conditionOf(open, sql);
}

interface MissingIndexes {
  readonly builds: readonly string[];
  /** What makes constraints of them. */
  readonly keys: readonly string[];
}

/** Source: AttachPartitionEnsureIndexes() in src/backend/commands/tablecmds.c. */
function indexesFor(name: Relation, { parent, partition, catalog, sql }: Around, written: RelationName, version: number): MissingIndexes | Withheld {
  const wanted = version >= 17 ? wantedOnAttach : wantedOnCreate;
  const taken = new Set<string>();
  const missing = parent.indexes.values().filter((index) => {
    const part = partAlike(name, index, wanted(keyOf(parent, index.name)?.type), taken);
    if (part) taken.add(part.name);
    return part === undefined;
  });
  if (foreignKeysOf(parent).some((key) => !foreignKeysOf(partition).some((own) => String(own.columns) === String(key.columns)))) return { why: 'the table lacks a foreign key of the partitioned one, whose rows would be checked as well' };
  if (missing.length > 0 && name.kind !== 'table') return { why: 'the table has partitions itself, and lacks an index of the partitioned one' };
  const target = quotedName({ schema: written.schema === undefined && name.name.schema === 'public' ? undefined : name.name.schema, name: name.name.name });
  const made = missing.map((index) => builtFor(index, { parent, partition: name, catalog, sql, target }));
  const open = missing.find((_, at) => made[at] === undefined);
  return open ? { why: `the table lacks an index like ${quoted(open.name)} of the partitioned one, whose expressions, order or condition history does not keep: build it concurrently first` } : { builds: made.flatMap((one) => one?.build ?? []), keys: made.flatMap((one) => one?.key ?? []) };
}

function builtFor({ name, unique, form, method, columns, included, nullsNotDistinct, parts }: Index, { parent, partition, catalog, sql, target }: Around & { readonly partition: Relation; readonly target: string }): { readonly build: string; readonly key: string | undefined } | undefined {
  const isPlain = form === '' || (nullsNotDistinct && form === 'nulls not distinct');
  const key = keyOf(parent, name);
  if (!isPlain || method !== 'btree' || key?.deferrable || key?.type === 'exclusion') return undefined;
  const free = key ? keyName(key.type, [...columns, ...included], partition, catalog) : indexName(parts, partition, catalog);
  const more = (included.length === 0 ? '' : sql` INCLUDE (${quotedList(included)})`) + (nullsNotDistinct ? sql` NULLS NOT DISTINCT` : '');
  const kind = unique ? sql`UNIQUE ` : '';
  return {
    build: sql`CREATE ${kind}INDEX CONCURRENTLY ${quoted(free)} ON ${target} (${quotedList(columns)})${more}`,
    key: key && sql`ALTER TABLE ${target} ADD CONSTRAINT ${quoted(free)} ` + (key.type === 'unique' ? sql`UNIQUE` : sql`PRIMARY KEY`) + sql` USING INDEX ${quoted(free)}`,
  };
}
