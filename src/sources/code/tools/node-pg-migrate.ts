// Migrations of node-pg-migrate in JavaScript and TypeScript: up(pgm) and down(pgm).
// Source: src/migration.ts, src/runner.ts, src/operations/sql.ts and src/utils/createTransformer.ts of its source, 8.0.

import { nodePgMigrate } from '../../frameworks/node/node-pg-migrate.ts';
import type { ReadCode } from '../reading/code-reading.ts';
import { handleOf, sends, sendText, type Method } from '../script/handles.ts';
import type { PlainRecord } from '../script/plain-value.ts';
import type { Scene } from '../script/scene.ts';
import { readScript } from '../script/script-tool.ts';
import { nothing, unknown, type Call, type Handle, type Value } from '../script/value.ts';
import { filledIn } from './node-pg-migrate/filled-in.ts';
import { literalOf, optionsOf } from './node-pg-migrate/literals.ts';
import { recordOf } from './node-pg-migrate/operation.ts';
import { operations } from './node-pg-migrate/operations.ts';

export const nodePgMigrateInCode: ReadCode = readScript({
  up: 'up',
  down: 'down',
  isOfClass: false,
  way: ({ file, module }) => {
    const shorthands = optionsOf(module.exports.entries.get('shorthands') ?? nothing);
    const way: WayOfBuilder = { isInTransaction: true, shorthands: shorthands.kind === 'plain' ? recordOf(shorthands.value) : undefined };
    return { parameters: [builder(way)], transaction: () => (way.isInTransaction ? nodePgMigrate.transaction(file.root) : 'statement') };
  },
});

interface WayOfBuilder {
  isInTransaction: boolean;
  /** Undefined: they are not known. */
  readonly shorthands: PlainRecord | undefined;
}

/** What it is told is kept until the migration has run; only what goes to `db` is sent at once. */
function builder(way: WayOfBuilder): Handle {
  const db = handleOf({ methods: { query: sendsQuery, select: sendsQuery, column: ({ args: [, query = unknown], ...call }, scene) => sendsQuery({ ...call, args: [query] }, scene) } });
  const told = handleOf({
    properties: { db: () => db },
    methods: {
      sql: keeps(({ args: [sql, values = nothing], place }, scene) => sendText(sql?.kind === 'text' ? { kind: 'text', pieces: filledIn(sql.pieces, values) } : sql, place, scene)),
      func: ({ args: [text = unknown] }) => literalOf(text),
      noTransaction: () => {
        way.isInTransaction = false;
        return nothing;
      },
    },
  });
  return { ...told, call: (name, call, scene) => told.call(name, call, scene) ?? keeps((inner, within) => build(name ?? '', inner, within, way))(call, scene) };
}

function keeps(work: (call: Call, scene: Scene) => void): Method {
  return (call, scene) => {
    scene.keeping(() => work(call, scene));
    return nothing;
  };
}

function build(name: string, { args, place, step }: Call, scene: Scene, { shorthands }: WayOfBuilder): void {
  const read = args.map(optionsOf);
  const known = read.flatMap((one) => (one.kind === 'plain' ? [one.value] : []));
  const operation = operations.get(name);
  const texts = operation && shorthands && known.length === args.length ? operation(known, shorthands) : undefined;
  if (texts) for (const text of texts) scene.send([{ text, place: step }], place);
  else scene.gap(operation ? `some arguments of pgm.${name}() can't be read here` : `what pgm.${name}() sends is not known here`, place);
}

/** A text, or `{ text, values }`. */
const sendsQuery: Method = ({ args: [query = unknown], ...call }, scene) => sends({ ...call, args: [textIn(query)] }, scene);

function textIn(query: Value): Value {
  return query.kind === 'record' ? (query.entries.get('text') ?? unknown) : query;
}
