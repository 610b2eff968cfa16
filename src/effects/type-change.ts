// What ALTER COLUMN … TYPE costs: nothing, a rebuild of indexes, a check of constraints, or a rewrite of the table.
// Source: ATPrepAlterColumnType() and ATColumnChangeRequiresRewrite() in src/backend/commands/tablecmds.c.

import type { Index, Relation } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import { sizesOf, type ColumnType } from '../model/column-type.ts';
import type { Assumption } from '../model/assumption.ts';
import type { Work } from '../model/effect.ts';
import { isSameName, type RelationName } from '../model/names.ts';
import { foreignKeysOf } from '../model/foreign-key.ts';
import { castOf, isBuiltinType } from '../postgres/types.ts';
import { known, type Facts, type WorkFacts } from './facts.ts';

export interface TypeChangeFacts {
  /** What happens to the table itself. */
  readonly own: WorkFacts;
  /** Tables on the other side of foreign keys of the column. */
  readonly others: readonly OtherSide[];
  /** Keys are looked up again. */
  readonly checksKeys: boolean;
}

export interface OtherSide {
  readonly name: RelationName;
  /** The key is one of the column's own, and not one that points to it. */
  readonly referenced: boolean;
  readonly enforced: boolean;
  /** Its rows were looked up before. */
  readonly valid: boolean;
}

export function typeChange(change: ChangeOf<'alter-column-type'>, facts: Facts): TypeChangeFacts {
  const { table, column, type, casts } = change;
  const relation = known(table, facts);
  const found = relation?.columns.get(column);
  const old = found?.type;
  const others = relation ? otherSides(relation, column, facts) : [];
  if (found === undefined || old === undefined || relation === undefined) {
    return withCheck(['rewrite'], { kind: 'column-type', table: facts.catalog.qualify(table), column }, others);
  }
  const steps = casts && [old, ...casts, type].map((one) => named(one, facts));
  const assumption = steps?.some((to, place) => dependsOnTimeZone(steps[place - 1] ?? to, to)) ? assumedTimeZone(facts) : undefined;
  const isFree = steps?.every((to, place) => isSameThrough(steps[place - 1] ?? to, to, facts)) === true;
  const isStored = found.generated !== 'virtual';
  if (isStored && !isFree) return withCheck(['rewrite'], assumption, others);
  const sameFamily = isSameFamily(withoutDomain(old, facts), withoutFreeDomain(type, facts), facts);
  const work = workOfDependents(relation, column, sameFamily, found.collation !== change.collation, facts.catalog.partitionedAbove(relation.name));
  return sameFamily && !facts.isRewritten ? { own: { work, assumption }, others, checksKeys: false } : withCheck(work, assumption, others);
}

/** A foreign key is checked again where its values, or the operator that compares them, are others than before. */
function withCheck(work: readonly Work[], assumption: Assumption | undefined, others: readonly OtherSide[]): TypeChangeFacts {
  const check: readonly Work[] = others.some(({ valid }) => valid) ? ['foreign-key-check'] : [];
  return { own: { work: [...work, ...check], assumption }, others, checksKeys: true };
}

/** A type may be written with its schema or without; the row of a table is one, too. */
function named(type: ColumnType, { catalog, version }: Facts): ColumnType {
  if (catalog.type(type.name)) return { ...type, name: catalog.qualifyType(type.name) };
  const isOwn = typeof catalog.find(type.name) !== 'string' && !isBuiltinType(type.name.name, version);
  return isOwn ? { ...type, name: catalog.qualify(type.name) } : type;
}

/** Is a value of the one type one of the other as it is, domains and all? */
function isSameThrough(from: ColumnType, to: ColumnType, facts: Facts): boolean {
  const isSame = isSameType(from, to) && String(from.modifiers) === String(to.modifiers) && from.isArray === to.isArray;
  return isSame || !isRewrite(named(withoutDomain(from, facts), facts), named(withoutFreeDomain(to, facts), facts), facts);
}

