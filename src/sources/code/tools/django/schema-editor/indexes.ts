// Indexes, and constraints with columns, as Django's schema editor writes them.
// Source: _create_index_sql(), _create_unique_sql(), _create_fk_sql() in django/db/backends/base/schema.py, _create_like_index_sql() in
// postgresql/schema.py, django/db/models/indexes.py and django/contrib/postgres/indexes.py, of Django 5.2.

import { isNothing } from '../../../tree/given.ts';
import { plainText, type Value } from '../../../tree/value.ts';
import { conditionSql } from '../expressions/condition.ts';
import { indexedSql } from '../expressions/expression.ts';
import { columnType, collationOf } from '../fields/column-type.ts';
import { hasIndex, isUnique, shortName, type Field } from '../fields/field.ts';
import type { Apps } from '../models/apps.ts';
import type { Model, Named } from '../models/model.ts';
import { columnOf, tableOf, type Column } from '../models/table.ts';
import { Unread } from '../unread.ts';
import type { SchemaEditor, Statement } from './editor.ts';
import { withoutIndex } from './catalog.ts';
import { bareName, indexName, quoted } from './names.ts';

export function uniqueConstraint(table: string, columns: readonly string[], name?: string): Statement {
  const nameOf = (own: string, words: readonly string[]): string => name ?? indexName(own, words, '_uniq');
  return {
    refers: { table, columns },
    sql: (refers) => `ALTER TABLE ${quoted(refers.table)} ADD CONSTRAINT ${quoted(nameOf(refers.table, refers.columns))} UNIQUE (${refers.columns.map(quoted).join(', ')})`,
    makes: (refers) => ({ name: nameOf(refers.table, refers.columns), kind: 'unique', columns: refers.columns }),
  };
}

/** `suffix`: how its name ends; that of the table and of the column that it points to, where nothing else is said. */
export function foreignKey(model: Model, { column, field }: Column, apps: Apps, suffix?: string): Statement {
  const target = apps.targetColumn(model, field);
  const to = { table: tableOf(target.model), column: target.column.column };
  const nameOf = ({ table, columns }: Statement['refers'], other = to): string => indexName(table, columns, suffix ?? foreignSuffix(other));
  return {
    refers: { table: tableOf(model), columns: [column], to },
    sql: (refers) => `ALTER TABLE ${quoted(refers.table)} ADD CONSTRAINT ${quoted(nameOf(refers, refers.to))} FOREIGN KEY (${refers.columns.map(quoted).join(', ')}) REFERENCES ${quoted(refers.to?.table ?? '')} (${quoted(refers.to?.column ?? '')})${onDelete(field)} DEFERRABLE INITIALLY DEFERRED`,
    makes: (refers) => ({ name: nameOf(refers, refers.to), kind: 'foreign', columns: refers.columns, to: bareName(refers.to?.table ?? '') }),
  };
}

/** Django deletes by itself, unless it is told to leave that to the database, which it can since 6.1. */
export function onDelete({ args }: Field): string {
  const value = args.get('on_delete');
  const name = value?.kind === 'imported' ? shortName(value.path) : '';
  return name.startsWith('DB_') ? ` ON DELETE ${name.slice(3).replace('_', ' ')}` : '';
}

export function foreignSuffix({ table, column }: { readonly table: string; readonly column: string }): string {
  return `_fk_${bareName(table)}_${column}`;
}

/** Of a field with `db_index` or `unique`, when its migration ends. */
export function createFieldIndexes(model: Model, column: Column, apps: Apps, editor: SchemaEditor): void {
  if (hasIndex(column.field) && !isUnique(column.field)) editor.defer(columnIndex(tableOf(model), [column.column], ''));
  const like = likeIndex(model, column, apps);
  if (like) editor.defer(like);
}

export function columnIndex(table: string, columns: readonly string[], suffix: string, operators = ''): Statement {
  return {
    refers: { table, columns },
    sql: (refers) => `CREATE INDEX ${quoted(indexName(refers.table, refers.columns, suffix))} ON ${quoted(refers.table)} (${refers.columns.map((one) => `${quoted(one)}${operators}`).join(', ')})`,
    makes: (refers) => ({ name: indexName(refers.table, refers.columns, suffix), kind: 'index', columns: refers.columns, isPlain: true }),
  };
}

/** LIKE needs an index of its own. Undefined where there is none. */
export function likeIndex(model: Model, column: Column, apps: Apps): Statement | undefined {
  const { field } = column;
  if (!hasIndex(field) && !isUnique(field)) return undefined;
  const type = columnType(field, model, apps);
  const operators = type.includes('[') ? undefined : type.startsWith('varchar') ? 'varchar_pattern_ops' : type.startsWith('text') ? 'text_pattern_ops' : undefined;
  if (operators === undefined) return undefined;
  if (collationOf(field, model, apps) !== undefined) throw new Unread('Django asks the database whether the collation is deterministic');
  return columnIndex(tableOf(model), [column.column], '_like', ` ${operators}`);
}

