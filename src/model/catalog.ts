// What is known of the database at one point of the story. A catalog never changes: history/apply makes the next one.

import type { FunctionInfo, Publication, Statistics, TypeInfo } from './catalog-objects.ts';
import type { DefaultOwner } from './changes/object-changes.ts';
import type { ColumnType } from './column-type.ts';
import type { Holders } from './dependencies/holder.ts';
import type { Moment } from './moment.ts';
import { NameList } from './name-list.ts';
import { NOWHERE, isSameName, printName, type QualifiedName, type RelationName } from './names.ts';
import { PersistentMap } from './persistent-map.ts';
import { isPlaceholder, isPlaceholderIn } from './placeholder.ts';
import type { Column, Relation } from './relation.ts';
import { SeenNames } from './seen-names.ts';
import type { SetSettings } from './session.ts';
import type { Prepared } from './prepared.ts';
import type { Storage } from './storage.ts';
import type { LeftCode } from './usage.ts';

/** `absent`: it certainly does not exist. `unknown`: history does not show; it is taken to be there and in use. */
export type Lookup<T> = T | 'absent' | 'unknown';

/**
 * A relation that a placeholder leaves open: a change named it by its own name, in a schema that nobody knows.
 * `spelling`: as the change has it, `${schema}.orders`.
 */
export interface Elsewhere {
  readonly spelling: string;
  readonly since: Moment;
}

/** The parts of a catalog in which an object may be `absent`. */
export type Absences = Pick<CatalogParts, 'relations' | 'indexes' | 'statistics'>;

/**
 * The parts of a catalog; `Catalog` gives them their questions.
 *
 * What can't be read may have made, dropped, renamed and altered anything, and may have written rows anywhere. So behind it
 * - what was dropped before may be there again, and what history never made may be there: neither is `absent` any more;
 * - a relation of the history is still taken to be there and in use, but it may have other columns, constraints and indexes;
 * - rows may be in any table, and columns may be filled.
 * It can't undo that a table is new: nobody used it before. What is made, dropped or renamed behind it is certain again.
 *
 * Code that is called (a function, a procedure, EXECUTE in a DO block) differs in one point: a history that begins with an empty
 * database is still taken to have made what is there, because code that makes a table which a later migration makes IF NOT EXISTS is
 * rarer than any other that is called.
 *
 * A change of what a placeholder names did what it says to an object that nobody knows: see `lastNameless` and `elsewhere`.
 */
