// How functions come, change and go. They are told apart by the types of their arguments.

import type { FunctionInfo } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { noNeeds, type Needs } from '../model/dependencies/needs.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import { isMeant, mayBeOfTrigger } from '../model/overload.ts';
import { followFunctionName, noteNeeds } from './dependencies/follow.ts';
import { needsOf } from './dependencies/resolve.ts';

/** OR REPLACE takes the place of one with the same arguments. */
export function createFunction(catalog: Catalog, change: ChangeOf<'create-function'>): Catalog {
  const { argumentTypes, volatility, forTriggers, inlined, body, signature } = change;
  const types = change.types.flatMap((type) => (catalog.type(type) ? [catalog.qualifyType(type)] : []));
  const name = catalog.creationName(change.function);
  const overloads = catalog.parts.functions.get(printName(name)) ?? [];
  const replaced = overloads.find((overload) => isMeant(overload, argumentTypes));
  const born = replaced?.born ?? catalog.parts.moment;
  const others = overloads.filter((overload) => overload !== replaced);
  const needs = withRows(needsOf(change.clause, catalog), change.types, catalog);
  return put(catalog, name, [...others, { argumentTypes, types, volatility, forTriggers, born, inlined, body, signature, inDoubt: false, needs }]);
}

/** A table's rows are a type too: `RETURNS SETOF orders`. */
function withRows(needs: Needs, types: readonly RelationName[], catalog: Catalog): Needs {
  const tables = types.flatMap((type) => (catalog.type(type) || typeof catalog.find(type) === 'string' ? [] : [{ relation: catalog.qualify(type), columns: [], surely: [], isSure: true }]));
  return tables.length === 0 ? needs : { ...needs, relations: [...needs.relations, ...tables] };
}

export function alterFunction(catalog: Catalog, { function: name, argumentTypes, volatility }: ChangeOf<'alter-function'>): Catalog {
  if (volatility === undefined) return catalog;
  const change = (overload: FunctionInfo): FunctionInfo => (isMeant(overload, argumentTypes) ? { ...overload, volatility } : overload);
  return put(catalog, catalog.qualifyFunction(name), catalog.function(name).map(change));
}

export function dropFunction(catalog: Catalog, { function: name, argumentTypes }: ChangeOf<'drop-function'>): Catalog {
  const kept = catalog.function(name).filter((overload) => !isMeant(overload, argumentTypes));
  return put(catalog, catalog.qualifyFunction(name), kept);
}

export function dropOverload(catalog: Catalog, name: QualifiedName, argumentTypes: readonly string[]): Catalog {
  const kept = (catalog.parts.functions.get(printName(name)) ?? []).filter((one) => one.argumentTypes.join() !== argumentTypes.join());
  return put(catalog, name, kept);
}

/** RENAME TO and SET SCHEMA. */
export function moveFunction(catalog: Catalog, { function: name, argumentTypes, to }: ChangeOf<'move-function'>): Catalog {
  const old = catalog.qualifyFunction(name);
  const moved = catalog.function(name).filter((overload) => isMeant(overload, argumentTypes));
  const kept = catalog.function(name).filter((overload) => !moved.includes(overload));
  const target = { ...old, ...to };
  const isOfTrigger = mayBeOfTrigger(argumentTypes);
  if (moved.length === 0) return isOfTrigger ? followFunctionName(catalog, old, target, ['triggers']) : catalog;
  const left = put(catalog, old, kept);
  const renamed = put(left, target, [...(left.parts.functions.get(printName(target)) ?? []), ...moved]);
  return followFunctionName(renamed, old, target, [...(kept.length === 0 ? ['calls' as const] : []), ...(isOfTrigger ? ['triggers' as const] : [])]);
}

/** The type has another name. */
export function followType(catalog: Catalog, old: QualifiedName, to: QualifiedName): Catalog {
  const rename = (type: QualifiedName): QualifiedName => (isSameName(type, old) ? to : type);
  const renameWords = (words: string): string => {
    const [name = ''] = words.split('[]', 1);
    return name === old.name || name === printName(old) ? `${printName(to)}${words.slice(name.length)}` : words;
  };
  return changeFunctionsWith(catalog, (type) => isSameName(type, old), (one) => {
    return { ...one, types: one.types.map(rename), argumentTypes: one.argumentTypes.map(renameWords) };
  });
}

function changeFunctionsWith(catalog: Catalog, isMeantType: (type: QualifiedName) => boolean, change: (one: FunctionInfo) => FunctionInfo): Catalog {
  const { functions } = catalog.parts;
  const isWith = ({ types }: FunctionInfo): boolean => types.some(isMeantType);
  const changed = functions.entries().reduce((map, [name, overloads]) => {
    return overloads.some(isWith) ? map.with(name, overloads.map((one) => (isWith(one) ? change(one) : one))) : map;
  }, functions);
  return catalog.with({ functions: changed });
}

/** Functions of a schema go with it, or follow its new name. */
export function followSchema(catalog: Catalog, schema: string, to: string | undefined): Catalog {
  const ofSchema = catalog.parts.functions.entries().filter(([name]) => name.startsWith(`${schema}.`));
  return ofSchema.reduce((next, [key, overloads]) => {
    const from = { schema, name: key.slice(schema.length + 1) };
    const target = to === undefined ? undefined : { ...from, schema: to };
    const left = put(next, from, []);
    return target ? followFunctionName(put(left, target, overloads), from, target, ['calls', 'triggers']) : left;
  }, catalog);
}

function put(catalog: Catalog, name: QualifiedName, overloads: readonly FunctionInfo[]): Catalog {
  const { functions } = catalog.parts;
  const key = printName(name);
  const left = catalog.with({ functions: overloads.length === 0 ? functions.without(key) : functions.with(key, overloads) });
  return noteNeeds(left, { kind: 'function', name }, overloads.flatMap(({ needs, types }) => [needs, { ...noNeeds, types }]));
}
