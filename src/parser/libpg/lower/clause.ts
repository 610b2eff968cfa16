// From the tree of a condition or an action that stands at a table to what it reads and names.

import type { InsertStmt, Node, RangeVar } from '@pgsql/types';
import type { Clause } from '../../../model/dependencies/mentions.ts';
import { mentionsIn } from './mentions.ts';
import { relationName, stringOf } from './names.ts';
import { fromItem, namedIn, nowhere, outputs, visit } from './query.ts';
import { readOf, sourceOf, type Item, type Scope, type Source } from './scope.ts';

/** `aliases`: what its table is called in it, by itself for a policy, NEW and OLD for a rule and a trigger. */
export function lowerClause(nodes: readonly (Node | undefined)[], table: RangeVar | undefined, aliases: readonly string[]): Clause {
  const own = sourceOf(relationName(table));
  const sources: Source[] = [];
  const scope: Scope = { ...nowhere(sources), items: aliases.map((alias) => ({ alias, source: own })) };
  for (const node of nodes) if (node) part(node, scope);
  return { own: readOf(own), sources: sources.map(readOf), mentions: mentionsIn(nodes) };
}

/** A function that is read when it is made: what its statements name. */
export function lowerStatements(nodes: readonly Node[]): Omit<Clause, 'own'> {
  const { sources, mentions } = lowerClause(nodes, undefined, []);
  return { sources, mentions };
}

function part(node: Node, scope: Scope): void {
  if ('InsertStmt' in node) insert(node.InsertStmt, scope);
  else if ('UpdateStmt' in node) write(node.UpdateStmt, node.UpdateStmt.fromClause, scope);
  else if ('DeleteStmt' in node) write(node.DeleteStmt, node.DeleteStmt.usingClause, scope);
  else visit(node, scope);
}

/** Columns that are filled are named without their table; where none is, it fills as many as there are values. */
function insert({ relation, cols = [], selectStmt, onConflictClause, returningClause, withClause }: InsertStmt, outer: Scope): void {
  const target = targetOf(relation, cols.length === 0 && selectStmt ? 'perhaps' : 'no', outer);
  const scope: Scope = { ...outer, named: namedIn(withClause?.ctes, outer), outer };
  fill(target, cols);
  visit(selectStmt, outer.named === scope.named ? outer : { ...outer, named: scope.named });
  fill(target, onConflictClause?.targetList);
  const inside = { ...scope, items: [{ alias: aliasOf(relation), source: target }] };
  visit(onConflictClause, inside);
  outputs(returningClause?.exprs, inside);
}

interface Write {
  readonly relation?: RangeVar;
  readonly targetList?: readonly Node[];
  readonly whereClause?: Node;
  readonly withClause?: { readonly ctes?: readonly Node[] };
  readonly returningClause?: { readonly exprs?: readonly Node[] };
}

function write(node: Write, from: readonly Node[] = [], outer: Scope): void {
  const target = targetOf(node.relation, 'no', outer);
  const items: Item[] = [{ alias: aliasOf(node.relation), source: target }];
  const scope: Scope = { ...outer, named: namedIn(node.withClause?.ctes, outer), items, outer };
  for (const one of from) fromItem(one, scope, items);
  fill(target, node.targetList);
  visit([node.targetList, node.whereClause], scope);
  outputs(node.returningClause?.exprs, scope);
}

function targetOf(relation: RangeVar | undefined, all: Source['all'], { sources }: Scope): Source {
  const target = sourceOf(relationName(relation), all);
  sources.push(target);
  return target;
}

function aliasOf(relation: RangeVar | undefined): string {
  return relation?.alias?.aliasname ?? relation?.relname ?? '';
}

function fill(target: Source, columns: readonly Node[] = []): void {
  for (const one of columns) {
    const name = 'ResTarget' in one ? one.ResTarget.name : stringOf(one);
    if (!name) continue;
    target.columns.add(name);
    target.surely.add(name);
  }
}
