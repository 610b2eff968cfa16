// What a migration says of a table to Knex's schema builder, before it becomes SQL.
// Source: lib/schema/tablebuilder.js and lib/schema/columnbuilder.js of its source, 3.3.

import { isRecord, type Plain } from '../../script/plain-value.ts';
import type { Scene } from '../../script/scene.ts';
import { unknown, type Call, type Handle, type Value } from '../../script/value.ts';
import { plainOfKnex } from './plain.ts';

export interface Table {
  /** Undefined for a name that only a run knows. */
  readonly name: string | undefined;
  readonly schema: string | undefined;
  readonly isNew: boolean;
  readonly columns: Column[];
  /** What is done to the table beside its columns. */
  readonly commands: Command[];
  comment: Plain;
  inherits: Plain;
  /** Something was said that is not understood, or that only a run knows. */
  isUnclear: boolean;
}

export interface Column {
  /** As Knex calls it, in lower case. */
  readonly type: string;
  readonly args: readonly Plain[];
  readonly modifiers: Map<string, readonly Plain[]>;
  /** ALTER COLUMN; else it is added. */
  alters: { readonly nullable: boolean; readonly type: boolean } | undefined;
}

export interface Command {
  readonly method: string;
  readonly args: readonly Plain[];
}

export interface ForeignKey {
  readonly columns: Plain;
  name: Plain;
  table: Plain;
  references: Plain;
  onUpdate: Plain;
  onDelete: Plain;
  deferrable: Plain;
}

const types: ReadonlySet<string> = new Set('tinyint smallint mediumint int bigint decimal float double real bit boolean serial date datetime timestamp time geometry geography point char varchar text binary enum bool dateTime increments bigincrements bigIncrements integer biginteger bigInteger string json jsonb uuid enu specificType'.split(' '));

const aliases: Readonly<Record<string, string>> = { float: 'floating', enum: 'enu', boolean: 'bool', string: 'varchar', bigint: 'biginteger' };

const commands: ReadonlySet<string> = new Set('index primary unique dropPrimary dropPrimaryIfExists dropUnique dropUniqueIfExists dropIndex dropForeign dropForeignIfExists renameColumn setNullable dropNullable dropColumn dropColumns dropChecks'.split(' '));

const modifiers: Readonly<Record<string, string>> = { default: 'defaultTo', defaultsTo: 'defaultTo', defaultTo: 'defaultTo', nullable: 'nullable', comment: 'comment', checkPositive: 'checkPositive', checkNegative: 'checkNegative', checkIn: 'checkIn', checkNotIn: 'checkNotIn', checkBetween: 'checkBetween', checkLength: 'checkLength', checkRegex: 'checkRegex' };

/** They are of other databases, or change nothing on PostgreSQL. */
const idle: ReadonlySet<string> = new Set(['unsigned', 'first', 'after', 'collate', 'charset', 'engine', 'queryContext']);

/** `depth`: of branches, where the table is spoken of. */
export function tableHandle(table: Table, foreignKeys: Map<Command, ForeignKey>, depth: number): Handle {
  const own: Handle = { kind: 'handle', get: () => unknown, call: (name = '', call, scene) => (said(table, scene, depth, name) ? speak(name, call) : own) };
  const speak = (name: string, call: Call): Value => {
    const args = known(table, call.args);
    if (types.has(name)) return columnHandle(table, columnOf(table, name, args), foreignKeys, depth);
    if (commands.has(name)) table.commands.push({ method: name === 'dropColumns' ? 'dropColumn' : name, args });
    else if (name === 'foreign') return foreignHandle(table, foreignKey(table, foreignKeys, args[0], args[1]), depth);
    else if (name === 'timestamps') addTimestamps(table, args);
    else if (name === 'dropTimestamps') table.commands.push({ method: 'dropColumn', args: args[0] === true ? ['createdAt', 'updatedAt'] : ['created_at', 'updated_at'] });
    else if (name === 'comment') table.comment = args[0];
    else if (name === 'inherits') table.inherits = args[0];
    else table.isUnclear = true;
    return own;
  };
  return own;
}

