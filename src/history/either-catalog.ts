// What is known where one of two catalogs is the true one, because code stands between them that may not have run.

import { Catalog, type CatalogParts, type Elsewhere, type Lookup } from '../model/catalog.ts';
import type { FunctionInfo, Publication, Statistics, TypeInfo } from '../model/catalog-objects.ts';
import { unsure } from '../model/dependencies/needs.ts';
import type { Moment } from '../model/moment.ts';
import { NameList } from '../model/name-list.ts';
import { isSameName, NOWHERE, type QualifiedName } from '../model/names.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import type { PersistentMap } from '../model/persistent-map.ts';
import type { SetSettings } from '../model/session.ts';
import type { Prepared } from '../model/prepared.ts';
import type { SettingValue } from '../model/statement.ts';
import { eitherRelation } from './either-relation.ts';

/**
 * What both say is known. What is in the one and certainly not in the other is in doubt: whoever does something to it shows that it is
 * there. Of what the two know differently, the less is known; in how it locks and is locked, the graver counts.
 */
export function eitherCatalog(left: Catalog, right: Catalog): Catalog {
  if (left === right) return left;
  const [one, other] = [left.parts, right.parts];
  const later = one.moment.statement < other.moment.statement ? other : one;
  return new Catalog({
    ...later,
    origin: one.origin === 'empty' ? other.origin : one.origin,
    foreignSchemas: union(one.foreignSchemas, other.foreignSchemas),
    temporaries: NameList.of([...one.temporaries, ...other.temporaries]),
    endsAtCommit: [...new Set([...one.endsAtCommit, ...other.endsAtCommit])],
    newSince: Math.max(one.newSince, other.newSince),
    relations: joined(one.relations, other.relations, (mine, yours, key) =>
      eitherLookup(known(mine, one, key), known(yours, other, key), eitherRelation, (found) => ({ ...found, doubt: 'existence' })),
    ),
    indexes: joined(one.indexes, other.indexes, (mine, yours, key) => eitherOwner(known(mine, one, key), known(yours, other, key))),
    statistics: joined(one.statistics, other.statistics, (mine, yours, key) => eitherStatistics(known(mine, one, key), known(yours, other, key))),
    presumed: joined(one.presumed, other.presumed, () => true),
    sequences: joined(one.sequences, other.sequences, (mine = [], yours = []) => [...new Set([...mine, ...yours])]),
    publications: joined(one.publications, other.publications, eitherPublication),
    functions: joined(one.functions, other.functions, eitherFunctions),
    types: joinedTypes(one, other),
    schemas: joined(one.schemas, other.schemas, (mine, yours) => (mine === yours && mine !== undefined ? mine : 'unknown')),
    perhaps: perhapsIn(one, other),
    refusedIn: one.refusedIn ?? other.refusedIn,
    madeByOthers: union(one.madeByOthers, other.madeByOthers),
    isFilledByOthers: one.isFilledByOthers || other.isFilledByOthers,
    isOptionalByHabit: one.isOptionalByHabit,
    searchPath: one.searchPath[0] === NOWHERE ? other.searchPath : one.searchPath,
    isPathKnown: one.isPathKnown && other.isPathKnown && String(one.searchPath) === String(other.searchPath),
    connectionDefaults: eitherDefaults(one.connectionDefaults, other.connectionDefaults),
    lastUnread: laterOf(one.lastUnread, other.lastUnread),
    lastNameless: laterOf(one.lastNameless, other.lastNameless),
    code: joined(one.code, other.code, (mine = [], yours = []) => [...new Set([...mine, ...yours])]),
    typesAreExtended: one.typesAreExtended || other.typesAreExtended,
    neededBy: joined(one.neededBy, other.neededBy, (mine, yours) => OrderedMap.of([...(mine ?? []), ...(yours ?? [])])),
    prepared: joined(one.prepared, other.prepared, eitherPrepared),
    elsewhere: joined(one.elsewhere, other.elsewhere, eitherElsewhere),
  });
}

/** All that the two have in common, and what `either` makes of the rest. */
function joined<V>(
  one: PersistentMap<V>,
  other: PersistentMap<V>,
  either: (mine: V | undefined, yours: V | undefined, key: string) => V,
): PersistentMap<V> {
  return one.keysThatDiffer(other).reduce((map, key) => map.with(key, either(one.get(key), other.get(key), key)), one);
}

/** What a history that began with nothing in a schema does not speak of is not there. */
function known<T>(found: Lookup<T> | undefined, { origin, foreignSchemas }: CatalogParts, key: string): Lookup<T> {
  return found ?? (origin === 'empty' && !foreignSchemas.has(key.slice(0, key.indexOf('.'))) ? 'absent' : 'unknown');
}

function eitherLookup<T>(mine: Lookup<T>, yours: Lookup<T>, both: (mine: T, yours: T) => T, doubted: (found: T) => Lookup<T>): Lookup<T> {
  if (isFound(mine) && isFound(yours)) return both(mine, yours);
  if (mine === yours) return mine;
  if (isFound(mine) && yours === 'absent') return doubted(mine);
  return isFound(yours) && mine === 'absent' ? doubted(yours) : 'unknown';
}

