// What is known of migration tools: projects in fixtures/frameworks, and what `explain` tells of them.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import { rules } from '../rules/index.ts';
import type { WorkspaceOptions } from '../src/project/options.ts';
import { explainPaths, lintPaths } from '../src/project/workspace.ts';
import { frameworkNames } from '../src/model/framework.ts';
import type { ExplainedMigration } from '../src/model/report.ts';
import { frameworks } from '../src/sources/frameworks/index.ts';
import { piecesOf } from '../src/sources/migrations/pieces.ts';
import { filesBelow, read } from './fixture.ts';

interface Scenario {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly paths?: readonly string[];
  readonly stdin?: string;
  /** For each migration its path, its name in the file if it has one, and its tool, and below it line, command, transaction and lock_timeout of its statements. */
  readonly told: string;
  readonly notes?: readonly string[];
  /** What is found of marks that may be those of another tool. */
  readonly doubts?: readonly string[];
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

  test.each(scenarios)('$name', async ({ files = {}, paths = ['.'], stdin, told, notes = [], doubts = [] }) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const input = stdin === undefined ? undefined : { read: async () => Buffer.from(stdin), path: undefined };
    const run = await explainPaths(paths, { cwd: folder, stdin: input }, rules);
    expect(run.result.migrations.map(tell).join('')).toBe(told);
    expect(run.notes).toEqual(notes);
    expect(await doubted(paths, input)).toEqual(doubts);
    if (stdin === undefined) expect(await unread(paths)).toEqual([]);
  });
});

test('a piece of a text has everything where the text has it', () => {
  for (const text of fixtures.flatMap(textsIn)) {
    for (const framework of Object.values(frameworks)) {
      const pieces = piecesOf({ text, name: 'V1__a.sql', directory: undefined }, framework, 'up', 'file');
      for (const piece of pieces) expect(withBlanksOf(piece.text, text)).toBe(piece.text);
    }
  }
});

/** `text` with the spaces and semicolons of `piece`, line breaks excepted. */
function withBlanksOf(piece: string, text: string): string {
  const isBlank = (index: number): boolean => piece[index] === ' ' || piece[index] === ';';
  return Array.from(text, (character, index) => (isBlank(index) && !/[\n\r]/.test(character) ? piece[index] : character)).join('');
}

function textsIn(path: string): string[] {
  const scenarios: Scenario[] = parse(read(path));
  const texts = scenarios.flatMap(({ files = {}, stdin = '' }) => [stdin, ...Object.values(files)]);
  return texts.flatMap((text) => [text, text.replaceAll('\n', '\r\n')]);
}

test('every tool has its fixtures', () => {
  const printed = ['django', 'rails', 'ecto', 'knex', 'typeorm', 'sequelize'];
  const expected = frameworkNames.filter((name) => !printed.includes(name)).map((name) => `fixtures/frameworks/${name}.yml`);
  expect(fixtures).toEqual(expect.arrayContaining(expected));
});

/** Of marks alone: placeholders are not what these fixtures are about. */
async function doubted(paths: readonly string[], stdin: WorkspaceOptions['stdin']): Promise<string[]> {
  const { result } = await lintPaths(paths, { cwd: folder, stdin }, rules);
  const found = result.findings.filter(({ rule, message }) => rule === 'not-checked' && /^(?:This file has|What stands behind this line)/.test(message));
  return found.map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`);
}

/** Files under the paths that are neither linted, nor history, nor named as something else. */
async function unread(paths: readonly string[]): Promise<string[]> {
  const run = await explainPaths(paths, { cwd: folder }, rules);
  const told = new Set(run.result.migrations.map(({ path }) => path));
  const below = paths.flatMap((path) => (path.endsWith('.sql') ? [path] : sqlFilesBelow(path)));
  return below.filter((path) => !told.has(path) && !run.notes.some((note) => note.includes(path)));
}

function sqlFilesBelow(path: string): string[] {
  const files = readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.sql')).map((file) => relative('.', join(path, file)));
}

function tell({ path, name, tool, statements, unread }: ExplainedMigration): string {
  return [
    [path, ...(name === undefined ? [] : [name]), tool].join(' · '),
    ...statements.map(({ line, command, transaction, lockTimeout }) =>
      ['', line, command, transaction, ...(lockTimeout === null ? [] : [lockTimeout])].join(' '),
    ),
    ...unread.map(({ line, column, message }) => ` ${line}:${column} ${message}`),
    '',
  ].join('\n');
}
