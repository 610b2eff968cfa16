// What a PL/pgSQL block orders the server to do: the shape of the block, with its statements in the order of its text.

import type { Block, BlockArm, BlockHandler, BlockNode } from '../../../model/block.ts';
import type { Condition } from '../../../model/condition.ts';
import { sqlTokens } from '../../../text/sql-tokens.ts';
import type { Texts } from './executed-sql.ts';
import { Memory, type ReadExpression } from './memory.ts';
import { parseModes, type Datum, type ExceptionWhen, type Expr, type PlpgsqlResult, type Stmt, type StmtContent } from './tree.ts';

/**
 * `sql`: a statement as written · `expression`: the SELECT that it is for the server · `dynamic`: an expression that EXECUTE computes a
 * statement from; `value` is that, where the block says it, `outline` has names in the place of what only the server knows · `end`: COMMIT or ROLLBACK.
 */
export type Order =
  | { readonly kind: 'sql' | 'expression'; readonly text: string; readonly texts: Texts }
  | { readonly kind: 'dynamic'; readonly text: string; readonly value: string | undefined; readonly outline: string | undefined; readonly texts: Texts }
  | { readonly kind: 'end'; readonly what: 'commit' | 'rollback' };

/** `given`: what parameters are known to hold. */
export function ordersOf({ plpgsql_funcs: functions }: PlpgsqlResult, read: ReadExpression, given: Texts = new Map()): Block<Order> {
  return functions.flatMap(({ PLpgSQL_function: { datums = [], action } }) => {
    const names = datums.map(({ PLpgSQL_var: one, PLpgSQL_rec: record }) => one?.refname ?? record?.refname ?? '');
    const ambiguous = new Set(names.filter((name, place) => name !== '' && names.indexOf(name) !== place));
    const memory = new Memory(read, ambiguous, new Map(), new Map([...given].filter(([name]) => !ambiguous.has(name))));
    const scene: Scene = { memory, datums, names, assigned: new WeakMap() };
    const declared = datums.flatMap(({ PLpgSQL_var: one }): Block<Order> => {
      if (!one?.default_val) return [];
      const evaluated = evaluate(one.default_val, scene);
      return [...evaluated, ...ask(memory.declare(one.refname ?? '', textOf(one.default_val), (one.lineno ?? 0) < beginOf(action)))];
    });
    return action ? [...declared, ...nodesOf(action, scene)] : [];
  });
}

/** The line of the outermost BEGIN: what is declared behind it may be declared in the midst of the code. */
function beginOf(action: Stmt | undefined): number {
  const [inner = {}] = action?.['PLpgSQL_stmt_block']?.body ?? [];
  return inner['PLpgSQL_stmt_block']?.lineno ?? 0;
}

/** What a statement is read in. */
interface Scene {
  readonly memory: Memory;
  /** By their numbers. */
  readonly datums: readonly Datum[];
  readonly names: readonly string[];
  /** By a part of the tree, the variables that it may set. */
  readonly assigned: WeakMap<object, ReadonlySet<string>>;
}

function nodesOf(statement: Stmt, scene: Scene): Block<Order> {
  return Object.entries(statement).flatMap(([tag, content]) => {
    const before = expressionsIn(content).flatMap((expression) => evaluate(expression, scene));
    return [...before, ...(readers[tag] ?? other)(content, scene)];
  });
}

function blockOf(statements: readonly Stmt[] | undefined, scene: Scene): Block<Order> {
  return (statements ?? []).flatMap((one) => nodesOf(one, scene));
}

/** What the reader of a statement, or of a branch of it, takes itself. */
const taken: ReadonlySet<string> = new Set(['sqlstmt', 'query', 'dynquery', 'body', 'then_body', 'else_body', 'else_stmts', 'stmts', 'exceptions', 'target', 'var']);

