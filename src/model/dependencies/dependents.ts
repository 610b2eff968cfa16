// What depends on a part of the catalog, as pg_depend has it.

import type { Catalog, Lookup } from '../catalog.ts';
import { partsOfExtension } from '../extensions.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../names.ts';
import type { Index, Relation, TableConstraint } from '../relation.ts';
import type { PostgresVersion } from '../version.ts';
import type { Holder } from './holder.ts';
import { holdings, type Holding } from './holdings.ts';
import { functionKey, mayCall, operatorClassKey, relationKey, typeKey, type Needs } from './needs.ts';
import type { Part, PartOf } from './part.ts';

/**
 * `refuses`: it has to go first, or with CASCADE; else it goes along without a word. `isSure`: it depends on it whatever the history
 * does not show.
 */
export interface Dependent {
  readonly part: Part;
  readonly refuses: boolean;
  readonly isSure: boolean;
}

/** Directly. Tables that go with a partitioned table, and sequences with a column, are among them; parts of a relation with it are not. */
export function dependentsOf(part: Part, catalog: Catalog, version: PostgresVersion): Dependent[] {
  switch (part.kind) {
    case 'relation':
      return ofRelation(part.name, catalog);
    case 'column':
      return ofColumn(part, catalog, version);
    case 'constraint':
    case 'index':
      return ofKey(part, catalog);
    case 'function':
      return ofFunction(part, catalog);
    case 'type':
      return ofType(part.name, catalog);
    case 'extension':
      return ofExtension(part.name, catalog);
    case 'schema':
      return ofSchema(part.name, catalog);
    default:
      return [];
  }
}

const refusing = (part: Part, isSure = true): Dependent => ({ part, refuses: true, isSure });

const along = (part: Part): Dependent => ({ part, refuses: false, isSure: true });

function known(found: Lookup<Relation>): Relation | undefined {
  return typeof found === 'string' ? undefined : found;
}

/** Parts of whoever may need it that do. */
function holdersOf(key: string, catalog: Catalog, needsIt: (needs: Needs) => 'surely' | 'perhaps' | 'no'): Dependent[] {
  const holders: readonly Holder[] = catalog.parts.neededBy.get(key)?.values() ?? [];
  return holders.flatMap((holder) => holdings(holder, catalog)).flatMap(({ part, needs }: Holding) => {
    const found = needsIt(needs);
    return found === 'no' ? [] : [refusing(part, found === 'surely')];
  });
}

function ofRelation(name: QualifiedName, catalog: Catalog): Dependent[] {
  const relation = known(catalog.find(name));
  const needsIt = ({ relations }: Needs): 'surely' | 'perhaps' | 'no' => {
    const found = relations.filter((one) => isSameName(one.relation, name));
    return found.length === 0 ? 'no' : found.some(({ isSure }) => isSure) ? 'surely' : 'perhaps';
  };
  const readers = holdersOf(relationKey(name), catalog, needsIt);
  if (relation === undefined) return readers;
  const typed = holdersOfRows(name, catalog);
  const children = relation.children.values().flatMap((child) => {
    const below = known(catalog.find(child));
    return [below?.partitionOf ? along({ kind: 'relation', name: child }) : refusing({ kind: 'relation', name: child })];
  });
  const referenced = [relation, ...catalog.partitionedAbove(name)];
  return [...readers, ...typed, ...referenced.flatMap((one) => keysTo(one, catalog, () => true)), ...children, ...ownedSequences(name, undefined, catalog)];
}

/** What holds whole rows of it, or names their type. */
export function holdersOfRows(name: QualifiedName, catalog: Catalog): Dependent[] {
  if (catalog.parts.types.has(printName(name))) return [];
  return holdersOf(typeKey(name), catalog, ({ types }) => (types.some((type) => isSameName(type, name)) ? 'surely' : 'no'));
}

/** Foreign keys that point to a table, those of its own too. */
function keysTo({ name, referencedBy }: Relation, catalog: Catalog, isMeant: (key: ForeignKey) => boolean): Dependent[] {
  return [...referencedBy, name].flatMap((table) => {
    const keys = known(catalog.find(table))?.constraints.values() ?? [];
    return keys.flatMap((key) => {
      if (key.type !== 'foreign-key' || !isSameName(key.references, name) || !isMeant(key)) return [];
      return [refusing({ kind: 'constraint', table, name: key.name })];
    });
  });
}

