// CREATE, ALTER and DROP FUNCTION: their volatility decides whether a default rewrites a table.

import type { AlterFunctionStmt, CreateFunctionStmt, Node, ObjectWithArgs, ParseResult, TypeName } from '@pgsql/types';
import type { FunctionSignature } from '../../../model/catalog-objects.ts';
import type { Volatility } from '../../../model/changes/object-changes.ts';
import type { Expression } from '../../../model/expression.ts';
import { printName, type RelationName } from '../../../model/names.ts';
import type { RowAction } from '../../../model/row-action.ts';
import { lowerStatements } from './clause.ts';
import type { Context, StatementBody } from './context.ts';

import { writesOf } from './data.ts';
import { lowerExpression } from './expressions.ts';
import { bodyStatements, bodyText, inputParameters, isSql, lowerBody, parametersOf } from './function-body.ts';
import { isOn, option } from './indexes.ts';
import { nameOfList, stringOf } from './names.ts';
import { objectWords } from './object-types.ts';
import { lowerType } from './types.ts';

export function lowerCreateFunction(node: CreateFunctionStmt, context: Context): StatementBody {
  const object = node.is_procedure ? 'PROCEDURE' : 'FUNCTION';
  return {
    kind: 'schema',
    command: `CREATE ${object}`,
    changes: [
      {
        kind: 'create-function',
        span: context.span,
        replace: node.replace === true,
        function: nameOfList(node.funcname),
        signature: signatureOf(node),
        argumentTypes: argumentTypes(node.parameters),
        types: typesOf(node),
        volatility: volatilityOf(node.options) ?? 'volatile',
        forTriggers: nameOfList(node.returnType?.names).name === 'trigger',
        inlined: inlinedExpression(node, context),
        mayBeInlined: isSql(node),
        writes: writesOfBody(node, context),
        body: lowerBody(node, context),
        definer: isOn(option(node.options, 'security')),
        bindsNames: node.sql_body !== undefined || setsSearchPath(node.options),
        clause: lowerStatements(boundAtOnce(node)),
      },
    ],
  };
}

export function lowerAlterFunction(node: AlterFunctionStmt, { span }: Context): StatementBody {
  const security = option(node.actions, 'security');
  const change = {
    kind: 'alter-function',
    span,
    ...meantFunction(node.func),
    volatility: volatilityOf(node.actions),
    definer: security && isOn(security),
    bindsNames: setsSearchPath(node.actions),
  } as const;
  return { kind: 'schema', command: `ALTER ${objectWords(node.objtype)}`, changes: [change] };
}

const volatilities: Readonly<Record<string, Volatility>> = { immutable: 'immutable', stable: 'stable', volatile: 'volatile' };

function volatilityOf(options: readonly Node[] | undefined): Volatility | undefined {
  return volatilities[stringOf(option(options, 'volatility')?.arg)];
}

/** What PostgreSQL looks up when the function is made. */
function boundAtOnce({ parameters, sql_body: body }: CreateFunctionStmt): Node[] {
  const statements = body === undefined ? [] : 'ReturnStmt' in body ? [body] : bodyStatements(body);
  return [...parametersOf(parameters).flatMap(({ defexpr }) => defexpr ?? []), ...statements];
}

function setsSearchPath(options: readonly Node[] | undefined): boolean {
  return (options ?? []).some((item) => {
    const set = 'DefElem' in item && item.DefElem.defname === 'set' ? item.DefElem.arg : undefined;
    return set !== undefined && 'VariableSetStmt' in set && set.VariableSetStmt.name?.toLowerCase() === 'search_path';
  });
}

function argumentTypes(parameters: readonly Node[] | undefined): string[] {
  return inputParameters(parameters).map(({ argType }) => typeWords(argType));
}

