// From a statement's tree to what it uses that may run code of its own: every call in it, and every name on which code may hang.

import type { AlterTableCmd, Node, RangeVar, SelectStmt, TypeName } from '@pgsql/types';
import { isNoUsage, type Argument, type Call, type Usage } from '../../../model/usage.ts';
import { printName, type RelationName } from '../../../model/names.ts';
import { builtinVolatility } from '../../../postgres/functions.ts';
import { sqlTokens } from '../../../text/sql-tokens.ts';
import type { Span } from '../../../text/span.ts';
import { executedSql } from '../plpgsql/executed-sql.ts';
import type { Context, NodeOf, Tag } from './context.ts';
import { functionName, partsThatRun } from './expressions.ts';
import { isOn, option } from './indexes.ts';
import { nameOfList, nameOfParts, relationName, stringOf, strings } from './names.ts';

type Place = Pick<Context, 'text' | 'span' | 'offset'>;

/** What a statement runs, or may run, when it is run; undefined for nothing. */
export function usageOf(node: Node, place: Place): Usage | undefined {
  const parts = partsThatRunNow(node);
  return parts.length === 0 ? undefined : usageIn(parts, place);
}

/** `isCertain`: what stands at the top is run once, whatever there is. */
export function usageIn(parts: readonly unknown[], place: Place, isCertain = true): Usage | undefined {
  const finder = new Finder(place);
  for (const part of parts) finder.visit(part, isCertain);
  const { calls, operators, types, relations, writes, prepared } = finder;
  return isNoUsage(finder) ? undefined : { calls, operators, types, relations, writes, prepared };
}

type Parts = { readonly [K in Tag]?: (node: NodeOf<K>) => readonly unknown[] };

/** Statements that are not in the table run what stands nowhere in them. */
const partsOfStatement: Parts = {
  SelectStmt: (node) => [{ SelectStmt: node }],
  InsertStmt: (node) => [{ InsertStmt: node }],
  UpdateStmt: (node) => [{ UpdateStmt: node }],
  DeleteStmt: (node) => [{ DeleteStmt: node }],
  MergeStmt: (node) => [{ MergeStmt: node }],
  CopyStmt: ({ query, whereClause, relation, is_from: isFrom }) => [query, whereClause, isFrom ? undefined : relation && { RangeVar: relation }],
  CallStmt: ({ funccall }) => [{ FuncCall: funccall ?? {} }],
  ExecuteStmt: (node) => [{ ExecuteStmt: node }],
  CreateTableAsStmt: ({ query, into }) => (into?.skipData ? [] : [query]),
  DeclareCursorStmt: ({ query }) => [query],
  ExplainStmt: ({ query, options }) => (isOn(option(options, 'analyze')) ? [query] : []),
  CreateStmt: ({ partbound }) => [partbound],
  AlterTableStmt: ({ cmds = [] }) => cmds.map((cmd) => ('AlterTableCmd' in cmd ? evaluated(cmd.AlterTableCmd) : undefined)),
  IndexStmt: ({ indexParams, whereClause }) => [indexParams, whereClause],
  AlterDomainStmt: ({ subtype, def }) => (subtype === 'C' ? [def] : []),
};

function partsThatRunNow(node: Node): readonly unknown[] {
  const [tag, content] = Object.entries(node)[0] ?? ['', undefined];
  const parts = partsOfStatement[tag as Tag] as ((content: unknown) => readonly unknown[]) | undefined;
  return parts ? parts(content).filter((part) => part !== undefined) : [];
}

/** A default that is set is for rows to come; NOT VALID leaves the rows alone. */
function evaluated({ subtype, def }: AlterTableCmd): unknown {
  if (subtype === 'AT_AddConstraint') return def && 'Constraint' in def && def.Constraint.skip_validation ? undefined : def;
  return subtype !== undefined && evaluating.has(subtype) ? def : undefined;
}

const evaluating: ReadonlySet<string> = new Set(['AT_AddColumn', 'AT_AlterColumnType', 'AT_SetExpression', 'AT_AttachPartition']);