export interface CatalogParts {
  /** `empty`: the history begins with an empty database, so what it did not make is not there for IF [NOT] EXISTS and OR REPLACE. */
  readonly origin: 'empty' | 'unknown';
  /** `NOWHERE` alone: none of its schemas is there, so a name without one means nothing. */
  readonly searchPath: readonly string[];
  /** False where only the server knows what was set; then the path is that of before. */
  readonly isPathKnown: boolean;
  /** Temporary relations that this connection has made; some may have gone. */
  readonly temporaries: NameList;
  /** ON COMMIT DROP. */
  readonly endsAtCommit: readonly QualifiedName[];
  /** What a new table gets that says nothing of it: default_tablespace, default_table_access_method. */
  readonly defaultStorage: Storage;
  readonly moment: Moment;
  /** The ordinal of the first statement that makes what counts as new. */
  readonly newSince: number;
  /** By `schema.name`; `absent` for what was dropped, `unknown` for what code that may not have run has made or dropped. */
  readonly relations: PersistentMap<Lookup<Relation>>;
  /** From `schema.name` of an index to its table. */
  readonly indexes: PersistentMap<Lookup<QualifiedName>>;
  /** By `schema.name`. */
  readonly statistics: PersistentMap<Lookup<Statistics>>;
  /** The last one without a name in the text: the first name that it may have got, and what comes behind the one that it got. */
  readonly madeUp: { readonly first: string; readonly next: number; readonly statistics: CatalogParts['statistics'] } | undefined;
  /** By `schema.name`: made by IF NOT EXISTS, on the word of the origin alone. */
  readonly presumed: PersistentMap<true>;
  /** Schemas in which the history met tables that it did not make, and which are none of its own. */
  readonly foreignSchemas: ReadonlySet<string>;
  readonly constraintNames: SeenNames;
  /** Of relations, indexes and types at any time; it only grows, as `constraintNames` does. */
  readonly seenSchemas: Set<string>;
  /** From `schema.name` of a table to the sequences that its columns ever had. */
  readonly sequences: PersistentMap<readonly QualifiedName[]>;
  /** The tables of a publication, by its name; not those that it has for being in a schema. */
  readonly publications: PersistentMap<Publication>;
  readonly functions: PersistentMap<readonly FunctionInfo[]>;
  readonly types: PersistentMap<TypeInfo>;
  /** The history has casts or operator classes of its own. */
  readonly typesAreExtended: boolean;
  /** Schemas that the history made or dropped; `unknown` for those that it did not make, and has things in. */
  readonly schemas: PersistentMap<Lookup<true>>;
  /** `type public.status`, `function public.total`, `publication all`: code that may not have run has made or dropped it. */
  readonly perhaps: PersistentMap<true>;
  /** Somebody who is no part of the history may have made anything: an extension that nobody knows, IMPORT FOREIGN SCHEMA. */
  readonly isFilledByOthers: boolean;
  /** The tool writes IF NOT EXISTS at each table that it makes: that says nothing of whether it may be there. */
  readonly isOptionalByHabit: boolean;
  /** Names without schema of what other histories make, which may be of the same database. */
  readonly madeByOthers: ReadonlySet<string>;
  /** The ordinal of the first migration of which PostgreSQL should have refused a statement, if what is known is true. */
  readonly refusedIn: number | undefined;
  /** What connections start with, by whose word it is. */
  readonly connectionDefaults: ReadonlyMap<DefaultOwner, SetSettings>;
  /** The last place where anything may have happened, because it could not be read. */
  readonly lastUnread: Moment | undefined;
  /** The last change of a relation whose name is a placeholder: it may be any one. */
  readonly lastNameless: Moment | undefined;
  /** By name without schema: the last change of such a relation in a schema that is a placeholder. */
  readonly elsewhere: PersistentMap<Elsewhere>;
  /** What is run by the use of what is no relation: `type public.status`, `operator <->`, `function public.total`, `event`. */
  readonly code: PersistentMap<readonly LeftCode[]>;
  /** Who needs it, by the key of what is needed: see dependencies/needs.ts. */
  readonly neededBy: Holders;
  /** What EXECUTE runs, by the name that PREPARE gave it. */
  readonly prepared: PersistentMap<Prepared>;
  /** As they were when nothing in them was `absent`: what has come since is all that has to be looked at. */
  readonly withoutAbsences: Absences | undefined;
}

/** What a database has that nobody set up otherwise. */
export const ordinaryStorage: Storage = { tablespace: 'pg_default', accessMethod: 'heap' };

export const TEMPORARY_SCHEMA = 'pg_temp';

/** So many domains over each other are followed. */
const DEEPEST_DOMAIN = 32;

/** PostgreSQL's own relations: found before all others, and called `pg_…`, as nothing else should be. */
function isSystemName({ name }: RelationName): boolean {
  return name.startsWith('pg_');
}

export class Catalog {
  readonly parts: CatalogParts;
  /** The last answer of `find`: one name is asked for again and again. */
  #found: { readonly name: RelationName; readonly relation: Lookup<Relation> } | undefined;

  constructor(parts: CatalogParts) {
    this.parts = parts;
  }

