// Migrations of Ecto: modules with up and down, or change.
// Source: lib/ecto/migration.ex and lib/ecto/migration/runner.ex of ecto_sql 3.12.

import type { ReadCode } from '../reading/code-reading.ts';
import { readBlocks } from '../blocks/blocks-tool.ts';
import { asks, handleOf, sendText, type Method } from '../tree/handles.ts';
import { nothing, textOf, unknown, type Handle } from '../tree/value.ts';

export const ecto: ReadCode = readBlocks({
  language: 'elixir',
  self: ({ direction }, say) => selfOf(direction, say),
  isOutside: (said) => said.has('@disable_ddl_transaction'),
});

const queries: Method = ({ args: [sql], place }, scene) => {
  sendText(sql, place, scene);
  return unknown;
};

const repo: Handle = handleOf({ methods: { query: queries, 'query!': queries, config: asks, all: asks, one: asks, get: asks } });

/** A text, a list of texts, or a function. With two of them, the second is the way down. */
function executes(direction: 'up' | 'down'): Method {
  return ({ args, run, place }, scene) => {
    const sql = direction === 'down' && args.length > 1 ? args[1] : args[0];
    if (sql?.kind === 'function') run?.(sql);
    else for (const one of sql?.kind === 'list' ? sql.items : [sql]) if (one?.kind !== 'text' || one.pieces.length > 0) sendText(one, place, scene);
    return nothing;
  };
}

/** `Enum.each(list, fn x -> … end)`. */
const each: Method = ({ args: [all = unknown, work], run }, scene) => {
  if (all.kind === 'list') for (const item of all.items) run?.(work, [item]);
  else scene.perhaps(() => run?.(work));
  return unknown;
};

const enumeration: Handle = { kind: 'handle', get: () => unknown, call: (name, call, scene) => (name === 'each' || name === 'map' ? each(call, scene) : unknown) };

/** Modules that have nothing to do with the database. */
const harmless: ReadonlySet<string> = new Set(['String', 'Map', 'List', 'Keyword', 'Application', 'System', 'DateTime', 'NaiveDateTime', 'Date', 'Time', 'Logger', 'Mix', 'File', 'Path', 'Integer', 'IO', 'Code', 'Jason']);

/** What Ecto puts together for its own calls, and sends nothing. */
const parts: Readonly<Record<string, Method>> = Object.fromEntries(
  ['table', 'index', 'unique_index', 'constraint', 'references', 'fragment', 'add', 'add_if_not_exists', 'modify', 'remove', 'remove_if_exists', 'timestamps', 'prefix', 'flush', 'use', 'import', 'alias', 'require', 'raise'].map((name) => [name, asks]),
);

/** A module that stands for whatever it likes; the one that is called Repo runs queries. */
function moduleOf(name: string): Handle {
  if (/Repo$/.test(name)) return repo;
  const inner = handleOf({});
  return { ...inner, get: (next) => (/^[A-Z]/.test(next) ? moduleOf(next) : unknown) };
}

function selfOf(direction: 'up' | 'down', say: (what: string) => void): Handle {
  const self: Handle = handleOf({
    methods: {
      ...parts,
      execute: executes(direction),
      repo: () => repo,
      direction: ({ step }) => textOf(direction, step),
    },
  });
  return {
    kind: 'handle',
    get: (name) => (name === 'Enum' ? enumeration : /^[A-Z]/.test(name) && !harmless.has(name) ? moduleOf(name) : unknown),
    call: (name, call, scene) => {
      if (name === undefined || !name.startsWith('@')) return self.call(name, call, scene);
      const [value] = call.args;
      if (value?.kind === 'constant' && value.value === true) say(name);
      return nothing;
    },
  };
}
