// Extensions that come with PostgreSQL: what they bring is known. Source: the control files of contrib, 14 to 18.

/** Its functions and types are listed, and its relations are called `pg_…`. */
export function isKnownExtension(name: string): boolean {
  return extensions.has(name);
}

const extensions: ReadonlySet<string> = new Set(
  `amcheck adminpack autoinc bloom btree_gin btree_gist citext cube dblink dict_int dict_xsyn earthdistance file_fdw fuzzystrmatch hstore
  insert_username intagg intarray isn lo ltree moddatetime old_snapshot pageinspect pg_buffercache pg_freespacemap pg_logicalinspect
  pg_prewarm pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto pgrowlocks pgstattuple plpgsql postgres_fdw refint seg
  sslinfo tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp xml2`.split(/\s+/),
);
