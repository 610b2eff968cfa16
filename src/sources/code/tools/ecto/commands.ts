// Ecto's commands, the SQL that ecto_sql sends for them, and what undoes them.
// Source: execute_ddl in lib/ecto/adapters/postgres/connection.ex, and reverse in lib/ecto/migration/runner.ex of its source, 3.14.

import { isTrue, noOptions } from '../../tree/options.ts';
import { listOf } from '../../tree/plain.ts';
import { columnChange, columnComments, columnDefinition, primaryKeySql, type Subcommand } from './columns.ts';
import { commentOn, prefixed, quoted } from './names.ts';
import type { Constraint, Index, Table } from './objects.ts';

export type Command =
  | { readonly kind: 'create'; readonly object: Table; readonly isCareful: boolean; readonly columns: readonly Subcommand[] }
  | { readonly kind: 'create'; readonly object: Index | Constraint; readonly isCareful: boolean }
  | { readonly kind: 'drop'; readonly object: Table | Index | Constraint; readonly isCareful: boolean; readonly cascades: boolean }
  | { readonly kind: 'alter'; readonly object: Table; readonly changes: readonly Subcommand[] }
  | { readonly kind: 'rename'; readonly object: Table; readonly to: Table }
  | { readonly kind: 'rename-column'; readonly object: Table; readonly column: string; readonly to: string }
  | { readonly kind: 'rename-index'; readonly object: Index; readonly to: string };

/** Undefined: something of it is not known here. */
export function sqlOf(command: Command): readonly string[] | undefined {
  switch (command.kind) {
    case 'create':
      if (!('columns' in command)) return command.object.kind === 'index' ? createdIndex(command.object, command.isCareful) : createdConstraint(command.object);
      return createdTable(command.object, command.columns, command.isCareful);
    case 'drop':
      return [dropped(command.object, command.isCareful ? 'IF EXISTS ' : '', command.cascades ? ' CASCADE' : '')];
    case 'alter':
      return alteredTable(command.object, command.changes);
    case 'rename':
      return [`ALTER TABLE ${nameOf(command.object)} RENAME TO ${quoted(command.to.name)}`];
    case 'rename-column':
      return [`ALTER TABLE ${nameOf(command.object)} RENAME ${quoted(command.column)} TO ${quoted(command.to)}`];
    case 'rename-index':
      return [`ALTER INDEX ${nameOf(command.object)} RENAME TO ${quoted(command.to)}`];
  }
}

function nameOf({ prefix, name }: Table | Index): string {
  return prefixed(prefix, name);
}

function createdTable(table: Table, columns: readonly Subcommand[], isCareful: boolean): readonly string[] | undefined {
  const parts = columns.map((column) => columnDefinition(table, column));
  if (parts.includes(undefined)) return undefined;
  const modifiers = table.modifiers === undefined ? '' : `${table.modifiers} `;
  const sql = `CREATE ${modifiers}TABLE ${isCareful ? 'IF NOT EXISTS ' : ''}${nameOf(table)} (${parts.join(', ')}${primaryKeySql(columns, ', ')})${table.options === undefined ? '' : ` ${table.options}`}`;
  return [sql, ...commentOn(`TABLE ${nameOf(table)}`, table.comment), ...columnComments(table, columns)];
}

function alteredTable(table: Table, changes: readonly Subcommand[]): readonly string[] | undefined {
  const parts = changes.map((change) => columnChange(table, change));
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  return [`ALTER TABLE ${nameOf(table)} ${parts.join(', ')}${primaryKeySql(changes, ', ADD ')}`, ...commentOn(`TABLE ${nameOf(table)}`, table.comment), ...columnComments(table, changes)];
}

