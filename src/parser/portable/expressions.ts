// From an expression of pgsql-ast-parser to what the model wants to know of it. What PostgreSQL would fold away is refused.

import type { Expr, ExprCall } from 'pgsql-ast-parser';
import type { Expression, FunctionCall } from '../../model/expression.ts';
import { truncateName } from '../../model/names.ts';
import { relationOf } from './names.ts';
import { unsupported } from './unsupported.ts';

export function lowerExpression(expression: Expr): Expression {
  const calls: FunctionCall[] = [];
  const columns = new Set<string>();
  visit(expression, {
    call: (call) => calls.push(call),
    column: (column) => columns.add(column),
  });
  return {
    calls,
    columns: [...columns],
    isNull: isNullLiteral(expression),
    provesNotNull: [...new Set(provenNotNull(expression, true))],
    isColumn: expression.type === 'ref' && expression.name !== '*',
  };
}

export function isNullLiteral(expression: Expr): boolean {
  return expression.type === 'cast' ? isNullLiteral(expression.operand) : expression.type === 'null';
}

interface Visitor {
  readonly call: (call: FunctionCall) => void;
  readonly column: (name: string) => void;
}

/** In the order in which PostgreSQL's parse tree holds the parts. */
function visit(expression: Expr, visitor: Visitor): void {
  if (expression.type === 'call') {
    const call = functionCall(expression);
    if (call) visitor.call(call);
  } else if (expression.type === 'ref' && expression.name !== '*') visitor.column(truncateName(expression.name));
  for (const part of partsOf(expression, visitor)) visit(part, visitor);
}

function partsOf(expression: Expr, visitor: Visitor): readonly Expr[] {
  switch (expression.type) {
    case 'binary':
      if (expression.op === 'AND' || expression.op === 'OR') refuseConstants([expression.left, expression.right]);
      if (expression.op !== 'AT TIME ZONE') return [expression.left, expression.right];
      visitor.call({ name: { schema: undefined, name: 'timezone' }, argumentCount: 2 });
      return [expression.right, expression.left];
    case 'unary':
      if (expression.op === 'NOT') refuseConstants([expression.operand]);
      return [expression.operand];
    case 'cast':
      return [expression.operand];
    case 'ternary':
      return [expression.value, expression.lo, expression.hi];
    case 'call':
      return argumentsOf(expression);
    case 'list':
    case 'array':
      return expression.expressions;
    case 'member':
      return [expression.operand];
    case 'arrayIndex':
      return [expression.array, expression.index];
    case 'case':
      if (!expression.value) refuseConstants(expression.whens.map(({ when }) => when));
      return [expression.value, ...expression.whens.flatMap(({ when, value }) => [when, value]), expression.else].filter((part) => !!part);
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

/** Constants in conditions, and in front of the last value of coalesce(), which PostgreSQL folds. */
function refuseConstants(values: readonly Expr[]): void {
  if (values.some(isConstant)) unsupported();
}

function isConstant(value: Expr): boolean {
  if (value.type === 'cast') return isConstant(value.operand);
  if (value.type === 'unary') return isConstant(value.operand);
  return ['null', 'string', 'integer', 'numeric', 'boolean', 'constant'].includes(value.type);
}

/** Look like calls, but are none in PostgreSQL's grammar. */
const notCalls: ReadonlySet<string> = new Set(['coalesce', 'nullif', 'greatest', 'least']);

/** Words that PostgreSQL's grammar knows by themselves and that no function in a call can be named by. Source: c_expr in gram.y. */
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

function argumentsOf({ function: name, args, distinct, orderBy, filter, withinGroup, over }: ExprCall): readonly Expr[] {
  if (distinct || orderBy || filter || withinGroup || over) unsupported();
  if (name.name === 'coalesce') refuseConstants(args.slice(0, -1));
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
  return op === (value ? 'IS NOT NULL' : 'IS NULL') && operand.type === 'ref' && operand.name !== '*' ? [truncateName(operand.name)] : [];
}