  static start(origin: 'empty' | 'unknown', searchPath: readonly string[] = ['public']): Catalog {
    return new Catalog({
      origin,
      searchPath,
      isPathKnown: true,
      temporaries: NameList.empty,
      endsAtCommit: [],
      defaultStorage: ordinaryStorage,
      moment: { migration: 0, statement: 0 },
      newSince: 0,
      relations: PersistentMap.empty(),
      indexes: PersistentMap.empty(),
      statistics: PersistentMap.empty(),
      madeUp: undefined,
      presumed: PersistentMap.empty(),
      foreignSchemas: new Set(),
      constraintNames: new SeenNames(),
      seenSchemas: new Set(),
      sequences: PersistentMap.empty(),
      publications: PersistentMap.empty(),
      functions: PersistentMap.empty(),
      types: PersistentMap.empty(),
      typesAreExtended: false,
      schemas: PersistentMap.empty(),
      perhaps: PersistentMap.empty(),
      isFilledByOthers: false,
      isOptionalByHabit: false,
      madeByOthers: new Set(),
      refusedIn: undefined,
      connectionDefaults: new Map(),
      lastUnread: undefined,
      lastNameless: undefined,
      elsewhere: PersistentMap.empty(),
      code: PersistentMap.empty(),
      neededBy: PersistentMap.empty(),
      prepared: PersistentMap.empty(),
      withoutAbsences: undefined,
    });
  }

  with(parts: Partial<CatalogParts>): Catalog {
    return new Catalog({ ...this.parts, ...parts });
  }

  /** The name of a relation after the search path; where none is known by it, in the first schema of the path. */
  qualify(name: RelationName): QualifiedName {
    return this.#qualifyIn(this.parts.relations, name);
  }

  qualifyIndex(name: RelationName): QualifiedName {
    return this.#qualifyIn(this.parts.indexes, name);
  }

  find(name: RelationName): Lookup<Relation> {
    if (this.#found?.name === name) return this.#found.relation;
    const qualified = name.schema === undefined ? this.qualify(name) : { schema: name.schema, name: name.name };
    const relation = this.#certain(this.parts.relations.get(printName(qualified)), qualified);
    this.#found = { name, relation };
    return relation;
  }

  /** What has gone by a name that may mean others is not certainly gone. */
  #certain<T extends object>(entry: Lookup<T> | undefined, name: QualifiedName): Lookup<T> {
    const isAbsent = entry === 'absent' || (entry === undefined && name.schema === NOWHERE);
    if (!isAbsent) return entry ?? 'unknown';
    return isPlaceholderIn(name) || this.#isMeantElsewhere(name, undefined) ? 'unknown' : 'absent';
  }

  /**
   * May a relation of that name be another than history shows since a moment, or since ever, because something was not read, or named
   * what nobody knows?
   */
  isDoubted(name: QualifiedName, since?: Moment): boolean {
    return isPlaceholderIn(name) || this.#mayHoldRows(name, since);
  }

  /** Are all of its columns, constraints and indexes known? */
  isWhollyKnown({ complete, doubt, name, born }: Relation): boolean {
    return complete && doubt === 'none' && !this.isDoubted(name, born);
  }

  /** Is there nothing in the database but what history shows? */
  isWhole(): boolean {
    return this.parts.origin === 'empty' && !this.isAnythingDoubted();
  }

  /** Has anything happened that nobody could read, or that named what nobody knows? */
  isAnythingDoubted(): boolean {
    const { lastUnread, lastNameless, elsewhere } = this.parts;
    return lastUnread !== undefined || lastNameless !== undefined || !elsewhere.isEmpty;
  }

