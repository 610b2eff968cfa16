// Relations, columns and sequences that queries and expressions name, as far as the text shows what they mean.

import type { ColumnRef, DeleteStmt, FuncCall, InsertStmt, JoinExpr, MergeStmt, Node, OnConflictClause, RangeSubselect, RangeVar, ResTarget, ReturningClause, SelectStmt, TypeName, UpdateStmt, WithClause } from '@pgsql/types';
import type { LookedUp, Mention, Mentioned } from '../../../../model/mention.ts';
import type { RelationName } from '../../../../model/names.ts';
import { sqlTokens } from '../../../../text/sql-tokens.ts';
import type { Span } from '../../../../text/span.ts';
import { isBuiltinFunction } from '../../../../postgres/functions.ts';
import type { Context } from '../context.ts';
import { figuredName } from '../figured-name.ts';
import { nameOfList, relationName, stringOf, strings } from '../names.ts';
import { regclassName } from './regclass-name.ts';
import { meaningOf, openItem, tableItem, type Item, type Scope } from './scope.ts';

/** What a query gives. */
type Output = Omit<Item, 'alias'>;

type Queries = ReadonlyMap<string, Output>;

const open: Output = openItem(undefined);

const noQueries: Queries = new Map();

export class MentionFinder {
  readonly mentions: Mention[] = [];
  readonly #place: Pick<Context, 'text' | 'span' | 'offset'>;
  readonly #at: LookedUp;

  constructor(place: Pick<Context, 'text' | 'span' | 'offset'>, at: LookedUp = 'before') {
    this.#place = place;
    this.#at = at;
  }

  /** A statement that reads or writes rows. `outer`: what is in sight around it. */
  query(node: Node, outer: Scope | undefined = undefined, queries: Queries = noQueries): Output {
    if ('SelectStmt' in node) return this.#select(node.SelectStmt, outer, queries);
    if ('InsertStmt' in node) return this.#insert(node.InsertStmt, outer, queries);
    if ('UpdateStmt' in node) return this.#update(node.UpdateStmt, outer, queries);
    if ('DeleteStmt' in node) return this.#delete(node.DeleteStmt, outer, queries);
    if ('MergeStmt' in node) return this.#merge(node.MergeStmt, outer, queries);
    return open;
  }

  /** An expression, or whatever holds some. */
  expression(value: unknown, scope: Scope, queries: Queries = noQueries): void {
    if (Array.isArray(value)) for (const item of value) this.expression(item, scope, queries);
    else if (typeof value === 'object' && value !== null) this.#node(value as Node, scope, queries);
  }

  column(column: string, table: RelationName, location?: number): void {
    this.#add({ kind: 'column', column, of: [table], isField: false, at: this.#at }, location);
  }

  relation(range: RangeVar | undefined): void {
    if (range?.relname !== undefined) this.#add({ kind: 'relation', name: relationName(range) }, range.location);
  }

  type(node: TypeName | undefined): void {
    if (node?.names && !node.pct_type) this.#add({ kind: 'type', name: nameOfList(node.names) }, node.location);
  }

  #add(mention: Mentioned, location: number | undefined): void {
    this.mentions.push({ ...mention, span: this.#spanAt(location) });
  }

  #spanAt(location = -1): Span {
    const { text, span, offset } = this.#place;
    const start = location < 0 ? span.start : offset(location);
    if (location < 0 || start < span.start || start >= span.end) return span;
    let end = start;
    for (const token of sqlTokens(text, start, span.end)) {
      if (end > start && token.start > end) break;
      if (token.kind === 'symbol' && text.charAt(token.start) !== '.') break;
      end = token.end;
    }
    return end > start ? { start, end } : span;
  }

