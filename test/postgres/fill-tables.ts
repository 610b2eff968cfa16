// Rows for tables that are there, whatever they are like: each value comes from the number of its row, so that keys are unique and foreign keys hold.

import type { Connection } from '../../src/trace/connection.ts';
import { columnsOf, isWritten, leavesOf, rootsOf, type Column, type Leaf, type Root } from './tables-to-fill.ts';

/** The first number, beyond those that people give to rows of their own. */
const first = 100_001;

/** A row that no filled table has. */
const another = 900;

export interface Filling {
  /** How many rows each table gets. */
  readonly count: number;
  /** Expressions over `n`, the number of a row, by `public.orders.placed`. */
  readonly values: ReadonlyMap<string, string>;
  /** Tables that stay as they are, and why, by `public.orders`. */
  readonly empty: ReadonlyMap<string, string>;
}

/** Fills tables and partitions, referenced ones first, and what is computed from them. Names those that hold no rows then, with what PostgreSQL says of it. */
export async function fillTables(connection: Connection, { count, values: own, empty: kept }: Filling): Promise<readonly string[]> {
  const refusals = new Map<string, string>();
  for (const root of (await rootsOf(connection)).filter(({ name }) => !kept.has(name))) {
    const columns = await columnsOf(connection, root.oid);
    for (const [index, leaf] of (await leavesOf(connection, root)).entries()) {
      const sql = insertion({ root, columns, leaf, own, number: `${first} + ${index * 1000} + i`, shared: `${first} + i` }, `generate_series(0, ${count - 1}) AS i`);
      const refusal = await attempt(connection, sql);
      if (refusal !== undefined) refusals.set(leaf.name, refusal);
    }
  }
  const views = await connection.rows<{ readonly name: string }>("SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'm' AND relispopulated ORDER BY oid");
  for (const { name } of views) await connection.run(`REFRESH MATERIALIZED VIEW ${name}`);
  const empty: string[] = [];
  for (const root of await rootsOf(connection)) {
    for (const { name } of await leavesOf(connection, root)) {
      if (!kept.has(name) && (await connection.rows(`SELECT FROM ONLY ${name} LIMIT 1`)).length === 0) empty.push(`${name} holds no rows: ${refusals.get(name) ?? 'none belong there'}`);
    }
  }
  return empty;
}

/** What code does all day that knows the tables as they are: each line a statement that leaves the rows as they were, or two that do so together. */
export async function usesOf(connection: Connection, { values: own, empty }: Filling): Promise<readonly (readonly string[])[]> {
  const uses: (readonly string[])[] = [];
  for (const root of await rootsOf(connection)) {
    const columns = await columnsOf(connection, root.oid);
    const [leaf] = await leavesOf(connection, root);
    uses.push([`SELECT count(*) FROM ${root.name}`]);
    const changed = columns.find((column) => isWritten(column) && !column.isIdentity);
    const key = columns.find(({ isKey }) => isKey) ?? columns.find((column) => column.isComparable && !column.isReference && isWritten(column));
    if (key === undefined || leaf === undefined || empty.has(root.name)) continue;
    if (changed) uses.push([`UPDATE ${root.name} SET ${changed.name} = ${changed.name} WHERE ${key.name} IN (SELECT ${key.name} FROM ${root.name} ORDER BY 1 DESC LIMIT 1)`]);
    const numbers = `${first + another}`;
    const added = columns.some(({ isReference, isKey }) => isReference && isKey) ? undefined : insertion({ root, columns: columns.map((column) => (column === key ? { ...column, isOfKey: true } : column)), leaf, own, number: numbers, shared: `${first + 1}` }, '(SELECT) AS one');
    if (added) uses.push([added, `DELETE FROM ${root.name} WHERE ${key.name} = ${leaf.values.get(key.name) ?? valueOf(key, numbers)}`]);
  }
  return uses;
}

