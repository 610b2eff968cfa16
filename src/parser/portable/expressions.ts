// From an expression of pgsql-ast-parser to what the model wants to know of it. What PostgreSQL may fold is refused.

import type { Expr, ExprCall } from 'pgsql-ast-parser';
import { noMentions } from '../../model/dependencies/mentions.ts';
import type { Expression, FunctionCall } from '../../model/expression.ts';
import { truncateName } from '../../model/names.ts';
import { relationOf } from './names.ts';
import { unsupported } from './unsupported.ts';

export function lowerExpression(expression: Expr): Expression {
  const found: Found = { calls: [], columns: new Set(), mayFold: false };
  visit(expression, found);
  if (found.mayFold && (found.calls.length > 0 || found.columns.size > 0)) unsupported();
  return {
    calls: found.calls,
    columns: [...found.columns],
    isNull: isNullLiteral(expression),
    provesNotNull: [...new Set(provenNotNull(expression, true))],
    isColumn: columnName(expression) !== undefined,
    gives: undefined,
    ...(expression.type === 'string' ? { text: expression.value } : {}),
    mentions: { ...noMentions, functions: found.calls },
  };
}

export function isNullLiteral(expression: Expr): boolean {
  return expression.type === 'cast' ? isNullLiteral(expression.operand) : expression.type === 'null';
}

/** `true`, cast or not: WHERE true is no condition. */
export function isTrueLiteral(expression: Expr): boolean {
  return expression.type === 'cast' ? isTrueLiteral(expression.operand) : expression.type === 'boolean' && expression.value;
}

interface Found {
  readonly calls: FunctionCall[];
  readonly columns: Set<string>;
  /** There is something in it that PostgreSQL may fold away with what stands beside it. */
  mayFold: boolean;
}

/** In the order in which PostgreSQL's parse tree holds the parts. */
function visit(expression: Expr, found: Found): void {
  const call = expression.type === 'call' ? functionCall(expression) : undefined;
  const column = columnName(expression);
  if (call) found.calls.push(call);
  if (column !== undefined) found.columns.add(column);
  found.mayFold ||= mayFold(expression);
  for (const part of partsOf(expression, found)) visit(part, found);
}

/** Without the columns of `*`. */
export function columnName(expression: Expr): string | undefined {
  return expression.type === 'ref' && expression.name !== '*' ? truncateName(expression.name) : undefined;
}

function mayFold(expression: Expr): boolean {
  const { type } = expression;
  if (type === 'binary') return isConstant(expression.left) && isConstant(expression.right);
  return type === 'null' || type === 'boolean' || type === 'case' || (type === 'call' && expression.function.name === 'coalesce');
}

function isConstant(value: Expr): boolean {
  if (value.type === 'cast' || value.type === 'unary') return isConstant(value.operand);
  return value.type === 'string' || value.type === 'integer' || value.type === 'numeric';
}

function partsOf(expression: Expr, found: Found): readonly Expr[] {
  switch (expression.type) {
    case 'binary':
      if (expression.op !== 'AT TIME ZONE') return [expression.left, expression.right];
      found.calls.push({ name: { schema: undefined, name: 'timezone' }, argumentCount: 2 });
      return [expression.right, expression.left];
    case 'unary':
    case 'cast':
    case 'member':
      return [expression.operand];
    case 'ternary':
      return [expression.value, expression.lo, expression.hi];
    case 'call':
      return argumentsOf(expression);
    case 'list':
    case 'array':
      return expression.expressions;
    case 'arrayIndex':
      return [expression.array, expression.index];
    case 'case':
      return [expression.value, ...expression.whens.flatMap(({ when, value }) => [when, value]), expression.else].filter(isThere);
    case 'ref':
    case 'null':
    case 'string':
    case 'integer':
    case 'numeric':
    case 'boolean':
    case 'keyword':
      return [];
    default:
      return unsupported();
  }
}

function isThere<T>(part: T | null | undefined): part is T {
  return part !== null && part !== undefined;
}

/** Look like calls, but are none in PostgreSQL's grammar. */
const notCalls: ReadonlySet<string> = new Set(['coalesce', 'nullif', 'greatest', 'least']);

/** Words of PostgreSQL's grammar that no function in a call can be named by. Source: c_expr in gram.y. */
const grammarWords: ReadonlySet<string> = new Set(
  `all any between bigint bit boolean char character current_catalog current_date current_role current_schema current_time
  current_timestamp current_user dec decimal distinct exists extract float grouping inout int integer interval json json_array
  json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value localtime
  localtimestamp merge_action national nchar none normalize numeric out overlay position precision real row session_user setof
  smallint some substring system_user time timestamp treat trim user values varchar xmlattributes xmlconcat xmlelement xmlexists
  xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
);

export function isGrammarWord(name: string): boolean {
  return grammarWords.has(name) || notCalls.has(name);
}

/** Undefined for what only looks like a call. */
export function functionCall({ function: name, args }: ExprCall): FunctionCall | undefined {
  if (name.schema === undefined && notCalls.has(name.name)) return undefined;
  if (name.schema === undefined && grammarWords.has(name.name)) unsupported();
  const { schema, name: last } = relationOf(name);
  const [first] = args;
  const isStar = args.length === 1 && first?.type === 'ref' && first.name === '*' && first.table === undefined;
  return { name: { schema: schema === 'pg_catalog' ? undefined : schema, name: last }, argumentCount: isStar ? 0 : args.length };
}

function argumentsOf({ args, distinct, orderBy, filter, withinGroup, over }: ExprCall): readonly Expr[] {
  if (distinct || orderBy || filter || withinGroup || over) unsupported();
  return args;
}

/** As libpg/lower/expressions.ts has it; IS DISTINCT FROM is not in pgsql-ast-parser's grammar. */
function provenNotNull(expression: Expr, value: boolean): string[] {
  if (expression.type === 'binary' && expression.op === (value ? 'AND' : 'OR')) {
    return [...provenNotNull(expression.left, value), ...provenNotNull(expression.right, value)];
  }
  if (expression.type !== 'unary') return [];
  const { op, operand } = expression;
  if (op === 'NOT') return provenNotNull(operand, !value);
  if (operand.type === 'list') unsupported();
  return op === (value ? 'IS NOT NULL' : 'IS NULL') ? [columnName(operand)].filter((column) => column !== undefined) : [];
}
