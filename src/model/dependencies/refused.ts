// What PostgreSQL refuses to drop or to change because something depends on it, on every database with this history.

import type { Catalog } from '../catalog.ts';
import type { Change, ChangeOf } from '../change.ts';
import { certainOf, isCertain, isRelationCertain } from './certain.ts';
import { dependentsOf, type Dependent } from './dependents.ts';
import { partKey, type Part, type PartOf } from './part.ts';
import { refusalsOf } from './taken.ts';
import { targetsOf } from './targets.ts';
import { isSameName, printName, type QualifiedName } from '../names.ts';
import type { Phase } from '../refusal.ts';
import type { TableConstraint } from '../relation.ts';
import type { Act, Step } from '../timeline.ts';
import type { PostgresVersion } from '../version.ts';
import type { Span } from '../../text/span.ts';
import { printPart } from './part-words.ts';
import { rowsInUse } from './rows-in-use.ts';

export interface Refused {
  /** The first, where several are dropped together. */
  readonly change: Change;
  /** Where it is not that of the change: one below it. */
  readonly table?: QualifiedName | undefined;
  readonly span: Span;
  /** What can't be done, in words: `drop public.orders`. */
  readonly what: string;
  /** What depends on it, or needs it, in words. */
  readonly dependents: readonly string[];
  readonly code: '2BP01' | '0A000' | '42601' | 'XX000';
  /** Where it is not while the change is made. */
  readonly phase?: Phase;
}

/** Nothing where the history leaves anything open that decides. */
export function refusedIn({ acts, version }: Step): Refused[] {
  const certain = acts.filter(({ reached }) => reached === 'always');
  return [...byStatement(certain).flatMap((group) => refusedDrop(group, version)), ...certain.flatMap((act) => refusedChange(act, version))];
}

/** What one DROP names goes together: its objects have the same span. An ALTER TABLE drops one after the other. */
function byStatement(acts: readonly Act[]): Act[][] {
  const groups: Act[][] = [];
  for (const act of acts) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    const isSame = first?.change.kind === act.change.kind && first.change.span === act.change.span;
    if (last && isSame && !ofTable.has(act.change.kind)) last.push(act);
    else groups.push([act]);
  }
  return groups;
}

const ofTable: ReadonlySet<string> = new Set(['drop-column', 'drop-constraint']);

function refusedDrop(acts: readonly Act[], version: PostgresVersion): Refused[] {
  const [first] = acts;
  if (first === undefined) return [];
  const { before: catalog, change } = first;
  const isCascading = 'cascade' in change && change.cascade;
  const targets = acts.flatMap(({ change: one }) => targetsOf(one, catalog).filter((target) => isCertain(target, catalog) && isMeantBy(one, target, catalog)));
  const named = [...new Set(targets.map((target) => printPart(target, catalog)))].join(' and ');
  const of = (dependents: readonly Part[]): Refused[] => {
    return dependents.length === 0 ? [] : [{ change, span: change.span, what: `drop ${named}`, dependents: dependents.map((part) => printPart(part, catalog)), code: '2BP01' }];
  };
  if (targets.length < acts.length) return [];
  const dropped = new Set(targets.map(partKey));
  const requiring = targets.flatMap((target) => requiredBy(target, catalog)).filter((part) => !goesWith(part, dropped, catalog));
  if (requiring.length > 0 || isCascading) return of(requiring);
  return of(certainOf(refusalsOf(targets, catalog, version), catalog));
}

/** DROP TABLE of a view is another error. */
function isMeantBy(change: Change, target: Part, catalog: Catalog): boolean {
  const found = target.kind === 'relation' ? catalog.find(target.name) : undefined;
  if (typeof found !== 'object') return true;
  if (change.kind === 'drop-view') return found.kind === (change.materialized ? 'materialized-view' : 'view');
  if (change.kind === 'drop-sequence') return found.kind === 'sequence';
  return ['table', 'partitioned-table', 'foreign-table'].includes(found.kind);
}

/** What is a part of another thing can't be dropped by itself, CASCADE or not. */
function requiredBy(target: Part, catalog: Catalog): Part[] {
  if (target.kind === 'index') {
    const { table, name } = target;
    const relation = catalog.find(table);
    const index = typeof relation === 'string' ? undefined : relation.indexes.get(name);
    if (typeof relation === 'string' || index === undefined) return [];
    if (isKey(relation.constraints.get(name))) return [{ kind: 'constraint', table, name }];
    const parent = relation.partitionOf?.parent;
    return index.partOf !== undefined && parent !== undefined ? [{ kind: 'index', table: parent, name: index.partOf }] : [];
  }
  if (target.kind !== 'relation') return [];
  const relation = catalog.find(target.name);
  const owner = typeof relation === 'string' ? undefined : relation.ownedBy;
  return owner?.isPart ? [{ kind: 'column', table: owner.table, name: owner.column }] : [];
}

