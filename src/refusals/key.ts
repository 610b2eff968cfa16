// Keys and indexes that can't be. Source: transformIndexConstraint() in src/backend/parser/parse_utilcmd.c, DefineIndex() in
// src/backend/commands/indexcmds.c.

import type { ChangeOf } from '../model/change.ts';
import type { IndexDefinition } from '../model/changes/index-changes.ts';
import type { Constraint, IndexConstraint } from '../model/constraint.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Pass } from '../model/pass.ts';
import type { Relation } from '../model/relation.ts';
import { defaultClass } from '../postgres/operator-classes.ts';
import { firstOf, kindWords, nameOf, refuse, shown, whole, type RefusalFacts } from './facts.ts';
import { mutableCall } from './mutable-call.ts';
import { knownType, typeInWords, type KnownType } from './types.ts';

/** `own`: the table with all that the statement gives it; `old`: undefined of a new table; `isOnly`: not its children. */
export function addedKeyRefusal(key: IndexConstraint, own: Relation, old: Relation | undefined, isOnly: boolean, facts: RefusalFacts): Impossibility | undefined {
  return firstOf(
    () => (key.type === 'primary-key' && old ? nullableRefusal(key, old, isOnly, facts) : undefined),
    () => foreignTableRefusal(own),
    () => repeatedColumn(key, own.name),
    () => (key.temporal && old ? overlapRefusal(key.columns, own, 'reading', facts) : undefined),
    () => (key.type === 'primary-key' && old ? secondPrimaryKey(old) : undefined),
    () => exclusionRefusal(key, own, facts),
  );
}

/** 0A000: "primary key constraints are not supported on foreign tables". */
function foreignTableRefusal(own: Relation): Impossibility | undefined {
  return own.kind === 'foreign-table' ? refuse('impossible-key', '0A000', `${nameOf(own)} is a foreign table, which can't have a key`, { pass: 'reading' }) : undefined;
}

/** 42P16: "constraint must be added to child tables too", up to 17. */
function looseColumn(columns: readonly string[], old: Relation, children: Iterable<Relation>): Impossibility | undefined {
  for (const child of children) {
    const column = columns.find((name) => old.columns.get(name)?.nullable && child.columns.get(name)?.nullable);
    if (column) return refuse('impossible-key', '42P16', `${column} of ${nameOf(child)}, which is below ${nameOf(old)}, may hold NULL: a primary key can't be added ONLY above it`, { pass: 'set-not-null' });
  }
  return undefined;
}

/** XX000: "column of table is not marked NOT NULL", of a child that ONLY leaves out. 55000: "cannot create primary key on column". From 18 on. */
function nullableRefusal({ columns }: IndexConstraint, old: Relation, isOnly: boolean, { beginning, version }: RefusalFacts): Impossibility | undefined {
  const early = { phase: 'preparation' } as const;
  const children = isOnly ? old.children.values().flatMap((name) => whole(name, beginning) ?? []) : [];
  if (version < 18) return old.kind === 'partitioned-table' ? looseColumn(columns, old, children) : undefined;
  for (const child of children) {
    const nullable = columns.find((name) => child.columns.get(name)?.nullable);
    if (nullable) return refuse('impossible-key', 'XX000', `${nullable} of ${nameOf(child)}, which is below ${nameOf(old)}, may hold NULL: a primary key can't be added ONLY above it`, early);
  }
  const loose = old.constraints.values().find((one) => one.type === 'not-null' && (!one.valid || one.noInherit) && one.columns.every((name) => columns.includes(name)));
  return loose && refuse('impossible-key', '55000', `${loose.name} of ${nameOf(old)} is ${loose.valid ? 'NO INHERIT' : 'NOT VALID'}, and a primary key needs a NOT NULL that is neither that nor the like`, early);
}

