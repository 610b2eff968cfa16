// Scripts beside migrations of Prisma that move data: `data-migration.ts`, which somebody runs behind the migration of its folder.
// Source: prisma.io, "Data migrations" and "Raw queries"; src/runtime/getPrismaClient.ts of @prisma/client, 6.

import type { Piece, ReadCode } from '../reading/code-reading.ts';
import { asks, handleOf, sends, sendText, sendsWords, type Method } from '../script/handles.ts';
import type { Scene } from '../script/scene.ts';
import { readProgram } from '../script/script-tool.ts';
import { unknown, type Call, type Handle, type Value } from '../script/value.ts';

export const prisma: ReadCode = readProgram((module, name) => (/^@prisma\/|(?:^|\/)(?:generated|prisma)(?:\/|$)/.test(module) ? brought(name) : undefined));

function brought(name: string): Handle | undefined {
  if (name === 'PrismaClient') return clientClass;
  if (name === 'Prisma') return sqlMaker;
  return name === '*' || name === 'default' ? handleOf({ properties: { PrismaClient: () => clientClass, Prisma: () => sqlMaker } }) : undefined;
}

const clientClass: Handle = { ...handleOf({}), call: (name) => (name === 'new' ? client : undefined) };

/** Pieces of SQL that `Prisma.sql` and its like make. */
const fragments = new WeakMap<Handle, readonly Piece[]>();

function fragmentOf(pieces: readonly Piece[]): Handle {
  const handle = handleOf({});
  fragments.set(handle, pieces);
  return handle;
}

/** Values are sent beside the SQL, as `$1`. */
function piecesOf({ args: [texts, ...values], place }: Call): readonly Piece[] {
  const quasis = texts?.kind === 'list' ? texts.items : [];
  let next = 1;
  const valueOf = (value: Value | undefined): readonly Piece[] => (value?.kind === 'handle' ? fragments.get(value) : undefined) ?? [{ text: `$${next++}`, place }];
  return quasis.flatMap((quasi, index) => [...(quasi.kind === 'text' ? quasi.pieces : []), ...(index < values.length ? valueOf(values[index]) : [])]);
}

const rawOf: Method = ({ args: [text], step }) => fragmentOf(text?.kind === 'text' ? text.pieces : [{ text: '${sql}', place: step }]);

const sqlMaker: Handle = handleOf({
  properties: { empty: () => fragmentOf([]) },
  methods: { sql: (call) => fragmentOf(piecesOf(call)), raw: rawOf, join: ({ step }) => fragmentOf([{ text: '${values}', place: step }]) },
});

/** A tagged template, or what `Prisma.sql` has made. */
const runsTemplate: Method = (call, scene) => {
  const [first] = call.args;
  const made = first?.kind === 'handle' ? fragments.get(first) : undefined;
  sendText(made ? { kind: 'text', pieces: made } : first?.kind === 'list' ? { kind: 'text', pieces: piecesOf(call) } : first, call.place, scene);
  return unknown;
};

/** A function is handed a client of its own; what a list holds was made before, and shares a transaction that nobody sees here. */
const runsTransaction: Method = (call, scene) => {
  const [work] = call.args;
  if (work?.kind !== 'function') {
    scene.gap('the transaction that these share is not followed', call.place);
    return unknown;
  }
  sendsWords('BEGIN')(call, scene);
  const result = scene.call(work, [client]);
  sendsWords('COMMIT')(call, scene);
  return result ?? unknown;
};

const known: Handle = handleOf({
  methods: {
    $executeRaw: runsTemplate,
    $queryRaw: runsTemplate,
    $executeRawUnsafe: sends,
    $queryRawUnsafe: sends,
    $transaction: runsTransaction,
    $connect: asks,
    $disconnect: asks,
    $on: asks,
    $extends: () => client,
  },
});

/** Of a model, what reads sends nothing that counts; the rest is put together by Prisma. */
const model: Handle = { kind: 'handle', get: () => unknown, call: (name) => (name !== undefined && /^(?:find|count|aggregate|groupBy)/.test(name) ? unknown : undefined) };

const client: Handle = {
  kind: 'handle',
  get: (name) => (name.startsWith('$') ? known.get(name) : model),
  call: (name: string | undefined, call: Call, scene: Scene) => known.call(name, call, scene),
};