class Finder implements Usage {
  readonly calls: Call[] = [];
  readonly operators: string[] = [];
  readonly types: RelationName[] = [];
  readonly relations: RelationName[] = [];
  readonly writes: RelationName[] = [];
  readonly prepared: string[] = [];
  readonly #place: Place;
  readonly #seen = new Set<string>();

  constructor(place: Place) {
    this.#place = place;
  }

  visit(value: unknown, isCertain: boolean): void {
    if (Array.isArray(value)) for (const item of value) this.visit(item, isCertain);
    else if (typeof value === 'object' && value !== null) this.#node(value as Node, isCertain);
  }

  #node(node: Node, isCertain: boolean): void {
    if ('SelectStmt' in node) return this.#select(node.SelectStmt, isCertain);
    if ('FuncCall' in node) this.#call(node.FuncCall, isCertain);
    if ('A_Expr' in node) this.#once('operator', stringOf(node.A_Expr.name?.at(-1)), (name) => this.operators.push(name));
    if ('TypeCast' in node) this.#type(node.TypeCast.typeName);
    if ('ColumnDef' in node) this.#type(node.ColumnDef.typeName);
    if ('SortBy' in node) this.#once('operator', stringOf(node.SortBy.useOp?.at(-1)), (name) => this.operators.push(name));
    for (const target of writtenBy(node)) this.writes.push(relationName(target));
    if ('RangeVar' in node) this.#relation(node.RangeVar);
    if ('ExecuteStmt' in node) this.#once('prepared', node.ExecuteStmt.name ?? '', (name) => this.prepared.push(name));
    if ('ColumnRef' in node) this.#field(strings(node.ColumnRef.fields).slice(1).at(-1));
    if ('A_Indirection' in node) for (const part of node.A_Indirection.indirection ?? []) this.#field(stringOf(part));
    if ('IndexElem' in node) this.#once('type', nameOfList(node.IndexElem.opclass).name, (name) => this.types.push({ schema: undefined, name }));
    if ('CaseExpr' in node || 'SubLink' in node || 'RangeSubselect' in node || 'CommonTableExpr' in node) return this.#parts(node, isExpressionQuery(node) && isCertain);
    if ('UpdateStmt' in node || 'DeleteStmt' in node || 'MergeStmt' in node || 'JoinExpr' in node) return this.#parts(node, false);
    if ('CoalesceExpr' in node || 'BoolExpr' in node) return this.#firstOf(node, isCertain);
    this.#parts(node, isCertain);
  }

  #parts(node: Node, isCertain: boolean): void {
    for (const part of partsThatRun(node)) this.visit(part, isCertain);
  }

  /** The others are not evaluated where the first decides. */
  #firstOf(node: Node, isCertain: boolean): void {
    const [first, ...others] = partsThatRun(node).flatMap((part): unknown[] => (isWithArguments(part) ? [...part.args] : [part]));
    this.visit(first, isCertain);
    this.visit(others, false);
  }

  #select(node: SelectStmt, isCertain: boolean): void {
    const { targetList, fromClause = [], valuesLists, larg, rarg, whereClause, havingClause, groupClause, limitCount, limitOffset, ...rest } = node;
    const isPlain = isCertain && !whereClause && !havingClause && !groupClause && !limitCount && !limitOffset;
    this.visit(targetList, isPlain && fromClause.length === 0);
    this.visit(fromClause, isPlain && fromClause.length === 1);
    this.visit(valuesLists, isCertain);
    for (const side of [larg, rarg]) if (side) this.#select(side, isPlain);
    this.visit([whereClause, havingClause, groupClause, limitCount, limitOffset, rest], false);
  }

  #call({ funcname, args = [], location = -1 }: NodeOf<'FuncCall'>, isCertain: boolean): void {
    const name = functionName(funcname);
    const call = { name, argumentCount: args.length, isCertain };
    const [first] = args;
    const read = first && /^table_to_xml/.test(name.name) ? executedSql(first) : undefined;
    if (read !== undefined) this.#once('relation', read, () => this.relations.push(nameOfParts(read.split('.'))));
    const isBuiltin = name.schema === undefined && builtinVolatility(name.name, args.length, 18) !== 'unknown';
    if (isBuiltin && !mayHandSql(name.name)) {
      this.#once('builtin', `${name.name} ${args.length}`, () => this.calls.push({ ...call, span: this.#place.span, arguments: [] }));
    } else {
      this.calls.push({ ...call, span: this.#spanOf(location), arguments: args.map(argumentOf) });
    }
  }

  /** Of the call, with its arguments as far as they are short. */
  #spanOf(location: number): Span {
    const { text, span, offset } = this.#place;
    const start = location < 0 ? span.start : offset(location);
    if (start < span.start || start >= span.end) return span;
    let [depth, tokens, end] = [0, 0, start];
    for (const token of sqlTokens(text, start, span.end)) {
      if (++tokens > LONGEST) break;
      if (end === start || token.kind === 'symbol') end = token.end;
      if (token.kind !== 'symbol') continue;
      const symbol = text.charAt(token.start);
      if (symbol === '(') depth += 1;
      if (symbol === ')' && --depth <= 0) return { start, end: token.end };
    }
    return { start, end };
  }

  #type(type: TypeName | undefined): void {
    const name = typeName(type);
    if (name.name !== '') this.#once('type', printName(name), () => this.types.push(name));
  }

  #relation(range: RangeVar): void {
    const name = relationName(range);
    this.#once('relation', printName(name), () => this.relations.push(name));
  }

  #field(name: string | undefined): void {
    if (!name) return;
    const { span } = this.#place;
    this.#once('field', name, () =>
      this.calls.push({ name: { schema: undefined, name }, argumentCount: 1, arguments: [], span, isCertain: false, isField: true }),
    );
  }

  #once(kind: string, name: string, add: (name: string) => void): void {
    const key = `${kind} ${name}`;
    if (name === '' || this.#seen.has(key)) return;
    this.#seen.add(key);
    add(name);
  }
}

