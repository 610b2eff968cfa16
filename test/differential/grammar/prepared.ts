// What lasts as long as a session: prepared statements and cursors.

import { data } from './data.ts';
import { named, relation, type Scene } from './scene.ts';

type Next = (scene: Scene) => string;

/** PREPARE of what reads or writes rows. */
export function prepared(name: string): Next {
  return (scene) => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const statement = data(scene);
      if (statement !== undefined && /^(?:INSERT|UPDATE|DELETE|SELECT|WITH|MERGE|TABLE)\b/.test(statement)) return `PREPARE ${name}${scene.random.pick(['', '', ' (int)'])} AS ${statement}`;
    }
    return `PREPARE ${name} AS SELECT 1`;
  };
}

/** EXECUTE, with a value too many now and then. */
export function afterwards(name: string): Next[] {
  return [({ random }) => random.pick([`EXECUTE ${name}`, `EXECUTE ${name}`, `EXECUTE ${name} (1)`, `CREATE TABLE made_by_${name} AS EXECUTE ${name}`]), ({ random }) => random.pick([`DEALLOCATE ${name}`, `DEALLOCATE PREPARE ${name}`, 'SELECT 1'])];
}

export const withCursor: readonly Next[] = [
  (scene) => {
    const of = relation(scene, 'r', 'r', 'p', 'v', 'm');
    return `DECLARE rows_read ${scene.random.pick(['', 'SCROLL ', 'NO SCROLL '])}CURSOR${scene.random.pick(['', ' WITH HOLD'])} FOR SELECT * FROM ${of ? named(scene, of) : 'pg_class'}${scene.random.pick(['', '', ' FOR UPDATE'])}`;
  },
  ({ random }) => random.pick(['FETCH NEXT FROM rows_read', 'FETCH 5 rows_read', 'MOVE FORWARD ALL IN rows_read']),
  (scene) => {
    const of = relation(scene, 'r');
    return of ? scene.random.pick([`DELETE FROM ${named(scene, of)} WHERE CURRENT OF rows_read`, 'CLOSE rows_read']) : 'CLOSE rows_read';
  },
];