/** What a domain checked once stays true; that it gives its values a length or a precision, PostgreSQL does not see. */
function withoutDomain(type: ColumnType, facts: Facts): ColumnType {
  const info = type.isArray ? undefined : facts.catalog.type(type.name);
  return info?.kind === 'domain' ? withoutDomain({ ...info.base, modifiers: [] }, facts) : type;
}

/** Domains are looked through where they bring no constraint. */
function withoutFreeDomain(type: ColumnType, facts: Facts): ColumnType {
  const info = type.isArray ? undefined : facts.catalog.type(type.name);
  return info?.kind === 'domain' && !facts.catalog.isConstrained(type) ? withoutFreeDomain(info.base, facts) : type;
}

/**
 * Where the session does not say it, UTC, the usual time zone of servers, is assumed; with any other one the values change.
 * Source: TimestampTimestampTzRequiresRewrite() in src/backend/utils/adt/timestamp.c.
 */
function dependsOnTimeZone(from: ColumnType, to: ColumnType): boolean {
  const names = [from.name.name, to.name.name];
  return names.includes('timestamp') && names.includes('timestamptz');
}

function assumedTimeZone({ timeZone }: Facts): Assumption | undefined {
  return timeZone === undefined ? { kind: 'time-zone' } : undefined;
}

/** Time zones that are always those of Greenwich: by their names, as a number of hours, and as POSIX writes them. */
const zeroZone = /^(?:(?:etc\/)?(?:utc|uct|gmt|zulu|universal|greenwich|gmt[+-]?0)|(?:[a-z]{3,}|<[^>]{1,20}>)?[+-]?0{1,2}(?::00){0,2})$/i;

function isRewrite(from: ColumnType, to: ColumnType, facts: Facts): boolean {
  if (from.isArray !== to.isArray) return true;
  if (from.name.schema !== undefined || to.name.schema !== undefined) return !isSameType(from, to);
  if (from.isArray) return !isSameType(from, to) || !isUnlimited(from, to);
  if (isSameType(from, to)) return !isWidening(to.name.name, sizesOf(from), sizesOf(to));
  if (dependsOnTimeZone(from, to)) return !isWidening(to.name.name, [], sizesOf(to)) || !zeroZone.test(facts.timeZone ?? 'UTC');
  return castOf(from.name.name, to.name.name, facts.version) !== 'binary' || to.modifiers.length > 0;
}

function isSameType(from: ColumnType, to: ColumnType): boolean {
  return from.name.schema === to.name.schema && from.name.name === to.name.name;
}

/** No support function looks at the elements of an array: the length must stay or go. */
function isUnlimited({ modifiers: from }: ColumnType, { modifiers: to }: ColumnType): boolean {
  return to.length === 0 || String(from) === String(to);
}

/** Is every value of the old length or precision one of the new, as the type's support function tells the planner? */
function isWidening(type: string, from: readonly number[], to: readonly number[]): boolean {
  if (to.length === 0 || String(from) === String(to)) return true;
  const [oldSize = Infinity, oldScale = 0] = from;
  const [newSize = Infinity, newScale = 0] = to;
  if (type === 'numeric') return newScale === oldScale && newSize >= oldSize;
  if (type === 'bpchar' || type === 'bit') return false;
  if (type === 'interval') return isWiderInterval(from, to);
  if (times.has(type)) return newSize >= oldSize || newSize >= largestPrecision;
  return lengths.has(type) && newSize >= oldSize;
}

const times: ReadonlySet<string> = new Set(['timestamp', 'timestamptz', 'time', 'timetz']);

/** Of all other types, those of extensions too, nobody knows what a modifier means: PostgreSQL lets a function of the type see to each value. */
const lengths: ReadonlySet<string> = new Set(['varchar', 'varbit']);

const largestPrecision = 6;

/**
 * Of an interval, the modifiers are a set of fields and a precision; what is missing means all of it.
 * Source: interval_support() in src/backend/utils/adt/timestamp.c.
 */
