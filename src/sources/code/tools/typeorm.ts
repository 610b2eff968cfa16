// Migrations of TypeORM: a class with up(queryRunner) and down(queryRunner).
// Source: src/migration/MigrationExecutor.ts and src/query-runner/QueryRunner.ts of its source, 0.3.

import type { TransactionMode } from '../../../model/migration.ts';
import { versionOfPackage } from '../../frameworks/settings/package-version.ts';
import type { CodeText, ReadCode } from '../reading/code-reading.ts';
import { asks, handleOf, sends, sendsWords } from '../script/handles.ts';
import { plainOf } from '../script/plain-value.ts';
import type { Scene } from '../script/scene.ts';
import { readScript } from '../script/script-tool.ts';
import { unknown, type Call, type Handle, type MadeRecord, type Value } from '../script/value.ts';
import type { Naming } from './typeorm/names.ts';
import { operations } from './typeorm/operations.ts';

export const typeorm: ReadCode = readScript({
  up: 'up',
  down: 'down',
  isOfClass: true,
  way: ({ home, file }) => ({ parameters: [queryRunner(namingOf(file))], transaction: () => transactionOf(home, file) }),
});

function transactionOf({ entries }: MadeRecord, { root }: CodeText): TransactionMode {
  const own = entries.get('transaction');
  if (own?.kind === 'constant' && typeof own.value === 'boolean') return own.value ? 'file' : 'statement';
  return modeOf(root?.nearest(...configurations) ?? '');
}

const configurations: readonly string[] = [...['data-source', 'ormconfig', 'src/data-source'].flatMap((name) => ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs'].map((ending) => `${name}.${ending}`)), 'ormconfig.json'];

/** "all" is what holds where nobody says anything else. */
function modeOf(configuration: string): TransactionMode {
  const mode = /["']?migrationsTransactionMode["']?\s*:\s*["'](all|each|none)["']/.exec(configuration)?.[1];
  return mode === 'each' ? 'file' : mode === 'none' ? 'statement' : 'run';
}

/** Where nothing says which version it is, as it was for years. */
function namingOf({ root }: CodeText): Naming {
  const [major = 0] = (root && versionOfPackage(root, 'typeorm')) ?? [];
  return major >= 1 ? 'plain' : 'encoded';
}

function queryRunner(naming: Naming): Handle {
  const known: Handle = handleOf({
    properties: { manager: () => manager, connection: () => manager },
    methods: {
      query: sends,
      startTransaction: sendsWords('BEGIN'),
      commitTransaction: sendsWords('COMMIT'),
      rollbackTransaction: sendsWords('ROLLBACK'),
      hasTable: asks,
      hasColumn: asks,
      hasSchema: asks,
      hasDatabase: asks,
      getTable: asks,
      getTables: asks,
      getView: asks,
      getViews: asks,
      getDatabases: asks,
      getSchemas: asks,
      getCurrentSchema: asks,
      getCurrentDatabase: asks,
    },
  });
  const runner: Handle = { ...known, call: (name, call, scene) => known.call(name, call, scene) ?? (name === undefined ? undefined : build(name, call, scene, naming)) };
  const manager: Handle = handleOf({ properties: { connection: () => manager, queryRunner: () => runner, dataSource: () => manager }, methods: { query: sends } });
  return runner;
}

/** Undefined: what the method sends depends on the database, or nobody knows the method. */
function build(name: string, { args, place, step }: Call, scene: Scene, naming: Naming): Value | undefined {
  const operation = operations.get(name);
  const known = args.map((arg) => plainOf(arg)).flatMap((reading) => (reading.kind === 'plain' ? [reading.value] : []));
  const said = operation && known.length === args.length ? operation(known, naming) : undefined;
  if (operation && said === undefined) scene.gap(`some arguments of ${name}() can't be read here, or what it does depends on the database`, place);
  for (const { text, isAsked } of said ?? []) {
    const send = (): void => scene.send([{ text, place: step }], place);
    if (isAsked) scene.perhaps(send);
    else send();
  }
  return operation && unknown;
}