type ForeignKey = Extract<TableConstraint, { readonly type: 'foreign-key' }>;

function ownedSequences(table: QualifiedName, column: string | undefined, { parts }: Catalog): Dependent[] {
  return (parts.sequences.get(printName(table)) ?? []).flatMap((name) => {
    const owner = known(parts.relations.get(printName(name)) ?? 'unknown')?.ownedBy;
    const isOwned = owner !== undefined && isSameName(owner.table, table) && (column === undefined || owner.column === column);
    return isOwned ? [along({ kind: 'relation', name })] : [];
  });
}

function ofColumn({ table, name, goesDown }: PartOf<'column'>, catalog: Catalog, version: PostgresVersion): Dependent[] {
  const relation = known(catalog.find(table));
  if (relation === undefined) return [];
  const needsIt = ({ relations }: Needs): 'surely' | 'perhaps' | 'no' => {
    const found = relations.filter((one) => isSameName(one.relation, table) && one.columns.includes(name));
    return found.length === 0 ? 'no' : found.some(({ surely }) => surely.includes(name)) ? 'surely' : 'perhaps';
  };
  return [
    ...holdersOf(relationKey(relation.name), catalog, needsIt),
    ...attachedTo(relation, name),
    ...generatedFrom(relation, name, version),
    ...keysTo(relation, catalog, ({ referencedColumns }) => referencedColumns.includes(name)),
    ...keysOver(relation, name),
    ...ownedSequences(relation.name, name, catalog),
    ...(goesDown ? inheritedBy(relation, name, catalog) : []),
  ];
}

/** Foreign keys that have it go along, also where they point to it. */
function keysOver({ name: table, constraints }: Relation, column: string): Dependent[] {
  return constraints.values().flatMap((one) => (one.type === 'foreign-key' && one.columns.includes(column) ? [along({ kind: 'constraint', table, name: one.name })] : []));
}

/** Triggers, policies and rules of its own table. */
function attachedTo({ name: table, triggers, policies, rules }: Relation, column: string): Dependent[] {
  const kinds = [['trigger', triggers], ['policy', policies], ['rule', rules]] as const;
  return kinds.flatMap(([kind, all]) => {
    if (all === 'unknown') return [];
    return [...all].flatMap(([name, { columns, surely }]) => (columns.includes(column) ? [refusing({ kind, table, name }, surely.includes(column))] : []));
  });
}

/** Before 15, a column that is generated from it goes along. Measured on 14 to 18. */
function generatedFrom({ name: table, columns }: Relation, from: string, version: PostgresVersion): Dependent[] {
  return columns.values().flatMap(({ name, reads, generated }) => {
    return generated && reads.includes(from) ? [{ part: { kind: 'column', table, name }, refuses: version >= 15, isSure: true } as const] : [];
  });
}

/** Tables below that have the column from nowhere else. */
function inheritedBy({ children, name: table }: Relation, column: string, catalog: Catalog): Dependent[] {
  return children.values().flatMap((child) => {
    const below = known(catalog.find(child));
    const own = below?.columns.get(column);
    if (below === undefined || own === undefined || own.local) return [];
    const isOfOthers = below.parents.some((parent) => !isSameName(parent, table) && typeof catalog.column(parent, column) !== 'string');
    return isOfOthers ? [] : [along({ kind: 'column', table: child, name: column, goesDown: true })];
  });
}

/** Foreign keys that need it, and its parts in partitions, which go along. */
function ofKey(key: PartOf<'constraint' | 'index'>, catalog: Catalog): Dependent[] {
  return [...keysThatNeed(key, catalog), ...partsOfKey(key, catalog)];
}

function partsOfKey({ kind, table, name }: PartOf<'constraint' | 'index'>, catalog: Catalog): Dependent[] {
  const relation = known(catalog.find(table));
  if (relation?.kind !== 'partitioned-table' || !relation.indexes.has(name)) return [];
  return relation.children.values().flatMap((child) => {
    const parts = known(catalog.find(child))?.indexes.filter(({ partOf }) => partOf === name) ?? [];
    return [...parts].map((part) => along({ kind, table: child, name: part.name }));
  });
}