/** All expressions that it evaluates: conditions, arguments, bounds of loops. */
function expressionsIn(value: unknown): Expr[] {
  if (Array.isArray(value)) return value.flatMap(expressionsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, content]: [string, unknown]) => {
    if (taken.has(key)) return [];
    return key === 'PLpgSQL_expr' ? [{ PLpgSQL_expr: content as Expr['PLpgSQL_expr'] }] : expressionsIn(content);
  });
}

function evaluate({ PLpgSQL_expr: { query, parseMode } }: Expr, { memory: { texts } }: Scene): Block<Order> {
  if (parseMode === parseModes.statement) return [];
  const values = parseMode === parseModes.expression ? [query] : sidesOf(query);
  return values.filter((value) => mayRun.test(value)).map((value) => ({ kind: 'run', what: { kind: 'expression', text: `SELECT ${value}`, texts } }));
}

/** A call, an operator or a cast: a variable or a number alone runs nothing. */
const mayRun = /[^\w\s.'"$,-]|\bselect\b|\bcast\b|^\s*\w+\s*'/i;

/** Of an assignment: `a[i] := x + 1`. */
function sidesOf(assignment: string): string[] {
  let depth = 0;
  for (const { kind, start } of sqlTokens(assignment)) {
    if (kind !== 'symbol') continue;
    const symbol = assignment.charAt(start);
    if (symbol === '[') depth += 1;
    if (symbol === ']') depth -= 1;
    const [sign] = /^:?=/.exec(assignment.slice(start, start + 2)) ?? [];
    if (depth === 0 && sign) return [assignment.slice(0, start), assignment.slice(start + sign.length)];
  }
  return [];
}

type Reader = (content: StmtContent, scene: Scene) => Block<Order>;

/** FETCH, GET DIAGNOSTICS and their like run nothing, and may set any variable. */
const other: Reader = (content, scene) => {
  scene.memory.forget(assignedIn(content, scene));
  return blockOf(content.body, scene);
};

const ending = (what: 'commit' | 'rollback'): BlockNode<Order> => ({ kind: 'run', what: { kind: 'end', what } });

/** The second time, its variables hold what was put into them at the end of the first. */
const loop: Reader = (content, scene) => {
  scene.memory.forget(assignedIn(content, scene));
  return scene.memory.aside((memory) => [{ kind: 'loop', body: blockOf(content.body, { ...scene, memory }) }]);
};

/** With what it goes through. */
const loopOver =
  (kind: 'sql' | 'dynamic'): Reader =>
  (content, scene) => [...runOrder(kind, textOf(content.query), scene), ...loop(content, scene)];

/** Names of variables that a statement, or one in it, may set. The first variable has the number 0, which the tree leaves out. */
function assignedIn(value: unknown, scene: Scene): readonly string[] {
  return [...namesIn(value, scene)];
}

/** Loops lie in loops: of each, it is found out once. */
function namesIn(value: unknown, scene: Scene): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return noNames;
  const known = scene.assigned.get(value);
  if (known) return known;
  const names = new Set<string>();
  for (const [key, content] of Object.entries(value)) for (const name of namesAt(key, content, scene)) names.add(name);
  scene.assigned.set(value, names);
  return names;
}

const noNames: ReadonlySet<string> = new Set();

/** What these hold sets variables by their numbers. */
const setting: ReadonlySet<string> = new Set(['PLpgSQL_stmt_assign', 'PLpgSQL_diag_item', 'fields']);

function namesAt(key: string, content: unknown, scene: Scene): Iterable<string> {
  if ((key === 'refname' || key === 'name') && typeof content === 'string') return [content];
  if ((key === 'varno' || key === 'target') && typeof content === 'number') return [scene.names[content] ?? ''];
  const names = namesIn(content, scene);
  return setting.has(key) ? [scene.names[0] ?? '', ...names] : names;
}

const leave = (what: 'all' | 'loop' | 'error'): BlockNode<Order> => ({ kind: 'leave', what });

