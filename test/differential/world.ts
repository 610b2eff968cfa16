// What there is in the database of a history, asked of the server: names, types and states for the next statement.

import type { PostgresVersion } from '../../src/model/version.ts';
import type { Connection } from '../../src/trace/connection.ts';

export interface WorldColumn {
  readonly name: string;
  /** As `format_type` prints it. */
  readonly type: string;
  readonly notNull: boolean;
  readonly hasDefault: boolean;
  /** '' for none, `a` always, `d` by default. */
  readonly identity: string;
  /** '' for none, `s` stored, `v` virtual. */
  readonly generated: string;
  /** A parent has it. */
  readonly isInherited: boolean;
  /** A view, a policy, a trigger, a generated column or the like reads it. */
  readonly isUsed: boolean;
}

export interface WorldConstraint {
  readonly name: string;
  /** pg_constraint.contype. */
  readonly type: string;
  readonly columns: readonly string[];
  readonly isValid: boolean;
  readonly isEnforced: boolean;
  /** A parent has it. */
  readonly isInherited: boolean;
}

export interface WorldIndex {
  readonly name: string;
  readonly isUnique: boolean;
  /** A B-tree of columns in their order, over all rows. */
  readonly isPlain: boolean;
  /** Of a constraint. */
  readonly isOwned: boolean;
  /** Of a partition, and part of its parent's. */
  readonly isPart: boolean;
  readonly columns: readonly string[];
}

export interface WorldRelation {
  /** As SQL writes it: `public."Order Lines"`. */
  readonly sql: string;
  readonly schema: string;
  readonly name: string;
  /** pg_class.relkind: `r`, `p`, `v`, `m`, `S`, `f`. */
  readonly kind: string;
  /** `p`ermanent, `u`nlogged, `t`emporary. */
  readonly persistence: string;
  readonly isPartition: boolean;
  /** As SQL writes them. */
  readonly parents: readonly string[];
  readonly children: readonly string[];
  /** `FOR VALUES FROM (1) TO (2)`; null for what is no partition. */
  readonly bound: string | null;
  /** Null for what is not partitioned. */
  readonly key: { readonly strategy: string; readonly columns: readonly string[] } | null;
  readonly columns: readonly WorldColumn[];
  readonly constraints: readonly WorldConstraint[];
  readonly indexes: readonly WorldIndex[];
  readonly triggers: readonly string[];
  readonly policies: readonly string[];
  readonly rules: readonly string[];
  /** Of a table with a type. */
  readonly isTyped: boolean;
  /** A sequence that a column owns. */
  readonly isOwned: boolean;
  /** Views and tables that need it, or refer to it. */
  readonly isUsed: boolean;
}

export interface WorldType {
  readonly sql: string;
  /** `e`num, `d`omain, `c`omposite, `r`ange. */
  readonly kind: string;
  /** Of a domain. */
  readonly base: string | null;
  readonly labels: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly type: string }[];
  readonly constraints: readonly string[];
  readonly isUsed: boolean;
}

export interface WorldFunction {
  /** With its arguments: `public.twice(integer)`. */
  readonly sql: string;
  readonly name: string;
  /** pg_proc.prokind: `f`unction, `p`rocedure. */
  readonly kind: string;
  readonly arguments: readonly string[];
  readonly returns: string;
  /** `i`mmutable, `s`table, `v`olatile. */
  readonly volatility: string;
  readonly isUsed: boolean;
}

export interface World {
  readonly relations: readonly WorldRelation[];
  readonly types: readonly WorldType[];
  readonly functions: readonly WorldFunction[];
  readonly schemas: readonly string[];
  readonly publications: readonly { readonly name: string; readonly tables: readonly string[]; readonly isForAll: boolean }[];
  readonly statistics: readonly string[];
  readonly wrappers: readonly string[];
  readonly servers: readonly { readonly name: string; readonly wrapper: string }[];
  readonly eventTriggers: readonly string[];
}

export async function worldOf(connection: Connection, version: PostgresVersion): Promise<World> {
  return answerOf(connection, questionFor(version));
}