  #node(node: Node, scope: Scope, queries: Queries): void {
    if ('ColumnRef' in node) return this.#reference(node.ColumnRef, scope);
    if ('SelectStmt' in node) return void this.#select(node.SelectStmt, scope, queries);
    if ('FuncCall' in node) this.#call(node.FuncCall);
    if ('TypeCast' in node) {
      this.type(node.TypeCast.typeName);
      if (nameOfList(node.TypeCast.typeName?.names).name === 'regclass') this.#named(node.TypeCast.arg);
    }
    for (const part of Object.values(node)) this.expression(part, scope, queries);
  }

  #reference({ fields = [], location }: ColumnRef, scope: Scope): void {
    const last = fields.at(-1);
    if (fields.length > 2 || last === undefined || !('String' in last)) return;
    const [table, column] = [fields.length > 1 ? stringOf(fields.at(-2)) : undefined, stringOf(last)];
    const meaning = meaningOf({ table, column }, scope);
    if (meaning !== 'found') this.#add({ kind: 'column', column, at: this.#at, ...meaning }, location);
  }

  /** `total(o)` may be a column of the row. The functions of sequences take a string for the name of one when PostgreSQL reads the call. */
  #call({ funcname, args = [], location }: FuncCall): void {
    const name = nameOfList(funcname);
    const [first] = args;
    const isOfPostgres = name.schema === undefined || name.schema === 'pg_catalog';
    if (isOfPostgres && ofSequences.has(name.name)) this.#named(first);
    if (isOfPostgres && isBuiltinFunction(name.name)) return;
    if (args.length !== 1 || !first || !('ColumnRef' in first)) this.#add({ kind: 'function', name, argumentTypes: undefined }, location);
  }

  /** A string alone: of what is put together, the name is looked up when it is run. */
  #named(node: Node | undefined): void {
    const { sval } = node && 'A_Const' in node ? node.A_Const : {};
    const name = sval && regclassName(sval.sval ?? '');
    if (name) this.#add({ kind: 'relation', name }, undefined);
  }

  #with(clause: WithClause | undefined, outer: Scope | undefined, queries: Queries): Queries {
    if (clause === undefined) return queries;
    const known = new Map(queries);
    if (clause.recursive) for (const cte of clause.ctes ?? []) if ('CommonTableExpr' in cte) known.set(cte.CommonTableExpr.ctename ?? '', open);
    for (const cte of clause.ctes ?? []) {
      if (!('CommonTableExpr' in cte)) continue;
      const { ctename = '', ctequery, aliascolnames, search_clause: search, cycle_clause: cycle } = cte.CommonTableExpr;
      const given = ctequery ? this.query(ctequery, outer, known) : open;
      known.set(ctename, search || cycle || clause.recursive ? open : renamed(given, strings(aliascolnames)));
    }
    return known;
  }

  #select(node: SelectStmt, outer: Scope | undefined, around: Queries): Output {
    const queries = this.#with(node.withClause, outer, around);
    if (node.larg && node.rarg) {
      const given = this.#select(node.larg, outer, queries);
      this.#select(node.rarg, outer, queries);
      this.expression([node.limitCount, node.limitOffset], { items: [], outer }, queries);
      return given;
    }
    const items: Item[] = [];
    const scope: Scope = { items, outer };
    for (const part of node.fromClause ?? []) this.#from(part, scope, items, queries);
    const { targetList = [], valuesLists, whereClause, groupClause, havingClause, windowClause, sortClause, distinctClause, limitCount, limitOffset } = node;
    for (const target of targetList) this.expression('ResTarget' in target ? target.ResTarget.val : target, scope, queries);
    const outputs = new Set(targetList.flatMap((target) => ('ResTarget' in target ? [outputName(target.ResTarget)] : [])));
    this.expression([valuesLists, whereClause, havingClause, windowClause, limitCount, limitOffset], scope, queries);
    this.expression([groupClause, sortClause, distinctClause], { ...scope, outputs }, queries);
    if (valuesLists) return { ...open, isOpen: false, columns: new Set((listOf(valuesLists[0]) ?? []).map((_, index) => `column${index + 1}`)) };
    return outputOf(targetList, scope);
  }

  #from(node: Node, scope: Scope, items: Item[], queries: Queries): void {
    if ('RangeVar' in node) items.push(this.#range(node.RangeVar, queries));
    else if ('JoinExpr' in node) this.#join(node.JoinExpr, scope, items, queries);
    else if ('RangeSubselect' in node) items.push(this.#subselect(node.RangeSubselect, scope, queries));
    else if ('RangeTableSample' in node) {
      if (node.RangeTableSample.relation) this.#from(node.RangeTableSample.relation, scope, items, queries);
      this.expression([node.RangeTableSample.args, node.RangeTableSample.repeatable], { items: [], outer: scope }, queries);
    } else {
      this.expression(node, scope, queries);
      items.push(openItem(aliasOf(node)));
    }
  }

  #range(range: RangeVar, queries: Queries): Item {
    const given = range.schemaname === undefined ? queries.get(range.relname ?? '') : undefined;
    const names = strings(range.alias?.colnames);
    const alias = range.alias?.aliasname ?? range.relname;
    if (given) return { ...renamed(given, names), alias };
    this.relation(range);
    return names.length > 0 ? openItem(alias) : tableItem(relationName(range), alias);
  }

  /** The columns of USING come from both sides, and under the alias of the join all of its columns. */
  #join({ larg, rarg, quals, alias, join_using_alias: usingAlias }: JoinExpr, scope: Scope, items: Item[], queries: Queries): void {
    const own: Item[] = [];
    for (const side of [larg, rarg]) if (side) this.#from(side, { ...scope, items: [...items, ...own] }, own, queries);
    this.expression(quals, { items: own, outer: scope }, queries);
    items.push(...own, ...[alias, usingAlias].flatMap((one) => (one ? [openItem(one.aliasname)] : [])));
  }

  #subselect({ subquery, alias, lateral }: RangeSubselect, scope: Scope, queries: Queries): Item {
    const outer = lateral ? scope : scope.outer;
    const given = subquery ? this.query(subquery, outer, queries) : open;
    return { ...renamed(given, strings(alias?.colnames)), alias: alias?.aliasname };
  }

  #insert(node: InsertStmt, outer: Scope | undefined, around: Queries): Output {
    const queries = this.#with(node.withClause, outer, around);
    const { relation, cols = [], selectStmt, onConflictClause, returningClause } = node;
    this.relation(relation);
    const table = relationName(relation);
    this.#targets(cols, table);
    if (selectStmt) this.query(selectStmt, outer, queries);
    const own = { items: [tableItem(table, relation?.alias?.aliasname ?? table.name)], outer };
    if (onConflictClause) this.#conflict(onConflictClause, table, own, queries);
    return this.#returning(returningClause, own, queries);
  }

  #conflict({ infer, targetList, whereClause, location }: OnConflictClause, table: RelationName, own: Scope, queries: Queries): void {
    if (infer?.conname !== undefined) this.#add({ kind: 'part', part: 'constraint', table, name: infer.conname }, location);
    for (const element of infer?.indexElems ?? []) {
      if (!('IndexElem' in element)) continue;
      if (element.IndexElem.name !== undefined) this.column(element.IndexElem.name, table);
      this.expression(element.IndexElem.expr, own, queries);
    }
    this.expression(infer?.whereClause, own, queries);
    const scope = { ...own, items: [...own.items, tableItem(table, 'excluded')] };
    this.#assigned(targetList, table, scope, queries);
    this.expression(whereClause, scope, queries);
  }

  #update(node: UpdateStmt, outer: Scope | undefined, around: Queries): Output {
    const queries = this.#with(node.withClause, outer, around);
    const scope = this.#ofTarget(node.relation, node.fromClause, outer, queries);
    this.#assigned(node.targetList, relationName(node.relation), scope, queries);
    this.expression(isCursor(node.whereClause) ? undefined : node.whereClause, scope, queries);
    return this.#returning(node.returningClause, scope, queries);
  }

  #delete(node: DeleteStmt, outer: Scope | undefined, around: Queries): Output {
    const queries = this.#with(node.withClause, outer, around);
    const scope = this.#ofTarget(node.relation, node.usingClause, outer, queries);
    this.expression(isCursor(node.whereClause) ? undefined : node.whereClause, scope, queries);
    return this.#returning(node.returningClause, scope, queries);
  }

  #merge(node: MergeStmt, outer: Scope | undefined, around: Queries): Output {
    const queries = this.#with(node.withClause, outer, around);
    const table = relationName(node.relation);
    const scope = this.#ofTarget(node.relation, node.sourceRelation ? [node.sourceRelation] : [], outer, queries);
    this.expression(node.joinCondition, scope, queries);
    for (const clause of node.mergeWhenClauses ?? []) {
      if (!('MergeWhenClause' in clause)) continue;
      const { condition, targetList, values } = clause.MergeWhenClause;
      this.expression(condition, scope, queries);
      this.#assigned(targetList, table, scope, queries);
      this.expression(values, scope, queries);
    }
    return this.#returning(node.returningClause, scope, queries);
  }

  #ofTarget(relation: RangeVar | undefined, others: readonly Node[] | undefined, outer: Scope | undefined, queries: Queries): Scope {
    this.relation(relation);
    const items: Item[] = [tableItem(relationName(relation), relation?.alias?.aliasname ?? relation?.relname)];
    const scope: Scope = { items, outer };
    for (const other of others ?? []) this.#from(other, scope, items, queries);
    return scope;
  }

  #targets(targets: readonly Node[] | undefined, table: RelationName): void {
    for (const target of targets ?? []) {
      if ('ResTarget' in target && target.ResTarget.name !== undefined) this.column(target.ResTarget.name, table, target.ResTarget.location);
    }
  }

  #assigned(targets: readonly Node[] | undefined, table: RelationName, scope: Scope, queries: Queries): void {
    this.#targets(targets, table);
    for (const target of targets ?? []) if ('ResTarget' in target) this.expression([target.ResTarget.val, target.ResTarget.indirection], scope, queries);
  }

  /** OLD and NEW are rows of the table there, from 18 on. */
  #returning(clause: ReturningClause | undefined, scope: Scope, queries: Queries): Output {
    if (clause === undefined) return open;
    const withRows: Scope = { ...scope, items: [...scope.items, openItem('old'), openItem('new')] };
    const rows: Scope = { items: scope.items, outer: { items: [openItem('old'), openItem('new')], outer: undefined } };
    const targets = clause.exprs ?? [];
    for (const target of targets) {
      const value = 'ResTarget' in target ? target.ResTarget.val : target;
      const isBehind = value && 'ColumnRef' in value && (value.ColumnRef.fields?.length ?? 0) > 1;
      this.expression(value, isBehind || clause.options ? withRows : rows, queries);
    }
    return clause.options ? open : outputOf(targets, scope);
  }
}

