// A column in the SQL of Knex.
// Source: lib/schema/columncompiler.js and lib/dialects/postgres/schema/pg-columncompiler.js of its source, 3.3.

import { isList, isRecord, type Plain } from '../../script/plain-value.ts';
import { defaultOf, literalOf } from './plain.ts';
import type { Column } from './table.ts';
import { wrapped } from './wrapped.ts';

/** What a column needs to know of its table. */
export interface Surroundings {
  /** In quotes. */
  readonly table: string;
  readonly rawTable: string;
  readonly schema: string | undefined;
  /** `table.primary(…)` is said, so that no column is the key by itself. */
  readonly hasPrimary: boolean;
}

export interface ColumnSql {
  readonly name: string;
  /** Undefined for a type that Knex does not know. */
  readonly type: string | undefined;
  readonly definition: string;
  /** Types that are made before the table. */
  readonly before: readonly string[];
  /** What comes behind the statement that makes the column. */
  readonly behind: readonly string[];
}

const plainTypes: Readonly<Record<string, string>> = { tinyint: 'smallint', smallint: 'smallint', mediumint: 'integer', integer: 'integer', biginteger: 'bigint', floating: 'real', double: 'double precision', bool: 'boolean', date: 'date', time: 'time', geometry: 'geometry', geography: 'geography', point: 'point', text: 'text', binary: 'bytea', json: 'json', jsonb: 'jsonb' };

export function columnSql(column: Column, around: Surroundings): ColumnSql {
  const { type: own, args } = column;
  const [given, ...rest] = args;
  const name = given ? String(given) : 'id';
  const type = typeOf(own, name, rest, around);
  const modifiers = own.includes('increments') ? [] : ['nullable', 'defaultTo', ...checks.keys()].flatMap((key) => modifier(key, name, column));
  return {
    name,
    type,
    definition: [`${wrapped(name)} ${type ?? ''}`, ...modifiers].join(' '),
    before: own === 'enu' ? nativeEnum(rest, around) : [],
    behind: commentOf(name, column, around),
  };
}

function typeOf(own: string, name: string, [first, second]: readonly Plain[], { hasPrimary, schema }: Surroundings): string | undefined {
  const key = (isByDefault: boolean): string => ((isRecord(first) ? first['primaryKey'] : isByDefault) && !hasPrimary ? ' primary key' : '');
  if (own === 'increments') return `serial${key(true)}`;
  if (own === 'bigincrements') return `bigserial${key(true)}`;
  if (own === 'uuid') return `uuid${key(false)}`;
  if (own === 'varchar') return `varchar(${numberOf(first, 255)})`;
  if (own === 'decimal') return first === null ? 'decimal' : `decimal(${numberOf(first, 8)}, ${numberOf(second, 2)})`;
  if (own === 'datetime' || own === 'timestamp') return timestampOf(first, second);
  if (own === 'specifictype') return isRecord(first) ? String(first['raw']) : String(first);
  if (own === 'enu') return enumOf(name, first, second, schema);
  return Object.hasOwn(plainTypes, own) ? plainTypes[own] : undefined;
}

function numberOf(value: Plain, otherwise: number): number {
  const number = value === undefined || value === null ? Number.NaN : Number.parseInt(String(value), 10);
  return Number.isNaN(number) ? otherwise : number;
}

function timestampOf(first: Plain, second: Plain): string {
  const { useTz, precision } = isRecord(first) ? { useTz: first['useTz'], precision: first['precision'] } : { useTz: !(first ?? false), precision: second };
  return `${useTz === false ? 'timestamp' : 'timestamptz'}${precision === undefined || precision === null ? '' : `(${String(precision)})`}`;
}

function enumOf(name: string, values: Plain, options: Plain, schema: string | undefined): string {
  if (isRecord(options) && options['useNative']) return nativeName(options['enumName'], options['schemaName'] ?? schema);
  return `text check (${wrapped(name)} in ('${isList(values) ? values.map(String).join("', '") : ''}'))`;
}

function nativeName(name: Plain, schema: Plain): string {
  return `${schema ? `"${String(schema)}".` : ''}"${String(name)}"`;
}

function nativeEnum([values, options]: readonly Plain[], { schema }: Surroundings): readonly string[] {
  if (!isRecord(options) || !options['useNative'] || options['existingType'] || !isList(values)) return [];
  return [`create type ${nativeName(options['enumName'], options['schemaName'] ?? schema)} as enum ('${values.map(String).join("', '")}')`];
}

function modifier(key: string, name: string, { type, modifiers }: Column): readonly string[] {
  const args = modifiers.get(key);
  if (args === undefined) return [];
  if (key === 'nullable') return [args[0] === false ? 'not null' : 'null'];
  if (key === 'defaultTo') return [`default ${defaultOf(args[0], type)}`];
  const check = checks.get(key)?.(wrapped(name), args);
  if (check === undefined) return [];
  const [predicate, constraint] = check;
  return [`${constraint ? `constraint ${String(constraint)} ` : ''}check (${predicate})`];
}

type Check = (column: string, args: readonly Plain[]) => readonly [predicate: string, constraint: Plain];

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['checkPositive', (column, [name]) => [`${column} > 0`, name]],
  ['checkNegative', (column, [name]) => [`${column} < 0`, name]],
  ['checkIn', (column, [values, name]) => [`${column} in (${listOf(values)})`, name]],
  ['checkNotIn', (column, [values, name]) => [`${column} not in (${listOf(values)})`, name]],
  ['checkBetween', (column, [ranges, name]) => [rangesOf(ranges).map(([low, high]) => `${column} between ${literalOf(low)} and ${literalOf(high)}`).join(' or '), name]],
  ['checkLength', (column, [operator, length, name]) => [`length(${column}) ${String(operator)} ${numberOf(length, Number.NaN)}`, name]],
  ['checkRegex', (column, [expression, name]) => [`${column} ~ ${literalOf(expression)}`, name]],
]);

function listOf(values: Plain): string {
  return isList(values) ? values.map(literalOf).join(',') : '';
}

function rangesOf(value: Plain): readonly (readonly Plain[])[] {
  if (!isList(value)) return [];
  return value.every(isList) ? value.filter(isList) : [value];
}

function commentOf(name: string, { modifiers }: Column, { table }: Surroundings): readonly string[] {
  const [comment] = modifiers.get('comment') ?? [];
  if (!modifiers.has('comment')) return [];
  return [`comment on column ${table}.${wrapped(name)} is ${comment ? `'${String(comment).replace(/(?<!')'(?!')/g, "''")}'` : 'NULL'}`];
}