/** Asks again and again without being planned again; what it prints has its schema. */
export async function prepareWorld(connection: Connection, version: PostgresVersion): Promise<() => Promise<World>> {
  await connection.run("SET search_path = ''");
  await connection.run(`PREPARE world AS ${questionFor(version)}`);
  return () => answerOf(connection, 'EXECUTE world');
}

async function answerOf(connection: Connection, question: string): Promise<World> {
  const [row] = await connection.rows<{ readonly world: World }>(question);
  if (row === undefined) throw new Error('the server says nothing of what it holds');
  return row.world;
}

function questionFor(version: PostgresVersion): string {
  return version >= 18 ? question : question.replace('conenforced', 'true');
}

const nameOf = (space: string, name: string): string => `regexp_replace(quote_ident(${space}.nspname), '^pg_temp_\\d+$', 'pg_temp') || '.' || quote_ident(${name})`;
const listOf = (item: string, order: string, from: string): string => `(SELECT coalesce(json_agg(${item} ORDER BY ${order}), '[]') FROM ${from})`;
const isUsed = (catalog: string, oid: string, more = ''): string =>
  `EXISTS (SELECT FROM pg_depend u WHERE u.refclassid = '${catalog}'::regclass AND u.refobjid = ${oid} AND u.deptype = 'n'${more})`;

const spaces = `(SELECT oid, nspname FROM pg_namespace WHERE nspname = 'public' OR (oid >= 16384 AND nspname !~ '^pg_toast'))`;

const columns = listOf(
  `json_build_object('name', quote_ident(attname), 'type', format_type(atttypid, atttypmod), 'notNull', attnotnull, 'hasDefault', atthasdef,
    'identity', attidentity, 'generated', attgenerated, 'isInherited', attinhcount > 0, 'isUsed', ${isUsed('pg_class', 'c.oid', " AND u.refobjsubid = attnum")})`,
  'attnum',
  'pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped',
);

const constraints = listOf(
  `json_build_object('name', quote_ident(conname), 'type', contype, 'isValid', convalidated, 'isEnforced', conenforced, 'isInherited', coninhcount > 0 OR conparentid <> 0,
    'columns', ${listOf('quote_ident(attname)', 'place', 'unnest(conkey) WITH ORDINALITY key(number, place) JOIN pg_attribute ON attrelid = conrelid AND attnum = number')})`,
  'conname',
  "pg_constraint WHERE conrelid = c.oid AND contype <> 't'",
);

const indexes = listOf(
  `json_build_object('name', quote_ident(i.relname), 'isUnique', indisunique, 'isPart', i.relispartition,
    'isPlain', indexprs IS NULL AND indpred IS NULL AND i.relam = 403 AND (SELECT coalesce(bool_and(one = 0), true) FROM unnest(indoption::int[]) one),
    'isOwned', EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.oid AND o.contype IN ('p', 'u', 'x')),
    'columns', ${listOf('quote_ident(attname)', 'place', 'unnest(indkey::int[]) WITH ORDINALITY key(number, place) JOIN pg_attribute ON attrelid = indrelid AND attnum = number')})`,
  'i.relname',
  'pg_index JOIN pg_class i ON i.oid = indexrelid WHERE indrelid = c.oid',
);

const relatives = (mine: string, other: string): string =>
  listOf(nameOf('rn', 'rc.relname'), 'inhseqno', `pg_inherits JOIN pg_class rc ON rc.oid = ${other} JOIN pg_namespace rn ON rn.oid = rc.relnamespace WHERE ${mine} = c.oid`);