/** `deferred`: when the migration ends. */
export function createIndex(index: Named, model: Model, apps: Apps, editor: SchemaEditor, when: 'deferred' | 'now' | 'concurrently'): void {
  const statement = indexStatement(index, model, apps, when === 'concurrently' ? ' CONCURRENTLY' : '');
  if (when === 'deferred') editor.defer(statement);
  else editor.run(statement);
}

const methods: Readonly<Record<string, string>> = { BloomIndex: 'bloom', BrinIndex: 'brin', BTreeIndex: 'btree', GinIndex: 'gin', GistIndex: 'gist', HashIndex: 'hash', SpGistIndex: 'spgist' };

/** In the order in which Django writes them. */
const parameters = ['gin_pending_list_limit', 'fastupdate', 'buffering', 'autosummarize', 'pages_per_range', 'fillfactor', 'deduplicate_items', 'length'];

function indexStatement({ name, made: { path, call } }: Named, model: Model, apps: Apps, concurrently: string): Statement {
  const kind = shortName(path);
  const method = methods[kind];
  if (!/^django\./.test(path) || (method === undefined && kind !== 'Index') || !call.isWhole || call.named.has('db_tablespace')) throw new Unread(`what an index of the class ${kind} is like is not known here`);
  const fields = call.args.length > 0 ? [] : namesIn(call.named.get('fields')).map((field) => ({ column: columnOf(model, field.replace(/^-/, ''), apps).column, order: field.startsWith('-') ? ' DESC' : '' }));
  const operators = namesIn(call.named.get('opclasses'));
  const columns = fields.map(({ column }) => column);
  const keys = ({ columns: own }: Statement['refers']): string => (call.args.length > 0 ? call.args.map((one) => indexedSql(one, model, apps)).join(', ') : own.map((column, at) => `${quoted(column)}${operators[at] === undefined ? '' : ` ${operators[at]}`}${fields[at]?.order ?? ''}`).join(', '));
  const extra = `${includeSql(call.named.get('include'), model, apps)}${withSql(call.named)}${whereSql(call.named.get('condition'), model, apps)}`;
  keys({ table: '', columns });
  return {
    refers: { table: tableOf(model), columns },
    sql: (refers) => `CREATE INDEX${concurrently} ${quoted(name)} ON ${quoted(refers.table)}${method === undefined ? '' : ` USING ${method}`} (${keys(refers)})${extra}`,
    makes: (refers) => ({ name, kind: 'index', columns: refers.columns, isPlain: (method === undefined || method === 'btree') && withSql(call.named) === '' }),
  };
}

export function namesIn(value: Value | undefined): readonly string[] {
  if (value === undefined || isNothing(value)) return [];
  const names = value.kind === 'list' ? value.items.map(plainText) : [undefined];
  if (names.includes(undefined)) throw new Unread('only a run knows which fields are meant');
  return names.map((name) => name ?? '');
}

export function includeSql(value: Value | undefined, model: Model, apps: Apps): string {
  const columns = namesIn(value).map((name) => quoted(columnOf(model, name, apps).column));
  return columns.length === 0 ? '' : ` INCLUDE (${columns.join(', ')})`;
}

export function whereSql(value: Value | undefined, model: Model, apps: Apps): string {
  return value === undefined || isNothing(value) ? '' : ` WHERE ${conditionSql(value, model, apps)}`;
}

function withSql(named: ReadonlyMap<string, Value>): string {
  const words = parameters.flatMap((name) => {
    const value = named.get(name);
    if (value === undefined || isNothing(value)) return [];
    if (value.kind !== 'constant') throw new Unread(`only a run knows what "${name}" is`);
    return [`${name} = ${typeof value.value === 'boolean' ? (value.value ? 'on' : 'off') : value.value}`];
  });
  const columns = named.get('columns');
  const bits = columns?.kind === 'list' ? columns.items.map((value, at) => `col${at + 1} = ${value.kind === 'constant' ? value.value : ''}`) : [];
  return words.length + bits.length === 0 ? '' : ` WITH (${[...words, ...bits].join(', ')})`;
}

export function dropIndex(name: string, editor: SchemaEditor, concurrently = ''): void {
  editor.execute(`DROP INDEX${concurrently} IF EXISTS ${quoted(name)}`);
  editor.catalog = withoutIndex(editor.catalog, name);
  editor.forget(({ refers, makes }) => makes?.(refers).kind === 'index' && makes(refers).name === name);
}
