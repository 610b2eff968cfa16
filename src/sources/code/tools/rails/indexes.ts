// Indexes as ActiveRecord makes them. Source: visit_CreateIndexDefinition in activerecord/lib/active_record/connection_adapters/abstract/schema_creation.rb
// and add_index, remove_index and rename_index in connection_adapters/postgresql/schema_statements.rb of Rails 8.0.

import { isRecord, listOf, type Plain } from '../../tree/plain.ts';
import { indexName, literal, partsOf, quotedColumn, quotedTable } from './names.ts';
import { isTrue, type Options } from '../../tree/options.ts';
import { perhaps, type Operation, type Sent } from './operation.ts';
import { shortensIndexNames } from './version.ts';

/** What is indexed: columns, or an expression, which is a text with something else in it than a name. */
function indexed(columns: Plain | undefined): readonly string[] | string {
  return typeof columns === 'string' && /\W/.test(columns) ? columns : listOf(columns).map(String);
}

/** `isShortened`: of its name, where it gets none. */
export function createdIndex(table: string, given: Plain | undefined, options: Options, isShortened: boolean): readonly Sent[] | undefined {
  const columns = indexed(given);
  const name = options.take('name');
  const named = isTrue(name) ? String(name) : indexName(table, columns, isShortened);
  const [isUnique, algorithm, ifNotExists, using, where, comment] = [options.flag('unique'), options.take('algorithm'), options.flag('if_not_exists'), options.take('using'), options.take('where'), options.take('comment')];
  const [order, opclass, included, isNullless] = [options.take('order'), options.take('opclass'), options.take('include'), options.flag('nulls_not_distinct')];
  options.pass('length', 'type', 'internal');
  if (!options.isUnderstood || columns.length === 0 || (isTrue(algorithm) && algorithm !== 'concurrently')) return undefined;
  const list = typeof columns === 'string' ? columns : columns.map((column) => `${quotedColumn(column)}${wordFor(column, opclass, String)}${wordFor(column, order, (word) => String(word).toUpperCase())}`).join(', ');
  const words = [
    'CREATE',
    ...(isUnique ? ['UNIQUE'] : []),
    'INDEX',
    ...(isTrue(algorithm) ? ['CONCURRENTLY'] : []),
    ...(ifNotExists ? ['IF NOT EXISTS'] : []),
    `${quotedColumn(named)} ON ${quotedTable(table)}`,
    ...(isTrue(using) ? [`USING ${String(using)}`] : []),
    `(${list})`,
    ...(isTrue(included) ? [`INCLUDE (${listOf(included).map((one) => quotedColumn(String(one))).join(', ')})`] : []),
    ...(isNullless ? ['NULLS NOT DISTINCT'] : []),
    ...(isTrue(where) ? [`WHERE ${conditionOf(String(where))}`] : []),
  ];
  return [words.join(' '), ...(isTrue(comment) ? [`COMMENT ON INDEX ${quotedColumn(named)} IS ${literal(String(comment))}`] : [])];
}

/** A column alone is quoted. */
function conditionOf(where: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(where) && where !== 'true' && where !== 'false' ? quotedColumn(where) : where;
}

/** One for all columns, or for each its own. */
function wordFor(column: string, words: Plain | undefined, written: (word: Plain) => string): string {
  const word = isRecord(words) ? words.get(column) : words;
  return word !== undefined && isTrue(word) && word !== '' ? ` ${written(word)}` : '';
}

export const addIndex: Operation = ({ args: [table, columns], options }, { version }) => createdIndex(String(table), columns, options, shortensIndexNames(version));

/** Without a name, the one with these columns is dropped, whatever it is called: most likely as ActiveRecord calls it. */
export const removeIndex: Operation = ({ args: [table, given], options }, { version }) => {
  const columns = isTrue(given) ? given : options.take('column');
  const [name, algorithm, ifExists] = [options.take('name'), options.take('algorithm'), options.flag('if_exists')];
  if (!isTrue(name) && !isTrue(columns)) return undefined;
  const { schema } = partsOf(String(table));
  const found = isTrue(name) ? partsOf(String(name)) : { schema: undefined, identifier: indexName(String(table), indexed(columns), shortensIndexNames(version)) };
  const prefix = schema ?? found.schema;
  const index = `${prefix === undefined ? '' : `${quotedColumn(prefix)}.`}${quotedColumn(found.identifier)}`;
  return perhaps(ifExists || !isTrue(name), [`DROP INDEX ${isTrue(algorithm) ? 'CONCURRENTLY' : ''} ${index}`]);
};

export const renameIndex: Operation = ({ args: [table, name, next] }) => {
  const { schema } = partsOf(String(table));
  return [`ALTER INDEX ${schema === undefined ? '' : `${quotedColumn(schema)}.`}${quotedColumn(String(name))} RENAME TO ${quotedTable(String(next))}`];
};