function isFound<T>(found: Lookup<T>): found is Exclude<T, string> {
  return typeof found !== 'string';
}

/** Of one table. */
function eitherStatistics(mine: Lookup<Statistics>, yours: Lookup<Statistics>): Lookup<Statistics> {
  return isFound(mine) && isFound(yours) && isSameName(mine.table, yours.table) ? mine : 'unknown';
}

/** An index by its table. */
function eitherOwner(mine: Lookup<QualifiedName>, yours: Lookup<QualifiedName>): Lookup<QualifiedName> {
  return isFound(mine) && isFound(yours) && isSameName(mine, yours) ? mine : 'unknown';
}

/** Each that may be meant. */
function eitherFunctions(mine: readonly FunctionInfo[] = [], yours: readonly FunctionInfo[] = []): readonly FunctionInfo[] {
  const [left, right] = [new Set(mine), new Set(yours)];
  return [...new Set([...mine, ...yours])].map((one) => (one.inDoubt || (left.has(one) && right.has(one)) ? one : { ...one, inDoubt: true }));
}

/** Of one that may be there, only that is kept. */
function joinedTypes(one: CatalogParts, other: CatalogParts): CatalogParts['types'] {
  return one.types.keysThatDiffer(other.types).reduce((map, key) => {
    const [mine, yours] = [one.types.get(key), other.types.get(key)];
    return map.with(key, isSameType(mine, yours) ? mine : { kind: 'other', isShell: false });
  }, one.types);
}

/** What the two know differently is in doubt for good: that only keeps silent who would speak of it. */
function perhapsIn(one: CatalogParts, other: CatalogParts): CatalogParts['perhaps'] {
  const differing = [
    ...one.types.keysThatDiffer(other.types).map((key) => `type ${key}`),
    ...one.functions.keysThatDiffer(other.functions).map((key) => `function ${key}`),
    ...one.publications.keysThatDiffer(other.publications).map((key) => `publication ${key}`),
  ];
  return differing.reduce((map, key) => map.with(key, true), joined<true>(one.perhaps, other.perhaps, () => true));
}

function isSameType(mine: TypeInfo | undefined, yours: TypeInfo | undefined): mine is TypeInfo {
  return mine !== undefined && (mine === yours || inWords(mine) === inWords(yours));
}

function inWords(info: TypeInfo | undefined): string {
  return JSON.stringify(info?.kind === 'domain' ? { ...info, constraints: info.constraints.values() } : info);
}

function eitherPublication(mine: Publication | undefined, yours: Publication | undefined): Publication {
  const all = [mine, yours].flatMap((one) => one ?? []);
  return {
    tables: all.flatMap(({ tables }) => tables),
    schemas: [...new Set(all.flatMap(({ schemas }) => schemas))],
    everything: all.some(({ everything }) => everything),
    findsRows: all.some(({ findsRows }) => findsRows),
    narrowed: mine?.narrowed === yours?.narrowed ? (mine?.narrowed ?? []) : all.flatMap(({ narrowed }) => narrowed.map(unsure)),
  };
}

function eitherDefaults(one: CatalogParts['connectionDefaults'], other: CatalogParts['connectionDefaults']): CatalogParts['connectionDefaults'] {
  if (one === other) return one;
  return new Map([...one, ...other].map(([owner]) => [owner, eitherSettings(one.get(owner), other.get(owner))]));
}

/** What is not the same in both can't be told. */
export function eitherSettings(one: SetSettings = OrderedMap.empty(), other: SetSettings = OrderedMap.empty()): SetSettings {
  if (one === other) return one;
  const named = OrderedMap.of([...one, ...other]);
  return named.changed((_, name) => eitherSetting(one.get(name), other.get(name)));
}

function eitherSetting(mine: SettingValue | undefined, yours: SettingValue | undefined): SettingValue {
  if (mine !== undefined && mine === yours) return mine;
  return { kind: 'unreadable', isPerhaps: [mine, yours].some(isPerhapsUnset) };
}

function isPerhapsUnset(value: SettingValue | undefined): boolean {
  return value === undefined || value.kind === 'default' || (value.kind === 'unreadable' && value.isPerhaps === true);
}

/** Of neither: nothing asks for it. */
function eitherPrepared(mine: Prepared | undefined, yours: Prepared | undefined): Prepared {
  return { ...(mine ?? yours ?? unprepared), query: 'unknown' };
}

const unprepared: Prepared = { statement: { kind: 'harmless', span: { start: 0, end: 0 }, features: [], command: 'EXECUTE' }, query: 'unknown' };

function eitherElsewhere(mine: Elsewhere | undefined, yours: Elsewhere | undefined): Elsewhere {
  const [spelling, since] = [yours?.spelling ?? mine?.spelling ?? '', laterOf(mine?.since, yours?.since) ?? start];
  return { spelling, since };
}

const start: Moment = { migration: 0, statement: 0 };

function laterOf(one: CatalogParts['lastUnread'], other: CatalogParts['lastUnread']): CatalogParts['lastUnread'] {
  return (one?.statement ?? -1) < (other?.statement ?? -1) ? other : one;
}

function union<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): ReadonlySet<T> {
  return one === other ? one : new Set([...one, ...other]);
}
