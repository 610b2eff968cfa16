// What Ecto hands to a migration: its own functions, its repository, and the modules that it names.
// Source: lib/ecto/migration.ex and lib/ecto/migration/runner.ex of ecto_sql 3.14.

import type { Way } from '../../blocks/blocks-tool.ts';
import type { Scene } from '../../tree/scene.ts';
import { asks, handleOf, sendText, type Method } from '../../tree/handles.ts';
import { nothing, plainText, textOf, unknown, type Call, type Handle, type Value } from '../../tree/value.ts';
import { Builder, irreversible } from './builder.ts';
import { enumeration } from './enumeration.ts';

const queries: Method = ({ args: [sql], place }, scene) => {
  sendText(sql, place, scene);
  return unknown;
};

const repo: Handle = handleOf({ methods: { query: queries, 'query!': queries, config: asks, all: asks, one: asks, get: asks } });

/** A text, a list of texts, or a function. With two of them, the second is the way down. */
function executes({ direction, isReversed }: Way): Method {
  return (call, scene) => {
    const { args, run, place } = call;
    const sql = direction === 'down' && args.length > 1 ? args[1] : args[0];
    scene.together(() => {
      if (isReversed && args.length < 2) irreversible('execute', call, scene);
      else if (sql?.kind === 'function') run?.(sql);
      else for (const one of sql?.kind === 'list' ? sql.items : [sql]) if (one?.kind !== 'text' || one.pieces.length > 0) sendText(one, place, scene);
    });
    return nothing;
  };
}

/** Modules that have nothing to do with the database. */
const harmless: ReadonlySet<string> = new Set(['String', 'Map', 'List', 'Keyword', 'Application', 'System', 'DateTime', 'NaiveDateTime', 'Date', 'Time', 'Logger', 'Mix', 'File', 'Path', 'Integer', 'IO', 'Code', 'Jason']);

/** What sends nothing. */
const silent: Readonly<Record<string, Method>> = Object.fromEntries(['prefix', 'use', 'import', 'alias', 'require', 'raise'].map((name) => [name, asks]));

/** A module that stands for whatever it likes; the one that is called Repo runs queries. */
function moduleOf(name: string): Handle {
  if (/Repo$/.test(name)) return repo;
  const inner = handleOf({});
  return { ...inner, get: (next) => (/^[A-Z]/.test(next) ? moduleOf(next) : unknown) };
}

/** Is it written as a text? An atom has a colon, or stands in a list of words. */
function isTextIn(code: string): (value: Value) => boolean {
  return (value) => {
    const start = value.kind === 'text' ? (value.pieces[0]?.place.start ?? 0) : 0;
    return code.charAt(start - 1) === '"' ? code.charAt(start - 2) !== ':' : code.charAt(start) !== ':' && !/^\w+$/.test(plainText(value) ?? '');
  };
}

export function selfOf(way: Way, say: (what: string) => void, code: string): Handle {
  const attributes = new Map<string, Value>();
  const self: Handle = handleOf({
    methods: {
      ...silent,
      ...new Builder(way.isReversed, isTextIn(code)).methods,
      execute: executes(way),
      flush: (call, scene) => flush(way, call, scene),
      repo: () => repo,
      direction: ({ step }) => textOf(way.direction, step),
    },
  });
  return {
    kind: 'handle',
    get: (name) => attributes.get(name) ?? (name === 'Enum' ? enumeration : /^[A-Z]/.test(name) && !harmless.has(name) ? moduleOf(name) : unknown),
    call: (name, call, scene) => {
      if (name === undefined || !name.startsWith('@')) return self.call(name, call, scene);
      const [value = unknown] = call.args;
      if (call.args.length === 0) return attributes.get(name) ?? unknown;
      attributes.set(name, value);
      if (value.kind === 'constant' && value.value === true) say(name);
      return nothing;
    },
  };
}

/** There is no way back over it. */
function flush({ isReversed }: Way, call: Call, scene: Scene): Value {
  if (isReversed) irreversible('flush', call, scene);
  return nothing;
}
