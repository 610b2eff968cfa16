// A column in the SQL of TypeORM.
// Source: buildCreateColumnSql() in src/driver/postgres/PostgresQueryRunner.ts, and createFullType() in PostgresDriver.ts, 0.3.31.

import type { Plain, PlainRecord } from '../../script/plain-value.ts';
import { enumName, type TableName } from './names.ts';

export function columnSql(table: TableName, column: PlainRecord): string {
  const { name, isGenerated, generationStrategy: strategy, generatedIdentity, collation, isNullable, default: byDefault, asExpression, generatedType } = column;
  const type = String(column['type'] || '');
  const isSerial = isGenerated === true && strategy !== 'uuid';
  const parts = [
    `"${String(name)}"`,
    isSerial && strategy === 'identity' ? `${type} GENERATED ${String(generatedIdentity || 'BY DEFAULT')} AS IDENTITY` : '',
    isSerial && strategy !== 'identity' ? serialOf(type) : '',
    isEnum(column) ? `${enumName(table, String(name), column['enumName'])}${column['isArray'] ? ' array' : ''}` : !isGenerated || type === 'uuid' ? fullType(type, column) : '',
    generatedType === 'STORED' && asExpression ? `GENERATED ALWAYS AS (${String(asExpression)}) STORED` : '',
    collation ? `COLLATE "${String(collation)}"` : '',
    isNullable === true ? '' : 'NOT NULL',
    byDefault === undefined || byDefault === null ? '' : `DEFAULT ${String(byDefault)}`,
    isGenerated && strategy === 'uuid' && !byDefault ? 'DEFAULT uuid_generate_v4()' : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const serials: Readonly<Record<string, string>> = { integer: 'SERIAL', int: 'SERIAL', int4: 'SERIAL', smallint: 'SMALLSERIAL', int2: 'SMALLSERIAL', bigint: 'BIGSERIAL', int8: 'BIGSERIAL' };

function serialOf(type: string): string {
  return Object.hasOwn(serials, type) ? (serials[type] ?? '') : '';
}

export function isEnum({ type }: PlainRecord): boolean {
  return type === 'enum' || type === 'simple-enum';
}

const timeTypes: Readonly<Record<string, readonly [string, string]>> = {
  'time without time zone': ['TIME', ''],
  'time with time zone': ['TIME', ' WITH TIME ZONE'],
  'timestamp without time zone': ['TIMESTAMP', ''],
  'timestamp with time zone': ['TIMESTAMP', ' WITH TIME ZONE'],
};

function fullType(type: string, { length, precision, scale, isArray }: PlainRecord): string {
  const isSaid = (value: Plain): boolean => value !== null && value !== undefined;
  const time = Object.hasOwn(timeTypes, type) ? timeTypes[type] : undefined;
  const size = length ? `(${String(length)})` : isSaid(precision) && isSaid(scale) ? `(${String(precision)},${String(scale)})` : isSaid(precision) ? `(${String(precision)})` : '';
  const own = time ? `${time[0]}${isSaid(precision) ? `(${String(precision)})` : ''}${time[1]}` : `${type}${size}`;
  return `${own}${isArray ? ' array' : ''}`;
}

export function commentOn(table: string, { name, comment }: PlainRecord): string {
  return `COMMENT ON COLUMN ${table}."${String(name)}" IS '${String(comment).replaceAll("'", "''")}'`;
}
