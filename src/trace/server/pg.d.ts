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

  /** All that the client would else look for in the environment by itself, by rules of its own. */
  export interface ClientConfig {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
    /** Asked where the server asks. */
    readonly password: () => string;
    readonly ssl: false | object;
    readonly sslnegotiation: 'postgres' | 'direct';
    readonly options: string | undefined;
    readonly application_name: string;
    readonly client_encoding: 'UTF8';
    /** Milliseconds; 0 for as long as it takes. */
    readonly connectionTimeoutMillis: number;
  }

  export interface Query {
    readonly text: string;
    readonly values?: readonly unknown[];
    /** One string is one statement. */
    readonly queryMode: 'extended';
  }

  export class Client {
    constructor(config: ClientConfig);
    connect(): Promise<unknown>;
    query<Row = unknown>(query: Query): Promise<QueryResult<Row>>;
    on(event: 'notice', listener: (notice: Notice) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    off(event: 'notice', listener: (notice: Notice) => void): this;
    end(): Promise<void>;
  }

  const pg: { readonly Client: typeof Client };
  export default pg;
}