/** 42P16: "multiple primary keys for table are not allowed". */
function secondPrimaryKey(old: Relation): Impossibility | undefined {
  const there = old.constraints.find(({ type }) => type === 'primary-key');
  return there && secondOf(nameOf(old), there.name);
}

function secondOf(table: string, name: string): Impossibility {
  return refuse('impossible-key', '42P16', `${table} has a primary key already, ${name}, and can't have a second one`);
}

/** Keys as CREATE TABLE says them, before anything is made. */
export function saidKeysRefusal(constraints: readonly Constraint[], table: QualifiedName): Impossibility | undefined {
  const keys = constraints.filter((one): one is IndexConstraint => 'included' in one);
  const primary = keys.filter(({ type }) => type === 'primary-key');
  return firstOf(
    () => (primary.length > 1 ? refuse('impossible-key', '42P16', `${printName(table)} is given ${primary.length} primary keys, and a table can have one`) : undefined),
    ...keys.map((key) => () => repeatedColumn(key, table)),
  );
}

/** 42701: "column appears twice in unique constraint". */
function repeatedColumn({ type, columns }: IndexConstraint, table: QualifiedName): Impossibility | undefined {
  const repeated = type === 'exclusion' ? undefined : columns.find((column, place) => columns.indexOf(column) !== place);
  return repeated === undefined ? undefined : refuse('impossible-key', '42701', `A key of ${printName(table)} names ${repeated} twice`, { pass: 'reading' });
}

/** 42804: "column in WITHOUT OVERLAPS is not a range or multirange type". */
export function overlapRefusal(columns: readonly string[], own: Relation, pass: Pass, { after, version }: RefusalFacts): Impossibility | undefined {
  const column = own.columns.get(columns.at(-1) ?? '');
  const type = column && knownType(column.type, after, version);
  if (!column || !type || after.parts.typesAreExtended || isRange(type)) return undefined;
  return refuse('impossible-key', '42804', `${column.name} of ${nameOf(own)} is ${typeInWords(column.type)}, and WITHOUT OVERLAPS is for ranges and multiranges`, { pass });
}

function isRange(type: KnownType | undefined): boolean {
  return type?.kind === 'builtin' && /^[^_].*range$/.test(type.name);
}

/** 0A000: "exclusion constraints are not supported on partitioned tables", up to 16. */
function exclusionRefusal({ type }: IndexConstraint, own: Relation, { version }: RefusalFacts): Impossibility | undefined {
  if (type !== 'exclusion' || own.kind !== 'partitioned-table' || version > 16) return undefined;
  return refuse('impossible-key', '0A000', `${nameOf(own)} is partitioned, and can't have an exclusion constraint before PostgreSQL 17`, { until: 16 });
}

/** Of all that the statement makes, what comes from a parent or from LIKE too. */
export function newIndexesRefusal(own: Relation, old: Relation | undefined, isOnly: boolean, facts: RefusalFacts): Impossibility | undefined {
  const made = old ? own.indexes.since(old.indexes) : own.indexes.values();
  return firstOf(...made.map((index) => () => indexRefusal(index, own, isOnly, facts)));
}

export function createIndexRefusal({ table, only, index, ifNotExists }: ChangeOf<'create-index'>, facts: RefusalFacts): Impossibility | undefined {
  const own = shown(table, facts.before);
  if (own === undefined || (ifNotExists && !isNewName(index.name, own, facts))) return undefined;
  return firstOf(
    () => relationRefusal(own),
    () => uniqueMethodRefusal(index),
    () => (whole(table, facts.before) ? indexRefusal(index, own, only, facts) : undefined),
  );
}

function isNewName(name: string | undefined, own: Relation, { before }: RefusalFacts): boolean {
  return name !== undefined && before.isWhole() && before.isIndexAbsent({ schema: own.name.schema, name });
}

/** 42809: "cannot create index on relation". */
function relationRefusal(own: Relation): Impossibility | undefined {
  if (own.kind !== 'view' && own.kind !== 'foreign-table' && own.kind !== 'sequence') return undefined;
  return refuse('impossible-key', '42809', `${nameOf(own)} is ${kindWords[own.kind]}, which can't have an index`);
}

