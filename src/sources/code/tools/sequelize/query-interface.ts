// What Sequelize hands to a migration.
// Source: src/dialects/abstract/query-interface.js, src/sequelize.js and src/transaction.js of its source, 6.37.

import { asks, handleOf, sendText, type Method } from '../../script/handles.ts';
import type { Scene } from '../../script/scene.ts';
import { nothing, settled, unknown, type Call, type Handle, type Value } from '../../script/value.ts';
import { makers, plainOfSequelize } from './data-types.ts';
import { operations } from './operations.ts';
import { replaced } from './replaced.ts';

const asking = ['describeTable', 'showAllTables', 'showAllSchemas', 'tableExists', 'showConstraint', 'showIndex', 'rawSelect', 'select', 'getForeignKeyReferencesForTable', 'getForeignKeysForTables', 'databaseVersion', 'nameIndexes', 'quoteIdentifier', 'quoteIdentifiers', 'quoteTable', 'escape'];

export function queryInterface(): Handle {
  const shape: Handle = handleOf({
    properties: { sequelize: () => sequelize, context: () => own, queryInterface: () => own, queryGenerator: () => generator, QueryGenerator: () => generator },
    methods: Object.fromEntries(asking.map((name) => [name, asks])),
  });
  const own: Handle = { ...shape, call: (name, call, scene) => shape.call(name, call, scene) ?? (name === undefined ? undefined : build(name, call, scene)) };
  const sequelize: Handle = handleOf({
    properties: { options: () => options, dialect: () => options },
    methods: { query, transaction, getQueryInterface: () => own, getDialect: ({ place }) => ({ kind: 'text', pieces: [{ text: 'postgres', place }] }), escape: asks, ...Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, ({ args }: Call) => make(args)])), cast: asks, define: asks, close: asks, authenticate: asks },
  });
  return own;
}

const options: Handle = handleOf({});

/** The last argument may hold the transaction that it runs in, which is of no matter to the text. Undefined: nobody knows the method. */
function build(name: string, { args, place, step }: Call, scene: Scene): Value | undefined {
  const operation = operations.get(name);
  const known = args.map((arg) => plainOfSequelize(withoutTransaction(arg))).flatMap((reading) => (reading.kind === 'plain' ? [reading.value] : []));
  const texts = operation && known.length === args.length ? operation(known) : undefined;
  if (operation && texts === undefined) scene.gap(`some arguments of ${name}() can't be read here`, place);
  for (const text of texts ?? []) scene.send([{ text, place: step }], place);
  return operation && unknown;
}

const unwritten: ReadonlySet<string> = new Set(['transaction', 'logging', 'benchmark']);

function withoutTransaction(arg: Value): Value {
  if (arg.kind === 'handle' && plainOfSequelize(arg).kind === 'unknown') return nothing;
  return arg.kind === 'record' ? { ...arg, entries: new Map([...arg.entries].filter(([name]) => !unwritten.has(name))) } : arg;
}

const generator: Handle = { kind: 'handle', get: () => unknown, call: () => unknown };

/** The text, or `{ query, values }`. */
const query: Method = ({ args: [first, settings], place }, scene) => {
  const isWhole = first?.kind === 'record';
  const sql = isWhole ? first.entries.get('query') : first;
  const values = isWhole ? first.entries.get('values') : settings?.kind === 'record' ? settings.entries.get('replacements') : undefined;
  sendText(sql?.kind === 'text' && values ? { kind: 'text', pieces: replaced(sql.pieces, values) } : sql, place, scene);
  return unknown;
};

/** With a function, it ends when that ends; without one, somebody ends it by hand. */
function transaction({ args, step, place }: Call, scene: Scene): Value {
  const work = args.find(({ kind }) => kind === 'function');
  const state = { isOpen: true };
  const end = (text: string): Method => (_, inner) => {
    if (state.isOpen) inner.send([{ text, place: step }], place);
    state.isOpen = false;
    return nothing;
  };
  const own = handleOf({ methods: { commit: end('COMMIT'), rollback: end('ROLLBACK'), afterCommit: asks } });
  scene.send([{ text: 'START TRANSACTION', place: step }], place);
  if (work?.kind !== 'function') {
    if (args.some(({ kind }) => kind === 'unknown')) scene.gap('what happens in this transaction is not known here', place);
    return own;
  }
  const result = settled(scene.call(work, [own]) ?? unknown, scene);
  if (state.isOpen) scene.send([{ text: 'COMMIT', place: step }], place);
  state.isOpen = false;
  return result;
}
