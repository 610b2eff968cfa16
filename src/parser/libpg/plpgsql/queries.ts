// Everything in a PL/pgSQL function that runs SQL: its statements, and all of its expressions.

import { sqlTokens } from '../../../text/sql-tokens.ts';
import type { PlpgsqlResult } from './tree.ts';

/** `sql`: a statement, or an expression as the target of a SELECT · `dynamic`: an expression that gives the statement. */
export interface Query {
  readonly kind: 'sql' | 'dynamic';
  readonly text: string;
}

/** Undefined where there is something in it that is no query. */
export function queriesOf({ plpgsql_funcs: functions }: PlpgsqlResult): Query[] | undefined {
  const queries: Query[] = [];
  return functions.length > 0 && functions.every((one) => collect(one, false, queries)) ? queries : undefined;
}

/** What runs SQL that it computes: in its `query`, or in a `dynquery` wherever there is one. */
const dynamic: ReadonlySet<string> = new Set(['PLpgSQL_stmt_dynexecute', 'PLpgSQL_stmt_dynfors']);

const unreadable: ReadonlySet<string> = new Set(['PLpgSQL_stmt_call', 'PLpgSQL_stmt_commit', 'PLpgSQL_stmt_rollback']);

/** False where it meets what can't be read. `inDynamic`: the next `query` is an expression for a statement. */
function collect(value: unknown, inDynamic: boolean, queries: Query[]): boolean {
  if (Array.isArray(value)) return value.every((item) => collect(item, false, queries));
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, content]: [string, unknown]) => {
    if (unreadable.has(key)) return false;
    if (key === 'PLpgSQL_expr') return addExpression(content, queries);
    if (key === 'dynquery' || (key === 'query' && inDynamic)) return addDynamic(content, queries);
    return collect(content, dynamic.has(key), queries);
  });
}

/** How PostgreSQL reads the text. Source: RawParseMode in src/include/parser/parser.h. */
const modes = { statement: 0, expression: 2 };

interface Expression {
  readonly query: string;
  readonly parseMode: number;
}

function addExpression(content: unknown, queries: Query[]): boolean {
  const { query, parseMode } = content as Expression;
  if (parseMode === modes.statement) return addSql([query], queries);
  const values = parseMode === modes.expression ? [query] : sidesOf(query);
  return values.length > 0 && addSql(values.map((value) => `SELECT ${value}`), queries);
}

function addDynamic(content: unknown, queries: Query[]): boolean {
  const { query } = (content as { readonly PLpgSQL_expr: Expression }).PLpgSQL_expr;
  queries.push({ kind: 'dynamic', text: query });
  return addSql([`SELECT ${query}`], queries);
}

function addSql(texts: readonly string[], queries: Query[]): true {
  for (const text of texts) queries.push({ kind: 'sql', text });
  return true;
}

/** Of an assignment: `a[i] := x + 1`. */
function sidesOf(assignment: string): string[] {
  let depth = 0;
  for (const { kind, start } of sqlTokens(assignment)) {
    if (kind !== 'symbol') continue;
    const rest = assignment.slice(start);
    if (rest.startsWith('[')) depth += 1;
    if (rest.startsWith(']')) depth -= 1;
    if (depth === 0 && /^:?=/.test(rest)) return [assignment.slice(0, start), rest.replace(/^:?=/, '')];
  }
  return [];
}
