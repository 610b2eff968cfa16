// What Ecto's commands are about: tables, indexes, constraints, and references of columns.
// Source: table, index, constraint and references in lib/ecto/migration.ex of ecto_sql, 3.14.

import { isTrue, Options } from '../../tree/options.ts';
import { isRecord, listOf, plainRecord, type Plain, type PlainRecord } from '../../tree/plain.ts';
import { plainText, type Call, type Value } from '../../tree/value.ts';
import { known, optionsIn } from './known.ts';

export interface Table {
  readonly kind: 'table';
  readonly name: string;
  readonly prefix: string | undefined;
  readonly comment: string | undefined;
  /** `false`: none; of `true`, it is `id`. */
  readonly primaryKey: boolean | PlainRecord;
  readonly options: string | undefined;
  readonly modifiers: string | undefined;
}

export interface Index {
  readonly kind: 'index';
  readonly name: string;
  readonly table: string;
  readonly prefix: string | undefined;
  /** As they are written. */
  readonly columns: readonly string[];
  readonly options: Options;
}

export interface Constraint {
  readonly kind: 'constraint';
  readonly name: string;
  readonly table: string;
  readonly prefix: string | undefined;
  readonly options: Options;
}

export interface Reference {
  readonly kind: 'reference';
  readonly table: string;
  readonly options: Options;
}

/** `isText`: whether a text of the migration is written as one, and is no atom. */
export type IsText = (value: Value) => boolean;

/** Undefined for what is none of them, or is known to a run only. */
export function objectOf(value: Value | undefined, isText: IsText): Table | Index | Constraint | undefined {
  if (value?.kind !== 'made') return undefined;
  const { path, call } = value;
  if (path === 'table') return tableOf(call);
  if (path === 'index' || path === 'unique_index') return indexOf(call, path === 'unique_index', isText);
  return path === 'constraint' ? constraintOf(call) : undefined;
}

function tableOf(call: Call): Table | undefined {
  const [name, options] = [plainText(call.args[0]), optionsIn(call, 1)];
  if (name === undefined || options === undefined) return undefined;
  const [key, words] = [options.take('primary_key') ?? true, options.take('options')];
  const table: Table = { kind: 'table', name, prefix: options.text('prefix'), comment: options.text('comment'), primaryKey: isRecord(key) ? key : isTrue(key), options: typeof words === 'string' ? words : undefined, modifiers: options.text('modifiers') };
  options.pass('engine');
  return options.isUnderstood ? table : undefined;
}

function indexOf(call: Call, isUnique: boolean, isText: IsText): Index | undefined {
  const [table, given] = [plainText(call.args[0]), optionsIn(call, 2)];
  const columns = columnsIn(call.args[1], isText);
  if (table === undefined || given === undefined || columns === undefined) return undefined;
  const options = isUnique ? given.withDefaults({ unique: true }) : given;
  const name = options.take('name');
  const named = isTrue(name) ? String(name) : [table, ...columns.map((column) => column.name), 'index'].map(nameIn).join('_');
  return { kind: 'index', name: named, table, prefix: options.text('prefix'), columns: columns.map(({ sql }) => sql), options };
}

/** What is no letter, digit or underscore becomes one; those at the end go. */
function nameIn(part: string): string {
  return part.replace(/[^\w]/g, '_').replace(/_+$/, '');
}

interface IndexColumn {
  readonly name: string;
  readonly sql: string;
}

/** `[:a, "lower(b)", desc: :c]`. */
function columnsIn(value: Value | undefined, isText: IsText): readonly IndexColumn[] | undefined {
  const items = value?.kind === 'list' ? value.items : value === undefined ? [] : [value];
  const columns = items.flatMap((item): readonly (IndexColumn | undefined)[] => (item.kind === 'record' ? Array.from(item.entries, ([way, one]) => columnOf(one, isText, ` ${way.toUpperCase().replaceAll('_', ' ')}`)) : [columnOf(item, isText, '')]));
  const all = columns.filter((column) => column !== undefined);
  return all.length === 0 || all.length < columns.length ? undefined : all;
}

function columnOf(value: Value, isText: IsText, way: string): IndexColumn | undefined {
  const name = plainText(value);
  return name === undefined ? undefined : { name, sql: `${isText(value) ? name : `"${name}"`}${way}` };
}

function constraintOf(call: Call): Constraint | undefined {
  const [table, name, options] = [plainText(call.args[0]), plainText(call.args[1]), optionsIn(call, 2)];
  return table === undefined || name === undefined || options === undefined ? undefined : { kind: 'constraint', name, table, prefix: options.text('prefix'), options };
}

export function referenceOf(value: Value): Reference | undefined {
  if (value.kind !== 'made' || value.path !== 'references') return undefined;
  const [table, options] = [plainText(value.call.args[0]), optionsIn(value.call, 1)];
  return table === undefined || options === undefined ? undefined : { kind: 'reference', table, options };
}

/** A type, or a reference. */
export type Kind = Plain | Reference;

export function kindOf(value: Value | undefined): Kind | undefined {
  if (value === undefined) return undefined;
  return value.kind === 'made' && value.path === 'references' ? referenceOf(value) : known(value);
}

export function isReference(kind: Kind | undefined): kind is Reference {
  return typeof kind === 'object' && kind !== null && 'kind' in kind;
}

/** What a column was: a type, or a pair of it and its options. */
export interface Former {
  readonly kind: Kind;
  readonly options: Options;
  readonly isPair: boolean;
}

/** `references(:orders)` or `{references(:orders), null: false}`. */
export function formerOf(value: Value | undefined): Former | undefined {
  const [first, second] = value?.kind === 'list' ? value.items : [value];
  const isPair = second?.kind === 'record' || (second?.kind === 'list' && second.items.length === 0);
  const kind = kindOf(isPair ? first : value);
  const entries = second?.kind === 'record' ? plainRecord(second.entries) : new Map<string, Plain>();
  return kind === undefined || entries === undefined ? undefined : { kind, options: new Options(entries), isPair };
}

export function namesOf(value: Plain | undefined): readonly string[] {
  return listOf(value).map(String);
}
