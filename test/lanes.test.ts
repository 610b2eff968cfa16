// Which relation is locked from which statement to which: each fixture says it, a line for each bar.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockLanes, type Lane } from '../src/model/lanes/lock-lanes.ts';
import type { Bar } from '../src/model/lanes/bar.ts';
import { printName } from '../src/model/names.ts';
import { explainPaths } from '../src/project/workspace.ts';
import { rules } from '../rules/index.ts';
import { filesBelow, parseFixture, read, type Fixture } from './fixture.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(filesBelow('fixtures/lanes', '.sql'))('%s', async (path) => {
  const text = read(path);
  const expected = Array.from(text.matchAll(/^-- bar: (.+)$/gm), ([, bar]) => bar);
  expect(await barsOf(parseFixture(text))).toEqual(expected);
  expect(expected).not.toEqual([]);
});

/** All files are pending. */
async function barsOf({ migrations, options: { transaction = 'statement' } }: Fixture): Promise<string[]> {
  writeFileSync(join(folder, '.pgmigrate-lint.yml'), `migrations: db\nframework: plain\ntransaction: ${transaction}\n`);
  mkdirSync(join(folder, 'db'));
  for (const { path, sql } of migrations) writeFileSync(join(folder, 'db', path), sql);
  const { result } = await explainPaths([], { cwd: folder }, rules);
  return inOrder(lockLanes(result.migrations.flatMap(({ statements }) => statements))).map(barInWords);
}

type PlacedBar = Bar & Pick<Lane, 'relation'>;

function inOrder(lanes: readonly Lane[]): PlacedBar[] {
  return lanes.flatMap(({ relation, bars }) => bars.map((bar) => ({ relation, ...bar }))).toSorted((left, right) => left.from - right.from);
}

/** Statements count from 1. */
function barInWords({ relation, from, to, lock, waiters, working, isAssumed }: PlacedBar): string {
  const rows = working.length === 0 ? '' : `, rows at ${working.map(({ at }) => at + 1).join(', ')}`;
  return `${printName(relation)} ${from + 1}-${to + 1} ${lock}, ${waiters} ${waiters === 'nobody' ? 'waits' : 'wait'}${rows}${isAssumed ? ', assumed' : ''}`;
}
