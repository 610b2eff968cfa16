// What code hangs on what a statement has made: it is run later, by the use of that.

import type { Catalog } from '../model/catalog.ts';
import type { Change } from '../model/change.ts';
import { printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { HeldCode, Relation } from '../model/relation.ts';
import type { Statement } from '../model/statement.ts';
import { isNoUsage, noUsage, type Holder, type LeftCode, type Occasion, type Usage } from '../model/usage.ts';
import { updateRelation } from './relation.ts';

/** `catalog` is that behind the statement. */
export function leaveCode(catalog: Catalog, statement: Statement): Catalog {
  const { leaves = [], prepares } = statement;
  const copied = statement.kind === 'schema' ? statement.changes.reduce(copyCode, catalog) : catalog;
  const left = leaves.reduce(leave, copied);
  if (prepares === undefined) return left;
  const { name, ...prepared } = prepares;
  return left.with({ prepared: left.parts.prepared.with(name, prepared) });
}

/** Defaults and checks come with what a table is made like, or inherits from. */
function copyCode(catalog: Catalog, change: Change): Catalog {
  if (change.kind !== 'create-table') return catalog;
  const from = [...change.like.map(({ table }) => table), ...change.inherits, ...(change.partitionOf ? [change.partitionOf.parent] : [])];
  const code = from.flatMap((name) => codeOfRelation(catalog, catalog.qualify(name), 'scan'));
  return code.length === 0 ? catalog : updateRelation(catalog, change.table, (one) => ({ ...one, code: code.reduce(withCode, one.code) }));
}

function leave(catalog: Catalog, code: LeftCode): Catalog {
  const { holder, usage } = code;
  if (holder.kind === 'relation') {
    const relation = catalog.find(holder.name);
    if (typeof relation === 'string') return put(catalog, keyOf(holder, catalog), code);
    const isKnown = relation.triggers !== 'unknown' && holder.isTrigger;
    return isKnown ? catalog : updateRelation(catalog, holder.name, (one) => ({ ...one, code: withCode(one.code, { on: holder.on, usage }) }));
  }
  return put(catalog, keyOf(holder, catalog), code);
}

/** Code of the same occasions is kept as one, and each thing in it once. */
function withCode(held: readonly HeldCode[], code: HeldCode): readonly HeldCode[] {
  const same = held.find(({ on }) => on.length === code.on.length && on.every((occasion, place) => occasion === code.on[place]));
  if (!same) return [...held, code];
  const usage = joined(same.usage, code.usage);
  return usage === same.usage ? held : held.map((one) => (one === same ? { ...same, usage } : one));
}

function joined(known: Usage, more: Usage): Usage {
  const calls = more.calls.filter((call) => !known.calls.some((other) => other.argumentCount === call.argumentCount && printName(other.name) === printName(call.name)));
  const operators = more.operators.filter((name) => !known.operators.includes(name));
  const types = more.types.filter((name) => !known.types.some((other) => printName(other) === printName(name)));
  const relations = more.relations.filter((name) => !known.relations.some((other) => printName(other) === printName(name)));
  const writes = more.writes.filter((name) => !known.writes.some((other) => printName(other) === printName(name)));
  if (calls.length + operators.length + types.length + relations.length + writes.length === 0) return known;
  return {
    calls: [...known.calls, ...calls],
    operators: [...known.operators, ...operators],
    types: [...known.types, ...types],
    relations: [...known.relations, ...relations],
    writes: [...known.writes, ...writes],
    prepared: known.prepared,
  };
}

function put(catalog: Catalog, key: string, code: LeftCode): Catalog {
  const { code: held } = catalog.parts;
  const others = (held.get(key) ?? []).filter(({ holder }) => !(holder.kind === 'event' && code.holder.kind === 'event' && holder.name === code.holder.name));
  return catalog.with({ code: held.with(key, isNoUsage(code.usage) ? others : [...others, code]) });
}

/** Under which it is kept in the catalog. */
function keyOf(holder: Holder, catalog: Catalog): string {
  switch (holder.kind) {
    case 'relation':
      return `relation ${printName(catalog.qualify(holder.name))}`;
    case 'type':
      return `type ${printName(catalog.qualifyType(holder.name))}`;
    case 'function':
      return `function ${printName(catalog.creationName(holder.name))}`;
    case 'operator':
      return `operator ${holder.name}`;
    case 'event':
      return 'event';
  }
}

export function codeOfType(catalog: Catalog, name: RelationName): readonly LeftCode[] {
  return catalog.parts.code.get(`type ${printName(catalog.qualifyType(name))}`) ?? [];
}

export function codeOfOperator({ parts: { code } }: Catalog, name: string): readonly LeftCode[] {
  return code.get(`operator ${name}`) ?? [];
}

/** Of an aggregate, and of a function with defaults, along the search path. */
export function codeOfFunction({ parts: { code, searchPath } }: Catalog, { schema, name }: RelationName): readonly LeftCode[] {
  const schemas = schema === undefined ? searchPath : [schema];
  return schemas.map((one) => code.get(`function ${printName({ schema: one, name })}`)).find((found) => found !== undefined) ?? [];
}

export function codeOfEvents({ parts: { code } }: Catalog): readonly LeftCode[] {
  return code.get('event') ?? [];
}

/** Without its triggers, as far as they are known. */
export function codeOfRelation(catalog: Catalog, name: QualifiedName, occasion: Occasion): readonly HeldCode[] {
  const relation = catalog.find(name);
  const own = typeof relation === 'string' ? [] : relation.code;
  const unplaced = (catalog.parts.code.get(`relation ${printName(name)}`) ?? []).flatMap(({ holder, usage }): HeldCode[] =>
    holder.kind === 'relation' ? [{ on: holder.on, usage }] : [],
  );
  return [...own, ...unplaced].filter(({ on }) => on.includes(occasion));
}

/** What two states of a relation run, where one of them is the true one. */
export function eitherCode(mine: Relation, yours: Relation, isTriggerKnown: boolean): Relation['code'] {
  const both = mine.code === yours.code ? mine.code : [...new Set([...mine.code, ...yours.code])];
  return isTriggerKnown ? both : [...both, ...triggersOf(mine), ...triggersOf(yours)];
}

function triggersOf({ triggers }: Relation): HeldCode[] {
  if (triggers === 'unknown') return [];
  return [...triggers.values()].map(({ events, function: run }) => ({ on: events, usage: callOfTrigger(run) }));
}

/** A trigger calls its function without arguments. */
export function callOfTrigger(name: QualifiedName): HeldCode['usage'] {
  const span = { start: 0, end: 0 };
  return { ...noUsage, calls: [{ name, argumentCount: 0, arguments: [], span, isCertain: false }] };
}