  /** Was it named as `${schema}.orders`, in other words than these? */
  #isMeantElsewhere({ schema, name }: QualifiedName, since: Moment | undefined): boolean {
    const other = this.parts.elsewhere.get(name);
    return other !== undefined && other.spelling !== printName({ schema, name }) && isBehind(other.since, since);
  }

  /** May rows have been put into it since then by what does not show it? */
  #mayHoldRows(name: QualifiedName, since: Moment | undefined): boolean {
    const { lastUnread, lastNameless } = this.parts;
    return isBehind(lastUnread, since) || isBehind(lastNameless, since) || this.#isMeantElsewhere(name, since);
  }

  /** The table of an index. */
  tableOfIndex(index: RelationName): Lookup<QualifiedName> {
    const name = this.qualifyIndex(index);
    return this.#certain(this.parts.indexes.get(printName(name)), name);
  }

  /** Does a relation or an index that history shows have the name? Both are of one kind to PostgreSQL. */
  isTaken(name: QualifiedName): boolean {
    const key = printName(name);
    return [this.parts.indexes.get(key), this.parts.relations.get(key)].some((found) => found !== undefined && typeof found !== 'string');
  }

  qualifyStatistics(name: RelationName): QualifiedName {
    return this.#qualifyIn(this.parts.statistics, name);
  }

  /** The table of a statistics object. */
  tableOfStatistics(name: RelationName): Lookup<QualifiedName> {
    const qualified = this.qualifyStatistics(name);
    const found = this.#certain(this.parts.statistics.get(printName(qualified)), qualified);
    return typeof found === 'string' ? found : found.table;
  }

  column(table: RelationName, column: string): Lookup<Column> {
    const relation = this.find(table);
    if (relation === 'absent' || relation === 'unknown') return relation;
    return relation.columns.get(column) ?? (this.isWhollyKnown(relation) && !isPlaceholder(column) ? 'absent' : 'unknown');
  }

  /**
   * Does a statement find nothing by this name? Where it says nothing of the kind, what is unknown is there. Code that was called is
   * not taken to have made it.
   */
  isAbsent(name: RelationName, optional = true): boolean {
    const found = this.find(name);
    return found === 'absent' || (optional && found === 'unknown' && this.#wasNeverMade(this.parts.relations, this.qualify(name)));
  }

  /** The same of an index. */
  isIndexAbsent(name: RelationName, optional = true): boolean {
    const found = this.tableOfIndex(name);
    return found === 'absent' || (optional && found === 'unknown' && this.#wasNeverMade(this.parts.indexes, this.qualifyIndex(name)));
  }

  /** History does not speak of it, and began with nothing in the schema. */
  #wasNeverMade(map: PersistentMap<unknown>, name: QualifiedName): boolean {
    const { origin, foreignSchemas } = this.parts;
    return origin === 'empty' && !foreignSchemas.has(name.schema) && map.get(printName(name)) === undefined && !this.#mayBeNamed(name);
  }

  /** May a relation that was named with a placeholder, or is known by another name, be this one? */
  #mayBeNamed(name: QualifiedName): boolean {
    if (this.parts.lastNameless !== undefined || isPlaceholder(name.name) || this.#isMeantElsewhere(name, undefined)) return true;
    return isPlaceholder(name.schema) && this.relationsIn(undefined).some((other) => other.name.name === name.name);
  }

  /** The same, where what was not read may have made it, code included. */
  isSurelyAbsent(name: RelationName): boolean {
    return this.find(name) === 'absent' || (this.isAbsent(name) && !this.isDoubted(this.qualify(name)));
  }

  /** Is it the name of an index, there or gone? */
  isIndexName(name: QualifiedName): boolean {
    return this.parts.indexes.get(printName(name)) !== undefined && typeof this.find(name) === 'string';
  }

  isPartitioned(name: RelationName): boolean {
    const relation = this.find(name);
    return relation !== 'absent' && relation !== 'unknown' && relation.kind === 'partitioned-table';
  }

  /** Was it made so lately that nobody uses it yet? */
  isNew(name: RelationName): boolean {
    const relation = this.find(name);
    return relation !== 'absent' && relation !== 'unknown' && this.#isBornNow(relation);
  }

  /** Was it added to its table so lately that nobody uses it yet? */
  isNewColumn(table: RelationName, column: string): boolean {
    const found = this.column(table, column);
    return typeof found !== 'string' && found.born !== undefined && found.born.statement >= this.parts.newSince;
  }

  /** Since when rows that were there before the column hold NULL in it, as far as history shows. */
  emptySince(table: RelationName, column: string): Moment | undefined {
    const found = this.column(table, column);
    if (found === 'absent' || found === 'unknown' || found.emptySince === undefined) return undefined;
    return this.#mayHoldRows(this.qualify(table), found.emptySince) ? undefined : found.emptySince;
  }

  /** Is it new, and was no row put into it? */
  isEmpty(name: RelationName): boolean {
    const relation = this.find(name);
    if (relation === 'absent' || relation === 'unknown' || relation.written || !this.#isBornNow(relation)) return false;
    return !this.#mayHoldRows(relation.name, relation.born);
  }

  /** Is it in use, so that somebody waits when it is locked? True for all that history does not show. */
  isLive(name: RelationName): boolean {
    return this.isInUse(this.find(name));
  }

  /** The same for what was found. */
  isInUse(found: Lookup<Relation>): boolean {
    if (found === 'absent') return false;
    return found === 'unknown' || (found.persistence !== 'temporary' && !this.#isBornNow(found));
  }

  /** All partitions and inheriting tables below a table that history shows, without itself. */
  descendants(name: RelationName): Relation[] {
    const found = new Set<Relation>();
    const pending = [...this.#childrenOf(name)];
    for (const child of pending) {
      const next = this.find(child);
      if (next === 'absent' || next === 'unknown' || found.has(next)) continue;
      found.add(next);
      for (const below of next.children) pending.push(below);
    }
    return [...found];
  }

  /** The partitioned tables that it is a part of, from its own parent up, as far as history shows. */
  partitionedAbove(name: RelationName): Relation[] {
    const found: Relation[] = [];
    let below = this.find(name);
    while (typeof below !== 'string' && below.partitionOf !== undefined) {
      below = this.find(below.partitionOf.parent);
      if (typeof below !== 'string') found.push(below);
    }
    return found;
  }

  /** Where rows go that are written to it: itself, or below a view what it shows, as far as history knows. */
  writtenThrough(name: RelationName): RelationName {
    const passed = new Set<Relation>();
    let reached = name;
    for (let found = this.find(name); typeof found !== 'string' && found.kind === 'view' && !passed.has(found); found = this.find(reached)) {
      if (found.base === undefined) break;
      passed.add(found);
      reached = found.base;
    }
    return reached;
  }

  /** The table at the top of the tree of partitions that it is a part of; its own name where it is no partition. */
  rootOf(name: QualifiedName): QualifiedName {
    return this.partitionedAbove(name).at(-1)?.name ?? name;
  }

  /** Views that can't be without a relation, or without one of its columns, and those that read them, each once. */
  viewsOver(name: RelationName, column?: string): Relation[] {
    const found = new Set<Relation>();
    const pending = this.#readersOf(name, column);
    for (const view of pending) {
      if (found.has(view)) continue;
      found.add(view);
      for (const reader of this.#readersOf(view.name)) pending.push(reader);
    }
    return [...found];
  }

  /** All relations that history shows, or those of one schema. */
  relationsIn(schema: string | undefined): Relation[] {
    const relations: Relation[] = [];
    for (const [, relation] of this.parts.relations.entries()) {
      if (typeof relation !== 'string' && (schema === undefined || relation.name.schema === schema)) relations.push(relation);
    }
    return relations;
  }

  /** Tables, or materialized views, that are kept in a tablespace, or in one that history does not show. */
  keptIn(tablespace: string, kind: string): Relation[] {
    const kinds = kind === 'materialized-view' ? [kind] : ['table', 'partitioned-table'];
    const mayBeThere = ({ storage }: Relation): boolean => storage.tablespace === undefined || storage.tablespace === tablespace;
    return this.relationsIn(undefined).filter((relation) => kinds.includes(relation.kind) && relation.persistence !== 'temporary' && mayBeThere(relation));
  }

  /** The indexes that are kept in a tablespace, or in one that history does not show. */
  indexesIn(tablespace: string): { readonly name: QualifiedName; readonly tablespace: string | undefined }[] {
    return this.relationsIn(undefined).flatMap(({ name: { schema }, persistence, indexes }) =>
      indexes.filter((index) => persistence !== 'temporary' && (index.tablespace ?? tablespace) === tablespace).map((index) => ({ name: { schema, name: index.name }, tablespace: index.tablespace })),
    );
  }

  /** The sequences that go with a table, or with one of its columns. */
  sequencesOf(table: QualifiedName, column?: string): Relation[] {
    const { sequences, relations } = this.parts;
    return (sequences.get(printName(table)) ?? []).flatMap((name) => {
      const found = relations.get(printName(name));
      if (found === undefined || typeof found === 'string' || found.ownedBy === undefined || !isSameName(found.ownedBy.table, table)) return [];
      return column === undefined || found.ownedBy.column === column ? [found] : [];
    });
  }

  /** The one that an identity has as its own; other sequences may be owned by the same column. */
  sequenceOfIdentity(table: QualifiedName, column: string): Relation | undefined {
    return this.sequencesOf(table, column).find(({ ownedBy }) => ownedBy?.isPart);
  }

  /** Columns of a type, of arrays of it, or of a domain over it. */
  columnsOfType(type: RelationName): { readonly relation: Relation; readonly column: Column }[] {
    const wanted = this.qualifyType(type);
    return this.relationsIn(undefined).flatMap((relation) =>
      [...relation.columns.values()]
        .filter((column) => this.isMadeOf(column.type, wanted))
        .map((column) => ({ relation, column })),
    );
  }

  /** Tables OF a type. */
  typedTables(type: RelationName): Relation[] {
    const wanted = this.qualifyType(type);
    return this.relationsIn(undefined).filter(({ ofType }) => ofType !== undefined && isSameName(ofType, wanted));
  }

  /** Is a column of that type of the wanted one, in an array or below a domain? */
  isMadeOf(type: ColumnType, wanted: QualifiedName): boolean {
    if (type.name.name === wanted.name && isSameName(this.qualifyType(type.name), wanted)) return true;
    const info = this.type(type.name);
    return info?.kind === 'domain' && this.isMadeOf(info.base, wanted);
  }

  /** Is it a domain that checks its values, or is one below it? An array of it checks none. */
  isConstrained({ name, isArray }: ColumnType): boolean {
    const info = isArray ? undefined : this.type(name);
    return info?.kind === 'domain' && (info.notNull || info.constraints.length > 0 || this.isConstrained(info.base));
  }

  function(name: RelationName): readonly FunctionInfo[] {
    return this.#inPath(this.parts.functions, name) ?? [];
  }

  qualifyFunction(name: RelationName): QualifiedName {
    return this.#candidates(name).find((candidate) => this.parts.functions.has(printName(candidate))) ?? this.creationName(name);
  }

  /** Never a domain that is below itself, which PostgreSQL refuses, or below more than anybody has: who follows what domains stand on comes to an end. */
  type(name: RelationName): TypeInfo | undefined {
    const found = this.#inPath(this.parts.types, name);
    return found?.kind === 'domain' && this.#isBottomless(found) ? undefined : found;
  }

  #isBottomless(domain: TypeInfo): boolean {
    let depth = 0;
    for (let one: TypeInfo | undefined = domain; one?.kind === 'domain'; one = this.#inPath(this.parts.types, one.base.name)) {
      if ((depth += 1) > DEEPEST_DOMAIN) return true;
    }
    return false;
  }

  /** The type that a name without a schema means, where history has made it. */
  knownType(name: string): QualifiedName | undefined {
    const schema = this.#schemasInPath().find((one) => this.parts.types.has(`${one}.${name}`));
    return schema === undefined ? undefined : { schema, name };
  }

  /** The name of a type after the search path. */
  qualifyType(name: RelationName): QualifiedName {
    return this.#candidates(name).find((candidate) => this.parts.types.has(printName(candidate))) ?? this.creationName(name);
  }

  /** Where a new object of this name would be made. */
  creationName(name: RelationName, temporary = false): QualifiedName {
    if (temporary) return { schema: TEMPORARY_SCHEMA, name: name.name };
    return { schema: name.schema ?? this.#schemaToMakeIn(), name: name.name };
  }

  /** The first of the path that is there. */
  #schemaToMakeIn(): string {
    const { searchPath, isPathKnown, schemas } = this.parts;
    const [first] = searchPath;
    return searchPath.find((schema) => schemas.get(schema) !== 'absent') ?? first ?? (isPathKnown ? NOWHERE : 'public');
  }

  #childrenOf(name: RelationName): Iterable<QualifiedName> {
    const relation = this.find(name);
    return relation === 'absent' || relation === 'unknown' ? [] : relation.children;
  }

  #readersOf(name: RelationName, column?: string): Relation[] {
    const relation = this.find(name);
    if (relation === 'absent' || relation === 'unknown') return [];
    const needsIt = ({ reads }: Relation): boolean =>
      column === undefined || reads.some((read) => isSameName(read.relation, relation.name) && read.columns.includes(column));
    return relation.readBy.values().flatMap((view) => {
      const reader = this.find(view);
      return reader === 'absent' || reader === 'unknown' || !needsIt(reader) ? [] : [reader];
    });
  }

  #qualifyIn(map: PersistentMap<unknown>, name: RelationName): QualifiedName {
    if (name.schema !== undefined) return { schema: name.schema, name: name.name };
    let doubted: QualifiedName | undefined;
    for (const schema of this.#schemasInPath()) {
      const found = map.get(printName({ schema, name: name.name }));
      if (found === undefined || found === 'absent') continue;
      const candidate = { schema, name: name.name };
      if (schema !== TEMPORARY_SCHEMA) return candidate;
      if (typeof found === 'string') continue;
      if (!this.#isInDoubt(candidate)) return candidate;
      doubted = candidate;
    }
    if (doubted) return doubted;
    return isSystemName(name) ? { schema: 'pg_catalog', name: name.name } : this.creationName(name);
  }

  /** Temporary relations are found first, unless the path says where; there are none before one was made. */
  #schemasInPath(): readonly string[] {
    const { searchPath, temporaries } = this.parts;
    return temporaries.length > 0 && !searchPath.includes(TEMPORARY_SCHEMA) ? [TEMPORARY_SCHEMA, ...searchPath] : searchPath;
  }

  #isBornNow({ born }: Relation): boolean {
    return born !== undefined && born.statement >= this.parts.newSince;
  }

  /** Code that may not have run has made it, so that a permanent one of its name may be meant. */
  #isInDoubt(temporary: QualifiedName): boolean {
    const relation = this.parts.relations.get(printName(temporary));
    return typeof relation === 'object' && relation.doubt === 'existence';
  }

  #inPath<V>(map: PersistentMap<V>, name: RelationName): V | undefined {
    for (const candidate of this.#candidates(name)) {
      const found = map.get(printName(candidate));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #candidates({ schema, name }: RelationName): QualifiedName[] {
    const schemas = schema === undefined ? this.#schemasInPath() : [schema];
    return schemas.map((candidate) => ({ schema: candidate, name }));
  }
}

/** Undefined comes before all. The same statement counts: what it made before what it hides is not certain. */
function isBehind(moment: Moment | undefined, since: Moment | undefined): boolean {
  return moment !== undefined && moment.statement >= (since?.statement ?? 0);
}
