// What Knex hands to a migration: raw SQL, the schema builder, queries and transactions. All of it is sent when somebody waits for it.
// Source: lib/knex-builder/make-knex.js, lib/raw.js, lib/execution/transaction.js of its source, 3.3.

import { handleOf, sendText, type Method } from '../../script/handles.ts';
import type { Scene } from '../../script/scene.ts';
import { holdsHandle, nothing, settled, unknown, type Call, type Handle, type Value } from '../../script/value.ts';
import { bound } from './bound.ts';
import { queryOf } from './query.ts';
import { schemaOf } from './schema.ts';
import { fragment, pending } from './sent.ts';

export interface KnexState {
  /** What is begun in a transaction is a savepoint. */
  readonly isInTransaction: boolean;
  /** The configuration changes names before they are written. */
  readonly isRenaming?: boolean;
}

export function knexHandle(state: KnexState): Handle {
  const knex: Handle = handleOf({
    itself: (call) => queryOf(call),
    properties: {
      schema: () => schemaOf(state.isRenaming === true),
      fn: () => functions,
      client: () => client,
    },
    methods: {
      raw: (call) => rawOf(call),
      ref: () => fragment(handleOf({ methods: { as: () => unknown, withSchema: () => unknown } }), unknown),
      transaction: (call, scene) => transaction(call, scene, state),
      savepoint: (call, scene) => transaction(call, scene, { ...state, isInTransaction: true }),
      destroy: () => nothing,
      isTransaction: () => unknown,
      queryBuilder: (call) => queryOf(call),
      transacting: () => knex,
      batchInsert: ({ place }, scene) => {
        scene.gap('the rows that batchInsert() writes are not read here', place);
        return unknown;
      },
    },
  });
  return { ...knex, call: (name, call, scene) => knex.call(name, call, scene) ?? (name !== undefined && queryVerbs.has(name) ? queryOf(call).call(name, call, scene) : undefined) };
}

/** Methods of Knex itself that begin a query. */
const queryVerbs: ReadonlySet<string> = new Set('select from into table insert update del delete with withRecursive where count first distinct pluck truncate withSchema'.split(' '));

const functions: Handle = handleOf({
  methods: {
    now: ({ args: [precision], place }) => words(precision?.kind === 'constant' && typeof precision.value === 'number' ? `CURRENT_TIMESTAMP(${precision.value})` : 'CURRENT_TIMESTAMP', place),
    uuid: ({ place }) => words('(gen_random_uuid())', place),
  },
});

const client: Handle = handleOf({});

function words(text: string, place: Call['place']): Handle {
  return fragment(handleOf({}), { kind: 'text', pieces: [{ text, place }] });
}

/** Methods that change nothing of what is sent. */
const passes = ['timeout', 'options', 'transacting', 'connection', 'wrap', 'debug', 'on', 'queryContext', 'as'];

export function rawOf({ args: [sql = unknown, ...more], place }: Call): Handle {
  const [bindings] = more;
  const text: Value = sql.kind === 'text' ? { kind: 'text', pieces: bound(sql.pieces, more.length > 1 ? { kind: 'list', items: more } : bindings) } : unknown;
  const pass: Method = () => raw;
  const shape = handleOf({ methods: Object.fromEntries(passes.map((name) => [name, pass])) });
  const raw: Handle = fragment(
    pending(shape, (scene) => sendText(text, place, scene)),
    text,
  );
  return raw;
}

/** With a function, it ends when that ends; without one, somebody ends it by hand. */
function transaction({ args, step, place }: Call, scene: Scene, { isInTransaction, isRenaming = false }: KnexState): Value {
  const [first] = args;
  const say = (text: string): void => scene.send([{ text, place: step }], place);
  const [begins, ends, undoes] = isInTransaction ? ['SAVEPOINT trx', 'RELEASE SAVEPOINT trx', 'ROLLBACK TO SAVEPOINT trx'] : ['BEGIN', 'COMMIT', 'ROLLBACK'];
  const state = { isOpen: true };
  const end = (text: string): Method => (_, inner) => {
    if (state.isOpen) inner.send([{ text, place: step }], place);
    state.isOpen = false;
    return nothing;
  };
  const knex = knexHandle({ isInTransaction: true, isRenaming });
  const ways = handleOf({ methods: { commit: end(ends), rollback: end(undoes), isCompleted: () => unknown } });
  const trx: Handle = { ...knex, get: (name) => (name === 'commit' || name === 'rollback' ? ways.get(name) : knex.get(name)), call: (name, call, inner) => ways.call(name, call, inner) ?? knex.call(name, call, inner) };
  say(begins);
  if (first === undefined || first.kind === 'record') return trx;
  if (first.kind === 'function') settled(scene.call(first, [trx]) ?? unknown, scene);
  else if (first.kind === 'unknown' || holdsHandle(first)) scene.gap('what happens in this transaction is not known here', place);
  if (state.isOpen) say(ends);
  state.isOpen = false;
  return unknown;
}
