// A query of Knex's query builder. What only asks is of no matter; what writes is a gap.
// Source: lib/query/querybuilder.js and lib/query/method-constants.js of its source, 3.3.

import { unknown, type Call, type Handle } from '../../script/value.ts';
import { pending } from './sent.ts';

const writing: ReadonlySet<string> = new Set(['insert', 'update', 'del', 'delete', 'truncate', 'increment', 'decrement', 'upsert', 'updateFrom']);

/** Every method gives it back. */
export function queryOf({ place: begin }: Call): Handle {
  const state = { verb: '', place: begin };
  const query: Handle = pending(
    {
      kind: 'handle',
      get: () => unknown,
      call: (name = '', { place }) => {
        if (writing.has(name)) state.verb = name;
        state.place = place;
        return query;
      },
    },
    (scene) => {
      if (state.verb !== '') scene.gap(`Knex builds the SQL of this ${state.verb}() while the migration runs`, state.place);
    },
  );
  return query;
}
