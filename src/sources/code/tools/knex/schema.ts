// Knex's schema builder: calls that hang on each other, and are sent in their order when somebody waits for them.
// Source: lib/schema/builder.js, lib/schema/compiler.js and lib/dialects/postgres/schema/pg-compiler.js of its source, 3.3.

import { sendText } from '../../script/handles.ts';
import type { Plain } from '../../script/plain-value.ts';
import type { Scene } from '../../script/scene.ts';
import { plainText, unknown, type Call, type Handle, type Value } from '../../script/value.ts';
import { bound } from './bound.ts';
import { plainOfKnex } from './plain.ts';
import { pending } from './sent.ts';
import { tableHandle, type Command, type ForeignKey, type Table } from './table.ts';
import { tableSql } from './table-sql.ts';
import { wrapped } from './wrapped.ts';

const asking: ReadonlySet<string> = new Set(['hasTable', 'hasColumn']);

const passing: ReadonlySet<string> = new Set(['transacting', 'queryContext', 'debug', 'on', 'timeout']);

/** `isRenaming`: the configuration changes names before they are written. */
export function schemaOf(isRenaming: boolean): Handle {
  const steps: ((scene: Scene) => void)[] = [];
  const state: { schema: string | undefined } = { schema: undefined };
  const builder: Handle = pending(
    {
      kind: 'handle',
      get: () => unknown,
      call: (name = '', call) => {
        if (asking.has(name)) return unknown;
        if (name === 'withSchema') state.schema = plainText(call.args[0]);
        else if (!passing.has(name)) steps.push((scene) => send(name, call, scene, isRenaming ? undefined : { schema: state.schema }));
        return builder;
      },
    },
    (scene) => {
      for (const step of steps) step(scene);
    },
  );
  return builder;
}

/** Where a statement is put together; undefined where nobody knows how names are written. */
type Place = { readonly schema: string | undefined } | undefined;

const ofTables: Readonly<Record<string, { readonly isNew: boolean; readonly ifNew: boolean }>> = {
  createTable: { isNew: true, ifNew: false },
  createTableIfNotExists: { isNew: true, ifNew: true },
  alterTable: { isNew: false, ifNew: false },
  table: { isNew: false, ifNew: false },
};

function send(name: string, call: Call, scene: Scene, around: Place): void {
  const { args, place, step } = call;
  if (name === 'raw') {
    sendText(withBindings(args[0], args[1]), place, scene);
    return;
  }
  const kind = Object.hasOwn(ofTables, name) ? ofTables[name] : undefined;
  const texts = around && (kind ? ofTable(args, scene, around.schema, kind) : ofWords(name, args, around.schema));
  if (texts) for (const text of texts) scene.send([{ text, place: step }], place);
  else scene.gap(around === undefined ? 'the configuration of Knex changes the names in it' : `some arguments of ${name}() can't be read here`, step);
}

function withBindings(sql: Value | undefined, bindings: Value | undefined): Value | undefined {
  return sql?.kind === 'text' ? { kind: 'text', pieces: bound(sql.pieces, bindings) } : sql;
}

function ofTable([name, work]: readonly Value[], scene: Scene, schema: string | undefined, { isNew, ifNew }: { readonly isNew: boolean; readonly ifNew: boolean }): readonly string[] | undefined {
  if (work?.kind !== 'function') return undefined;
  const table: Table = { name: plainText(name), schema, isNew, columns: [], commands: [], comment: undefined, inherits: undefined, isUnclear: false };
  const foreignKeys = new Map<Command, ForeignKey>();
  const handle = tableHandle(table, foreignKeys, scene.depth);
  const hasGap = scene.hasGapOf(() => scene.call(work, [handle], handle));
  return hasGap ? undefined : tableSql(table, foreignKeys, ifNew);
}

type Words = (names: readonly Plain[], written: (name: Plain) => string) => string;

/** `written`: of a table or a view, with its schema. */
const words: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['dropTable', ([name], written) => `drop table ${written(name)}`],
  ['dropTableIfExists', ([name], written) => `drop table if exists ${written(name)}`],
  ['renameTable', ([name, next], written) => `alter table ${written(name)} rename to ${wrapped(String(next))}`],
  ['dropView', ([name], written) => `drop view ${written(name)}`],
  ['dropViewIfExists', ([name], written) => `drop view if exists ${written(name)}`],
  ['dropMaterializedView', ([name], written) => `drop materialized view ${written(name)}`],
  ['dropMaterializedViewIfExists', ([name], written) => `drop materialized view if exists ${written(name)}`],
  ['renameView', ([name, next]) => `alter view ${wrapped(String(name))} rename to ${wrapped(String(next))}`],
  ['refreshMaterializedView', ([name, isConcurrent]) => `refresh materialized view${isConcurrent ? ' concurrently' : ''} ${wrapped(String(name))}`],
  ['createSchema', ([name]) => `create schema ${wrapped(String(name))}`],
  ['createSchemaIfNotExists', ([name]) => `create schema if not exists ${wrapped(String(name))}`],
  ['dropSchema', ([name, cascade]) => `drop schema ${wrapped(String(name))}${cascade ? ' cascade' : ''}`],
  ['dropSchemaIfExists', ([name, cascade]) => `drop schema if exists ${wrapped(String(name))}${cascade ? ' cascade' : ''}`],
  ['createExtension', ([name]) => `create extension ${wrapped(String(name))}`],
  ['createExtensionIfNotExists', ([name]) => `create extension if not exists ${wrapped(String(name))}`],
  ['dropExtension', ([name]) => `drop extension ${wrapped(String(name))}`],
  ['dropExtensionIfExists', ([name]) => `drop extension if exists ${wrapped(String(name))}`],
]);

function ofWords(name: string, args: readonly Value[], schema: string | undefined): readonly string[] | undefined {
  const names = args.map(plainOfKnex).flatMap((reading) => (reading.kind === 'plain' ? [reading.value] : []));
  const say = words.get(name);
  if (say === undefined || names.length !== args.length) return undefined;
  return [say(names, (own) => wrapped(schema === undefined ? String(own) : `${schema}.${String(own)}`))];
}
