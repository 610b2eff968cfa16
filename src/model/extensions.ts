// What comes with extensions, by name, and goes with them: types, functions that schemas use, operator classes. Names that PostgreSQL has
// too are left out. Source: pg_depend of contrib on 18, the control scripts of PostGIS and pgvector.

interface Extension {
  readonly types: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  readonly operatorClasses: ReadonlySet<string>;
}

type ExtensionPart = keyof Extension;

const extensions: ReadonlyMap<string, Extension> = new Map([
  extension('autoinc', '', 'autoinc'),
  extension('btree_gist', '', '', 'bit bool bpchar bytea cash cidr date enum float4 float8 inet int2 int4 int8 interval macaddr macaddr8 numeric oid text time timestamp timestamptz timetz uuid vbit'.replace(/\w+/g, 'gist_$&_ops')),
  extension('citext', 'citext', '', 'citext_ops citext_pattern_ops'),
  extension('cube', 'cube', 'cube cube_dim cube_enlarge cube_inter cube_is_point cube_ll_coord cube_size cube_subset cube_union cube_ur_coord', 'cube_ops gist_cube_ops'),
  extension('earthdistance', 'earth', 'earth earth_box earth_distance gc_to_sec latitude ll_to_earth longitude sec_to_gc'),
  extension('fuzzystrmatch', '', 'daitch_mokotoff difference dmetaphone dmetaphone_alt levenshtein levenshtein_less_equal metaphone soundex text_soundex'),
  extension('hstore', 'hstore', 'akeys avals defined hstore hstore_to_json hstore_to_json_loose hstore_to_jsonb hstore_to_jsonb_loose isdefined skeys slice svals', 'btree_hstore_ops gin_hstore_ops gist_hstore_ops hash_hstore_ops'),
  extension('insert_username', '', 'insert_username'),
  extension('intarray', 'query_int', 'intset querytree sort_asc sort_desc subarray uniq', 'gin__int_ops gist__int_ops gist__intbig_ops'),
  extension('isn', 'ean13 isbn isbn13 ismn ismn13 issn issn13 upc', 'isn_weak make_valid', 'ean13_ops isbn13_ops isbn_ops ismn13_ops ismn_ops issn13_ops issn_ops upc_ops'),
  extension('lo', 'lo', 'lo_manage lo_oid'),
  extension('ltree', 'ltree lquery ltxtquery', 'lca ltree2text nlevel subltree subpath text2ltree', 'gist__ltree_ops gist_ltree_ops hash_ltree_ops ltree_ops'),
  extension('moddatetime', '', 'moddatetime'),
  extension('pg_trgm', '', 'set_limit show_limit show_trgm similarity strict_word_similarity word_similarity', 'gin_trgm_ops gist_trgm_ops'),
  extension(
    'pgcrypto',
    '',
    `armor crypt dearmor decrypt decrypt_iv digest encrypt encrypt_iv gen_random_bytes gen_salt hmac pgp_armor_headers pgp_key_id
    pgp_pub_decrypt pgp_pub_decrypt_bytea pgp_pub_encrypt pgp_pub_encrypt_bytea pgp_sym_decrypt pgp_sym_decrypt_bytea pgp_sym_encrypt
    pgp_sym_encrypt_bytea`,
  ),
  extension('postgis', 'geometry geography box2d box3d', '', 'gist_geometry_ops_2d gist_geometry_ops_nd gist_geography_ops spgist_geometry_ops_2d brin_geometry_inclusion_ops_2d'),
  extension('postgis_raster', 'raster'),
  extension('seg', 'seg', 'seg_center seg_inter seg_lower seg_size seg_union seg_upper', 'gist_seg_ops seg_ops'),
  extension('tablefunc', '', 'connectby crosstab crosstab2 crosstab3 crosstab4 normal_rand'),
  extension('unaccent', '', 'unaccent'),
  extension('uuid-ossp', '', 'uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500'),
  extension(
    'vector',
    'vector halfvec sparsevec',
    'cosine_distance inner_product l1_distance l2_distance l2_norm l2_normalize vector_dims vector_norm binary_quantize',
    `vector_ops vector_l2_ops vector_ip_ops vector_cosine_ops vector_l1_ops halfvec_ops halfvec_l2_ops halfvec_ip_ops halfvec_cosine_ops
    halfvec_l1_ops sparsevec_ops sparsevec_l2_ops sparsevec_ip_ops sparsevec_cosine_ops sparsevec_l1_ops bit_hamming_ops bit_jaccard_ops`,
  ),
]);

function extension(name: string, types: string, functions = '', operatorClasses = ''): [string, Extension] {
  const [typeNames, functionNames, classNames] = [types, functions, operatorClasses].map((words) => new Set(words.split(/\s+/).filter((word) => word !== '')));
  return [name, { types: typeNames ?? new Set(), functions: functionNames ?? new Set(), operatorClasses: classNames ?? new Set() }];
}

const nothing: Extension = { types: new Set(), functions: new Set(), operatorClasses: new Set() };

/** Empty where none is known. */
export function partsOfExtension(name: string): Extension {
  return extensions.get(name) ?? nothing;
}

/** Does any of them bring one of this name? */
export function isOfExtension(part: ExtensionPart, name: string): boolean {
  return (all ??= gathered())[part].has(name);
}

let all: Extension | undefined;

function gathered(): Extension {
  const of = (part: ExtensionPart): ReadonlySet<string> => new Set([...extensions.values()].flatMap((one) => [...one[part]]));
  return { types: of('types'), functions: of('functions'), operatorClasses: of('operatorClasses') };
}
