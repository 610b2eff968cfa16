// Which folders are for another database: projects in fixtures/databases.yml, and the database of each of their folders.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { Directory } from '../src/sources/disk/directory.ts';
import { otherDatabaseOf } from '../src/sources/databases/other-database.ts';
import { read } from './fixture.ts';

interface Scenario {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** By folder: `MySQL: what says so`; `none` for PostgreSQL, or where nothing is certain. */
  readonly folders: Readonly<Record<string, string>>;
}

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  mkdirSync(join(project, '.git'));
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

const scenarios: Scenario[] = parse(read('fixtures/databases.yml'));

test.each(scenarios)('$name', ({ files, folders }) => {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  }
  const found = Object.keys(folders).map((folder) => {
    const other = otherDatabaseOf(new Directory(join(project, folder)));
    return [folder, other ? `${other.title}: ${other.because}` : 'none'];
  });
  expect(Object.fromEntries(found)).toEqual(folders);
});
