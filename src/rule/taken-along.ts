// What CASCADE drops beside what a statement names.

import type { FunctionInfo } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import { partsOfExtension } from '../model/extensions.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import { printName } from '../model/names.ts';
import type { PlacedAct, Timeline } from '../model/timeline.ts';
import { outcomeOf } from './outcome.ts';

/** `the view public.open_orders`, `the foreign key lines_order_id_fkey of public.lines`; without what is new, named, or made anew. */
export function takenAlong(act: PlacedAct, timeline: Timeline): string[] {
  const { before, after } = act;
  const outcome = outcomeOf(act, timeline);
  const named = namesIn(act);
  const relations = dependentsOf(act).flatMap((relation) => {
    if (!before.isInUse(relation) || named.has(printName(relation.name))) return [];
    const left = after.find(relation.name);
    if (left === 'unknown') return [];
    if (left === 'absent') return isThere(outcome.find(relation.name)) || isPartitionOf(relation, named) ? [] : [`the ${words[relation.kind]} ${printName(relation.name)}`];
    const settled = outcome.find(relation.name);
    return settled === 'absent' || settled === 'unknown' ? [] : lostParts(relation, left, settled);
  });
  return [...relations, ...lostFunctions(act, outcome), ...columnsOfExtension(act)];
}

/** Columns of types that come with the extension. */
function columnsOfExtension({ change, before }: PlacedAct): string[] {
  const [, extension] = change.kind === 'drop-object' ? (/^extension "?([^"]+)"?$/.exec(change.object) ?? []) : [];
  const { types } = partsOfExtension(extension ?? '');
  if (types.size === 0) return [];
  const tables = before.relationsIn(undefined).filter((relation) => before.isInUse(relation) && (relation.kind === 'table' || relation.kind === 'partitioned-table'));
  return tables.flatMap(({ name, columns }) => [...columns.values()].flatMap((column) => (types.has(column.type.name.name) ? [`the column ${column.name} of ${printName(name)}`] : [])));
}

/** With a type go the functions that take or return it. */
function lostFunctions({ change, before, after }: PlacedAct, outcome: Catalog): string[] {
  if (change.kind !== 'drop-type') return [];
  return before.parts.functions.entries().flatMap(([name, overloads]) => {
    const isLost = (one: FunctionInfo): boolean =>
      one.born.statement < before.parts.newSince && !after.parts.functions.get(name)?.includes(one) && !outcome.parts.functions.has(name);
    return overloads.some(isLost) ? [`the function ${name}()`] : [];
  });
}

/** Relations that may lose something: views over it, tables below it, and those that refer to it, or to a table that it is a partition of, or have columns of it. */
function dependentsOf({ change, before }: PlacedAct): Relation[] {
  if (change.kind === 'drop-type') return before.relationsIn(undefined);
  const name = change.kind === 'drop-view' ? change.view : 'table' in change ? change.table : undefined;
  const relation = name === undefined ? 'unknown' : before.find(name);
  if (typeof relation === 'string') return [];
  const referring = [relation, ...before.partitionedAbove(relation.name)].flatMap(({ referencedBy }) => referencedBy.values()).flatMap((other) => {
    const found = before.find(other);
    return typeof found === 'string' ? [] : [found];
  });
  return [...new Set([...before.viewsOver(relation.name), ...before.descendants(relation.name), ...referring])];
}

function isThere(found: unknown): boolean {
  return typeof found === 'object';
}

/** What the statement drops by its name, and the table whose columns or constraints it drops. */
function namesIn({ step, before }: PlacedAct): ReadonlySet<string> {
  const names = step.acts.flatMap(({ change }) => ('table' in change && change.table ? [change.table] : 'view' in change ? [change.view] : []));
  return new Set(names.map((name) => printName(before.qualify(name))));
}

/** It goes with its table, CASCADE or not. */
function isPartitionOf({ partitionOf }: Relation, named: ReadonlySet<string>): boolean {
  return partitionOf !== undefined && named.has(printName(partitionOf.parent));
}

const words: Readonly<Record<Relation['kind'], string>> = {
  table: 'table',
  'partitioned-table': 'table',
  'foreign-table': 'foreign table',
  view: 'view',
  'materialized-view': 'materialized view',
  sequence: 'sequence',
};

/** Columns and foreign keys that `left` has no more, and that nothing has brought back. */
function lostParts({ name, columns, constraints }: Relation, left: Relation, settled: Relation): string[] {
  const gone = [...columns.keys()].filter((column) => !left.columns.has(column) && !settled.columns.has(column));
  const has = (relation: Relation, key: TableConstraint): boolean => relation.constraints.some((one) => one.name === key.name);
  const keys = constraints.filter((key) => key.type === 'foreign-key' && !has(left, key) && !has(settled, key));
  return [
    ...gone.map((column) => `the column ${column} of ${printName(name)}`),
    ...keys.map((key) => `the foreign key ${key.name} of ${printName(name)}`),
  ];
}