function signatureOf({ parameters, returnType, is_procedure: isProcedure }: CreateFunctionStmt): FunctionSignature {
  const input = inputParameters(parameters);
  const output = parametersOf(parameters).filter(({ mode = '' }) => outModes.has(mode));
  const columns = output.map(({ name = '', argType }) => ({ name, type: typeWords(argType) }));
  const isCopied = [returnType, ...output.map(({ argType }) => argType)].some((type) => type?.pct_type === true);
  const type = columns.length > 1 ? 'record' : (columns[0]?.type ?? (returnType ? typeWords(returnType) : 'void'));
  const isSet = returnType?.setof === true || output.some(({ mode }) => mode === 'FUNC_PARAM_TABLE');
  return {
    kind: isProcedure ? 'procedure' : 'function',
    returns: isCopied ? undefined : { isSet, type, columns: columns.length > 1 ? columns : [] },
    names: input.map(({ name = '' }) => name),
    defaults: input.filter(({ defexpr }) => defexpr !== undefined).length,
  };
}

const outModes: ReadonlySet<string> = new Set(['FUNC_PARAM_OUT', 'FUNC_PARAM_INOUT', 'FUNC_PARAM_TABLE']);

function typesOf({ parameters, returnType }: CreateFunctionStmt): RelationName[] {
  const types = [...parametersOf(parameters).map(({ argType }) => argType), ...(returnType ? [returnType] : [])];
  return types.map((type) => lowerType(type).name);
}

/** The function that ALTER and DROP are about. */
export function meantFunction(node: ObjectWithArgs | undefined): {
  readonly function: RelationName;
  readonly argumentTypes: readonly string[] | undefined;
} {
  const types = (node?.objargs ?? []).map((type) => typeWords('TypeName' in type ? type.TypeName : undefined));
  return { function: nameOfList(node?.objname), argumentTypes: node?.args_unspecified ? undefined : types };
}

function typeWords(type: TypeName | undefined): string {
  const { name, isArray } = lowerType(type);
  return `${printName(name)}${isArray ? '[]' : ''}`;
}

function writesOfBody(node: CreateFunctionStmt, context: Context): RowAction[] {
  if (!isSql(node)) return [];
  const inText = context.parseBody(bodyText(node.options))?.stmts ?? [];
  const statements = node.sql_body ? bodyStatements(node.sql_body) : inText.flatMap(({ stmt }) => stmt ?? []);
  return statements.flatMap(writesOf);
}

/** Options that keep PostgreSQL from putting the body in place of the call. Source: inline_function() in clauses.c. */
const optionsAgainstInlining = ['security', 'set', 'strict', 'support'];

function inlinedExpression(node: CreateFunctionStmt, context: Context): Expression | undefined {
  if (!isSql(node) || node.returnType?.setof || node.is_procedure) return undefined;
  if (optionsAgainstInlining.some((name) => option(node.options, name) !== undefined)) return undefined;
  const body = node.sql_body ? bodyExpression(node.sql_body) : onlyExpression(context.parseBody(bodyText(node.options)));
  return body && lowerExpression(body);
}

/** RETURN expression, or BEGIN ATOMIC with one SELECT. */
function bodyExpression(body: Node): Node | undefined {
  if ('ReturnStmt' in body) return body.ReturnStmt.returnval;
  const statements = bodyStatements(body);
  const [first] = statements;
  if (statements.length !== 1 || first === undefined) return undefined;
  return 'ReturnStmt' in first ? first.ReturnStmt.returnval : selectedExpression(first);
}

function onlyExpression(tree: ParseResult | undefined): Node | undefined {
  const [first] = tree?.stmts ?? [];
  return tree?.stmts?.length === 1 && first?.stmt ? selectedExpression(first.stmt) : undefined;
}

/** The expression of `SELECT expression` that has no other clause. */
function selectedExpression(node: Node): Node | undefined {
  if (!('SelectStmt' in node)) return undefined;
  const {
    targetList = [],
    fromClause,
    whereClause,
    groupClause,
    havingClause,
    sortClause,
    limitCount,
    withClause,
    op,
  } = node.SelectStmt;
  if (fromClause || whereClause || groupClause || havingClause || sortClause || limitCount || withClause) return undefined;
  const [target] = targetList;
  return targetList.length === 1 && op === 'SETOP_NONE' && target && 'ResTarget' in target ? target.ResTarget.val : undefined;
}
