// Whole tables as ActiveRecord makes, renames and drops them. Source: create_table and its like in
// activerecord/lib/active_record/connection_adapters/{abstract,postgresql}/schema_statements.rb, and visit_TableDefinition in
// connection_adapters/abstract/schema_creation.rb of Rails 8.0.

import { isRecord, listOf, type Plain } from '../../tree/plain.ts';
import { columnComment, tableComment } from './columns.ts';
import { createdIndex } from './indexes.ts';
import { singular } from './inflections.ts';
import { joinTableName, partsOf, quotedColumns, quotedTable } from './names.ts';
import { isTrue, Options, optionsOf, type KnownCall } from '../../tree/options.ts';
import { joined, type Context, type Operation, type Sent } from './operation.ts';
import { TableDefinition } from './table-definition.ts';
import { hasBigKeys, refusesUnknownOptions, shortensIndexNames } from './version.ts';

export const createTable: Operation = (given, context) => created(given, context, () => undefined);

/** `begin`: columns before those of the block. */
function created({ args: [name], options, block }: KnownCall, context: Context, begin: (table: TableDefinition) => void): readonly Sent[] | undefined {
  const table = new TableDefinition(String(name), context.version);
  const force = options.take('force');
  const [isTemporary, ifNotExists, words, comment] = [options.flag('temporary'), options.flag('if_not_exists'), options.take('options'), options.take('comment')];
  options.pass('charset', 'collation');
  const keys = primaryKeyIn(table, options, context);
  begin(table);
  if (block) context.run(block, table.handle(context.depth));
  if (table.isUnclear || (refusesUnknownOptions(context.version) && !options.isUnderstood) || options.has('as')) return undefined;
  const parts = [...table.columns.map(({ sql }) => sql), ...(keys.length > 0 ? [`PRIMARY KEY (${quotedColumns(keys)})`] : []), ...table.foreignKeys, ...table.checks, ...table.exclusions, ...table.uniques];
  const sql = `CREATE${isTemporary ? ' TEMPORARY' : ''} TABLE ${ifNotExists ? 'IF NOT EXISTS ' : ''}${quotedTable(table.name)} ${parts.length > 0 ? `(${parts.join(', ')})` : ''}${isTrue(words) ? ` ${String(words)}` : ''}`;
  return joined([
    isTrue(force) ? [`DROP TABLE IF EXISTS ${quotedTable(table.name)}${force === 'cascade' ? ' CASCADE' : ''}`] : [],
    [sql],
    ...table.indexes.map((index) => createdIndex(table.name, index.columns, index.options.with({ if_not_exists: ifNotExists }), shortensIndexNames(context.version))),
    typeof comment === 'string' && comment.trim() !== '' ? [tableComment(table.name, comment)] : [],
    table.columns.flatMap((column) => (typeof column.comment === 'string' && column.comment.trim() !== '' ? [columnComment(table.name, column.name, column.comment)] : [])),
  ]);
}

/** The columns of a key of several; one of a single column is written beside it. */
function primaryKeyIn(table: TableDefinition, options: Options, { version }: Context): readonly string[] {
  const given = options.take('id');
  const key = options.take('primary_key');
  const own = new Options(new Map([...options.entries].filter(([name]) => name === 'limit' || name === 'default' || name === 'precision')));
  options.pass('limit', 'default', 'precision');
  if (given === null || given === false) return [];
  if (Array.isArray(key)) return listOf(key).map(String);
  const idOptions = isRecord(given) ? new Options(new Map([...own.entries, ...optionsOf(given).without('type').entries])) : own;
  const type = isRecord(given) ? (given.get('type') ?? 'primary_key') : given === undefined || given === true ? 'primary_key' : given;
  const counts = hasBigKeys(version) || given === undefined || (type !== 'integer' && type !== 'bigint');
  table.primaryKey(String(key ?? 'id'), String(type), counts ? idOptions : idOptions.withDefaults({ default: null }));
  return [];
}

export const createJoinTable: Operation = ({ args: [one, other], options, block }, context) => {
  const given = optionsOf(options.take('column_options')).withDefaults({ null: false, index: false });
  const name = options.text('table_name') ?? joinTableName(String(one), String(other));
  const references = [one, other].map((table) => singular(partsOf(String(table)).identifier));
  return created({ args: [name], options: options.without('column_options', 'table_name').with({ id: false }), block }, context, (table) => {
    for (const reference of references) table.references(reference, given.without());
  });
};

export const dropTable: Operation = ({ args, options }) => {
  const [ifExists, force] = [options.flag('if_exists'), options.take('force')];
  return args.length === 0 ? undefined : [`DROP TABLE${ifExists ? ' IF EXISTS' : ''} ${args.map((name) => quotedTable(String(name))).join(', ')}${force === 'cascade' ? ' CASCADE' : ''}`];
};

export const dropJoinTable: Operation = ({ args: [one, other], options }, context) =>
  dropTable({ args: [options.text('table_name') ?? joinTableName(String(one), String(other))], options, block: undefined }, context);

/** Its key, the sequence of that and its indexes are renamed too, where they are called as ActiveRecord or PostgreSQL call them. */
export const renameTable: Operation = ({ args: [table, next] }) => {
  const [from, to] = [String(table), String(next)];
  return [
    `ALTER TABLE ${quotedTable(from)} RENAME TO ${quotedTable(to)}`,
    { kind: 'perhaps', sent: [`ALTER INDEX ${quotedTable(`${from}_pkey`)} RENAME TO ${quotedTable(`${to}_pkey`)}`, `ALTER TABLE ${quotedTable(`${from}_id_seq`)} RENAME TO ${quotedTable(`${to}_id_seq`)}`] },
    { kind: 'gap', why: 'which of its indexes Rails renames with it is known to the database only' },
  ];
};

/** `from:` and `to:`, or what it is to be. */
export const changeTableComment: Operation = ({ args: [table, comment], options }) => [tableComment(String(table), changedTo(comment, options))];

export function changedTo(value: Plain | undefined, options: Options): Plain {
  return options.change?.to ?? value ?? null;
}