function indexRefusal(index: IndexDefinition, own: Relation, isOnly: boolean, facts: RefusalFacts): Impossibility | undefined {
  return firstOf(
    () => methodRefusal(index),
    () => mutableRefusal(index, own, facts),
    () => classRefusal(index, own, facts),
    () => (mayLackClass(index, own, facts) ? undefined : partitionKeyRefusal(index, own, isOnly, facts) ?? collationRefusal(index, own, facts)),
    () => virtualRefusal(index, own),
  );
}

/** 0A000: "unique constraint on partitioned table must include all partitioning columns". Its partitions get the key too, unless ONLY leaves them out. */
function partitionKeyRefusal(index: IndexDefinition, own: Relation, isOnly: boolean, { before }: RefusalFacts): Impossibility | undefined {
  if (!index.unique || own.kind !== 'partitioned-table') return undefined;
  const below = isOnly ? [] : before.descendants(own.name);
  return firstOf(
    () => lackingRefusal(index, own, nameOf(own)),
    ...below.map(({ name }) => () => {
      const part = whole(name, before);
      return part && lackingRefusal(index, part, `${nameOf(part)}, which is below ${nameOf(own)},`);
    }),
  );
}

/** `words`: which table it is. */
function lackingRefusal({ columns }: IndexDefinition, { partitionBy }: Relation, words: string): Impossibility | undefined {
  if (partitionBy === undefined) return undefined;
  if (partitionBy.columns.includes(undefined)) {
    return refuse('impossible-key', '0A000', `${words} is partitioned by an expression, and can't have a unique key`, {
      help: 'Give each partition a key of its own, or partition the table by a column that is a part of the key',
    });
  }
  const missing = partitionBy.columns.find((column) => column !== undefined && !columns.includes(column));
  if (missing === undefined) return undefined;
  return refuse('impossible-key', '0A000', `${words} is partitioned by ${missing}, which a unique key of it has to include: (${columns.join(', ')}) does not`, {
    help: `Add ${missing} to the key, or give each partition a key of its own`,
  });
}

/** A key WITHOUT OVERLAPS holds other things than ranges where the extension btree_gist is there: PostgreSQL looks at that first. */
function mayLackClass({ unique, method, columns }: IndexDefinition, own: Relation, { after, version }: RefusalFacts): boolean {
  const types = columns.flatMap((name) => own.columns.get(name)?.type ?? []);
  return unique && method === 'gist' && !types.every((type) => isRange(knownType(type, after, version)));
}

/** 0A000 as well, where the key compares by another collation than the table is partitioned by: from the releases of November 2024 on; older ones make a key that does not hold. */
function collationRefusal({ unique, plain, columns }: IndexDefinition, own: Relation, { after, version }: RefusalFacts): Impossibility | undefined {
  const key = unique && plain && own.kind === 'partitioned-table' ? own.partitionBy : undefined;
  const place = key?.collations.findIndex((collation, at) => {
    const column = collation === undefined ? undefined : own.columns.get(key.columns[at] ?? '');
    const type = column && after.type(column.type.name) === undefined ? knownType(column.type, after, version) : undefined;
    if (!column || type?.kind !== 'builtin' || !collated.has(type.name) || !columns.includes(column.name)) return false;
    return isOtherCollation(collation ?? 'default', column.collation ?? 'default');
  });
  if (key === undefined || place === undefined || place < 0) return undefined;
  return refuse('impossible-key', '0A000', `${nameOf(own)} is partitioned by ${key.columns[place] ?? ''} COLLATE ${key.collations[place] ?? ''}, and a unique key compares it by another collation`, {
    help: 'Give each partition a key of its own, or say the collation at the column',
  });
}

