// What stands in a function: SQL in a string or behind BEGIN ATOMIC, or PL/pgSQL.

import type { CreateFunctionStmt, FunctionParameter, Node, SelectStmt } from '@pgsql/types';
import type { Block } from '../../../model/block.ts';
import { FunctionBody, type ArgumentTexts, type BodyReader, type Parameter, type ReadBody } from '../../../model/function-body.ts';
import type { Assignment, Statement } from '../../../model/statement.ts';
import { executedSql, type Texts } from '../plpgsql/executed-sql.ts';
import { lowerOrders, withTexts } from '../plpgsql/lower-block.ts';
import type { Context, StatementBody } from './context.ts';
import { lowerSelect, writesOf } from './data.ts';
import { usageOf } from './usage.ts';
import { option } from './indexes.ts';
import { stringOf } from './names.ts';
import { assignmentOf } from './settings.ts';

export function lowerBody(node: CreateFunctionStmt, context: Context): FunctionBody {
  const parameters = inputParameters(node.parameters).map(({ name = '', defexpr }) => ({ name, default: defexpr && executedSql(defexpr) }));
  return new FunctionBody(context.text.slice(context.span.start, context.span.end), settingsOf(node.options), parameters, readerOf(node, parameters, context));
}

/** Those that a call gives. */
export function inputParameters(parameters: readonly Node[] | undefined): FunctionParameter[] {
  return parametersOf(parameters).filter(({ mode = '' }) => mode !== 'FUNC_PARAM_OUT' && mode !== 'FUNC_PARAM_TABLE');
}

export function parametersOf(parameters: readonly Node[] | undefined): FunctionParameter[] {
  return (parameters ?? []).flatMap((node) => ('FunctionParameter' in node ? [node.FunctionParameter] : []));
}

function settingsOf(options: readonly Node[] | undefined): Assignment[] {
  return (options ?? []).flatMap((one) => {
    const { arg } = 'DefElem' in one && one.DefElem.defname === 'set' ? one.DefElem : {};
    return arg && 'VariableSetStmt' in arg ? [{ ...assignmentOf(arg.VariableSetStmt), scope: 'transaction' }] : [];
  });
}

const unread: ReadBody = { unread: 'body' };

/** It keeps nothing of the tree but what it needs. */
function readerOf(node: CreateFunctionStmt, parameters: readonly Parameter[], context: Context): BodyReader {
  const { span, text, lowerAt } = context;
  if (node.sql_body) {
    const statements = atomicStatements(node.sql_body, context);
    return (values) => asBlock(statements, textsOf(parameters, values));
  }
  if (isSql(node)) {
    const sql = bodyText(node.options);
    return (values) => asBlock(lowerAt(sql, span), textsOf(parameters, values));
  }
  const language = languageOf(node);
  if (language !== 'plpgsql') return () => ({ unread: 'language', language });
  const definition = text.slice(span.start, span.end);
  return (values) => {
    const tree = context.parseBlock(definition);
    return tree ? lowerOrders(tree, context, () => span, named(textsOf(parameters, values))) : unread;
  };
}

/** By name, and by place as `$1`. */
function textsOf(parameters: readonly Parameter[], values: ArgumentTexts): Texts {
  return new Map(values.flatMap((value, place) => (value === undefined ? [] : [[parameters[place]?.name ?? '', value] as const, [`$${place + 1}`, value] as const])));
}

/** In PL/pgSQL `$1` is the same variable as the name, which may be set to something else: it is known by one of the two alone. */
function named(texts: Texts): Texts {
  return texts.has('') ? new Map([...texts].filter(([name]) => name !== '')) : new Map([...texts].filter(([name]) => !name.startsWith('$')));
}

function asBlock(statements: readonly Statement[] | undefined, texts: Texts): ReadBody {
  if (statements === undefined) return unread;
  return statements.map((statement): Block<Statement>[number] => ({ kind: 'run', what: withTexts(statement, texts) }));
}

/** Of RETURN, or of BEGIN ATOMIC, which holds queries and writes of rows alone. */
function atomicStatements(body: Node, context: Context): Statement[] {
  const nodes = 'ReturnStmt' in body ? [body] : bodyStatements(body);
  return nodes.flatMap((node) => {
    const lowered = atomicStatement(node, context);
    const usage = usageOf('ReturnStmt' in node ? { SelectStmt: returned(node.ReturnStmt.returnval) } : node, context);
    return lowered ? [{ span: context.span, features: [], ...lowered, ...(usage ? { usage } : {}) }] : [];
  });
}

function returned(value: Node | undefined): SelectStmt {
  return { targetList: value ? [{ ResTarget: { val: value } }] : [] };
}

function atomicStatement(node: Node, context: Context): StatementBody | undefined {
  if ('ReturnStmt' in node) return lowerSelect(returned(node.ReturnStmt.returnval), context);
  if ('SelectStmt' in node) return lowerSelect(node.SelectStmt, context);
  const actions = writesOf(node);
  return actions.length > 0 ? { kind: 'data', command: '', actions } : undefined;
}

export function isSql(node: CreateFunctionStmt): boolean {
  const language = languageOf(node);
  return language === 'sql' || (language === '' && node.sql_body !== undefined);
}

export function languageOf({ options }: CreateFunctionStmt): string {
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