const question = `SELECT json_build_object(
  'relations', ${listOf(
    `json_build_object('sql', ${nameOf('s', 'relname')}, 'schema', quote_ident(nspname), 'name', quote_ident(relname), 'kind', relkind, 'persistence', relpersistence,
      'isPartition', relispartition, 'parents', ${relatives('inhrelid', 'inhparent')}, 'children', ${relatives('inhparent', 'inhrelid')}, 'bound', pg_get_expr(relpartbound, c.oid),
      'key', (SELECT json_build_object('strategy', partstrat, 'columns', ${listOf('quote_ident(attname)', 'place', 'unnest(partattrs::int[]) WITH ORDINALITY key(number, place) JOIN pg_attribute ON attrelid = c.oid AND attnum = number')})
        FROM pg_partitioned_table WHERE partrelid = c.oid),
      'columns', ${columns}, 'constraints', ${constraints}, 'indexes', ${indexes},
      'triggers', ${listOf('quote_ident(tgname)', 'tgname', 'pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal')},
      'policies', ${listOf('quote_ident(polname)', 'polname', 'pg_policy WHERE polrelid = c.oid')},
      'rules', ${listOf('quote_ident(rulename)', 'rulename', "pg_rewrite WHERE ev_class = c.oid AND rulename <> '_RETURN'")},
      'isTyped', reloftype <> 0, 'isOwned', EXISTS (SELECT FROM pg_depend o WHERE o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.deptype IN ('a', 'i') AND relkind = 'S'),
      'isUsed', ${isUsed('pg_class', 'c.oid')})`,
    'nspname, relname',
    `pg_class c JOIN ${spaces} s ON s.oid = relnamespace WHERE c.oid >= 16384 AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')`,
  )},
  'types', ${listOf(
    `json_build_object('sql', ${nameOf('s', 'typname')}, 'kind', typtype, 'base', CASE WHEN typtype = 'd' THEN format_type(typbasetype, typtypmod) END,
      'labels', ${listOf('enumlabel', 'enumsortorder', 'pg_enum WHERE enumtypid = t.oid')},
      'attributes', ${listOf("json_build_object('name', quote_ident(attname), 'type', format_type(atttypid, atttypmod))", 'attnum', 'pg_attribute WHERE attrelid = typrelid AND typrelid <> 0 AND attnum > 0 AND NOT attisdropped')},
      'constraints', ${listOf('quote_ident(conname)', 'conname', "pg_constraint WHERE contypid = t.oid AND contype = 'c'")}, 'isUsed', ${isUsed('pg_type', 't.oid')})`,
    'nspname, typname',
    `pg_type t JOIN ${spaces} s ON s.oid = typnamespace WHERE t.oid >= 16384 AND (typtype IN ('e', 'd', 'r') OR (typtype = 'c' AND EXISTS (SELECT FROM pg_class k WHERE k.oid = typrelid AND k.relkind = 'c'))) AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = t.oid AND deptype = 'e')`,
  )},
  'functions', ${listOf(
    `json_build_object('sql', ${nameOf('s', 'proname')} || '(' || pg_get_function_identity_arguments(p.oid) || ')', 'name', ${nameOf('s', 'proname')}, 'kind', prokind,
      'arguments', ${listOf('format_type(one, NULL)', 'place', 'unnest(proargtypes::oid[]) WITH ORDINALITY key(one, place)')}, 'returns', format_type(prorettype, NULL),
      'volatility', provolatile, 'isUsed', ${isUsed('pg_proc', 'p.oid')})`,
    'proname, p.oid',
    `pg_proc p JOIN ${spaces} s ON s.oid = pronamespace WHERE p.oid >= 16384 AND prokind IN ('f', 'p') AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype IN ('e', 'i'))`,
  )},
  'schemas', ${listOf('quote_ident(nspname)', 'nspname', `${spaces} s WHERE nspname !~ '^pg_'`)},
  'publications', ${listOf(
    `json_build_object('name', quote_ident(pubname), 'isForAll', puballtables,
      'tables', ${listOf(nameOf('pn', 'pc.relname'), 'pc.relname', 'pg_publication_rel JOIN pg_class pc ON pc.oid = prrelid JOIN pg_namespace pn ON pn.oid = pc.relnamespace WHERE prpubid = b.oid')})`,
    'pubname',
    'pg_publication b',
  )},
  'statistics', ${listOf(nameOf('s', 'stxname'), 'nspname, stxname', `pg_statistic_ext JOIN ${spaces} s ON s.oid = stxnamespace`)},
  'wrappers', ${listOf('quote_ident(fdwname)', 'fdwname', 'pg_foreign_data_wrapper')},
  'servers', ${listOf("json_build_object('name', quote_ident(srvname), 'wrapper', quote_ident(fdwname))", 'srvname', 'pg_foreign_server JOIN pg_foreign_data_wrapper w ON w.oid = srvfdw')},
  'eventTriggers', ${listOf('quote_ident(evtname)', 'evtname', 'pg_event_trigger')}) AS world`;
