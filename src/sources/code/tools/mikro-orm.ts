// Migrations of MikroORM: a class with up() and down(), which has addSql() and execute() from the tool.
// Source: packages/migrations/src/{Migration,MigrationRunner,Migrator}.ts of its source, 6.4. `up` runs first; what addSql() was told is sent
// then, in its order.

import type { TransactionMode } from '../../../model/migration.ts';
import type { CodeText, ReadCode } from '../reading/code-reading.ts';
import { handleOf, sends, sendText } from '../script/handles.ts';
import { readScript, type Migration } from '../script/script-tool.ts';
import { nothing, type Handle, type Value } from '../script/value.ts';
import { knexHandle } from './knex/handle.ts';
import { sqlOfKnex } from './knex/sent.ts';

export const mikroOrm: ReadCode = readScript({
  up: 'up',
  down: 'down',
  isOfClass: true,
  way: (migration) => ({ parameters: [], inherits: inherited(), transaction: () => transactionOf(migration) }),
});

function inherited(): Readonly<Record<string, Value>> {
  const method = (itself: NonNullable<Parameters<typeof handleOf>[0]['itself']>): Handle => handleOf({ itself });
  const knex = knexHandle({ isInTransaction: true });
  const manager: Handle = handleOf({ methods: { execute: sends, getConnection: () => manager, getKnex: () => knex, getDriver: () => manager } });
  return {
    addSql: method(({ args: [sql], place }, scene) => {
      scene.keeping(() => sendText(sql && (sqlOfKnex(sql) ?? sql), place, scene));
      return nothing;
    }),
    execute: method(({ args: [sql], place }, scene) => {
      sendText(sql && (sqlOfKnex(sql) ?? sql), place, scene);
      return { kind: 'unknown' };
    }),
    getKnex: method(() => knex),
    getEntityManager: method(() => manager),
    driver: manager,
    ctx: knex,
  };
}

function transactionOf({ home, returned, file }: Migration): TransactionMode {
  const own = home.entries.has('isTransactional') ? returned('isTransactional') : undefined;
  const configuration = configurationOf(file);
  const isOff = (name: string): boolean => new RegExp(`["']?\\b${name}["']?\\s{0,20}:\\s{0,20}false\\b`).test(configuration);
  if ((own?.kind === 'constant' && own.value === false) || isOff('transactional')) return 'statement';
  return isOff('allOrNothing') ? 'file' : 'run';
}

function configurationOf({ root }: CodeText): string {
  const names = ['mikro-orm.config', 'src/mikro-orm.config', 'src/config/mikro-orm.config'];
  return root?.nearest(...names.flatMap((name) => [`${name}.ts`, `${name}.js`, `${name}.mts`, `${name}.mjs`, `${name}.cjs`])) ?? '';
}
