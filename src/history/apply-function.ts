// How functions come, change and go. They are told apart by the types of their arguments.

import type { FunctionInfo } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { isSameName, printName, type QualifiedName } from '../model/names.ts';
import { isMeant, mayBeOfTrigger } from '../model/overload.ts';
import { followFunction } from './apply-attachment.ts';

/** OR REPLACE takes the place of one with the same arguments. */
export function createFunction(catalog: Catalog, change: ChangeOf<'create-function'>): Catalog {
  const { argumentTypes, volatility, forTriggers, inlined, body, signature } = change;
  const types = change.types.flatMap((type) => (catalog.type(type) ? [catalog.qualifyType(type)] : []));
  const name = catalog.creationName(change.function);
  const overloads = catalog.parts.functions.get(printName(name)) ?? [];
  const replaced = overloads.find((overload) => isMeant(overload, argumentTypes));
  const born = replaced?.born ?? catalog.parts.moment;
  const others = overloads.filter((overload) => overload !== replaced);
  return put(catalog, name, [...others, { argumentTypes, types, volatility, forTriggers, born, inlined, body, signature, inDoubt: false }]);
}

export function alterFunction(catalog: Catalog, { function: name, argumentTypes, volatility }: ChangeOf<'alter-function'>): Catalog {
  if (volatility === undefined) return catalog;
  const change = (overload: FunctionInfo): FunctionInfo => (isMeant(overload, argumentTypes) ? { ...overload, volatility } : overload);
  return put(catalog, catalog.qualifyFunction(name), catalog.function(name).map(change));
}

/** CASCADE takes the triggers along that run it. */
export function dropFunction(catalog: Catalog, { function: name, argumentTypes, cascade }: ChangeOf<'drop-function'>): Catalog {
  const dropped = catalog.qualifyFunction(name);
  const kept = catalog.function(name).filter((overload) => !isMeant(overload, argumentTypes));
  return put(cascade && mayBeOfTrigger(argumentTypes) ? followFunction(catalog, dropped, undefined) : catalog, dropped, kept);
}

/** RENAME TO and SET SCHEMA. */
export function moveFunction(catalog: Catalog, { function: name, argumentTypes, to }: ChangeOf<'move-function'>): Catalog {
  const old = catalog.qualifyFunction(name);
  const moved = catalog.function(name).filter((overload) => isMeant(overload, argumentTypes));
  const kept = catalog.function(name).filter((overload) => !moved.includes(overload));
  const target = { ...old, ...to };
  const followed = mayBeOfTrigger(argumentTypes) ? followFunction(catalog, old, target) : catalog;
  if (moved.length === 0) return followed;
  const left = put(followed, old, kept);
  return put(left, target, [...(left.parts.functions.get(printName(target)) ?? []), ...moved]);
}

/** The type has another name. */
export function followType(catalog: Catalog, old: QualifiedName, to: QualifiedName): Catalog {
  const rename = (type: QualifiedName): QualifiedName => (isSameName(type, old) ? to : type);
  const renameWords = (words: string): string => {
    const [name = ''] = words.split('[]', 1);
    return name === old.name || name === printName(old) ? `${printName(to)}${words.slice(name.length)}` : words;
  };
  return changeFunctionsWith(catalog, (type) => isSameName(type, old), (one) => [
    { ...one, types: one.types.map(rename), argumentTypes: one.argumentTypes.map(renameWords) },
  ]);
}

/** CASCADE: a function can't be without the types that go in and come out. */
export function dropFunctionsWith(catalog: Catalog, isGone: (type: QualifiedName) => boolean): Catalog {
  return changeFunctionsWith(catalog, isGone, () => []);
}

function changeFunctionsWith(catalog: Catalog, isMeantType: (type: QualifiedName) => boolean, change: (one: FunctionInfo) => FunctionInfo[]): Catalog {
  const { functions } = catalog.parts;
  const changed = functions.entries().reduce((map, [name, overloads]) => {
    if (!overloads.some(({ types }) => types.some(isMeantType))) return map;
    const left = overloads.flatMap((one) => (one.types.some(isMeantType) ? change(one) : [one]));
    return left.length === 0 ? map.without(name) : map.with(name, left);
  }, functions);
  return catalog.with({ functions: changed });
}

/** Functions of a schema go with it, or follow its new name; so do the triggers that run them. */
export function followSchema(catalog: Catalog, schema: string, to: string | undefined): Catalog {
  const ofSchema = catalog.parts.functions.entries().filter(([name]) => name.startsWith(`${schema}.`));
  return ofSchema.reduce((next, [key, overloads]) => {
    const from = { schema, name: key.slice(schema.length + 1) };
    const target = to === undefined ? undefined : { ...from, schema: to };
    const left = put(followFunction(next, from, target), from, []);
    return target ? put(left, target, overloads) : left;
  }, catalog);
}

function put(catalog: Catalog, name: QualifiedName, overloads: readonly FunctionInfo[]): Catalog {
  const { functions } = catalog.parts;
  const key = printName(name);
  return catalog.with({ functions: overloads.length === 0 ? functions.without(key) : functions.with(key, overloads) });
}