/** False: it is idle. In a branch, nobody knows whether it is said. */
function said(table: Table, scene: Scene, depth: number, name: string): boolean {
  if (idle.has(name)) return false;
  if (scene.depth !== depth) table.isUnclear = true;
  return true;
}

function known(table: Table, args: readonly Value[]): readonly Plain[] {
  return args.map((arg) => {
    const reading = plainOfKnex(arg);
    if (reading.kind === 'plain') return reading.value;
    table.isUnclear = true;
    return undefined;
  });
}

function columnOf(table: Table, name: string, args: readonly Plain[]): Column {
  const column: Column = { type: (aliases[name] ?? name).toLowerCase(), args, modifiers: new Map(), alters: undefined };
  table.columns.push(column);
  return column;
}

function addTimestamps(table: Table, [first, now, camel]: readonly Plain[]): void {
  const options = isRecord(first) ? first : { useTimestamps: first, defaultToNow: now, useCamelCase: camel };
  for (const name of options['useCamelCase'] ? ['createdAt', 'updatedAt'] : ['created_at', 'updated_at']) {
    const { modifiers: own } = columnOf(table, 'timestamp', [name]);
    if (options['defaultToNow'] !== true) continue;
    own.set('nullable', [false]);
    own.set('defaultTo', [{ raw: 'CURRENT_TIMESTAMP' }]);
  }
}

function columnHandle(table: Table, column: Column, foreignKeys: Map<Command, ForeignKey>, depth: number): Handle {
  const { args: [name] } = column;
  const state: { key: Handle | undefined } = { key: undefined };
  const speak = (method: string, call: Call, scene: Scene): Value => {
    const args = known(table, call.args);
    const modifier = Object.hasOwn(modifiers, method) ? modifiers[method] : undefined;
    if (modifier !== undefined) column.modifiers.set(modifier, args);
    else if (method === 'notNullable' || method === 'notNull') column.modifiers.set('nullable', [false]);
    else if (method === 'index' || method === 'primary' || method === 'unique') {
      if (!column.type.includes('increments')) table.commands.push({ method, args: [name, ...args] });
    } else if (method === 'alter') {
      const options = isRecord(args[0]) ? args[0] : {};
      column.alters = { nullable: options['alterNullable'] !== false, type: options['alterType'] !== false };
    } else if (method === 'references') {
      state.key = foreignHandle(table, foreignKey(table, foreignKeys, name, undefined), depth, own);
      state.key.call(method, call, scene);
    } else if (state.key) state.key.call(method, call, scene);
    else table.isUnclear = true;
    return own;
  };
  const own: Handle = { kind: 'handle', get: () => unknown, call: (method = '', call, scene) => (said(table, scene, depth, method) ? speak(method, call, scene) : own) };
  return own;
}

function foreignKey(table: Table, foreignKeys: Map<Command, ForeignKey>, columns: Plain, name: Plain): ForeignKey {
  const key: ForeignKey = { columns, name, table: undefined, references: undefined, onUpdate: undefined, onDelete: undefined, deferrable: undefined };
  const command: Command = { method: 'foreign', args: [] };
  foreignKeys.set(command, key);
  table.commands.push(command);
  return key;
}

/** `column`: what its methods give back, where it hangs on a column. */
function foreignHandle(table: Table, key: ForeignKey, depth: number, column?: Handle): Handle {
  const own: Handle = {
    kind: 'handle',
    get: () => unknown,
    call: (method = '', { args: given }, scene) => {
      said(table, scene, depth, method);
      const [first] = known(table, given);
      if (method === 'references') refer(key, first);
      else if (method === 'on' || method === 'inTable') key.table = first;
      else if (method === 'withKeyName') key.name = first;
      else if (method === 'onUpdate') key.onUpdate = first;
      else if (method === 'onDelete') key.onDelete = first;
      else if (method === 'deferrable') key.deferrable = first;
      else table.isUnclear = true;
      return column ?? own;
    },
  };
  return own;
}

/** `orders.id` names the table too. */
function refer(key: ForeignKey, to: Plain): void {
  const [table, column, ...rest] = typeof to === 'string' ? to.split('.') : [];
  const isPair = column !== undefined;
  if (isPair && rest.length === 0) key.table = table;
  key.references = isPair ? column : to;
}