/** PostgreSQL's own types are named without their schema. */
export function typeName(type: TypeName | undefined): RelationName {
  const { schema, name } = nameOfList(type?.names);
  return { schema: schema === 'pg_catalog' ? undefined : schema, name };
}

function writtenBy(node: Node): RangeVar[] {
  const { relation } = 'InsertStmt' in node ? node.InsertStmt : 'UpdateStmt' in node ? node.UpdateStmt : 'DeleteStmt' in node ? node.DeleteStmt : {};
  return relation ? [relation] : [];
}

/** Tokens of a call that are looked at. */
const LONGEST = 200;

/** Functions that are handed SQL, or the name of what they read. */
function mayHandSql(name: string): boolean {
  return handed.has(name) || name.startsWith('dblink');
}

const handed: ReadonlySet<string> = new Set(
  `query_to_xml query_to_xmlschema query_to_xml_and_xmlschema ts_stat ts_rewrite crosstab crosstab2 crosstab3 crosstab4 crosstabn connectby
  xpath_table table_to_xml table_to_xmlschema table_to_xml_and_xmlschema schema_to_xml schema_to_xml_and_xmlschema database_to_xml
  database_to_xml_and_xmlschema`.split(/\s+/),
);

function isExpressionQuery(node: Node): boolean {
  return 'SubLink' in node && node.SubLink.subLinkType === 'EXPR_SUBLINK';
}

function isWithArguments(part: unknown): part is { readonly args: readonly unknown[] } {
  return typeof part === 'object' && part !== null && 'args' in part && Array.isArray(part.args);
}

function argumentOf(node: Node): Call['arguments'][number] {
  if ('NamedArgExpr' in node) {
    const { name = '', arg } = node.NamedArgExpr;
    return { ...(arg ? valueOf(arg) : { kind: 'unknown' }), parameter: name };
  }
  return valueOf(node);
}

function valueOf(node: Node): Argument {
  if ('TypeCast' in node && node.TypeCast.arg) return valueOf(node.TypeCast.arg);
  if ('ParamRef' in node) return { kind: 'variable', name: `$${node.ParamRef.number ?? 0}` };
  const fields = 'ColumnRef' in node ? strings(node.ColumnRef.fields) : [];
  if (fields.length > 0) return { kind: 'variable', name: fields.join('.') };
  const text = executedSql(node);
  return text === undefined ? { kind: 'unknown' } : { kind: 'text', text };
}
