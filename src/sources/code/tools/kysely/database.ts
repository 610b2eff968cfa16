// What Kysely hands to a migration: the schema builder, queries and transactions.
// Source: src/kysely.ts of its source, 0.28.

import { handleOf, sendText, type Method } from '../../script/handles.ts';
import { nothing, settled, unknown, type Handle } from '../../script/value.ts';
import { fragmentOf, numbered } from './sql-tag.ts';

export interface DatabaseState {
  /** Then it is a transaction itself, and begins no other one. */
  readonly isInTransaction: boolean;
}

export function databaseOf(state: DatabaseState): Handle {
  const same: Method = () => database;
  const database: Handle = handleOf({
    properties: { schema: () => schema, introspection: () => asking, fn: () => asking, dynamic: () => asking },
    methods: {
      selectFrom: () => chain(undefined),
      selectNoFrom: () => chain(undefined),
      insertInto: () => chain('insertInto'),
      updateTable: () => chain('updateTable'),
      deleteFrom: () => chain('deleteFrom'),
      replaceInto: () => chain('replaceInto'),
      mergeInto: () => chain('mergeInto'),
      with: same,
      withRecursive: same,
      withSchema: same,
      withPlugin: same,
      withoutPlugins: same,
      withTables: same,
      $extendTables: same,
      transaction: () => transaction(state),
      connection: () => handleOf({ methods: { execute: ({ args: [work = unknown] }, scene) => (work.kind === 'function' ? settled(scene.call(work, [database]) ?? unknown, scene) : undefined) } }),
      destroy: () => nothing,
      executeQuery: ({ args: [query], place }, scene) => {
        const fragment = fragmentOf(query);
        sendText(fragment && { kind: 'text', pieces: numbered(fragment) }, place, scene);
        return unknown;
      },
    },
  });
  return database;
}

const asking: Handle = { kind: 'handle', get: () => unknown, call: () => unknown };

const executing: ReadonlySet<string> = new Set(['execute', 'executeTakeFirst', 'executeTakeFirstOrThrow', 'stream']);

/** A query that is built by one method after the other. `verb`: of what it writes; undefined where it only asks. */
function chain(verb: string | undefined): Handle {
  const query: Handle = {
    kind: 'handle',
    get: () => unknown,
    call: (name = '', { place }, scene) => {
      if (!executing.has(name)) return query;
      if (verb !== undefined) scene.gap(`Kysely builds the SQL of this ${verb}() while the migration runs`, place);
      return unknown;
    },
  };
  return query;
}

const schema: Handle = {
  kind: 'handle',
  get: () => unknown,
  call: (name = '', call, scene) => (name.startsWith('with') ? schema : builder(name).call('', call, scene)),
};

function builder(verb: string): Handle {
  const steps: Handle = {
    kind: 'handle',
    get: () => unknown,
    call: (name = '', { place }, scene) => {
      if (name !== 'execute') return steps;
      scene.gap(`what ${verb}() of the schema builder sends is not known here`, place);
      return unknown;
    },
  };
  return steps;
}

function transaction({ isInTransaction }: DatabaseState): Handle {
  const same: Method = () => begun;
  const begun: Handle = handleOf({
    methods: {
      setIsolationLevel: same,
      setAccessMode: same,
      execute: ({ args: [work], step, place }, scene) => {
        if (work?.kind !== 'function') return undefined;
        if (!isInTransaction) scene.send([{ text: 'begin', place: step }], place);
        const result = settled(scene.call(work, [databaseOf({ isInTransaction: true })]) ?? unknown, scene);
        if (!isInTransaction) scene.send([{ text: 'commit', place: step }], place);
        return result;
      },
    },
  });
  return begun;
}