function isWiderInterval(from: readonly number[], to: readonly number[]): boolean {
  const [oldFields = allFields, oldPrecision = Infinity] = from;
  const [newFields = allFields, newPrecision = Infinity] = to;
  const [oldField, newField] = [leastField(oldFields), leastField(newFields)];
  return newField <= oldField && (oldField > 0 || newPrecision >= largestPrecision || newPrecision >= oldPrecision);
}

const allFields = 0x7fff;

/** Bits of seconds, minutes, hours, days, months and years in a field set. Source: src/include/utils/datetime.h. */
const fieldBits: readonly number[] = [12, 11, 10, 3, 1, 2];

function leastField(fields: number): number {
  return fieldBits.findIndex((bit) => (fields & (1 << bit)) !== 0);
}

/** Do indexes compare them by the same operators? Those of arrays, ranges and enums are bound to the one type. */
function isSameFamily(from: ColumnType, to: ColumnType, facts: Facts): boolean {
  const isAlike = families.some((family) => family.has(from.name.name) && family.has(to.name.name));
  return isSameType(named(from, facts), named(to, facts)) || (isAlike && !from.isArray && !to.isArray);
}

const families: readonly ReadonlySet<string>[] = [
  new Set(['text', 'varchar']),
  new Set(['inet', 'cidr']),
  new Set(['oid', 'regclass', 'regcollation', 'regconfig', 'regdatabase', 'regdictionary', 'regnamespace', 'regoper', 'regoperator', 'regproc', 'regprocedure', 'regrole', 'regtype']),
];

/**
 * Indexes and constraints that name the column are made again where PostgreSQL can't show that they stay as they are. `above`: partitioned
 * tables, whose indexes are made again with all of their parts.
 */
function workOfDependents(relation: Relation, column: string, sameFamily: boolean, isOtherCollation: boolean, above: readonly Relation[]): Work[] {
  const work: Work[] = [];
  const isRebuilt = (index: Index, isOfPartitions: boolean): boolean => {
    const isKey = index.columns.includes(column);
    const inExpression = [...index.expressions, index.predicate].some((expression) => expression?.columns.includes(column));
    const isIncluded = index.included.includes(column);
    const isPlain = index.predicate === undefined && index.expressions.length === 0 && !isOfPartitions && !holdsElements(index, relation);
    return inExpression || (isKey && (!isPlain || !sameFamily || isOtherCollation)) || (isIncluded && !isPlain);
  };
  const own = relation.indexes.some((index) => isRebuilt(index, relation.kind === 'partitioned-table' || index.partOf !== undefined));
  const rebuilt = own || above.some(({ indexes }) => indexes.some((index) => isRebuilt(index, true)));
  if (rebuilt) work.push('index-build');
  if (relation.constraints.some((one) => one.type === 'check' && one.valid && one.expression.columns.includes(column)))
    work.push('scan');
  return work;
}

/** GIN keeps what is in an array, and PostgreSQL compares types of keys with those of columns. Source: CheckIndexCompatible() in indexcmds.c. */
function holdsElements({ method, columns: keys }: Index, { columns }: Relation): boolean {
  return method === 'gin' && keys.some((key) => columns.get(key)?.type.isArray === true);
}

function otherSides(relation: Relation, column: string, facts: Facts): OtherSide[] {
  const own = foreignKeysOf(relation).filter(({ columns }) => columns.includes(column));
  const pointing = [relation, ...facts.catalog.partitionedAbove(relation.name)].flatMap((one) => keysPointingTo(one, column, facts));
  return [...own.map(({ references: name, enforced, valid }) => ({ name, referenced: true, enforced, valid })), ...pointing];
}

function keysPointingTo(relation: Relation, column: string, facts: Facts): OtherSide[] {
  return [...relation.referencedBy, relation.name].flatMap((name) => {
    const keys = foreignKeysOf(known(name, facts)).filter((key) => isSameName(key.references, relation.name) && key.referencedColumns.includes(column));
    return keys.map(({ enforced, valid }): OtherSide => ({ name, referenced: false, enforced, valid }));
  });
}