/** elog_level of RAISE EXCEPTION. Source: src/include/utils/elog.h. */
const ERROR = 21;

const readers: Readonly<Record<string, Reader>> = {
  PLpgSQL_stmt_block: ({ body, exceptions }, scene) => {
    if (!exceptions) return blockOf(body, scene);
    const handlers = exceptions.PLpgSQL_exception_block.exc_list ?? [];
    return scene.memory.aside((memory) => [
      { kind: 'attempt', body: blockOf(body, { ...scene, memory }), handlers: handlers.map((one) => handlerOf(one, { ...scene, memory })) },
    ]);
  },
  PLpgSQL_stmt_execsql: ({ sqlstmt, into, target }, scene) => {
    const text = textOf(sqlstmt);
    const order = runOrder('sql', text, scene);
    if (into) return [...ask(scene.memory.select(text, variablesOf(target, scene))), ...order];
    scene.memory.forgetFound();
    return order;
  },
  PLpgSQL_stmt_perform: ({ expr }, scene) => {
    return [...ask(scene.memory.select(textOf(expr), [])), ...runOrder('sql', textOf(expr), scene)];
  },
  PLpgSQL_stmt_dynexecute: ({ query, target }, scene) => {
    const order = runOrder('dynamic', textOf(query), scene);
    scene.memory.unknown(variablesOf(target, scene));
    return order;
  },
  PLpgSQL_stmt_assign: ({ expr, varno = 0 }, { memory, names }) => {
    const [target = '', value = ''] = sidesOf(textOf(expr));
    const variable = names[varno] ?? '';
    if (!target.includes('[')) return ask(memory.assign(variable, value));
    memory.unknown([variable]);
    return [];
  },
  PLpgSQL_stmt_open: ({ query, dynquery, curvar }, scene) => [
    ...runOrder('sql', textOf(query ?? cursorOf(curvar, scene)), scene),
    ...runOrder('dynamic', textOf(dynquery), scene),
  ],
  PLpgSQL_stmt_return_query: ({ query, dynquery }, scene) => [...runOrder('sql', textOf(query), scene), ...runOrder('dynamic', textOf(dynquery), scene)],
  PLpgSQL_stmt_call: ({ expr }, scene) => {
    const order = runOrder('sql', textOf(expr), scene);
    scene.memory.forget([...scene.memory.texts.keys()].filter((name) => textOf(expr).includes(name)));
    return order;
  },
  PLpgSQL_stmt_commit: () => [ending('commit')],
  PLpgSQL_stmt_rollback: () => [ending('rollback')],
  PLpgSQL_stmt_if: ({ cond, then_body: then, elsif_list: elsifs = [], else_body: otherwise }, scene) => {
    const arms = [{ condition: cond, body: then }, ...elsifs.map(({ PLpgSQL_if_elsif: one }) => ({ condition: one.cond, body: one.stmts }))];
    return choice(arms, otherwise ?? [], scene);
  },
  PLpgSQL_stmt_case: ({ case_when_list: whens = [], have_else: hasElse, else_stmts: otherwise = [] }, scene) => {
    const arms = whens.map(({ PLpgSQL_case_when: { expr, stmts } }) => ({ condition: expr, body: stmts }));
    return choice(arms, hasElse ? otherwise : 'error', scene);
  },
  PLpgSQL_stmt_loop: loop,
  PLpgSQL_stmt_while: loop,
  PLpgSQL_stmt_fori: loop,
  PLpgSQL_stmt_fors: loopOver('sql'),
  PLpgSQL_stmt_forc: (content, scene) => [...runOrder('sql', textOf(cursorOf(content.curvar, scene)), scene), ...loop(content, scene)],
  PLpgSQL_stmt_dynfors: loopOver('dynamic'),
  PLpgSQL_stmt_foreach_a: (content, scene) => forEach(content, scene) ?? loop(content, scene),
  PLpgSQL_stmt_return: ({ lineno }) => (lineno === undefined ? [] : [leave('all')]),
  PLpgSQL_stmt_raise: ({ elog_level: level }) => (level === ERROR ? [leave('error')] : []),
  PLpgSQL_stmt_exit: ({ cond }, { memory }) => {
    return cond ? [{ kind: 'choice', arms: [{ condition: memory.condition(textOf(cond)), body: [leave('loop')] }] }] : [leave('loop')];
  },
};

