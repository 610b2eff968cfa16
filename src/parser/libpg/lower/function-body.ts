// What stands in a function: SQL in a string or behind BEGIN ATOMIC, or PL/pgSQL.

import type { CreateFunctionStmt, FunctionParameter, Node } from '@pgsql/types';
import { FunctionBody } from '../../../model/function-body.ts';
import type { SettingValue, Statement } from '../../../model/statement.ts';
import { valueOf } from '../plpgsql/lower-block.ts';
import { queriesOf } from '../plpgsql/queries.ts';
import type { Context, StatementBody } from './context.ts';
import { lowerSelect, writesOf } from './data.ts';
import { option } from './indexes.ts';
import { stringOf } from './names.ts';
import { assignmentOf } from './settings.ts';

export function lowerBody(node: CreateFunctionStmt, context: Context): FunctionBody {
  return new FunctionBody(context.text.slice(context.span.start, context.span.end), searchPathOf(node.options), readerOf(node, context));
}

/** Those that a call gives. */
export function inputParameters(parameters: readonly Node[] | undefined): FunctionParameter[] {
  return parametersOf(parameters).filter(({ mode = '' }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE');
}

export function parametersOf(parameters: readonly Node[] | undefined): FunctionParameter[] {
  return (parameters ?? []).flatMap((node) => ('FunctionParameter' in node ? [node.FunctionParameter] : []));
}

function searchPathOf(options: readonly Node[] | undefined): SettingValue | undefined {
  for (const one of options ?? []) {
    const { arg } = 'DefElem' in one && one.DefElem.defname === 'set' ? one.DefElem : {};
    const setting = arg && 'VariableSetStmt' in arg ? assignmentOf(arg.VariableSetStmt) : undefined;
    if (setting?.name === 'search_path') return setting.value;
  }
  return undefined;
}

type Reader = () => readonly Statement[] | undefined;

const unreadable: Reader = () => undefined;

/** It keeps nothing of the tree but what it needs. */
function readerOf(node: CreateFunctionStmt, context: Context): Reader {
  const { span, text, lowerAt } = context;
  if (node.sql_body) {
    const statements = atomicStatements(node.sql_body, context);
    return () => statements;
  }
  if (isSql(node)) {
    const sql = bodyText(node.options);
    return () => lowerAt(sql, span);
  }
  if (languageOf(node) !== 'plpgsql') return unreadable;
  const definition = text.slice(span.start, span.end);
  return () => plpgsqlStatements(definition, context);
}

/** Of the definition of a PL/pgSQL function. */
function plpgsqlStatements(definition: string, { span, parseBlock, parseBody, lowerAt }: Context): Statement[] | undefined {
  const tree = parseBlock(definition);
  const queries = tree && queriesOf(tree);
  const statements: Statement[] = [];
  for (const { kind, text } of queries ?? []) {
    const sql = kind === 'sql' ? text : valueOf(parseBody(`SELECT ${text}`));
    const lowered = sql === undefined ? undefined : lowerAt(sql, span);
    if (lowered === undefined) return undefined;
    statements.push(...lowered);
  }
  return queries && statements;
}

/** Of RETURN, or of BEGIN ATOMIC, which holds queries and writes of rows alone. */
function atomicStatements(body: Node, context: Context): Statement[] {
  const nodes = 'ReturnStmt' in body ? [body] : bodyStatements(body);
  return nodes.flatMap((node) => {
    const lowered = atomicStatement(node, context);
    return lowered ? [{ span: context.span, features: [], ...lowered }] : [];
  });
}

function atomicStatement(node: Node, context: Context): StatementBody | undefined {
  if ('ReturnStmt' in node) {
    const { returnval } = node.ReturnStmt;
    return lowerSelect({ targetList: returnval ? [{ ResTarget: { val: returnval } }] : [] }, context);
  }
  if ('SelectStmt' in node) return lowerSelect(node.SelectStmt, context);
  const actions = writesOf(node);
  return actions.length > 0 ? { kind: 'data', command: '', actions } : undefined;
}

export function isSql(node: CreateFunctionStmt): boolean {
  const language = languageOf(node);
  return language === 'sql' || (language === '' && node.sql_body !== undefined);
}

function languageOf({ options }: CreateFunctionStmt): string {
  return stringOf(option(options, 'language')?.arg).toLowerCase();
}

export function bodyText(options: readonly Node[] | undefined): string {
  const source = option(options, 'as')?.arg;
  return source !== undefined && 'List' in source ? stringOf(source.List.items?.[0]) : '';
}

/** Of BEGIN ATOMIC. */
export function bodyStatements(body: Node): readonly Node[] {
  return 'List' in body ? (body.List.items ?? []).flatMap((item) => ('List' in item ? (item.List.items ?? []) : [])) : [];
}
