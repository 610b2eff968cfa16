// Indexes, constraints and changes of a table beside its columns, as Knex writes and names them.
// Source: lib/schema/tablecompiler.js and lib/dialects/postgres/schema/pg-tablecompiler.js of its source, 3.3.

import { isList, isRecord, type Plain } from '../../script/plain-value.ts';
import type { Surroundings } from './column-sql.ts';
import { columnized } from './plain.ts';
import type { Command, ForeignKey, Table } from './table.ts';
import { wrapped } from './wrapped.ts';

/** Undefined: what it writes is not known. */
export function commandSql({ method, args }: Command, key: ForeignKey | undefined, { isNew }: Table, around: Surroundings): readonly string[] | undefined {
  const { table, rawTable, schema } = around;
  const [first, second, third] = args;
  const named = (ending: string): string | undefined => (second ? wrapped(String(second)) : indexName(ending, rawTable, first));
  const drop = (ifExists: boolean, name: string | undefined): readonly string[] | undefined => name === undefined ? undefined : [`alter table ${table} drop constraint ${ifExists ? 'if exists ' : ''}${name}`];
  switch (method) {
    case 'primary':
      return isNew ? [] : [`alter table ${table} add ${primaryKey(args, rawTable)}`];
    case 'unique':
      return uniqueSql(first, second, around);
    case 'index':
      return indexSql(first, named('index'), third, around);
    case 'foreign':
      return key && foreignSql(key, around);
    case 'renameColumn':
      return [`alter table ${table} rename ${wrapped(String(first))} to ${wrapped(String(second))}`];
    case 'setNullable':
    case 'dropNullable':
      return [`alter table ${table} alter column ${wrapped(String(first))} ${method === 'setNullable' ? 'drop' : 'set'} not null`];
    case 'dropColumn':
      return [`alter table ${table} ${args.flatMap((arg) => (isList(arg) ? arg : [arg])).map((column) => `drop column ${wrapped(String(column))}`).join(', ')}`];
    case 'dropChecks':
      return [`alter table ${table} ${(isList(first) ? first : [first]).map((name) => `drop constraint ${String(name)}`).join(', ')}`];
    case 'dropPrimary':
    case 'dropPrimaryIfExists':
      return drop(method !== 'dropPrimary', wrapped(first ? String(first) : `${rawTable}_pkey`));
    case 'dropUnique':
    case 'dropUniqueIfExists':
      return drop(method !== 'dropUnique', named('unique'));
    case 'dropForeign':
    case 'dropForeignIfExists':
      return drop(method !== 'dropForeign', named('foreign'));
    case 'dropIndex': {
      const name = named('index');
      return name === undefined ? undefined : [`drop index ${schema === undefined ? '' : `${wrapped(schema)}.`}${name}`];
    }
    default:
      return undefined;
  }
}

/** Of the table, its columns and what it is; undefined where a column is an expression. */
function indexName(ending: string, table: string, columns: Plain): string | undefined {
  const list = isList(columns) ? columns : columns ? [columns] : [];
  if (list.some(isRecord)) return undefined;
  return wrapped(`${table.replace(/[.-]/g, '_')}_${list.map(String).join('_')}_${ending}`.toLowerCase());
}

function uniqueSql(columns: Plain, options: Plain, { table, rawTable }: Surroundings): readonly string[] | undefined {
  const { indexName: given, deferrable, useConstraint, predicate } = isRecord(options) ? options : { indexName: options };
  const name = given ? wrapped(String(given)) : indexName('unique', rawTable, columns);
  if (predicate || name === undefined) return undefined;
  if (useConstraint === false) return [`create unique index ${name} on ${table} (${columnized(columns)})`];
  return [`alter table ${table} add constraint ${name} unique (${columnized(columns)})${deferrable ? ` deferrable initially ${String(deferrable)}` : ''}`];
}

function indexSql(columns: Plain, name: string | undefined, options: Plain, { table }: Surroundings): readonly string[] | undefined {
  const { indexType, storageEngineIndexType: method, predicate } = isRecord(options) ? options : { storageEngineIndexType: options };
  if (predicate || name === undefined) return undefined;
  const isUnique = typeof indexType === 'string' && indexType.toLowerCase() === 'unique';
  return [`create${isUnique ? ' unique' : ''} index ${name} on ${table}${method ? ` using ${String(method)}` : ''} (${columnized(columns)})`];
}

/** Without a table and a column, Knex says nothing. */
function foreignSql({ columns, name, table: to, references, onUpdate, onDelete, deferrable }: ForeignKey, { table, rawTable }: Surroundings): readonly string[] | undefined {
  if (!to || !references) return [];
  const own = name ? wrapped(String(name)) : indexName('foreign', rawTable, columns);
  if (own === undefined) return undefined;
  const clauses = `${onUpdate ? ` on update ${String(onUpdate)}` : ''}${onDelete ? ` on delete ${String(onDelete)}` : ''}${deferrable ? ` deferrable initially ${String(deferrable).toLowerCase()} ` : ''}`;
  return [`alter table ${table} add constraint ${own} foreign key (${columnized(columns)}) references ${wrapped(String(to))} (${columnized(references)})${clauses}`];
}

export function primaryKey([columns, options]: readonly Plain[], table: string): string {
  const { name, deferrable } = isRecord(options) ? { name: options['constraintName'], deferrable: options['deferrable'] } : { name: options, deferrable: undefined };
  return `constraint ${wrapped(name ? String(name) : `${table}_pkey`)} primary key (${(isList(columns) ? columns : [columns]).map((column) => wrapped(String(column))).join(', ')})${deferrable ? ` deferrable initially ${String(deferrable)}` : ''}`;
}
