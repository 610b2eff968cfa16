// What Kysely hands to a migration: the schema builder, queries and transactions.
// Source: src/kysely.ts of its source, 0.28.

import { handleOf, sendText, type Method } from '../../script/handles.ts';
import { nothing, settled, unknown, type Handle } from '../../script/value.ts';
import { schemaOf } from './schema.ts';
import { fragmentOf, numbered } from './sql-tag.ts';

export interface DatabaseState {
  /** Then it is a transaction itself, and begins no other one. */
  readonly isInTransaction: boolean;
}

/** `isRenaming`: a plugin, or a schema, changes the names in what is built. */
export function databaseOf(state: DatabaseState, isRenaming = false): Handle {
  const same: Method = () => database;
  const database: Handle = handleOf({
    properties: { schema: () => schemaOf(isRenaming), introspection: () => asking, fn: () => asking, dynamic: () => asking },
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
      withSchema: () => databaseOf(state, true),
      withPlugin: () => databaseOf(state, true),
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