function createdIndex(index: Index, isCareful: boolean): readonly string[] | undefined {
  const options = index.options.without('name', 'prefix');
  const [isUnique, isConcurrent, isOnly, using, included] = [options.flag('unique'), options.flag('concurrently'), options.flag('only'), options.take('using'), listOf(options.take('include'))];
  const [distinct, words, where, comment] = [options.take('nulls_distinct'), options.take('options'), options.take('where'), options.text('comment')];
  if (!options.isUnderstood) return undefined;
  const sql = [
    `CREATE ${isUnique ? 'UNIQUE ' : ''}INDEX ${isConcurrent ? 'CONCURRENTLY ' : ''}${isCareful ? 'IF NOT EXISTS ' : ''}${quoted(index.name)} ON ${isOnly ? 'ONLY ' : ''}${prefixed(index.prefix, index.table)}`,
    isTrue(using) ? ` USING ${String(using)}` : '',
    ` (${index.columns.join(', ')})`,
    included.length > 0 ? ` INCLUDE (${included.map((one) => quoted(String(one))).join(', ')})` : '',
    distinct === true ? ' NULLS DISTINCT' : distinct === false ? ' NULLS NOT DISTINCT' : '',
    isTrue(words) ? ` WITH (${String(words)})` : '',
    isTrue(where) ? ` WHERE ${String(where)}` : '',
  ];
  return [sql.join(''), ...commentOn(`INDEX ${nameOf(index)}`, comment)];
}

function createdConstraint({ name, table, prefix, options: given }: Constraint): readonly string[] | undefined {
  const options = given.without('prefix');
  const [check, exclude, isValid, comment] = [options.take('check'), options.take('exclude'), options.take('validate'), options.text('comment')];
  if (!options.isUnderstood || typeof check === typeof exclude) return undefined;
  const on = prefixed(prefix, table);
  const what = typeof check === 'string' ? `CHECK (${check})` : `EXCLUDE USING ${String(exclude)}`;
  return [`ALTER TABLE ${on} ADD CONSTRAINT ${quoted(name)} ${what}${isValid === false ? ' NOT VALID' : ''}`, ...commentOn(`CONSTRAINT ${quoted(name)} ON ${on}`, comment)];
}

function dropped(object: Table | Index | Constraint, ifExists: string, mode: string): string {
  if (object.kind === 'constraint') return `ALTER TABLE ${prefixed(object.prefix, object.table)} DROP CONSTRAINT ${ifExists}${quoted(object.name)}${mode}`;
  if (object.kind === 'table') return `DROP TABLE ${ifExists}${nameOf(object)}${mode}`;
  return `DROP INDEX ${isTrue(object.options.entries.get('concurrently')) ? 'CONCURRENTLY ' : ''}${ifExists}${nameOf(object)}${mode}`;
}

/** Undefined where Ecto raises an error. */
export function reversed(command: Command): Command | undefined {
  switch (command.kind) {
    case 'create':
      return { kind: 'drop', object: command.object, isCareful: command.isCareful, cascades: false };
    case 'drop':
      return command.object.kind === 'index' ? { kind: 'create', object: command.object, isCareful: command.isCareful } : undefined;
    case 'alter': {
      const changes = command.changes.map(reversedChange).toReversed();
      const known = changes.filter((change) => change !== undefined);
      return known.length < changes.length ? undefined : { ...command, changes: known };
    }
    case 'rename':
      return { ...command, object: command.to, to: command.object };
    case 'rename-column':
      return { ...command, column: command.to, to: command.column };
    case 'rename-index':
      return { ...command, object: { ...command.object, name: command.to }, to: command.object.name };
  }
}

function reversedChange(change: Subcommand): Subcommand | undefined {
  const { action, kind, options, from } = change;
  if (action === 'add') return { ...change, action: 'remove', options: noOptions };
  if (action === 'remove') return kind === undefined ? undefined : { ...change, action: 'add' };
  if (action !== 'modify' || from === undefined || kind === undefined) return undefined;
  return { ...change, kind: from.kind, options: from.isPair ? from.options : options, from: { kind, options: from.isPair ? options : noOptions, isPair: from.isPair } };
}
