// What a history has come to, as plain data that outlives the process, and back.

import type { FunctionInfo } from '../model/catalog-objects.ts';
import { Catalog, type CatalogParts } from '../model/catalog.ts';
import { FunctionBody, type BodyReader } from '../model/function-body.ts';
import { PersistentMap } from '../model/persistent-map.ts';
import { SeenNames } from '../model/seen-names.ts';

/** Plain data, and nothing that runs: `v8.serialize` takes it. */
export interface FrozenCatalog extends Frozen<Omit<CatalogParts, 'functions' | 'constraintNames' | 'seenSchemas' | 'withoutAbsences'>> {
  readonly functions: readonly (readonly [string, readonly FrozenFunction[]])[];
  readonly constraintNames: readonly string[];
  readonly seenSchemas: readonly string[];
}

type Frozen<Parts> = {
  readonly [K in keyof Parts]: Parts[K] extends PersistentMap<infer V> ? readonly (readonly [string, V])[] : Parts[K];
};

interface FrozenFunction extends Omit<FunctionInfo, 'body'> {
  readonly body: Pick<FunctionBody, 'definition' | 'settings' | 'parameters'>;
}

export function freeze({ parts: { withoutAbsences: _, ...parts } }: Catalog): FrozenCatalog {
  return {
    ...parts,
    relations: parts.relations.entries(),
    indexes: parts.indexes.entries(),
    statistics: parts.statistics.entries(),
    presumed: parts.presumed.entries(),
    sequences: parts.sequences.entries(),
    publications: parts.publications.entries(),
    elsewhere: parts.elsewhere.entries(),
    code: parts.code.entries(),
    prepared: parts.prepared.entries(),
    types: parts.types.entries(),
    functions: parts.functions.entries().map(([name, overloads]) => [name, overloads.map(freezeFunction)] as const),
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
    relations: PersistentMap.of(frozen.relations),
    indexes: PersistentMap.of(frozen.indexes),
    statistics: PersistentMap.of(frozen.statistics),
    presumed: PersistentMap.of(frozen.presumed),
    sequences: PersistentMap.of(frozen.sequences),
    publications: PersistentMap.of(frozen.publications),
    elsewhere: PersistentMap.of(frozen.elsewhere),
    code: PersistentMap.of(frozen.code),
    prepared: PersistentMap.of(frozen.prepared),
    withoutAbsences: undefined,
    types: PersistentMap.of(frozen.types),
    functions: PersistentMap.of(frozen.functions.map(([name, overloads]) => [name, overloads.map(thawFunction)] as const)),
    constraintNames: new SeenNames(frozen.constraintNames),
    seenSchemas: new Set(frozen.seenSchemas),
  });
}

function freezeFunction({ body: { definition, settings, parameters }, ...info }: FunctionInfo): FrozenFunction {
  return { ...info, body: { definition, settings, parameters } };
}
