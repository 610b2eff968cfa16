// What is known of migration tools: projects in fixtures/frameworks, and what `explain` tells of them.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { rules } from '../rules/index.ts';
import { explainPaths } from '../src/project/workspace.ts';
import { frameworkNames } from '../src/model/framework.ts';
import type { ExplainedMigration } from '../src/model/report.ts';
import { decode } from '../src/sources/read-text.ts';
import { filesBelow, read } from './fixture.ts';

interface Scenario {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly paths?: readonly string[];
  readonly stdin?: string;
  /** For each migration its path and tool, and below it line, command, transaction and lock_timeout of its statements. */
  readonly told: string;
  readonly notes?: readonly string[];
}

const fixtures = filesBelow('fixtures/frameworks', '.yml');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  mkdirSync(join(folder, '.git'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(fixtures)('%s', (path) => {
  const scenarios: Scenario[] = parse(read(path));

  test.each(scenarios)('$name', async ({ files = {}, paths = ['.'], stdin, told, notes = [] }) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const input = stdin === undefined ? undefined : { text: decode(Buffer.from(stdin)), path: undefined };
    const run = await explainPaths(paths, { cwd: folder, stdin: input }, rules);
    expect(run.result.migrations.map(tell).join('')).toBe(told);
    expect(run.notes).toEqual(notes);
  });
});

test('every tool has its fixtures', () => {
  const printed = ['django', 'rails', 'ecto', 'knex', 'typeorm', 'sequelize'];
  const expected = frameworkNames.filter((name) => !printed.includes(name)).map((name) => `fixtures/frameworks/${name}.yml`);
  expect(fixtures).toEqual(expect.arrayContaining(expected));
});

function tell({ path, tool, statements, unread }: ExplainedMigration): string {
  return [
    `${path} · ${tool}`,
    ...statements.map(({ line, command, transaction, lockTimeout }) =>
      ['', line, command, transaction, ...(lockTimeout === null ? [] : [lockTimeout])].join(' '),
    ),
    ...unread.map(({ line, column, message }) => ` ${line}:${column} ${message}`),
    '',
  ].join('\n');
}
