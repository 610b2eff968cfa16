// What a PL/pgSQL block orders the server to do: the shape of the block, with its statements in the order of its text.

import type { Block, BlockArm, BlockHandler, BlockNode } from '../../../model/block.ts';
import type { Condition } from '../../../model/condition.ts';
import { Memory, type ReadExpression } from './memory.ts';
import type { ExceptionWhen, Expr, PlpgsqlResult, Stmt, StmtContent } from './tree.ts';

/** `sql`: a statement as written · `dynamic`: an expression that EXECUTE computes a statement from · `unreadable`: anything else. */
export interface Order {
  readonly kind: 'sql' | 'dynamic' | 'unreadable';
  readonly text: string;
}

export function ordersOf({ plpgsql_funcs: functions }: PlpgsqlResult, read: ReadExpression): Block<Order> {
  return functions.flatMap(({ PLpgSQL_function: { datums = [], action } }) => {
    const memory = new Memory(read);
    const declared = datums.flatMap(({ PLpgSQL_var: one }) => (one?.default_val ? ask(memory.assign(one.refname ?? '', textOf(one.default_val))) : []));
    return action ? [...declared, ...nodesOf(action, memory)] : [];
  });
}

function nodesOf(statement: Stmt, memory: Memory): Block<Order> {
  return Object.entries(statement).flatMap(([tag, content]) => (readers[tag] ?? other)(content, memory));
}

function blockOf(statements: readonly Stmt[] | undefined, memory: Memory): Block<Order> {
  return (statements ?? []).flatMap((one) => nodesOf(one, memory));
}

type Reader = (content: StmtContent, memory: Memory) => Block<Order>;

/** FETCH, GET DIAGNOSTICS and their like run nothing, and may set any variable. */
const other: Reader = ({ body }, memory) => {
  memory.forget();
  return blockOf(body, memory);
};

const unreadable: Reader = (_, memory) => {
  memory.forgetFound();
  return [{ kind: 'run', what: { kind: 'unreadable', text: '' } }];
};

/** The second time, its variables hold what was put into them at the end of the first. */
const loop: Reader = ({ body }, memory) => {
  memory.forget();
  return memory.aside((inside) => [{ kind: 'loop', body: blockOf(body, inside) }]);
};

const leave = (what: 'all' | 'loop' | 'error'): BlockNode<Order> => ({ kind: 'leave', what });

/** elog_level of RAISE EXCEPTION. Source: src/include/utils/elog.h. */
const ERROR = 21;

const readers: Readonly<Record<string, Reader>> = {
  PLpgSQL_stmt_block: ({ body, exceptions }, memory) => {
    if (!exceptions) return blockOf(body, memory);
    const handlers = exceptions.PLpgSQL_exception_block.exc_list ?? [];
    return memory.aside((inside) => [
      { kind: 'attempt', body: blockOf(body, inside), handlers: handlers.map((one) => handlerOf(one, inside)) },
    ]);
  },
  PLpgSQL_stmt_execsql: ({ sqlstmt, into, target }, memory) => {
    const text = textOf(sqlstmt);
    if (into) return [...ask(memory.select(text, variablesOf(target))), ...run('sql', text)];
    memory.forgetFound();
    return run('sql', text);
  },
  PLpgSQL_stmt_perform: ({ expr }, memory) => {
    return [...ask(memory.select(textOf(expr), [])), ...run('sql', textOf(expr))];
  },
  PLpgSQL_stmt_dynexecute: ({ query, target }, memory) => {
    memory.unknown(variablesOf(target));
    return run('dynamic', textOf(query));
  },
  PLpgSQL_stmt_assign: ({ expr }, memory) => {
    const [, variable = '', value = ''] = /^\s*"?([\w$]+)"?\s*:?=([\s\S]*)$/.exec(textOf(expr)) ?? [];
    return ask(memory.assign(variable, value));
  },
  PLpgSQL_stmt_call: unreadable,
  PLpgSQL_stmt_commit: unreadable,
  PLpgSQL_stmt_rollback: unreadable,
  PLpgSQL_stmt_if: ({ cond, then_body: then, elsif_list: elsifs = [], else_body: otherwise }, memory) => {
    const arms = [{ condition: cond, body: then }, ...elsifs.map(({ PLpgSQL_if_elsif: one }) => ({ condition: one.cond, body: one.stmts }))];
    return choice(arms, otherwise ?? [], memory);
  },
  PLpgSQL_stmt_case: ({ case_when_list: whens = [], have_else: hasElse, else_stmts: otherwise = [] }, memory) => {
    const arms = whens.map(({ PLpgSQL_case_when: { expr, stmts } }) => ({ condition: expr, body: stmts }));
    return choice(arms, hasElse ? otherwise : 'error', memory);
  },
  PLpgSQL_stmt_loop: loop,
  PLpgSQL_stmt_while: loop,
  PLpgSQL_stmt_fori: loop,
  PLpgSQL_stmt_fors: loop,
  PLpgSQL_stmt_forc: loop,
  PLpgSQL_stmt_dynfors: loop,
  PLpgSQL_stmt_foreach_a: loop,
  PLpgSQL_stmt_return: ({ lineno }) => (lineno === undefined ? [] : [leave('all')]),
  PLpgSQL_stmt_raise: ({ elog_level: level }) => (level === ERROR ? [leave('error')] : []),
  PLpgSQL_stmt_exit: ({ cond }, memory) => {
    return cond ? [{ kind: 'choice', arms: [{ condition: memory.condition(textOf(cond)), body: [leave('loop')] }] }] : [leave('loop')];
  },
};

function ask(question: Condition | undefined): Block<Order> {
  return question ? [{ kind: 'ask', question }] : [];
}

function variablesOf(target: StmtContent['target']): string[] {
  const { PLpgSQL_row: row, PLpgSQL_rec: record } = target ?? {};
  return row?.fields?.map(({ name = '' }) => name) ?? [record?.refname ?? ''];
}

function run(kind: Order['kind'], text: string): Block<Order> {
  return text === '' ? [] : [{ kind: 'run', what: { kind, text } }];
}

interface Arm {
  readonly condition: Expr | undefined;
  readonly body: readonly Stmt[] | undefined;
}

/** `otherwise`: ELSE; a CASE without one is an error where nothing fits. */
function choice(arms: readonly Arm[], otherwise: readonly Stmt[] | 'error', memory: Memory): Block<Order> {
  return memory.aside((inside) => {
    const read = arms.map(({ condition, body }): BlockArm<Order> => {
      const asked = inside.condition(textOf(condition));
      return { condition: asked, body: inside.aside((alone) => blockOf(body, alone)) };
    });
    const always: Condition = { kind: 'constant', value: true };
    const last = otherwise === 'error' ? [leave('error')] : blockOf(otherwise, inside);
    return [{ kind: 'choice', arms: [...read, { condition: always, body: last }] }];
  });
}

function handlerOf({ PLpgSQL_exception: { conditions = [], action } }: ExceptionWhen, memory: Memory): BlockHandler<Order> {
  const errors = conditions.map(({ PLpgSQL_condition: { condname = '' } }) => condname);
  return { errors, body: memory.aside((inside) => blockOf(action, inside)) };
}

function textOf(expression: Expr | undefined): string {
  return expression?.PLpgSQL_expr.query ?? '';
}
