// Knex's schema builder: calls that hang on each other, and are sent in their order when somebody waits for them.
// Source: lib/schema/builder.js of its source, 3.3.

import { sendText } from '../../script/handles.ts';
import type { Scene } from '../../script/scene.ts';
import { unknown, type Call, type Handle, type Value } from '../../script/value.ts';
import { bound } from './bound.ts';
import { pending } from './sent.ts';

const asking: ReadonlySet<string> = new Set(['hasTable', 'hasColumn']);

const passing: ReadonlySet<string> = new Set(['transacting', 'queryContext', 'debug', 'on', 'timeout']);

export function schemaOf(): Handle {
  const steps: ((scene: Scene) => void)[] = [];
  const builder: Handle = pending(
    {
      kind: 'handle',
      get: () => unknown,
      call: (name = '', call) => {
        if (asking.has(name)) return unknown;
        if (!passing.has(name)) steps.push(stepOf(name, call));
        return builder;
      },
    },
    (scene) => {
      for (const step of steps) step(scene);
    },
  );
  return builder;
}

function stepOf(name: string, { args: [first, bindings], place, step }: Call): (scene: Scene) => void {
  if (name === 'raw') return (scene) => sendText(withBindings(first, bindings), place, scene);
  return (scene) => scene.gap(`what ${name}() of the schema builder sends is not known here`, step);
}

function withBindings(sql: Value | undefined, bindings: Value | undefined): Value | undefined {
  return sql?.kind === 'text' ? { kind: 'text', pieces: bound(sql.pieces, bindings) } : sql;
}
