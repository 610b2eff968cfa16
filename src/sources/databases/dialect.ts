// Which databases a text may be written for, by the words that they take and PostgreSQL does not, and the other way round.

import { databaseCalled, postgres, type Database } from './known.ts';

export interface Dialect {
  readonly database: Database;
  /** Different ones, as they stand in the text. */
  readonly marks: readonly string[];
}

/** Those that the text has marks of, the most first. */
export function dialectsIn(text: string): readonly Dialect[] {
  const code = codeOf(text.slice(0, LONGEST));
  const found = dialects.map(({ database, marks }) => ({ database, marks: marksIn(code, marks) }));
  return found.filter(({ marks }) => marks.length > 0).toSorted((left, right) => right.marks.length - left.marks.length);
}

/** In characters: the head of a file tells as much as all of it. */
const LONGEST = 64 * 1024;

function marksIn(code: string, marks: readonly RegExp[]): readonly string[] {
  return marks.flatMap((mark) => mark.exec(code)?.[0].trim().replace(/\s+/g, ' ') ?? []);
}

/** Without comments, strings and repeated spaces; what is not ended goes to the end. MySQL's conditional comments are code. */
function codeOf(text: string): string {
  const code = text.replace(/--[^\n]*|\/\*(?!!)(?:[^*]|\*(?!\/))*(?:\*\/|$)|'(?:[^'\\]|\\(?:.|$)|'')*(?:'|$)/gs, ' ');
  return code.replace(/[ \t\r\f\v]+/g, ' ').replace(/\n\s+/g, '\n');
}

const ofPostgres: readonly RegExp[] = [
  /\b(?:AS|DO)\s+\$(?:[a-z_]\w*)?\$/i,
  /\bplpgsql\b/i,
  /\bCREATE\s+EXTENSION\b/i,
  /\b(?:jsonb|timestamptz|bytea|tsvector|regclass|bigserial)\b/i,
  /\b(?:pg_catalog|pg_temp|gen_random_uuid|uuid_generate_v4|nextval)\b/i,
  /\bINDEX\s+CONCURRENTLY\b/i,
  /\bUSING\s+(?:gin|gist|brin)\b/i,
  /\bOWNER\s+TO\b/i,
  /\bAS\s+ENUM\b/i,
  /\b(?:text|int|integer|bigint|uuid)\s*\[\s*\]/i,
  /\bALTER\s+COLUMN\s+\S+\s+(?:SET\s+DATA\s+)?TYPE\b/i,
  /\bROW\s+LEVEL\s+SECURITY\b/i,
];

const quotedByBackticks = /\b(?:TABLE|EXISTS|INTO|INDEX|ON|KEY|COLUMN|UPDATE|FROM|JOIN|REFERENCES)\s+`\w+`/i;

