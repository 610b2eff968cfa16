// Migrations of node-pg-migrate in JavaScript and TypeScript: up(pgm) and down(pgm).
// Source: src/migration.ts, src/runner.ts, src/operations/sql.ts and src/utils/createTransformer.ts of its source, 8.0.

import { nodePgMigrate as inSql } from '../../frameworks/node/node-pg-migrate.ts';
import type { ReadCode } from '../reading/code-reading.ts';
import { handleOf, sends, sendText, type Method } from '../script/handles.ts';
import type { Scene } from '../script/scene.ts';
import { readScript } from '../script/script-tool.ts';
import { nothing, unknown, type Call, type Handle, type Value } from '../script/value.ts';
import { filledIn } from './node-pg-migrate/filled-in.ts';
import { literalOf } from './node-pg-migrate/literals.ts';

export const nodePgMigrate: ReadCode = readScript({
  up: 'up',
  down: 'down',
  isOfClass: false,
  way: ({ file }) => {
    const way = { isInTransaction: true };
    return { parameters: [builder(way)], transaction: () => (way.isInTransaction ? inSql.transaction(file.root) : 'statement') };
  },
});

interface WayOfBuilder {
  isInTransaction: boolean;
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
  return { ...told, call: (name, call, scene) => told.call(name, call, scene) ?? keeps(unreadCall(name))(call, scene) };
}

function keeps(work: (call: Call, scene: Scene) => void): Method {
  return (call, scene) => {
    scene.keeping(() => work(call, scene));
    return nothing;
  };
}

function unreadCall(name = ''): (call: Call, scene: Scene) => void {
  return ({ place }, scene) => scene.gap(`what pgm.${name}() sends is not known here`, place);
}

/** A text, or `{ text, values }`. */
const sendsQuery: Method = ({ args: [query = unknown], ...call }, scene) => sends({ ...call, args: [textIn(query)] }, scene);

function textIn(query: Value): Value {
  return query.kind === 'record' ? (query.entries.get('text') ?? unknown) : query;
}
