// Types of columns as ActiveRecord writes them. Source: NATIVE_DATABASE_TYPES in activerecord/lib/active_record/connection_adapters/postgresql_adapter.rb
// and type_to_sql in connection_adapters/postgresql/schema_statements.rb of Rails 8.0.

import type { Plain } from '../../tree/plain.ts';
import { isTrue, type Options } from '../../tree/options.ts';

const names: Readonly<Record<string, string>> = {
  primary_key: 'bigserial primary key',
  string: 'character varying',
  decimal: 'decimal',
  datetime: 'timestamp',
  binary: 'bytea',
  bit_varying: 'bit varying',
};

/** Those that are called in SQL as they are in Ruby. */
const same: ReadonlySet<string> = new Set(
  'text integer bigint float timestamp timestamptz time date daterange numrange tsrange tstzrange int4range int8range boolean xml tsvector hstore inet cidr macaddr uuid json jsonb ltree citext point line lseg box path polygon circle bit money interval oid'.split(' '),
);

/** Types that have methods of their own to make a column: `t.string`. */
export const columnTypes: ReadonlyMap<string, string> = new Map([
  ...[...same, 'string', 'decimal', 'datetime', 'binary', 'bit_varying', 'enum', 'virtual', 'bigserial', 'serial'].map((type): [string, string] => [type, type]),
  ['blob', 'binary'],
  ['numeric', 'decimal'],
]);

const withPrecision: ReadonlySet<string> = new Set(['datetime', 'timestamp', 'time', 'interval']);

/** Undefined where ActiveRecord raises an error, or something is not known here. */
export function typeSql(type: string, options: Options): string | undefined {
  const [limit, precision, scale] = [options.take('limit'), options.take('precision'), options.take('scale')];
  const enumType = options.take('enum_type');
  const array = isTrue(options.take('array'));
  const one = type === 'enum' ? textOf(enumType) : scalarSql(type, limit, precision, scale);
  return one === undefined || !array || type === 'primary_key' ? one : `${one}[]`;
}

function textOf(value: Plain | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function scalarSql(type: string, limit: Plain | undefined, precision: Plain | undefined, scale: Plain | undefined): string | undefined {
  const name = names[type] ?? (same.has(type) ? type : undefined);
  if (name === undefined || type === 'text' || type === 'binary' || type === 'primary_key') return name ?? type;
  if (type === 'integer') return integerSql(limit);
  if (type === 'decimal') return isTrue(precision) ? `decimal(${isTrue(scale) ? `${String(precision)},${String(scale)}` : String(precision)})` : isTrue(scale) ? undefined : name;
  if (withPrecision.has(type)) return isTrue(precision) ? `${name}(${String(precision)})` : isTrue(limit) ? `${name}(${String(limit)})` : name;
  return isTrue(limit) ? `${name}(${String(limit)})` : name;
}

/** `limit`: its bytes. */
function integerSql(limit: Plain | undefined): string | undefined {
  if (!isTrue(limit)) return 'integer';
  if (typeof limit !== 'number' || limit > 8 || limit < 1) return undefined;
  return limit <= 2 ? 'smallint' : limit <= 4 ? 'integer' : 'bigint';
}
