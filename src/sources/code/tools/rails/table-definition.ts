// What a migration says of a table in the block of `create_table`. Source: TableDefinition in
// activerecord/lib/active_record/connection_adapters/{abstract,postgresql}/schema_definitions.rb of Rails 8.0.

import type { Plain } from '../../tree/plain.ts';
import { plainText, unknown, type Call, type Handle, type Value } from '../../tree/value.ts';
import { columnOf, type Column } from './columns.ts';
import { checkSql, exclusionSql, uniqueSql } from './constraints.ts';
import { foreignKeySql } from './foreign-keys.ts';
import { knownCall, isTrue, optionsOf, type KnownCall, type Options } from '../../tree/options.ts';
import { referenceOf } from './references.ts';
import { columnTypes } from './types.ts';
import { hasPreciseTimestamps, hasRequiredTimestamps, type Version } from './version.ts';

export class TableDefinition {
  readonly name: string;
  readonly columns: Column[] = [];
  readonly indexes: { readonly columns: Plain | undefined; readonly options: Options }[] = [];
  readonly foreignKeys: string[] = [];
  readonly checks: string[] = [];
  readonly exclusions: string[] = [];
  readonly uniques: string[] = [];
  /** Something was said that is not understood, or that only a run knows. */
  isUnclear = false;
  readonly #version: Version;

  constructor(name: string, version: Version) {
    this.name = name;
    this.#version = version;
  }

  column(name: string, type: string, options: Options): void {
    const column = columnOf(name, type, options, this.#version);
    if (column) this.columns.push(column);
    this.isUnclear ||= column === undefined;
    const index = options.entries.get('index');
    if (isTrue(index)) this.indexes.push({ columns: name, options: optionsOf(index) });
  }

  /** A UUID comes of a function. */
  primaryKey(name: string, type: string, options: Options): void {
    if (this.#version < 5.1 && type === 'primary_key') this.primaryKey(name, 'integer', options);
    else this.column(name, type, (type === 'uuid' ? options.withDefaults({ default: this.#version < 5.1 ? 'uuid_generate_v4()' : 'gen_random_uuid()' }) : options).with({ primary_key: true }));
  }

  references(name: string, given: Options): void {
    const { columns, index, foreignKey } = referenceOf(this.name, name, given, this.#version);
    for (const { name: own, type, options } of columns) this.column(own, type, options);
    if (index) this.indexes.push({ columns: columns.map((column) => column.name), options: index });
    if (foreignKey) this.#keep(this.foreignKeys, foreignKeySql(this.name, foreignKey.to, foreignKey.options, false));
  }

  /** What the method of its block is given. */
  say(method: string, { args, options }: KnownCall): void {
    const [first] = args;
    const type = columnTypes.get(method);
    if (type !== undefined) for (const name of args) this.column(String(name), type, options.without());
    else if (method === 'column') this.column(String(first), String(args[1]), options);
    else if (method === 'primary_key') this.primaryKey(String(first), String(args[1] ?? 'primary_key'), options);
    else if (method === 'timestamps') for (const name of ['created_at', 'updated_at']) this.column(name, 'datetime', timestampOptions(options, this.#version));
    else if (method === 'references' || method === 'belongs_to') for (const name of args) this.references(String(name), options);
    else if (method === 'index') this.indexes.push({ columns: first, options });
    else if (method === 'foreign_key') this.#keep(this.foreignKeys, foreignKeySql(this.name, String(first), options, false));
    else if (method === 'check_constraint') this.#keep(this.checks, checkSql(this.name, first, options));
    else if (method === 'exclusion_constraint') this.#keep(this.exclusions, exclusionSql(this.name, first, options));
    else if (method === 'unique_constraint') this.#keep(this.uniques, uniqueSql(this.name, first, options));
    else this.isUnclear = true;
  }

  /** What the block is handed. `depth`: of branches, where the table is spoken of; in another one, nobody knows whether it is said. */
  handle(depth: number): Handle {
    const call = (name: string | undefined, given: Call, scene: { readonly depth: number }): Value => {
      if (name === 'respond_to?') return respondsTo(given.args[0]);
      if (name?.endsWith('?')) return unknown;
      const known = knownCall(given);
      if (name !== undefined && known && scene.depth === depth) this.say(name, known);
      else this.isUnclear = true;
      return handle;
    };
    const handle: Handle = { kind: 'handle', get: () => unknown, call };
    return handle;
  }

  #keep(list: string[], sql: string | undefined): void {
    if (sql !== undefined) list.push(sql);
    this.isUnclear ||= sql === undefined;
  }
}

/** `t.respond_to?(:jsonb)` asks which database it is. */
export function respondsTo(method: Value | undefined): Value {
  const name = plainText(method);
  return name === undefined ? unknown : { kind: 'constant', value: columnTypes.has(name) };
}

export function timestampOptions(options: Options, version: Version): Options {
  const isNullable = options.entries.get('null') ?? !hasRequiredTimestamps(version);
  const precise = options.has('precision') ? options : options.with({ precision: hasPreciseTimestamps(version) ? 6 : null });
  return precise.with({ null: isNullable });
}
