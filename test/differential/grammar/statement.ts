// The next statement of a history.

import { alterTable, attachable, attachments, renames, severalDrops } from './alter-table.ts';
import { objects } from './objects.ts';
import { oneOf, tables, type Production, type Scene } from './scene.ts';
import { createTable } from './tables.ts';

const anything: Production = oneOf([6, createTable], [30, alterTable], [4, renames], [4, attachments], [1, attachable], [1, severalDrops], [30, objects]);

/** A few tables come first. */
export function nextStatement(scene: Scene): string {
  const isEarly = tables(scene).length < 3;
  const production = isEarly ? createTable : anything;
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const statement = production(scene);
    if (statement !== undefined) return statement;
  }
  return 'SELECT 1';
}
