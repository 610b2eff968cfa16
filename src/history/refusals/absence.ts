// What is certainly not there, though a statement names it: the history has dropped it, or began with nothing and never made it.

import type { Catalog, Lookup } from '../../model/catalog.ts';
import { isBrought, isOfPlatform } from '../../model/foreign-tables.ts';
import { NOWHERE, printName, type RelationName } from '../../model/names.ts';
import { isPlaceholder } from '../../model/placeholder.ts';
import { KnownTest } from '../../model/persistent-map.ts';
import type { Why } from '../../model/refusal.ts';
import type { Relation } from '../../model/relation.ts';
import { isBuiltinFunction } from '../../postgres/functions.ts';
import { knownCall } from '../../postgres/known-calls.ts';
import { isBuiltinType } from '../../postgres/types.ts';
import { isOfExtension } from '../../model/extensions.ts';

/** Undefined: it may be there. */
export type Absence = Why | undefined;

/** Anything that stands in pg_class. */
export function absenceOfRelation(name: RelationName, catalog: Catalog): Absence {
  if (isBrought({ schema: '', name: name.name })) return undefined;
  return absenceIn(name, catalog, (key) => stateIn(key, catalog));
}

export function absenceOfIndex(name: RelationName, catalog: Catalog): Absence {
  const areAllKnown = catalog.parts.relations.every(indexesAreKnown);
  const absence = absenceIn(name, catalog, (key) => stateIn(key, catalog));
  return absence === 'never' && !areAllKnown ? undefined : absence;
}

const indexesAreKnown = new KnownTest<Lookup<Relation>>(
  (one) => one === 'absent' || (one !== 'unknown' && one.doubt === 'none' && (one.complete || one.kind === 'view' || one.kind === 'materialized-view')),
);

export function absenceOfType(name: RelationName, catalog: Catalog): Absence {
  if (isTypeOfOthers(name.name)) return undefined;
  const absence = absenceIn(name, catalog, (key) => {
    if (catalog.parts.types.has(key) || catalog.parts.perhaps.has(`type ${key}`)) return 'there';
    return stateIn(key, catalog) === 'there' ? 'there' : undefined;
  });
  return absence === 'nowhere' ? absence : absence && (isFullyTold(catalog) ? 'never' : undefined);
}

function isTypeOfOthers(name: string): boolean {
  return isBuiltinType(name, 18) || isBuiltinType(name, 14) || isOfExtension('types', name) || /^_|^pg_|serial|multirange$|^tablefunc_crosstab_/.test(name);
}

export function absenceOfFunction(name: RelationName, argumentTypes: readonly string[] | undefined, catalog: Catalog): Absence {
  if (isBuiltinFunction(name.name) || isOfExtension('functions', name.name) || isTypeOfOthers(name.name) || knownCall({ name, argumentCount: -1 }) !== undefined) return undefined;
  const { functions, code, perhaps, types } = catalog.parts;
  const absence = absenceIn(name, catalog, (key) => {
    if (code.has(`function ${key}`) || perhaps.has(`function ${key}`) || types.has(key)) return 'there';
    const overloads = functions.get(key) ?? [];
    return overloads.some((overload) => argumentTypes === undefined || mayBeMeant(overload.argumentTypes, argumentTypes)) ? 'there' : undefined;
  });
  return absence === 'nowhere' ? absence : absence && (isFullyTold(catalog) ? 'never' : undefined);
}

/** Types of other names may be the same one, but for PostgreSQL's own. */
function mayBeMeant(own: readonly string[], given: readonly string[]): boolean {
  return own.length === given.length && own.every((type, place) => isSameType(type, given[place] ?? ''));
}

function isSameType(left: string, right: string): boolean {
  return left === right || !isBuiltinType(left, 18) || !isBuiltinType(right, 18);
}

