// What a PL/pgSQL block orders the server to do, in the order of its text.

import type { PlpgsqlResult, Stmt, StmtContent } from './tree.ts';

/** `sql`: a statement as written · `dynamic`: an expression that EXECUTE computes a statement from · `unreadable`: anything else. */
export interface Order {
  readonly kind: 'sql' | 'dynamic' | 'unreadable';
  readonly text: string;
  /** False: it stands in a branch, a loop, or behind a possible RETURN or error. */
  readonly certain: boolean;
}

export function ordersOf({ plpgsql_funcs: functions }: PlpgsqlResult): Order[] {
  const orders: Order[] = [];
  const walk = new Walk(orders);
  for (const { PLpgSQL_function: one } of functions) if (one.action) walk.statement(one.action, true);
  return orders;
}

class Walk {
  readonly #orders: Order[];
  /** `perhaps`: there was a RETURN in a branch. */
  #hasEnded: 'no' | 'perhaps' | 'yes' = 'no';

  constructor(orders: Order[]) {
    this.#orders = orders;
  }

  statement(statement: Stmt, certain: boolean): void {
    for (const [tag, content] of Object.entries(statement)) this.#content(tag, content, certain && this.#hasEnded === 'no');
  }

  #content(tag: string, content: StmtContent, certain: boolean): void {
    if (tag === 'PLpgSQL_stmt_execsql') this.#add('sql', content.sqlstmt?.PLpgSQL_expr.query, certain);
    else if (tag === 'PLpgSQL_stmt_perform') this.#add('sql', content.expr?.PLpgSQL_expr.query, certain);
    else if (tag === 'PLpgSQL_stmt_dynexecute') this.#add('dynamic', content.query?.PLpgSQL_expr.query, certain);
    else if (unreadable.has(tag)) this.#add('unreadable', '', certain);
    else if (tag === 'PLpgSQL_stmt_return' && this.#hasEnded !== 'yes') this.#hasEnded = certain ? 'yes' : 'perhaps';
    this.#bodies(tag, content, certain);
  }

  #bodies(tag: string, content: StmtContent, certain: boolean): void {
    const isBlock = tag === 'PLpgSQL_stmt_block';
    this.#all(content.body, certain && isBlock && content.exceptions === undefined);
    this.#all(content.then_body, false);
    for (const { PLpgSQL_if_elsif: one } of content.elsif_list ?? []) this.#all(one.stmts, false);
    this.#all(content.else_body, false);
    for (const { PLpgSQL_case_when: one } of content.case_when_list ?? []) this.#all(one.stmts, false);
    this.#all(content.else_stmts, false);
    for (const { PLpgSQL_exception: one } of content.exceptions?.PLpgSQL_exception_block.exc_list ?? []) this.#all(one.action, false);
  }

  #all(statements: readonly Stmt[] | undefined, certain: boolean): void {
    for (const statement of statements ?? []) this.statement(statement, certain);
  }

  #add(kind: Order['kind'], text: string | undefined, certain: boolean): void {
    if (text !== undefined && this.#hasEnded !== 'yes') this.#orders.push({ kind, text, certain });
  }
}

const unreadable: ReadonlySet<string> = new Set(['PLpgSQL_stmt_call', 'PLpgSQL_stmt_commit', 'PLpgSQL_stmt_rollback']);
