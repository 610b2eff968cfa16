// The next statement of a history.

import { alterTable } from './alter-table.ts';
import { attached } from './attached.ts';
import { data } from './data.ts';
import { otherDefinitions } from './definitions.ts';
import { foreign } from './foreign.ts';
import { functions } from './functions.ts';
import { createIndex, onIndex } from './indexes.ts';
import { maintenance } from './maintenance.ts';
import { attachments } from './partitions.ts';
import { periods } from './periods.ts';
import { privileges } from './privileges.ts';
import { renames } from './renames.ts';
import { oneOf, tables, type Production, type Scene } from './scene.ts';
import { dropTables, schemas } from './schemas.ts';
import { sequences } from './sequences.ts';
import { createTable, partitionOf } from './tables.ts';
import { types } from './types.ts';
import { views } from './views.ts';

const anything: Production = oneOf(
  [9, createTable], [30, alterTable], [6, renames], [6, attachments], [9, createIndex], [4, onIndex], [8, views], [6, types], [6, functions], [8, attached],
  [4, sequences], [10, data], [5, maintenance], [2, schemas], [3, dropTables], [3, foreign], [3, otherDefinitions], [2, privileges], [2, periods],
);

/** A few tables come first, and each that is partitioned gets a partition before anything else is done to it. */
export function nextStatement(scene: Scene): string {
  const bare = tables(scene, ({ kind, children }) => kind === 'p' && children.length === 0)[0];
  const first = bare && scene.random.number(20) > 0 ? partitionOf(scene, bare) : undefined;
  if (first !== undefined) return first;
  const production = tables(scene).length < 3 ? createTable : anything;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const statement = production(scene);
    if (statement !== undefined) return statement;
  }
  return 'SELECT 1';
}
