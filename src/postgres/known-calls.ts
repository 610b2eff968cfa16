// What is known of functions that no migration makes: PostgreSQL's own, and those of extensions that people use.

import type { FunctionCall } from '../model/expression.ts';
import { builtinVolatility, isBuiltinFunction } from './functions.ts';
import { isBuiltinType } from './types.ts';

/** `builtin`: PostgreSQL or one of its contrib extensions brings it · `runs-sql`: it runs SQL that it is handed, here or elsewhere. */
export type KnownCall = 'builtin' | 'harmless' | 'runs-sql';

/** Undefined for what nobody knows. A negative number of arguments stands for any. */
export function knownCall({ name: { schema, name }, argumentCount }: Pick<FunctionCall, 'name' | 'argumentCount'>): KnownCall | undefined {
  if (runsSql.test(name)) return 'runs-sql';
  const isBrought = argumentCount < 0 ? isBuiltinFunction(name) : builtinVolatility(name, argumentCount, 18) !== 'unknown';
  if (schema === undefined && isBrought) return 'builtin';
  if (computing.test(name) || managing.test(name) || ofTriggers.has(name) || (schema === undefined && argumentCount === 1 && isBuiltinType(name, 18))) return 'harmless';
  if (schema === undefined) return undefined;
  return (extensionSchemas.has(schema) && isBrought) || ofServices.has(`${schema}.${name}`) ? 'harmless' : undefined;
}

/** Trigger functions of PostgreSQL and of its contrib extensions: they change the row alone. */
const ofTriggers: ReadonlySet<string> = new Set(
  `tsvector_update_trigger tsvector_update_trigger_column suppress_redundant_updates_trigger moddatetime autoinc insert_username lo_manage
  check_primary_key check_foreign_key`.split(/\s+/),
);

/** Source: SPI in src/backend/utils/adt/xml.c, tsvector_op.c, tsquery_rewrite.c, and the documents of dblink, tablefunc and xml2. */
const runsSql = /^(?:query_to_xml(?:schema|_and_xmlschema)?|ts_stat|ts_rewrite|crosstab(?:[234n]|_hash)?|connectby|xpath_table|dblink(?:_exec|_open|_send_query)?)$/;

/**
 * Functions of extensions that compute a value and touch no table: PostGIS (`st_…`, but not `AddGeometryColumn` and its kin), pgvector,
 * identifiers, H3 and HyperLogLog. Source: the documents of these extensions.
 */
const computing =
  /^(?:_?st_\w+|geometry|geography|geometrytype|box2d|box3d|postgis_(?:\w+_)?version|postgis_typmod_\w+|uuid_generate_v[0-9]\w*|uuid_\w+|gen_random_\w+|uuidv[0-9]|gen_ulid|ulid_\w+|generate_ulid|ksuid\w*|typeid_\w+|nanoid\w*|l2_distance|inner_product|cosine_distance|l1_distance|vector_\w+|halfvec\w*|sparsevec\w*|hll_\w+|h3_\w+|time_bucket\w*|similarity|word_similarity|unaccent|crypt|gen_salt|digest|hmac)$/;

/**
 * Of TimescaleDB and Citus: they hand a table over, which is told of as a change, or write down what is to be done in the background. What drops or moves
 * rows at once is none of them: `drop_chunks`, `move_chunk`, `rebalance_table_shards`.
 */
const managing =
  /^(?:create_(?:distributed_)?hypertable|by_(?:range|hash)|add_dimension|set_(?:chunk_time_interval|integer_now_func|number_partitions|partitioning_interval)|(?:add|remove)_(?:compression|columnstore|retention|reorder|continuous_aggregate|process_hypertable_invalidations)_policy|alter_job|refresh_continuous_aggregate|create_distributed_table(?:_concurrently)?|create_reference_table|create_citus_local_table|citus_add_local_table_to_metadata|undistribute_table|citus_(?:version|set_coordinator_host|add_node)|timescaledb_\w*restore)$/;

const extensionSchemas: ReadonlySet<string> = new Set(['public', 'extensions', 'pgcrypto', 'uuid', 'ext', 'extension', 'app_extensions', 'heroku_ext']);

/** Of Supabase: they read the settings of a request. */
const ofServices: ReadonlySet<string> = new Set(['auth.uid', 'auth.role', 'auth.jwt', 'auth.email']);