/** It is among them, or a part of what is. */
function goesWith(part: Part, dropped: ReadonlySet<string>, catalog: Catalog): boolean {
  return dropped.has(partKey(part)) || requiredBy(part, catalog).some((whole) => goesWith(whole, dropped, catalog));
}

/** Checks and foreign keys may be called as an index that is none of theirs. */
function isKey(constraint: TableConstraint | undefined): boolean {
  return constraint !== undefined && ['unique', 'primary-key', 'exclusion'].includes(constraint.type);
}

function refusedChange(act: Act, version: PostgresVersion): Refused[] {
  const { change, before } = act;
  if (change.kind === 'alter-attribute') return refusedAttribute(change, before);
  const found = rowsInUse(act);
  const ofRows = found.map(({ what, columns, ...one }): Refused => ({ ...one, change, span: change.span, what, dependents: columns.map((part) => printPart(part, before)), code: '0A000' }));
  return change.kind === 'alter-column-type' ? [...refusedType(change, before, version), ...ofRows] : ofRows;
}

/** Keys, checks, indexes and statistics are made again; nothing else is. Source: RememberAllDependentForRebuilding() in tablecmds.c. */
function refusedType(change: ChangeOf<'alter-column-type'>, catalog: Catalog, version: PostgresVersion): Refused[] {
  const { table, only, column, span } = change;
  const below = only ? [] : catalog.descendants(table).map(({ name }) => name);
  const own = catalog.qualify(table);
  const found = [own, ...below].flatMap((name) => {
    const users = usersOf({ kind: 'column', table: name, name: column }, catalog, version);
    return users.length === 0 ? [] : [{ name, users }];
  });
  const [first] = found;
  if (first === undefined) return [];
  const dependents = [...new Set(found.flatMap(({ users }) => users).map((part) => printPart(part, catalog)))];
  const what = `change the type of ${printName(own)}.${column}`;
  return [{ change, table: isSameName(first.name, own) ? undefined : first.name, span, what, dependents, code: codeOfType(first, catalog, version) }];
}

/** That need the column to stay of its type, for certain. */
function usersOf(column: PartOf<'column'>, catalog: Catalog, version: PostgresVersion): Part[] {
  return isCertain(column, catalog) ? certainOf(dependentsOf(column, catalog, version).filter((one) => isNotMadeAgain(one, column)), catalog) : [];
}

/** Measured on 14 to 18: where a generated column is all, 14 calls it a syntax error, and of a partitioned or foreign table it says that it expected none. */
function codeOfType({ name, users }: { readonly name: QualifiedName; readonly users: readonly Part[] }, catalog: Catalog, version: PostgresVersion): Refused['code'] {
  if (version >= 15 || !users.every(({ kind }) => kind === 'column')) return '0A000';
  const relation = catalog.find(name);
  return typeof relation === 'object' && relation.kind !== 'table' ? 'XX000' : '42601';
}

function isNotMadeAgain({ part, refuses }: Dependent, column: PartOf<'column'>): boolean {
  if (part.kind === 'column') return isSameName(part.table, column.table);
  return refuses && ['relation', 'rule', 'trigger', 'policy', 'function', 'published'].includes(part.kind);
}

/** Rows that hold a composite value are not rewritten. Source: find_composite_type_dependencies() in tablecmds.c. */
function refusedAttribute(change: ChangeOf<'alter-attribute'>, catalog: Catalog): Refused[] {
  const { type, attribute, span } = change;
  if (catalog.isAnythingDoubted() || catalog.type(type)?.kind !== 'composite') return [];
  const holding = catalog.columnsOfType(type).filter(({ relation }) => relation.kind !== 'view' && isRelationCertain(relation.name, catalog));
  if (holding.length === 0) return [];
  const dependents = holding.map(({ relation, column }) => printPart({ kind: 'column', table: relation.name, name: column.name }, catalog));
  return [{ change, span, what: `change the type of the attribute ${attribute} of ${printName(catalog.qualifyType(type))}`, dependents, code: '0A000' }];
}