/** Of types that take that of the database where they say nothing. */
const collated: ReadonlySet<string> = new Set(['bpchar', 'text', 'varchar']);

/** For certain: with a schema and without one, the same may be meant. */
function isOtherCollation(left: string, right: string): boolean {
  return left !== right && left.includes('.') === right.includes('.');
}

/** 42P17: "functions in index expression must be marked IMMUTABLE", "… in index predicate". */
function mutableRefusal({ expressions, predicate }: IndexDefinition, own: Relation, { before, version }: RefusalFacts): Impossibility | undefined {
  for (const expression of predicate ? [predicate, ...expressions] : expressions) {
    const name = mutableCall(expression, before, version);
    if (name === undefined) continue;
    const place = expression === predicate ? 'the WHERE of an index' : 'an index';
    return refuse('impossible-key', '42P17', `${name}() is not IMMUTABLE, and can't be in ${place} of ${nameOf(own)}`, {
      help: 'Use a function whose result depends on its arguments alone, and that is declared IMMUTABLE',
    });
  }
  return undefined;
}

const uniqueMethods: ReadonlySet<string> = new Set(['btree']);

const methodsOfOne: ReadonlySet<string> = new Set(['hash', 'spgist']);

const ownMethods: ReadonlySet<string> = new Set(['brin', 'btree', 'gin', 'gist', 'hash', 'spgist']);

/** 0A000: "access method does not support unique indexes". WITHOUT OVERLAPS makes one by gist that is. */
function uniqueMethodRefusal({ unique, method }: IndexDefinition): Impossibility | undefined {
  return unique && ownMethods.has(method) && !uniqueMethods.has(method) ? refuse('impossible-key', '0A000', `An index by ${method} can't be unique`) : undefined;
}

/** 0A000: "access method does not support multicolumn indexes". */
function methodRefusal({ method, columns, expressions }: IndexDefinition): Impossibility | undefined {
  const keys = columns.length + expressions.length;
  return keys > 1 && methodsOfOne.has(method) ? refuse('impossible-key', '0A000', `An index by ${method} has one key, and not ${keys}`) : undefined;
}

/** 0A000: "indexes on virtual generated columns are not supported". */
function virtualRefusal({ columns, included, expressions, predicate }: IndexDefinition, own: Relation): Impossibility | undefined {
  const named = [...columns, ...included, ...[...expressions, predicate].flatMap((one) => one?.columns ?? [])];
  const virtual = named.find((column) => own.columns.get(column)?.generated === 'virtual');
  if (virtual === undefined) return undefined;
  return refuse('impossible-key', '0A000', `${virtual} of ${nameOf(own)} is a virtual column, which no index can hold`, {
    help: 'Make the index over the expression that the column is generated from, or make the column STORED',
  });
}

/** 42704: "data type has no default operator class for access method". */
export function classRefusal({ method, columns, ownClass }: Pick<IndexDefinition, 'method' | 'columns' | 'ownClass'>, own: Relation, { after, version }: RefusalFacts): Impossibility | undefined {
  if (after.parts.typesAreExtended) return undefined;
  for (const name of columns) {
    const column = own.columns.get(name);
    const type = column && knownType(column.type, after, version);
    if (!column || type?.kind !== 'builtin' || type.name.startsWith('_') || ownClass.includes(name)) continue;
    if (defaultClass(type.name, method, version) !== 'none') continue;
    return refuse('impossible-key', '42704', `${name} of ${nameOf(own)} is ${typeInWords(column.type)}, which an index by ${method} can't hold`, {
      help: methodFor(type.name, method),
    });
  }
  return undefined;
}

function methodFor(type: string, method: string): string {
  const other: Readonly<Record<string, string>> = { json: 'Make the column jsonb, or index an expression of it, (column ->> \'key\')', point: 'Build the index USING gist' };
  return other[type] ?? (method === 'btree' ? 'Index an expression of it that can be compared' : `Leave out USING ${method}, or name an operator class that takes the type`);
}