const ofSequences: ReadonlySet<string> = new Set(['nextval', 'currval', 'setval']);

function isCursor(node: Node | undefined): boolean {
  return node !== undefined && 'CurrentOfExpr' in node;
}

function listOf(node: Node | undefined): readonly Node[] | undefined {
  return node && 'List' in node ? node.List.items : undefined;
}

/** The names that stand behind an alias take the place of the columns' own. */
function renamed(given: Output, names: readonly string[]): Output {
  return names.length === 0 ? given : open;
}

function aliasOf(node: Node): string | undefined {
  const [content] = Object.values(node) as unknown[];
  if (typeof content !== 'object' || content === null || !('alias' in content)) return undefined;
  const { alias } = content as { readonly alias?: { readonly aliasname?: string } };
  return alias?.aliasname;
}

function outputName({ name, val }: ResTarget): string {
  return name ?? (val && figuredName(val)) ?? '?column?';
}

/** `*` gives what the tables have. */
function outputOf(targets: readonly Node[], { items }: Scope): Output {
  const columns = new Set<string>();
  const tables: RelationName[] = [];
  let isOpen = false;
  for (const target of targets) {
    if (!('ResTarget' in target)) return open;
    const { val } = target.ResTarget;
    const fields = val && 'ColumnRef' in val ? (val.ColumnRef.fields ?? []) : [];
    const last = fields.at(-1);
    if (!(last && 'A_Star' in last)) {
      if (val && 'A_Indirection' in val && target.ResTarget.name === undefined) isOpen = true;
      columns.add(outputName(target.ResTarget));
      continue;
    }
    if (fields.length > 2) return open;
    const table = fields.length > 1 ? stringOf(fields.at(-2)) : undefined;
    const meant = items.filter(({ alias }) => table === undefined || alias === table);
    if (meant.length === 0) return open;
    for (const item of meant) {
      isOpen ||= item.isOpen;
      for (const column of item.columns) columns.add(column);
      tables.push(...item.tables);
    }
  }
  return { isOpen, columns, tables };
}
