// What a history has come to, as plain data that outlives the process, and back.

import type { FunctionInfo, TypeInfo, TypeInfoOf } from '../model/catalog-objects.ts';
import { Catalog, type CatalogParts, type Lookup } from '../model/catalog.ts';
import { holdersOf, type Holder } from '../model/dependencies/holder.ts';
import type { DefaultOwner } from '../model/changes/object-changes.ts';
import { FunctionBody, type BodyReader } from '../model/function-body.ts';
import { NameList } from '../model/name-list.ts';
import { NamedList } from '../model/named-list.ts';
import type { QualifiedName } from '../model/names.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import { PersistentMap } from '../model/persistent-map.ts';
import type { Relation } from '../model/relation.ts';
import { SeenNames } from '../model/seen-names.ts';
import type { SetSettings } from '../model/session.ts';

/** Plain data, and nothing that runs: `v8.serialize` takes it. */
export interface FrozenCatalog extends Frozen<Omit<CatalogParts, 'connectionDefaults' | 'relations' | 'types' | 'functions' | 'constraintNames' | 'seenSchemas' | 'neededBy' | 'madeUp' | 'withoutAbsences'>> {
  readonly neededBy: readonly (readonly [string, readonly Holder[]])[];
  readonly connectionDefaults: readonly (readonly [DefaultOwner, FrozenPart<SetSettings>])[];
  readonly relations: readonly (readonly [string, Lookup<FrozenRelation>])[];
  readonly types: readonly (readonly [string, FrozenType])[];
  readonly functions: readonly (readonly [string, readonly FrozenFunction[]])[];
  readonly constraintNames: SeenNames['printed'];
  readonly seenSchemas: readonly string[];
}

type Frozen<Parts> = { readonly [K in keyof Parts]: FrozenPart<Parts[K]> };

type FrozenPart<Part> =
  Part extends PersistentMap<infer V> ? readonly (readonly [string, V])[]
  : Part extends OrderedMap<infer V> ? readonly (readonly [string, V])[]
  : Part extends NamedList<infer Item> ? readonly Item[]
  : Part extends NameList ? readonly QualifiedName[]
  : Part;

type FrozenRelation = Frozen<Relation>;

type FrozenType = Exclude<TypeInfo, TypeInfoOf<'domain'>> | FrozenDomain;

type FrozenDomain = Frozen<TypeInfoOf<'domain'>>;

interface FrozenFunction extends Omit<FunctionInfo, 'body'> {
  readonly body: Pick<FunctionBody, 'definition' | 'settings' | 'parameters'>;
}

export function freeze({ parts: { withoutAbsences: _, madeUp: __, ...parts } }: Catalog): FrozenCatalog {
  return {
    ...parts,
    temporaries: parts.temporaries.values(),
    connectionDefaults: Array.from(parts.connectionDefaults, ([owner, settings]) => [owner, [...settings]] as const),
    relations: frozenValues(parts.relations, (one) => (typeof one === 'string' ? one : freezeRelation(one))),
    indexes: parts.indexes.entries(),
    statistics: parts.statistics.entries(),
    presumed: parts.presumed.entries(),
    sequences: parts.sequences.entries(),
    publications: parts.publications.entries(),
    elsewhere: parts.elsewhere.entries(),
    code: parts.code.entries(),
    prepared: parts.prepared.entries(),
    schemas: parts.schemas.entries(),
    perhaps: parts.perhaps.entries(),
    neededBy: frozenValues(parts.neededBy, (holders) => holders.values()),
    types: frozenValues(parts.types, (one) => (one.kind === 'domain' ? { ...one, constraints: one.constraints.values() } : one)),
    functions: frozenValues(parts.functions, (overloads) => overloads.map(freezeFunction)),
    constraintNames: parts.constraintNames.printed,
    seenSchemas: [...parts.seenSchemas],
  };
}

/** `read`: what stands in a function, by the statement that made it. */
export function thaw(frozen: FrozenCatalog, read: (definition: string) => BodyReader): Catalog {
  const thawFunction = ({ body: { definition, settings, parameters }, ...info }: FrozenFunction): FunctionInfo => ({
    ...info,
    body: new FunctionBody(definition, settings, parameters, read(definition)),
  });
  return new Catalog({
    ...frozen,
    temporaries: NameList.of(frozen.temporaries),
    connectionDefaults: new Map(frozen.connectionDefaults.map(([owner, settings]) => [owner, OrderedMap.of(settings)])),
    relations: thawedValues(frozen.relations, (one) => (typeof one === 'string' ? one : thawRelation(one))),
    indexes: PersistentMap.of(frozen.indexes),
    statistics: PersistentMap.of(frozen.statistics),
    presumed: PersistentMap.of(frozen.presumed),
    sequences: PersistentMap.of(frozen.sequences),
    publications: PersistentMap.of(frozen.publications),
    elsewhere: PersistentMap.of(frozen.elsewhere),
    code: PersistentMap.of(frozen.code),
    prepared: PersistentMap.of(frozen.prepared),
    neededBy: thawedValues(frozen.neededBy, holdersOf),
    madeUp: undefined,
    withoutAbsences: undefined,
    schemas: PersistentMap.of(frozen.schemas),
    perhaps: PersistentMap.of(frozen.perhaps),
    types: thawedValues(frozen.types, (one) => (one.kind === 'domain' ? { ...one, constraints: NamedList.of(one.constraints) } : one)),
    functions: thawedValues(frozen.functions, (overloads) => overloads.map(thawFunction)),
    constraintNames: new SeenNames(frozen.constraintNames),
    seenSchemas: new Set(frozen.seenSchemas),
  });
}

function frozenValues<V, F>(map: PersistentMap<V>, freezeOne: (value: V) => F): readonly (readonly [string, F])[] {
  return map.entries().map(([key, value]) => [key, freezeOne(value)] as const);
}

function thawedValues<F, V>(entries: readonly (readonly [string, F])[], thawOne: (value: F) => V): PersistentMap<V> {
  return PersistentMap.of(entries.map(([key, value]) => [key, thawOne(value)] as const));
}

function freezeRelation(relation: Relation): FrozenRelation {
  const { columns, constraints, indexes, triggers, policies, rules, children, defaultPartitions, referencedBy, readBy } = relation;
  return {
    ...relation,
    columns: [...columns],
    constraints: constraints.values(),
    indexes: indexes.values(),
    triggers: triggers === 'unknown' ? triggers : [...triggers],
    policies: policies === 'unknown' ? policies : [...policies],
    rules: rules === 'unknown' ? rules : [...rules],
    children: children.values(),
    defaultPartitions: defaultPartitions.values(),
    referencedBy: referencedBy.values(),
    readBy: readBy.values(),
  };
}

function thawRelation(frozen: FrozenRelation): Relation {
  const { columns, constraints, indexes, triggers, policies, rules, children, defaultPartitions, referencedBy, readBy } = frozen;
  return {
    ...frozen,
    columns: OrderedMap.of(columns),
    constraints: NamedList.of(constraints),
    indexes: NamedList.of(indexes),
    triggers: triggers === 'unknown' ? triggers : OrderedMap.of(triggers),
    policies: policies === 'unknown' ? policies : OrderedMap.of(policies),
    rules: rules === 'unknown' ? rules : OrderedMap.of(rules),
    children: NameList.of(children),
    defaultPartitions: NameList.of(defaultPartitions),
    referencedBy: NameList.of(referencedBy),
    readBy: NameList.of(readBy),
  };
}

function freezeFunction({ body: { definition, settings, parameters }, ...info }: FunctionInfo): FrozenFunction {
  return { ...info, body: { definition, settings, parameters } };
}
