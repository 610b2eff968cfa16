// The tables of a database as whoever fills them has to know them: the order of foreign keys, the types below domains, the bounds of partitions.

import type { Connection } from '../../src/trace/connection.ts';

/** A table that is no partition. */
export interface Root {
  readonly oid: number;
  /** As SQL names it, with its schema. */
  readonly name: string;
  readonly isPartitioned: boolean;
}

export interface Column {
  /** As SQL names it. */
  readonly name: string;
  /** As SQL names it, the domain too. */
  readonly written: string;
  /** pg_type.typname of what is below a domain. */
  readonly type: string;
  readonly category: string;
  /** Of the elements of an array. */
  readonly element: string | undefined;
  readonly enumeration: boolean;
  /** The most characters. */
  readonly length: number | undefined;
  readonly isIdentity: boolean;
  readonly isGenerated: boolean;
  /** A key by itself. */
  readonly isKey: boolean;
  /** Of any key. */
  readonly isOfKey: boolean;
  readonly isReference: boolean;
  readonly isComparable: boolean;
}

/** A table that holds rows itself, and what the columns of its bounds have to hold there, by name. */
export interface Leaf {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Those that others refer to come first; of those that refer to each other, the older one. */
export async function rootsOf(connection: Connection): Promise<readonly Root[]> {
  const all = await connection.rows<Root & { readonly needs: readonly number[] }>(`
    SELECT c.oid::int8::float8 AS oid, format('%I.%I', nspname, relname) AS name, relkind = 'p' AS "isPartitioned",
      ARRAY(SELECT confrelid::int8::float8 FROM pg_constraint WHERE conrelid = c.oid AND contype = 'f' AND confrelid <> c.oid) AS needs
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_'
      AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
    ORDER BY c.oid`);
  const ordered: Root[] = [];
  const left = [...all];
  while (left.length > 0) {
    const next = left.findIndex(({ needs }) => !left.some(({ oid }) => needs.includes(oid)));
    ordered.push(...left.splice(Math.max(next, 0), 1));
  }
  return ordered;
}

export async function columnsOf(connection: Connection, table: number): Promise<readonly Column[]> {
  const rows = await connection.rows<Omit<Column, 'element' | 'length'> & { readonly element: string | null; readonly length: number | null }>(
    `WITH RECURSIVE below AS (
       SELECT attnum, atttypid AS type, atttypmod AS modifier FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped
       UNION ALL SELECT attnum, typbasetype, typtypmod FROM below JOIN pg_type t ON t.oid = type WHERE typtype = 'd')
     SELECT quote_ident(attname) AS name, format_type(atttypid, atttypmod) AS written, t.typname AS type, t.typcategory::text AS category,
       CASE WHEN t.typcategory = 'A' THEN e.typname END AS element, t.typtype = 'e' AS enumeration,
       CASE WHEN t.typname IN ('varchar', 'bpchar') AND modifier > 4 THEN modifier - 4 END AS length, attidentity <> '' AS "isIdentity", attgenerated <> '' AS "isGenerated",
       EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisunique AND indnkeyatts = 1 AND indkey[0] = a.attnum) AS "isKey",
       EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisunique AND a.attnum = ANY (indkey)) AS "isOfKey",
       EXISTS (SELECT FROM pg_constraint WHERE conrelid = attrelid AND contype = 'f' AND a.attnum = ANY (conkey)) AS "isReference",
       t.typname IN ('int2', 'int4', 'int8', 'numeric', 'text', 'varchar', 'uuid', 'timestamp', 'timestamptz') AS "isComparable"
     FROM pg_attribute a JOIN below USING (attnum) JOIN pg_type t ON t.oid = type LEFT JOIN pg_type e ON e.oid = t.typelem
     WHERE attrelid = $1 AND t.typtype <> 'd' ORDER BY attnum`,
    [table],
  );
  return rows.map(({ element, length, ...rest }) => ({ ...rest, element: element ?? undefined, length: length ?? undefined }));
}

export function isWritten({ isGenerated }: Column): boolean {
  return !isGenerated;
}

interface Partition {
  readonly oid: number;
  readonly name: string;
  readonly isPartitioned: boolean;
  readonly bound: string;
  /** Of the table above it. */
  readonly keys: readonly string[];
}

/** The table itself where it is not partitioned. */
export async function leavesOf(connection: Connection, root: Pick<Root, 'oid' | 'name' | 'isPartitioned'>, above: ReadonlyMap<string, string> = new Map()): Promise<readonly Leaf[]> {
  if (!root.isPartitioned) return [{ name: root.name, values: above }];
  const partitions = await connection.rows<Partition>(
    `SELECT c.oid::int8::float8 AS oid, format('%I.%I', nspname, relname) AS name, relkind = 'p' AS "isPartitioned", pg_get_expr(relpartbound, c.oid) AS bound,
       ARRAY(SELECT quote_ident(attname) FROM pg_partitioned_table p, unnest(partattrs) WITH ORDINALITY AS one(number, place)
         JOIN pg_attribute ON attnum = number WHERE partrelid = $1 AND attrelid = $1 ORDER BY place) AS keys
     FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid JOIN pg_namespace n ON n.oid = relnamespace WHERE inhparent = $1 ORDER BY c.oid`,
    [root.oid],
  );
  const leaves: Leaf[] = [];
  for (const partition of partitions) leaves.push(...(await leavesOf(connection, partition, new Map([...above, ...valuesIn(partition)]))));
  return leaves;
}

/** The lower bound of a range, the first value of a list; nothing where the bound says none. */
function valuesIn({ bound, keys }: Partition): readonly (readonly [string, string])[] {
  const inside = /^FOR VALUES (?:IN|FROM) \((.*?)\)(?: TO \((.*)\))?$/.exec(bound);
  const literals = inside?.[1]?.match(/'(?:[^']|'')*'|[\w.-]+/g) ?? [];
  return keys.flatMap((key, index) => {
    const literal = literals[bound.startsWith('FOR VALUES IN') ? 0 : index];
    return literal === undefined || /^M(?:IN|AX)VALUE$/.test(literal) ? [] : [[key, literal] as const];
  });
}
