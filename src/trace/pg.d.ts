// The part of the database client that we use; the package brings no types.

declare module 'pg' {
  export interface Notice {
    readonly severity: string | undefined;
    readonly message: string | undefined;
  }

  export interface QueryResult<Row> {
    /** The first word of the command tag: `ALTER`, `REFRESH`. */
    readonly command: string | null;
    readonly rows: readonly Row[];
  }

  export interface ClientConfig {
    readonly connectionString: string;
  }

  export class Client {
    constructor(config: ClientConfig);
    connect(): Promise<unknown>;
    query<Row = unknown>(sql: string, values?: readonly unknown[]): Promise<QueryResult<Row>>;
    on(event: 'notice', listener: (notice: Notice) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    off(event: 'notice', listener: (notice: Notice) => void): this;
    end(): Promise<void>;
  }

  const pg: { readonly Client: typeof Client };
  export default pg;
}
