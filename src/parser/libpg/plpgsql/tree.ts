// The part of PL/pgSQL's trees that we read. Source: dump_stmt() and its kin in libpg_query's pg_query_json_plpgsql.c.

export interface Expr {
  readonly PLpgSQL_expr: { readonly query: string };
}

interface Body {
  readonly lineno?: number;
  readonly body?: readonly Stmt[];
}

export type Stmt = Readonly<Record<string, StmtContent>>;

export interface StmtContent extends Body {
  readonly sqlstmt?: Expr;
  readonly expr?: Expr;
  readonly query?: Expr;
  readonly then_body?: readonly Stmt[];
  readonly elsif_list?: readonly { readonly PLpgSQL_if_elsif: { readonly stmts?: readonly Stmt[] } }[];
  readonly else_body?: readonly Stmt[];
  readonly case_when_list?: readonly { readonly PLpgSQL_case_when: { readonly stmts?: readonly Stmt[] } }[];
  readonly else_stmts?: readonly Stmt[];
  readonly exceptions?: {
    readonly PLpgSQL_exception_block: {
      readonly exc_list?: readonly { readonly PLpgSQL_exception: { readonly action?: readonly Stmt[] } }[];
    };
  };
}

export interface PlpgsqlResult {
  readonly plpgsql_funcs: readonly { readonly PLpgSQL_function: { readonly action?: Stmt } }[];
}
