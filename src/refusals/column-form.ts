// What the tables above and below a column, and its partition key, have against its drop, its new name and its new type.
// Source: ATExecDropColumn(), ATPrepAlterColumnType() and renameatt_internal() in src/backend/commands/tablecmds.c.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { Impossibility } from '../model/impossibility.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import type { Column, Relation } from '../model/relation.ts';
import { firstOf, nameOf, refuse, shown, whole, type MoreOfIt, type RefusalFacts } from './facts.ts';

type Reshaping = ChangeOf<'drop-column' | 'rename-column' | 'alter-column-type'>;

/** Of one table: the column that is dropped, renamed, or given another type. */
interface Place {
  readonly own: Relation;
  readonly column: Column;
  /** `status of public.orders`. */
  readonly words: string;
  /** `dropped`. */
  readonly deed: string;
}

type Found = Impossibility | undefined;

function impossible(code: string, message: string, more: MoreOfIt = {}): Impossibility {
  return refuse('impossible-column', code, message, more);
}

const deeds = { 'drop-column': 'dropped', 'rename-column': 'renamed', 'alter-column-type': 'given another type' } as const;

/** 42P16: "cannot drop inherited column", "… part of the partition key", "cannot drop column from only the partitioned table". */
export function dropColumnRefusal(change: ChangeOf<'drop-column'>, { before }: RefusalFacts): Found {
  const place = placeOf(change, before);
  return firstOf(
    () => typedRefusal(change, before),
    () => place && inheritedRefusal(place, before),
    () => place && partitionKeyRefusal(place),
    () => (change.only && place?.own.kind === 'partitioned-table' ? onlyRefusal(change, place.own, before) : undefined),
    () => (change.only || !place ? undefined : keyBelowRefusal(place, before)),
  );
}

/** 42P16: "cannot rename inherited column", "inherited column must be renamed in child tables too". The tables below come first. */
export function renameColumnRefusal(change: ChangeOf<'rename-column'>, { before }: RefusalFacts): Found {
  const place = placeOf(change, before);
  return firstOf(
    () => typedRefusal(change, before),
    () => (change.only ? onlyRefusal(change, shown(change.table, before), before, { isOfTable: true }) : undefined),
    () => (change.only || !place ? undefined : otherParentRefusal(place, before)),
    () => place && inheritedRefusal(place, before),
  );
}

/** 42P16: "cannot alter inherited column", "cannot alter column because it is part of the partition key". Of the table itself. */
export function retypedColumnRefusal(change: ChangeOf<'alter-column-type'>, { beginning }: RefusalFacts): Found {
  const place = placeOf(change, beginning);
  return place && firstOf(
    () => typedRefusal(change, beginning),
    () => inheritedRefusal(place, beginning),
    () => partitionKeyRefusal(place),
  );
}

/** 42P16: "type of inherited column must be changed in child tables too", "cannot alter inherited column of relation", and the partition keys there. */
export function retypedBelowRefusal(change: ChangeOf<'alter-column-type'>, { beginning }: RefusalFacts): Found {
  const place = placeOf(change, beginning);
  if (place === undefined) return undefined;
  if (change.only) return onlyRefusal(change, place.own, beginning);
  return firstOf(
    () => otherParentRefusal(place, beginning),
    () => keyBelowRefusal(place, beginning),
  );
}

function placeOf({ table, column: name, kind }: Reshaping, catalog: Catalog): Place | undefined {
  const own = whole(table, catalog);
  const column = own?.columns.get(name);
  return own && column && { own, column, words: `${name} of ${nameOf(own)}`, deed: deeds[kind] };
}

/** 42809, whatever columns it has. */
function typedRefusal({ table, kind }: Reshaping, catalog: Catalog): Found {
  const own = whole(table, catalog);
  if (own?.ofType === undefined) return undefined;
  const phase = kind === 'rename-column' ? 'execution' : 'preparation';
  return impossible('42809', `${nameOf(own)} is a table of the type ${printName(own.ofType)}: none of its columns can be ${deeds[kind]} alone`, { phase, isOfTable: true });
}

function inheritedRefusal({ own, column, words, deed }: Place, catalog: Catalog): Found {
  const above = own.partitionOf?.parent ?? own.parents.find((parent) => catalog.column(parent, column.name) !== 'absent');
  if (above === undefined || whole(above, catalog) === undefined) return undefined;
  return impossible('42P16', `${words} comes from ${printName(above)}, and can't be ${deed} here alone`, { help: `Do it to ${printName(above)}: what is below it follows` });
}

function partitionKeyRefusal({ own, column, words, deed }: Place): Found {
  if (!own.partitionBy?.reads.includes(column.name)) return undefined;
  return impossible('42P16', `${words} is what the table is partitioned by, and can't be ${deed}`, {
    help: 'Make a new partitioned table, and move the rows to it',
  });
}

/** The same of partitions that are partitioned themselves. */
function keyBelowRefusal({ own, column, deed }: Place, catalog: Catalog): Found {
  const below = own.kind === 'partitioned-table' ? catalog.descendants(own.name).find(({ name, partitionBy }) => partitionBy?.reads.includes(column.name) && whole(name, catalog)) : undefined;
  return below && impossible('42P16', `${column.name} of ${nameOf(own)} can't be ${deed}: ${nameOf(below)}, which is below it, is partitioned by it`, {
    help: 'Make a new partitioned table, and move the rows to it',
    table: below.name,
  });
}

function onlyRefusal({ column, kind }: Reshaping, own: Relation | undefined, catalog: Catalog, more: MoreOfIt = {}): Found {
  const child = own?.children.values().find((one) => shown(one, catalog));
  if (own === undefined || child === undefined) return undefined;
  return impossible('42P16', `${column} of ${nameOf(own)} can't be ${deeds[kind]} ONLY there: ${printName(child)} is below it`, { help: 'Leave out ONLY', ...more });
}

/** 42P16: "cannot alter inherited column" of a table below that has it from another parent as well. */
function otherParentRefusal({ own, column: { name }, deed }: Place, catalog: Catalog): Found {
  const all = catalog.descendants(own.name);
  const below = all.flatMap((one) => (one.parents.length > 1 ? (whole(one.name, catalog) ?? []) : []));
  if (below.length === 0) return undefined;
  const tree = [own.name, ...all.map((one) => one.name)].map(printName);
  const isOther = (parent: QualifiedName): boolean => !tree.includes(printName(parent)) && whole(parent, catalog)?.columns.has(name) === true;
  for (const child of below) {
    const other = child.parents.find(isOther);
    if (other === undefined) continue;
    return impossible('42P16', `${name} of ${nameOf(child)}, which is below ${nameOf(own)}, comes from ${printName(other)} as well, and can't be ${deed} by one of the two`, { table: child.name });
  }
  return undefined;
}