/** PostgreSQL's grammar refuses each of them, or nobody writes it there. */
const marksOf: Readonly<Record<string, readonly RegExp[]>> = {
  mysql: [
    /\bENGINE\s*=\s*(?:InnoDB|MyISAM|MEMORY|Aria|ROCKSDB)\b/i,
    /\bAUTO_INCREMENT\b/i,
    /\b(?:DEFAULT\s+)?(?:CHARSET|CHARACTER\s+SET)\s*(?:=\s*)?(?:utf8|latin1|ascii|binary)/i,
    /\bCOLLATE\s*(?:=\s*)?utf8(?:mb\d)?_/i,
    /\b(?:big|medium|small|tiny)?int(?:\s*\(\d+\))?\s+unsigned\b/i,
    /\b(?:tinyint|mediumint|longtext|mediumtext|tinytext|longblob|mediumblob)\b/i,
    /\bON\s+UPDATE\s+CURRENT_TIMESTAMP\b/i,
    /\b(?:MODIFY|CHANGE)\s+COLUMN\b/i,
    /\bdatetime\b/i,
    /\bSET\s+FOREIGN_KEY_CHECKS\b/i,
    /\/\*!\d{5}/,
    /\bDELIMITER\s+(?:\$\$|\/\/|;;)/i,
    quotedByBackticks,
  ],
  sqlite: [
    /^[ \t]*PRAGMA\b/im,
    /\bAUTOINCREMENT\b/i,
    /\bWITHOUT\s+ROWID\b/i,
    /\bsqlite_(?:master|schema|sequence)\b/i,
    /\b(?:strftime|julianday|unixepoch)\s*\(/i,
    /\bINSERT\s+OR\s+(?:IGNORE|REPLACE)\b/i,
    /\bUSING\s+fts[345]\b/i,
    /\)\s*STRICT\s*;/i,
    /\b(?:datetime|blob)\b/i,
    quotedByBackticks,
  ],
  clickhouse: [
    /\bENGINE\s*(?:=\s*)?\w*MergeTree\b/i,
    /\bENGINE\s*=\s*(?:Distributed|Kafka|Buffer|Null|Atomic|Merge|S3Queue|RabbitMQ|Log|TinyLog|PostgreSQL|MySQL|Dictionary)\b/,
    /\bLowCardinality\s*\(/,
    /\b(?:Nullable|DateTime64|FixedString|AggregateFunction|SimpleAggregateFunction)\s*\(/,
    /\bU?Int(?:8|16|32|64|128|256)\b/,
    /\bON\s+CLUSTER\b/i,
    /\bCODEC\s*\(/i,
    /\btoYYYYMM(?:DD)?\s*\(/,
    /\bindex_granularity\b/i,
    /\bTYPE\s+(?:bloom_filter|minmax|ngrambf_v1|tokenbf_v1)\b/i,
    /\b(?:MATERIALIZE|CLEAR)\s+INDEX\b/i,
  ],
  mssql: [
    /^[ \t]*GO[ \t]*;?[ \t]*\r?$/im,
    /\[dbo\]\s*\./i,
    /\bdbo\s*\.\s*\[/i,
    /\b(?:nvarchar|datetime2|datetimeoffset|uniqueidentifier)\b/i,
    /\bIDENTITY\s*\(\s*\d+\s*,\s*\d+\s*\)/i,
    /\b(?:NON)?CLUSTERED\b/i,
    /\bSET\s+(?:ANSI_NULLS|QUOTED_IDENTIFIER|XACT_ABORT|NOCOUNT)\b/i,
    /\bsp_(?:rename|executesql|addextendedproperty)\b/i,
    /\bsys\s*\.\s*(?:objects|tables|columns|indexes)\b/i,
  ],
  oracle: [
    /\b(?:VARCHAR2|NVARCHAR2)\s*\(/i,
    /\bNUMBER\s*\(\s*\d+/i,
    /^\/[ \t]*\r?$/m,
    /\b(?:SYSDATE|SYSTIMESTAMP|SYS_GUID\s*\()/i,
    /\bFROM\s+DUAL\b/i,
    /\bDBMS_\w+/i,
    /\bEXECUTE\s+IMMEDIATE\b/i,
  ],
  snowflake: [
    /\bCREATE\s+OR\s+REPLACE\s+(?:TRANSIENT\s+)?TABLE\b/i,
    /\bTIMESTAMP_(?:NTZ|LTZ|TZ)\b/i,
    /\bUSE\s+(?:WAREHOUSE|ROLE)\b/i,
    /\bVARIANT\b/i,
    /\b(?:CREATE|ALTER)\s+(?:OR\s+REPLACE\s+)?(?:WAREHOUSE|STAGE|PIPE|STREAM|TASK|FILE\s+FORMAT)\b/i,
  ],
  bigquery: [
    /`[\w-]+\.[\w-]+(?:\.[\w-]+)?`/,
    /\b(?:STRUCT|ARRAY)<\s*\w+/i,
    /\b(?:INT64|FLOAT64|BIGNUMERIC)\b/,
    /\bOPTIONS\s*\(\s*\w+\s*=/i,
  ],
  spanner: [/\bSTRING\s*\(\s*(?:MAX|\d+)\s*\)/i, /\b(?:INT64|FLOAT64)\b/, /\)\s*PRIMARY\s+KEY\s*\(/i, /\bINTERLEAVE\s+IN\s+PARENT\b/i],
};

const dialects = [
  { database: postgres, marks: ofPostgres },
  ...Object.entries(marksOf).flatMap(([word, marks]) => {
    const database = databaseCalled(word);
    return database ? [{ database, marks }] : [];
  }),
];
