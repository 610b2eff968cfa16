// What Rails hands to a migration: its own methods, its connection, and the constants that it names.
// Source: activerecord/lib/active_record/migration.rb of Rails 8.0; safety_assured of strong_migrations.

import type { Way } from '../../blocks/blocks-tool.ts';
import type { Scene } from '../../tree/scene.ts';
import { asks, handleOf, sendText, type Method } from '../../tree/handles.ts';
import { nothing, unknown, type Call, type Handle, type Value } from '../../tree/value.ts';
import { building, irreversible, type Around } from './builder.ts';
import { versionIn } from './version.ts';

const queries: Method = ({ args: [sql], place }, scene) => {
  sendText(sql, place, scene);
  return unknown;
};

/** Its block runs at once. */
const runs: Method = ({ args, run }) => run?.(args.at(-1)) ?? unknown;

const silent: Method = () => nothing;

const asking: Readonly<Record<string, Method>> = Object.fromEntries(
  ['Array', 'format', 'sprintf', 'sleep', 'rand', 'quoted_true', 'quoted_false', 'quote', 'quote_string', 'quote_table_name', 'quote_column_name', 'select_value', 'select_values', 'select_all', 'select_one', 'select_rows', 'adapter_name', 'tables', 'indexes', 'columns', 'foreign_keys', 'index_name', 'primary_key', 'current_database', 'current_schema', 'schema_search_path'].map((name) => [name, asks]),
);

/** `column_exists?` and its like only ask. */
function withQuestions(handle: Handle): Handle {
  return { kind: 'handle', get: handle.get, call: (name, call, scene) => (name?.endsWith('?') ? unknown : handle.call(name, call, scene)) };
}

function connectionOf(around: Around): Handle {
  const connection: Handle = withQuestions(handleOf({
    methods: { ...asking, ...building(around), execute: executes(around), exec_query: queries, exec_update: queries, exec_delete: queries, exec_insert: queries, transaction: runs, connection: () => connection },
  }));
  return connection;
}

/** There is no way back from SQL. */
function executes(around: Around): Method {
  return (call, scene) => {
    if (around.isReverting) irreversible('execute', call, scene);
    else scene.together(() => queries(call, scene));
    return unknown;
  };
}

/** `ActiveRecord::Base`: its connection knows nothing of the way. */
function activeRecordOf(around: Around): Handle {
  const connection = connectionOf({ version: around.version, isReverting: false });
  const base: Handle = handleOf({ methods: { connection: () => connection, transaction: runs } });
  return handleOf({ properties: { Base: () => base, Migration: () => base } });
}

/** Constants that have nothing to do with the database. */
const harmless: ReadonlySet<string> = new Set(['Rails', 'Time', 'Date', 'DateTime', 'File', 'Dir', 'ENV', 'Struct', 'Class', 'Logger', 'JSON', 'YAML', 'SecureRandom', 'Integer', 'String', 'Array', 'Hash', 'Pathname', 'Set', 'Float', 'BigDecimal', 'Digest', 'StandardError']);

/** A model, or whatever else a constant stands for: what it does is not known, but for what it says of itself. */
const other: Handle = handleOf({
  methods: Object.fromEntries(['table_name', 'quoted_table_name', 'reset_column_information', 'column_names', 'primary_key', 'name', 'to_s'].map((name) => [name, asks])),
});

const declarations: Readonly<Record<string, Method>> = Object.fromEntries(
  ['require', 'require_relative', 'include', 'extend', 'private', 'attr_reader', 'attr_accessor', 'puts', 'p', 'say', 'raise', 'disable_statement_timeout', 'table_name=', 'self'].map((name) => [name, silent]),
);

/** What it is given is called later. */
const isCalledLater: Method = ({ args }) => args.at(-1) ?? unknown;

/** Runs its block in its own order, whichever way the migration goes; `way`: what the block is handed. */
function aside(around: Around, call: Call, scene: Scene, way: readonly Value[]): Value {
  const before = around.isReverting;
  around.isReverting = false;
  scene.together(() => call.run?.(call.args.at(-1), way));
  around.isReverting = before;
  return nothing;
}

/** `reversible do |way| way.up { … } end`. */
function reversible(around: Around): Method {
  return (call, scene) => {
    const { isReverting } = around;
    return aside(around, call, scene, [handleOf({ methods: { up: isReverting ? silent : runs, down: isReverting ? runs : silent } })]);
  };
}

/** `revert do … end`; what another migration did is not known here. */
function reverts(around: Around): Method {
  return (call, scene) => {
    const block = call.args.at(-1);
    if (block?.kind !== 'function') return undefined;
    around.isReverting = !around.isReverting;
    scene.reversed(() => call.run?.(block));
    around.isReverting = !around.isReverting;
    return nothing;
  };
}

export function selfOf({ isReversed }: Way, say: (what: string) => void, code: string): Handle {
  const around: Around = { version: versionIn(code), isReverting: isReversed };
  const [connection, activeRecord] = [connectionOf(around), activeRecordOf(around)];
  const self: Handle = withQuestions(handleOf({
    properties: { connection: () => connection },
    methods: {
      ...declarations,
      ...asking,
      ...building(around),
      execute: executes(around),
      exec_query: queries,
      exec_update: queries,
      safety_assured: runs,
      suppress_messages: runs,
      say_with_time: runs,
      transaction: runs,
      up_only: (call, scene) => (around.isReverting ? nothing : aside(around, call, scene, [])),
      reversible: reversible(around),
      revert: reverts(around),
      lambda: isCalledLater,
      proc: isCalledLater,
      'disable_ddl_transaction!': () => {
        say('disable_ddl_transaction!');
        return nothing;
      },
      connection: () => connection,
    },
  }));
  return {
    kind: 'handle',
    get: (name) => (name === 'ActiveRecord' ? activeRecord : name === 'connection' ? connection : /^[A-Z]/.test(name) && !harmless.has(name) ? other : unknown),
    call: self.call,
  };
}
