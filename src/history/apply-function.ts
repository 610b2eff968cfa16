// How functions come, change and go. They are told apart by the types of their arguments.

import type { Catalog, FunctionInfo } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import { isMeant } from '../model/overload.ts';

/** OR REPLACE takes the place of one with the same arguments. */
export function createFunction(catalog: Catalog, change: ChangeOf<'create-function'>): Catalog {
  const { argumentTypes, volatility, forTriggers, inlined, body } = change;
  const name = catalog.creationName(change.function);
  const overloads = catalog.parts.functions.get(printName(name)) ?? [];
  const replaced = overloads.find((overload) => isMeant(overload, argumentTypes));
  const born = replaced?.born ?? catalog.parts.moment;
  const others = overloads.filter((overload) => overload !== replaced);
  return put(catalog, name, [...others, { argumentTypes, volatility, forTriggers, born, inlined, body }]);
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

/** RENAME TO and SET SCHEMA. */
export function moveFunction(catalog: Catalog, { function: name, argumentTypes, to }: ChangeOf<'move-function'>): Catalog {
  const old = catalog.qualifyFunction(name);
  const moved = catalog.function(name).filter((overload) => isMeant(overload, argumentTypes));
  const kept = catalog.function(name).filter((overload) => !moved.includes(overload));
  if (moved.length === 0) return catalog;
  const target = { ...old, ...to };
  const left = put(catalog, old, kept);
  return put(left, target, [...(left.parts.functions.get(printName(target)) ?? []), ...moved]);
}

/** Functions of a schema go with it, or follow its new name. */
export function followSchema(catalog: Catalog, schema: string, to: string | undefined): Catalog {
  const ofSchema = [...catalog.parts.functions.entries()].filter(([name]) => name.startsWith(`${schema}.`));
  const functions = ofSchema.reduce((map, [name, overloads]) => {
    const left = map.without(name);
    return to === undefined ? left : left.with(`${to}${name.slice(schema.length)}`, overloads);
  }, catalog.parts.functions);
  return ofSchema.length === 0 ? catalog : catalog.with({ functions });
}

function put(catalog: Catalog, name: QualifiedName, overloads: readonly FunctionInfo[]): Catalog {
  const { functions } = catalog.parts;
  const key = printName(name);
  return catalog.with({ functions: overloads.length === 0 ? functions.without(key) : functions.with(key, overloads) });
}