function ask(question: Condition | undefined): Block<Order> {
  return question ? [{ kind: 'ask', question }] : [];
}

/** By the names that they were declared with, and not by an ALIAS. */
function variablesOf(target: StmtContent['target'], { names }: Scene): string[] {
  const { PLpgSQL_row: row, PLpgSQL_rec: record } = target ?? {};
  return row?.fields?.map(({ name = '', varno = 0 }) => names[varno] || name) ?? [record?.refname ?? ''];
}

function runOrder(kind: 'sql' | 'dynamic', text: string, { memory }: Scene): Block<Order> {
  if (text === '') return [];
  const { texts } = memory;
  const order: Order = kind === 'sql' ? { kind, text, texts } : { kind, text, value: memory.text(text), outline: memory.outline(text), texts };
  const inside: Block<Order> = kind === 'dynamic' && mayRun.test(text) ? [{ kind: 'run', what: { kind: 'expression', text: `SELECT ${text}`, texts } }] : [];
  return [...inside, { kind: 'run', what: order }];
}

function cursorOf(curvar: number | undefined, { datums }: Scene): Expr | undefined {
  return curvar === undefined ? undefined : datums[curvar]?.PLpgSQL_var?.cursor_explicit_expr;
}

/** FOREACH over texts that stand in the block: once for each of them. */
function forEach(content: StmtContent, scene: Scene): Block<Order> | undefined {
  const items = scene.memory.items(textOf(content.expr));
  const variable = scene.names[content.varno ?? 0] ?? '';
  const body = JSON.stringify(content.body ?? []);
  const isPlain = items !== undefined && items.length <= MOST_ITEMS && variable !== '' && !/"PLpgSQL_stmt_(?:exit|return)"|"PLpgSQL_stmt_(?:foreach_a|while|loop|for\w)"/.test(body);
  if (!isPlain) return undefined;
  scene.memory.forget(assignedIn(content, scene));
  return items.flatMap((item) => scene.memory.with(variable, item, () => blockOf(content.body, scene)));
}

/** Of an array whose items are looked at one by one. */
const MOST_ITEMS = 100;

interface Arm {
  readonly condition: Expr | undefined;
  readonly body: readonly Stmt[] | undefined;
}

/** `otherwise`: ELSE; a CASE without one is an error where nothing fits. */
function choice(arms: readonly Arm[], otherwise: readonly Stmt[] | 'error', scene: Scene): Block<Order> {
  return scene.memory.aside((memory) => {
    const inside = { ...scene, memory };
    const read = arms.map(({ condition, body }): BlockArm<Order> => {
      const asked = memory.condition(textOf(condition));
      return { condition: asked, body: memory.aside((alone) => blockOf(body, { ...scene, memory: alone })) };
    });
    const always: Condition = { kind: 'constant', value: true };
    const last = otherwise === 'error' ? [leave('error')] : blockOf(otherwise, inside);
    return [{ kind: 'choice', arms: [...read, { condition: always, body: last }] }];
  });
}

function handlerOf({ PLpgSQL_exception: { conditions = [], action } }: ExceptionWhen, scene: Scene): BlockHandler<Order> {
  const errors = conditions.map(({ PLpgSQL_condition: { condname = '' } }) => condname);
  return { errors, body: scene.memory.aside((memory) => blockOf(action, { ...scene, memory })) };
}

function textOf(expression: Expr | undefined): string {
  return expression?.PLpgSQL_expr.query ?? '';
}
