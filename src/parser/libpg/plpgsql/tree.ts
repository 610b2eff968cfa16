// The part of PL/pgSQL's trees that we read. Source: dump_stmt() and its kin in libpg_query's pg_query_json_plpgsql.c.

/** `parseMode`: how PostgreSQL reads it. */
export interface Expr {
  readonly PLpgSQL_expr: { readonly query: string; readonly parseMode?: number };
}

/** RawParseMode: the others are assignments. Source: src/include/parser/parser.h. */
export const parseModes = { statement: 0, expression: 2 } as const;

export type Stmt = Readonly<Record<string, StmtContent>>;

type Stmts = readonly Stmt[];

export interface StmtContent {
  /** None has the RETURN that PL/pgSQL itself puts at the end. */
  readonly lineno?: number;
  readonly body?: Stmts;
  readonly sqlstmt?: Expr;
  readonly expr?: Expr;
  readonly query?: Expr;
  /** Of OPEN and RETURN QUERY: an expression for a statement. */
  readonly dynquery?: Expr;
  /** COMMIT AND CHAIN. */
  readonly chain?: boolean;
  /** The cursor of OPEN, by the place of its variable. */
  readonly curvar?: number;
  readonly varno?: number;
  /** Of IF, WHILE, EXIT. */
  readonly cond?: Expr;
  readonly into?: boolean;
  readonly target?: Target;
  readonly elog_level?: number;
  /** False, and left out, for CONTINUE. */
  readonly is_exit?: boolean;
  readonly then_body?: Stmts;
  readonly elsif_list?: readonly { readonly PLpgSQL_if_elsif: { readonly cond?: Expr; readonly stmts?: Stmts } }[];
  readonly else_body?: Stmts;
  /** Of a CASE with an operand, the variable that holds it. */
  readonly case_when_list?: readonly { readonly PLpgSQL_case_when: { readonly expr?: Expr; readonly stmts?: Stmts } }[];
  readonly have_else?: boolean;
  readonly else_stmts?: Stmts;
  readonly exceptions?: { readonly PLpgSQL_exception_block: { readonly exc_list?: readonly ExceptionWhen[] } };
}

export interface ExceptionWhen {
  readonly PLpgSQL_exception: {
    readonly conditions?: readonly { readonly PLpgSQL_condition: { readonly condname?: string } }[];
    readonly action?: Stmts;
  };
}

/** Where INTO puts what it finds. */
interface Target {
  readonly PLpgSQL_row?: { readonly fields?: readonly { readonly name?: string; readonly varno?: number }[] };
  readonly PLpgSQL_rec?: { readonly refname?: string };
}

export interface Datum {
  readonly PLpgSQL_var?: {
    readonly refname?: string;
    readonly lineno?: number;
    readonly default_val?: Expr;
    readonly isconst?: boolean;
    readonly cursor_explicit_expr?: Expr;
  };
  readonly PLpgSQL_rec?: { readonly refname?: string };
}

export interface PlpgsqlResult {
  readonly plpgsql_funcs: readonly { readonly PLpgSQL_function: { readonly datums?: readonly Datum[]; readonly action?: Stmt } }[];
}
