// The databases that projects keep migrations for, and the words that configurations and folders call them by.

export interface Database {
  /** As its makers write it. */
  readonly title: string;
  /** In small letters. */
  readonly words: readonly string[];
  /** It takes most of PostgreSQL's words, so that they say nothing against it. */
  readonly isLikePostgres?: boolean;
}

export const postgres: Database = {
  title: 'PostgreSQL',
  words: ['postgres', 'postgresql', 'pg', 'pgsql', 'psql', 'pgx', 'postgis', 'timescale', 'timescaledb', 'citus', 'yugabyte', 'yugabytedb', 'edb'],
};

const others: readonly Database[] = [
  { title: 'MySQL', words: ['mysql', 'planetscale', 'tidb'] },
  { title: 'SingleStore', words: ['singlestore'] },
  { title: 'MariaDB', words: ['mariadb'] },
  { title: 'SQLite', words: ['sqlite', 'libsql', 'turso', 'rusqlite'] },
  { title: 'ClickHouse', words: ['clickhouse'] },
  { title: 'SQL Server', words: ['mssql', 'sqlserver', 'azuresql'] },
  { title: 'CockroachDB', words: ['cockroach', 'cockroachdb', 'crdb'], isLikePostgres: true },
  { title: 'MongoDB', words: ['mongodb', 'mongo'] },
  { title: 'Cassandra', words: ['cassandra', 'scylla', 'scylladb', 'cql'] },
  { title: 'BigQuery', words: ['bigquery'] },
  { title: 'Redshift', words: ['redshift'], isLikePostgres: true },
  { title: 'DuckDB', words: ['duckdb'] },
  { title: 'Oracle', words: ['oracle'] },
  { title: 'Snowflake', words: ['snowflake'] },
  { title: 'Spanner', words: ['spanner'] },
  { title: 'Db2', words: ['db2'] },
  { title: 'H2', words: ['h2'], isLikePostgres: true },
  { title: 'HSQLDB', words: ['hsqldb', 'hsql'], isLikePostgres: true },
  { title: 'Derby', words: ['derby'], isLikePostgres: true },
  { title: 'databases of standard SQL', words: ['ansi'], isLikePostgres: true },
  { title: 'Firebird', words: ['firebird'] },
  { title: 'Vertica', words: ['vertica'] },
  { title: 'Exasol', words: ['exasol'] },
  { title: 'Informix', words: ['informix'] },
];

const byWord: ReadonlyMap<string, Database> = new Map([postgres, ...others].flatMap((one) => one.words.map((word) => [word, one])));

/** With a version at its end or without: `sqlite3`, `mysql8`. */
export function databaseCalled(word: string): Database | undefined {
  const small = word.toLowerCase();
  return byWord.get(small) ?? byWord.get(small.replace(/\d+$/, ''));
}
