// Upgrades: what the last release said of the fixtures is said still, or the changelog names the rule. `npm run verdicts`, part of a
// release, keeps what is said now.

import { writeFileSync } from 'node:fs';
import { filesBelow, lintFixture, read, ruleFixture } from './fixture.ts';
import { digestOf, untold, verdictOf, type Verdicts } from './verdicts.ts';

const file = 'fixtures/verdicts.json';

test('a verdict that differs from that of the last release is in the changelog', async () => {
  const now: Record<string, readonly string[]> = {};
  for (const path of filesBelow('fixtures/rules', '.sql')) {
    now[digestOf(read(path))] = verdictOf(await lintFixture(ruleFixture(path)));
  }
  if (process.env['KEEP_VERDICTS']) writeFileSync(file, printed(now));
  const [unreleased = ''] = read('CHANGELOG.md').split(/^## \[(?!Unreleased)/m);
  expect(untold(JSON.parse(read(file)), now, unreleased)).toEqual([]);
});

test.each<[string, Verdicts, Verdicts, string, string[]]>([
  ['the same', { a: ['dropped-table', ''] }, { a: ['dropped-table', ''] }, '', []],
  ['one more', { a: ['dropped-table', ''] }, { a: ['dropped-table', 'dropped-column'] }, '', ['dropped-column']],
  ['one less', { a: ['dropped-table dropped-table'] }, { a: ['dropped-table'] }, '', ['dropped-table']],
  ['one more that is told', { a: [''] }, { a: ['dropped-column'] }, '- `dropped-column` sees more', []],
  ['a fixture that is new', {}, { b: ['dropped-column'] }, '', []],
])('%s', (_, released, now, changes, expected) => {
  expect(untold(released, now, changes)).toEqual(expected);
});

test('expectations are no part of a fixture', () => {
  expect(digestOf('DROP TABLE a;\n--         ^ dropped-table\n')).toBe(digestOf('DROP TABLE a;\n'));
  expect(digestOf('DROP TABLE a;\n')).not.toBe(digestOf('DROP TABLE b;\n'));
});

/** A line for each, so that what changes is seen. */
function printed(verdicts: Verdicts): string {
  const lines = Object.entries(verdicts).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{\n${lines.map(([digest, verdict]) => `  ${JSON.stringify(digest)}: ${JSON.stringify(verdict)}`).join(',\n')}\n}\n`;
}