/** A foreign key depends on the one unique index that PostgreSQL found for it. */
function keysThatNeed({ kind, table, name }: PartOf<'constraint' | 'index'>, catalog: Catalog): Dependent[] {
  const relation = known(catalog.find(table));
  const constraint = relation?.constraints.get(name);
  // Checks and foreign keys may be called as an index that is none of theirs.
  if (kind === 'constraint' && constraint?.type !== 'primary-key' && constraint?.type !== 'unique') return [];
  const index = relation?.indexes.get(name);
  if (relation === undefined || index === undefined || !isKey(index)) return [];
  const rivals = relation.indexes.filter((one) => isKey(one) && isSameSet(one.columns, index.columns));
  const keys = keysTo(relation, catalog, ({ referencedColumns }) => isSameSet(referencedColumns, index.columns));
  return keys.map((key) => ({ ...key, isSure: rivals.length === 1 }));
}

function isKey({ unique, expressions, predicate }: Index): boolean {
  return unique && expressions.length === 0 && predicate === undefined;
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}

function ofFunction({ name, argumentTypes }: PartOf<'function'>, catalog: Catalog): Dependent[] {
  const isOnly = (catalog.parts.functions.get(printName(name))?.length ?? 0) <= 1;
  const needsIt = ({ functions }: Needs): 'surely' | 'perhaps' | 'no' => {
    const found = functions.filter((call) => mayCall(call, name, { argumentTypes }));
    const isSure = found.some((call) => call.argumentCount === 'none' || (isOnly && call.isSure));
    return found.length === 0 ? 'no' : isSure ? 'surely' : 'perhaps';
  };
  return holdersOf(functionKey(name), catalog, needsIt).filter(({ part }) => !(part.kind === 'function' && isSameName(part.name, name)));
}

function ofType(wanted: QualifiedName, catalog: Catalog): Dependent[] {
  const isWanted = (name: RelationName): boolean => name.name === wanted.name && isSameName(catalog.qualifyType(name), wanted);
  // A type that history did not show when it was named has no schema there.
  const keys = [typeKey(wanted), typeKey({ schema: undefined, name: wanted.name })];
  return keys.flatMap((key) => holdersOf(key, catalog, ({ types }) => (types.some(isWanted) ? 'surely' : 'no')));
}

function nameOf(key: string): QualifiedName {
  const dot = key.indexOf('.');
  return { schema: key.slice(0, dot), name: key.slice(dot + 1) };
}

function ofExtension(extension: string, catalog: Catalog): Dependent[] {
  const { types, functions, operatorClasses } = partsOfExtension(extension);
  const byKey = (key: string, test: (needs: Needs) => boolean): Dependent[] => holdersOf(key, catalog, (needs) => (test(needs) ? 'surely' : 'no'));
  // A type that the history has made is none of the extension's.
  const isIts = (name: RelationName, wanted: string): boolean => name.name === wanted && !catalog.type(name);
  return [
    ...[...types].flatMap((name) => byKey(typeKey({ schema: undefined, name }), (needs) => needs.types.some((type) => isIts(type, name)))),
    ...[...functions].flatMap((name) => byKey(functionKey({ schema: undefined, name }), ({ functions: calls }) => calls.some((call) => call.name.schema === undefined && call.name.name === name))),
    ...[...operatorClasses].flatMap((name) => byKey(operatorClassKey(name), (needs) => needs.operatorClasses.includes(name))),
  ];
}

function ofSchema(schema: string, catalog: Catalog): Dependent[] {
  const { types, functions } = catalog.parts;
  const isIn = (key: string): boolean => key.startsWith(`${schema}.`);
  return [
    ...catalog.relationsIn(schema).map(({ name }) => refusing({ kind: 'relation', name })),
    ...types.entries().flatMap(([key]) => (isIn(key) ? [refusing({ kind: 'type', name: nameOf(key) })] : [])),
    ...functions.entries().flatMap(([key, overloads]) => (isIn(key) ? overloads.map(({ argumentTypes }) => refusing({ kind: 'function', name: nameOf(key), argumentTypes })) : [])),
    ...columnsOfStrangers(schema, catalog),
  ];
}

/** Their types are in the schema, and nobody in the history made them: an extension did, which goes as well. */
function columnsOfStrangers(schema: string, catalog: Catalog): Dependent[] {
  return catalog.relationsIn(undefined).flatMap(({ name: table, columns }) =>
    [...columns.values()].flatMap(({ name, type }) => (type.name.schema === schema && catalog.type(type.name) === undefined ? [refusing({ kind: 'column', table, name })] : [])),
  );
}
