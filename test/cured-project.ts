// A project of a fixture on the disk, as its tool finds it there: its migrations in the order in which they run.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rules } from '../rules/index.ts';
import type { ParsedMigration } from '../src/engine/parsed-migration.ts';
import type { FrameworkName } from '../src/model/framework.ts';
import type { TransactionMode } from '../src/model/migration.ts';
import { run } from '../src/project/run.ts';

export interface Project {
  readonly framework: FrameworkName | undefined;
  readonly transaction: TransactionMode | undefined;
  /** By path. */
  readonly files: ReadonlyMap<string, string>;
}

/** The ways up, and the ways down too where they are asked for: each behind its way up. */
export async function migrationsOf({ framework, transaction, files }: Project, down = false): Promise<readonly ParsedMigration[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pgmigrate-lint-')));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    writeFileSync(join(folder, '.pgmigrate-lint.yml'), `down: ${down}\nmigrations: [.]\n`);
    const done = await run([], { cwd: folder, framework, transaction }, rules, (histories) => histories.flatMap(({ migrations }) => [...migrations]));
    return done.result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