interface Insertion {
  readonly root: Root;
  readonly columns: readonly Column[];
  readonly leaf: Leaf;
  readonly own: Filling['values'];
  /** Of the row, for what has to be unique. */
  readonly number: string;
  /** Of rows that other tables have too, for what refers to them now or later. */
  readonly shared: string;
}

function insertion({ root, columns, leaf, own, number, shared }: Insertion, from: string): string {
  const written = columns.filter(isWritten);
  const values = written.map((column) => {
    const n = column.isOfKey && !column.isReference ? number : shared;
    return own.get(`${root.name}.${column.name}`)?.replaceAll(/\bn\b/g, `(${n})`) ?? leaf.values.get(column.name) ?? valueOf(column, n);
  });
  const overriding = written.some(({ isIdentity }) => isIdentity) ? ' OVERRIDING SYSTEM VALUE' : '';
  if (written.length === 0) return `INSERT INTO ${root.name} SELECT FROM ${from}`;
  return `INSERT INTO ${root.name} (${written.map(({ name }) => name).join(', ')})${overriding} SELECT ${values.join(', ')} FROM ${from}`;
}

/** An expression of the type of the column, by the number of its row. */
function valueOf(column: Column, number: string): string {
  const { type, length, category, element, enumeration } = column;
  const n = `(${number})`;
  if (enumeration) return `(enum_range(NULL::${column.written}))[1 + ${n} % array_length(enum_range(NULL::${column.written}), 1)]`;
  if (element !== undefined) return `ARRAY[${valueOf({ ...column, type: element, length: undefined, element: undefined, category: '' }, number)}]`;
  const known = values[type]?.(n);
  if (known !== undefined) return `(${known})::${column.written}`;
  if (length !== undefined) return `right(${n}::text, ${length})`;
  if (category === 'S') return `('n' || ${n})::${column.written}`;
  return `${n}::text::${column.written}`;
}

const day = (n: string): string => `date '2025-01-01' + ${n} % 300`;
const moment = (n: string): string => `timestamp '2025-01-01 08:00' + ${n} * interval '1 minute'`;

/** By the name in pg_type. Numbers with a fraction are small, whatever a CHECK says of totals. */
const values: Readonly<Record<string, (n: string) => string>> = {
  int2: (n) => `${n} % 30000`,
  numeric: (n) => `${n} / 10000.0`,
  float4: (n) => `${n} / 10000.0`,
  float8: (n) => `${n} / 10000.0`,
  money: (n) => `${n} / 100.0`,
  bool: (n) => `${n} % 2 = 0`,
  date: day,
  timestamp: moment,
  timestamptz: moment,
  time: (n) => `time '00:00' + ${n} % 1000 * interval '1 minute'`,
  timetz: (n) => `time '00:00' + ${n} % 1000 * interval '1 minute'`,
  interval: (n) => `${n} * interval '1 minute'`,
  uuid: (n) => `md5(${n}::text)`,
  json: (n) => `json_build_object('n', ${n})`,
  jsonb: (n) => `jsonb_build_object('n', ${n})`,
  bytea: (n) => `convert_to(${n}::text, 'UTF8')`,
  inet: (n) => `inet '10.0.0.0' + ${n}`,
  cidr: (n) => `inet '10.0.0.0' + ${n}`,
  point: (n) => `point(${n}, ${n})`,
  int4range: (n) => `int4range(${n}, ${n} + 1)`,
  int8range: (n) => `int8range(${n}, ${n} + 1)`,
  numrange: (n) => `numrange(${n}, ${n} + 1)`,
  daterange: (n) => `daterange(${day(n)}, ${day(n)} + 1)`,
  tsrange: (n) => `tsrange(${moment(n)}, ${moment(n)} + interval '1 second')`,
  tstzrange: (n) => `tstzrange(${moment(n)}, ${moment(n)} + interval '1 second')`,
  tsvector: (n) => `to_tsvector('simple', ${n}::text)`,
};

async function attempt(connection: Connection, sql: string): Promise<string | undefined> {
  return connection.run(sql).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
