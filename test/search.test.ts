// Where migrations are found when nobody says where they are: projects in fixtures/search, and what a search says of them.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { titleOf } from '../src/sources/code/code-tool.ts';
import type { FoundFolder } from '../src/sources/search/found-folder.ts';
import { searchMigrations } from '../src/sources/search/search.ts';
import { filesBelow, read } from './fixture.ts';

interface Scenario {
  readonly name: string;
  /** Where the search begins; else the folder itself. */
  readonly in?: string;
  readonly files: Readonly<Record<string, string>>;
  /** For each folder its path, its tool, and how many files it has in SQL and in code. */
  readonly found: readonly string[];
  readonly leftOut?: readonly string[];
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  mkdirSync(join(folder, '.git'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(filesBelow('fixtures/search', '.yml'))('%s', (path) => {
  const scenarios: Scenario[] = parse(read(path));

  test.each(scenarios)('$name', ({ in: below = '.', files, found, leftOut = [] }) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const project = join(folder, below);
    const result = searchMigrations(project);
    expect(result.found.map((one) => inWords(one, project))).toEqual(found);
    expect(result.leftOut.map((one) => `${relative(project, one.path)}: ${one.why}`)).toEqual(leftOut);
  });
});

function inWords({ root, framework, sql, code }: FoundFolder, project: string): string {
  const files = sql.reduce((sum, { sqlFiles }) => sum + sqlFiles.length, 0);
  const tools = new Map<string, number>();
  for (const { tool, names } of code) tools.set(titleOf(tool), (tools.get(titleOf(tool)) ?? 0) + names.length);
  const parts = [...(framework ? [`${framework.title} ${files}`] : []), ...Array.from(tools, ([title, count]) => `${title} in code ${count}`)];
  return `${relative(project, root.path) || '.'}: ${parts.join(', ')}`;
}
