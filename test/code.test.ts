// What is read of migrations in code, by fixtures/code: projects, and for each migration what it sends: where it stands in the code, in which
// transactions (`file`, `run`, `batch`), what of it may not run, and what is not checked.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { rules } from '../rules/index.ts';
import type { ParsedMigration } from '../src/engine/parsed-migration.ts';
import { run } from '../src/project/run.ts';
import { codeTools } from '../src/sources/code/code-tools.ts';
import { filesBelow, read } from './fixture.ts';

interface Scenario {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly sends: string;
  readonly notes?: readonly string[];
}

const fixtures = filesBelow('fixtures/code', '.yml');

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'pgmigrate-lint-')));
  mkdirSync(join(folder, '.git'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(fixtures)('%s', (path) => {
  const scenarios: readonly Scenario[] = parse(read(path));

  test.each(scenarios)('$name', async ({ files, sends, notes = [] }) => {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const done = await run(['.'], { cwd: folder }, rules, (histories) => histories.flatMap(({ migrations }) => Array.from(migrations, sentBy)));
    expect(done.result.join('')).toBe(sends);
    expect(done.notes).toEqual(notes);
  });
});

test('every tool whose code is read has a fixture', () => {
  const read = codeTools.filter(({ reader }) => reader !== undefined).map(({ title = '' }) => `fixtures/code/${title.toLowerCase().replaceAll(' ', '-')}.yml`);
  expect(fixtures).toEqual(expect.arrayContaining(read));
});

interface Line {
  readonly at: number;
  readonly text: string;
}

function sentBy({ source, parsed, parts, direction }: ParsedMigration): string {
  const place = (offset: number): string => {
    const { line, column } = source.positionOf(offset);
    return `${line}:${column}`;
  };
  const words = { begins: 'if', turns: 'else', ends: 'end' } as const;
  const lines: Line[] = [
    ...parts.flatMap(({ spans: [span], transaction }) => (span ? [{ at: span.start - 0.5, text: `  ${transaction}` }] : [])),
    ...parsed.turns.flatMap((turn) => (turn.kind === 'branch' ? [{ at: turn.at - 0.25, text: `    ${words[turn.step]}` }] : [])),
    ...parsed.statements.map(({ span }) => ({ at: span.start, text: `    ${place(span.start)} ${source.slice(span).replace(/\s+/g, ' ')}` })),
    ...parsed.problems.map(({ span, message }) => ({ at: span.start, text: `    ${place(span.start)} NOT CHECKED ${message}` })),
  ];
  return [`${source.path}${direction === 'up' ? '' : ', down'}`, ...lines.toSorted((left, right) => left.at - right.at).map(({ text }) => text), ''].join('\n');
}