/** That a history makes schemas shows that nobody else makes them for it. */
export function absenceOfSchema(schema: string, catalog: Catalog): Absence {
  const { schemas, foreignSchemas, madeByOthers } = catalog.parts;
  if (isPlaceholder(schema) || madeByOthers.has(schema) || isOfPlatform(schema) || schema === 'public' || schema === 'pg_temp') return undefined;
  if (schemas.get(schema) === 'absent') return catalog.isAnythingDoubted() ? undefined : 'gone';
  const makesSchemas = schemas.entries().some(([, one]) => one === true);
  return schemas.get(schema) === undefined && makesSchemas && !foreignSchemas.has(schema) && isFullyTold(catalog) ? 'never' : undefined;
}

/** Of something new: is there no schema to make it in? */
export function absenceOfPlace({ schema }: RelationName, catalog: Catalog): Absence {
  const { searchPath, isPathKnown } = catalog.parts;
  if (schema !== undefined) return absenceOfSchema(schema, catalog);
  return isPathKnown && searchPath[0] === NOWHERE ? 'nowhere' : undefined;
}

export function absenceOfStatistics(name: RelationName, catalog: Catalog): Absence {
  return absenceIn(name, catalog, (key) => {
    const found = catalog.parts.statistics.get(key);
    return found === undefined ? undefined : found === 'absent' ? 'gone' : 'there';
  });
}

export function absenceOfPublication(name: string, catalog: Catalog): Absence {
  const { publications, perhaps } = catalog.parts;
  return publications.has(name) || perhaps.has(`publication ${name}`) || isPlaceholder(name) || !isFullyTold(catalog) ? undefined : 'never';
}

/** A temporary one of another migration is there as long as both share a connection. */
export function mayBeTemporary({ schema, name }: RelationName, { parts: { relations } }: Catalog): boolean {
  if (schema === 'pg_temp') return true;
  const found = schema === undefined ? relations.get(printName({ schema: 'pg_temp', name })) : undefined;
  return found !== undefined && found !== 'absent';
}

type State = 'there' | 'gone' | undefined;

function stateIn(key: string, { parts: { relations, indexes, types } }: Catalog): State {
  const found = [relations.get(key), indexes.get(key)];
  const type = types.get(key)?.kind;
  if (type === 'composite' || type === 'other' || found.some((one) => one !== undefined && one !== 'absent')) return 'there';
  return found.includes('absent') ? 'gone' : undefined;
}

/** In all of the schemas in which it is looked for. */
function absenceIn(name: RelationName, catalog: Catalog, state: (key: string) => State): Absence {
  const { searchPath, isPathKnown, elsewhere, madeByOthers } = catalog.parts;
  if (isPlaceholder(name.name) || name.name.startsWith('pg_') || elsewhere.has(name.name)) return undefined;
  if ((name.schema === undefined && !isPathKnown) || mayBeTemporary(name, catalog)) return undefined;
  if (name.schema === undefined && searchPath[0] === NOWHERE) return state(name.name) === 'there' || catalog.isAnythingDoubted() ? undefined : 'nowhere';
  if (name.schema === undefined && searchPath.length === 0) return undefined;
  let absence: Absence = 'never';
  for (const schema of name.schema === undefined ? searchPath : [name.schema]) {
    const found = state(printName({ schema, name: name.name }));
    if (found === 'there' || isPlaceholder(schema)) return undefined;
    if (found === 'gone') absence = 'gone';
    else if (schema === 'pg_temp' || madeByOthers.has(name.name) || !isToldOf(schema, catalog)) return undefined;
  }
  return mayHaveFallenInto(name, catalog, state) ? undefined : absence;
}

/** What was to be made in a schema that is not there was made in the next one of the path that is. */
function mayHaveFallenInto({ schema = 'public', name }: RelationName, { parts: { schemas } }: Catalog, state: (key: string) => State): boolean {
  const isSchemaThere = schema === 'public' || schemas.get(schema) === true;
  return isSchemaThere && schemas.entries().some(([other, one]) => one === 'unknown' && other !== schema && state(printName({ schema: other, name })) === 'there');
}

/** All that ever was in the schema, the history has made. */
function isToldOf(schema: string, catalog: Catalog): boolean {
  return isFullyTold(catalog) && !isOfPlatform(schema) && !catalog.parts.foreignSchemas.has(schema);
}

function isFullyTold(catalog: Catalog): boolean {
  return catalog.isWhole() && !catalog.parts.isFilledByOthers;
}
