// Migrations of Rails: classes with up and down, or change.
// Source: activerecord/lib/active_record/migration.rb of Rails 8.0; safety_assured of strong_migrations.

import type { ReadCode } from '../reading/code-reading.ts';
import { readBlocks } from '../blocks/blocks-tool.ts';
import { asks, handleOf, sendText, type Method } from '../tree/handles.ts';
import { nothing, unknown, type Handle, type Value } from '../tree/value.ts';

export const rails: ReadCode = readBlocks({
  language: 'ruby',
  self: selfOf,
  isOutside: (said) => said.has('disable_ddl_transaction!'),
});

const executes: Method = ({ args: [sql], place }, scene) => {
  sendText(sql, place, scene);
  return unknown;
};

/** Its block runs at once. */
const runs: Method = ({ args, run }) => run?.(args.at(-1)) ?? unknown;

const silent: Method = () => nothing;

/** `column_exists?` and its like only ask. */
function asking(handle: Handle): Handle {
  return { kind: 'handle', get: handle.get, call: (name, call, scene) => (name?.endsWith('?') ? unknown : handle.call(name, call, scene)) };
}

const connection: Handle = asking(handleOf({
  methods: { execute: executes, exec_query: executes, exec_update: executes, transaction: runs, quote: asks, quote_table_name: asks, quote_column_name: asks, select_value: asks, select_values: asks, select_all: asks, select_rows: asks, adapter_name: asks, connection: () => connection },
}));

/** `ActiveRecord::Base`. */
const activeRecord: Handle = handleOf({ properties: { Base: () => base } });

const base: Handle = handleOf({ methods: { connection: () => connection, transaction: runs } });

/** Constants that have nothing to do with the database. */
const harmless: ReadonlySet<string> = new Set(['Rails', 'Time', 'Date', 'DateTime', 'File', 'Dir', 'ENV', 'Struct', 'Class', 'Logger', 'JSON', 'YAML', 'SecureRandom', 'Integer', 'String', 'Array', 'Hash', 'Pathname', 'Set', 'Float', 'BigDecimal', 'Digest', 'StandardError']);

/** A model, or whatever else a constant stands for: what it does is not known. */
const other: Handle = handleOf({});

const declarations: Readonly<Record<string, Method>> = Object.fromEntries(
  ['require', 'require_relative', 'include', 'extend', 'private', 'attr_reader', 'attr_accessor', 'puts', 'p', 'say', 'raise', 'disable_statement_timeout', 'table_name=', 'self'].map((name) => [name, silent]),
);

function selfOf(direction: 'up' | 'down', say: (what: string) => void): Handle {
  const only = (way: 'up' | 'down'): Method => (call, scene) => (way === direction ? runs(call, scene) : nothing);
  const way: Handle = handleOf({ methods: { up: only('up'), down: only('down') } });
  const self: Handle = handleOf({
    properties: { connection: () => connection },
    methods: {
      ...declarations,
      execute: executes,
      exec_query: executes,
      exec_update: executes,
      safety_assured: runs,
      suppress_messages: runs,
      say_with_time: runs,
      transaction: runs,
      up_only: only('up'),
      reversible: ({ args, run }) => run?.(args.at(-1), [way]) ?? unknown,
      'disable_ddl_transaction!': () => said('disable_ddl_transaction!'),
      quote: asks,
      select_value: asks,
      select_values: asks,
      select_all: asks,
      connection: () => connection,
    },
  });
  const said = (what: string): Value => {
    say(what);
    return nothing;
  };
  return {
    kind: 'handle',
    get: (name) => (name === 'ActiveRecord' ? activeRecord : name === 'connection' ? connection : /^[A-Z]/.test(name) && !harmless.has(name) ? other : unknown),
    call: asking(self).call,
  };
}
