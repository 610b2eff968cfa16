// Indexes, as node-pg-migrate writes and names them.
// Source: src/operations/indexes of its source, 8.0.

import { isRecord, type Plain, type PlainRecord } from '../../script/plain-value.ts';
import { listOf } from './constraints.ts';
import { quoted } from './literals.ts';
import { dropping, recordOf, type Operation } from './operation.ts';

export const createdIndex: Operation = ([table, given, more]) => {
  const options = recordOf(more);
  const { unique, concurrently, ifNotExists, method, where, include } = options;
  const columns = listOf(given);
  const words = `CREATE${unique ? ' UNIQUE' : ''} INDEX${concurrently ? ' CONCURRENTLY' : ''}${ifNotExists ? ' IF NOT EXISTS' : ''}`;
  const name = quoted(nameOf(isRecord(table) ? table['name'] : table, columns, options));
  const covered = include ? ` INCLUDE (${listOf(include).map(quoted).join(', ')})` : '';
  return [`${words} ${name} ON ${quoted(table)}${method ? ` USING ${String(method)}` : ''} (${columns.map(keyOf).join(', ')})${covered}${where ? ` WHERE ${String(where)}` : ''};`];
};

export const droppedIndex: Operation = ([table, given, more]) => {
  const options = recordOf(more);
  const { exists, cascade } = dropping(options);
  return [`DROP INDEX${options['concurrently'] ? ' CONCURRENTLY' : ''}${exists} ${quoted(nameOf(table, listOf(given), options))}${cascade};`];
};

function nameOf(table: Plain, columns: readonly Plain[], { name, unique }: PlainRecord): Plain {
  const ofTable = isRecord(table) ? String(table['name']) : String(table);
  const own = name ? String(name) : `${ofTable}_${columns.map((column) => schemalized(isRecord(column) && typeof column['name'] === 'string' ? column['name'] : column)).join('_')}${unique ? '_unique' : ''}_index`;
  return isRecord(table) ? { schema: table['schema'], name: own } : own;
}

/** Without quotes. */
function schemalized(name: Plain): string {
  if (!isRecord(name)) return String(name);
  return `${name['schema'] ? `${String(name['schema'])}.` : ''}${String(name['name'])}`;
}

/** What holds spaces, parentheses or points is an expression. */
function keyOf(column: Plain): string {
  const name = isRecord(column) ? schemalized(column['name']) : String(column);
  const written = /[ ().]/.test(name) ? name : quoted(name);
  if (!isRecord(column)) return written;
  const { opclass, sort } = column;
  return [written, opclass ? quoted(opclass) : '', typeof sort === 'string' ? sort : ''].filter((part) => part !== '').join(' ');
}
