// What each format shows of cures: texts that are read by people, and edits that programs apply, which have to come to the same.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { rules } from '../rules/index.ts';
import type { OfferedCure } from '../src/model/cure.ts';
import type { FrameworkName } from '../src/model/framework.ts';
import type { TransactionMode } from '../src/model/migration.ts';
import type { Report } from '../src/model/report.ts';
import { isPostgresVersion, type PostgresVersion } from '../src/model/version.ts';
import { lintText } from '../src/project/index.ts';
import { cureTexts } from '../src/project/texts.ts';
import { reporters, type Format } from '../src/reporters/index.ts';
import { SourceText } from '../src/text/source-text.ts';
import { readCureFixture } from './cure-fixture.ts';
import { filesBelow, read } from './fixture.ts';

jest.setTimeout(120_000);

interface Text {
  readonly path: string;
  readonly sql: string;
}

interface Offered {
  readonly text: Text;
  readonly report: Report;
  readonly cures: ReadonlyMap<string, OfferedCure>;
}

/** The last of the texts is new. */
async function offeredFor(texts: readonly Text[], framework?: FrameworkName, { transaction, postgres = 16, beside = [] }: Setting = {}): Promise<Offered> {
  const text = texts.at(-1) ?? { path: '', sql: '' };
  const { report, cures } = await cureTexts(text, texts.slice(0, -1), { postgres, framework, transaction, rules: {} }, rules, new Set(), beside);
  return { text, report, cures };
}

interface Setting {
  readonly transaction?: TransactionMode | undefined;
  readonly postgres?: PostgresVersion | undefined;
  /** What else lies there. */
  readonly beside?: readonly Text[];
}

function shown(format: Format, { text, report, cures }: Offered, width = 80): string {
  return reporters[format](report, {
    sourceOf: (path) => (path === text.path ? new SourceText(path, text.sql) : undefined),
    ruleOf: () => undefined,
    documentOf: () => '',
    explained: [],
    cureOf: ({ fingerprint }) => cures.get(fingerprint),
    fails: () => true,
    version: '0.1.0',
    color: false,
    width,
    quiet: false,
  });
}

const orders: Text = { path: 'db/0001_orders.up.sql', sql: 'CREATE TABLE orders (id bigint PRIMARY KEY, total int, status text);\n' };
const down: Text = { path: 'db/0001_orders.down.sql', sql: '' };
const path = 'db/0002_checks.up.sql';
const check = "SET LOCAL lock_timeout = '5s';\n-- Totals are positive.\nALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0);\n";
const index = "SET LOCAL lock_timeout = '5s';\nCREATE TABLE items (id int);\nCREATE INDEX orders_status_idx ON orders (status);\n";

describe('pretty', () => {
  test('shows the lines that are rewritten, and each further file', async () => {
    const lines = shown('pretty', await offeredFor([orders, { path, sql: check }], 'golang-migrate')).split('\n');
    expect(lines.slice(lines.findIndex((line) => line.startsWith('  fix:')))).toEqual([
      '  fix:  Add the constraint NOT VALID, and validate it in a later transaction',
      '        (--fix)',
      '        3 + ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >',
      '            0) NOT VALID;',
      '        db/0003_validate_orders_total_check.up.sql',
      '        1 + ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;',
      '',
      '1 problem (1 error) in 1 of 1 migration, 1 other replayed as history',
      '1 can be fixed with --fix; --diff instead shows how',
      '',
    ]);
  });

  test('shows what goes where nothing takes its place', async () => {
    const text = shown('pretty', await offeredFor([orders, down, { path, sql: index }], 'golang-migrate'));
    expect(text).toContain('\n        3 - CREATE INDEX orders_status_idx ON orders (status);\n        db/0003_create_orders_status_idx.up.sql\n        1 + CREATE INDEX CONCURRENTLY');
  });

  test('counts what only --unsafe-fixes fixes', async () => {
    const text = shown('pretty', await offeredFor([{ path: '1.sql', sql: "BEGIN;\nSET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD note text;\n" }]));
    expect(text).toContain('(--fix --unsafe-fixes)\n        4 + COMMIT;\n');
    expect(text).toMatch(/\n1 can be fixed with --fix --unsafe-fixes; --diff instead shows how\n$/);
  });

  test('shows the beginning of much, and no line that is wider than three of the terminal', async () => {
    const actions = Array.from({ length: 9 }, (_, number) => `ADD CONSTRAINT orders_check_${number} CHECK (total > ${number})`);
    const many = shown('pretty', await offeredFor([{ path: '1.sql', sql: `SET lock_timeout = '5s';\nALTER TABLE orders\n  ${actions.join(',\n  ')};\n` }]));
    expect(many).toMatch(/… \d+ more lines/);
    const wide = shown('pretty', await offeredFor([{ path: '1.sql', sql: `SET lock_timeout = '5s';\nALTER TABLE orders ADD CONSTRAINT a CHECK (total > ${'1 + '.repeat(2000)}1);\n` }]));
    expect(Math.max(...wide.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});

describe('a list of all migrations', () => {
  const journal = { path: 'meta/_journal.json', sql: '{ "entries": [{ "idx": 0, "when": 1767225600000, "tag": "0000_orders" },\n{ "idx": 1, "when": 1769904000000, "tag": "0001_status" }] }\n' };
  const given = [{ path: '0000_orders.sql', sql: 'CREATE TABLE orders (id bigint);' }, { path: '0001_status.sql', sql: 'CREATE INDEX orders_idx ON orders (id);--> statement-breakpoint\nSELECT 1;\n' }];
  const offered = offeredFor(given, 'drizzle', { beside: [journal] });

  test.each([
    ['pretty', /\n {8}meta\/_journal\.json\n {8}\d+ \+ .*0002_create_orders_idx/],
    ['markdown', /\nAt `meta\/_journal\.json:\d+`:\n\n```diff\n\+.*0002_create_orders_idx/],
  ] as const)('is shown by %s with what comes into it', async (format, words) => {
    expect(shown(format, await offered)).toMatch(words);
  });
});

describe('markdown', () => {
  test('suggests what lies inside the lines of the finding', async () => {
    const sql = "SET lock_timeout = '5s';\n-- By status\nCREATE INDEX orders_status_idx\n  ON orders (status); -- for the list\n";
    const text = shown('markdown', await offeredFor([{ path: '1.sql', sql }]));
    expect(text).toContain(
      ['- **Fix** (`--fix`): Build the index concurrently, outside of transactions', '', '```suggestion', 'CREATE INDEX CONCURRENTLY orders_status_idx', '  ON orders (status); -- for the list', '```'].join('\n'),
    );
  });

  test('shows what changes, and further files, where that is not all', async () => {
    const text = shown('markdown', await offeredFor([orders, down, { path, sql: index }], 'golang-migrate'));
    expect(text).toContain(
      ['```diff', '-CREATE INDEX orders_status_idx ON orders (status);', '```', '', 'New file `db/0003_create_orders_status_idx.up.sql`:', '', '```sql', 'CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status);', '```'].join('\n'),
    );
    expect(text).not.toContain('```suggestion');
  });
});

test('json has the place and the text of each edit, and each further file', async () => {
  const { findings } = await lintText(check, { path, framework: 'golang-migrate', history: [orders] });
  expect(findings.map(({ rule, fix }) => ({ rule, fix }))).toEqual([
    {
      rule: 'unsplit-constraint',
      fix: {
        level: 'files',
        title: 'Add the constraint NOT VALID, and validate it in a later transaction',
        edits: [{ path, line: 3, column: 1, endLine: 3, endColumn: 71, text: 'ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0) NOT VALID' }],
        files: [{ path: 'db/0003_validate_orders_total_check.up.sql', text: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;\n' }],
      },
    },
  ]);
});

describe('the Node API', () => {
  test('gives the text as it is fixed, the files behind it, and what is left', async () => {
    const { findings, fixed } = await lintText(`${check}ALTER TABLE orders DROP COLUMN status;\n`, { path, framework: 'golang-migrate', history: [orders], fix: true });
    expect(findings.map(({ rule }) => rule)).toContain('unsplit-constraint');
    expect(fixed.text).toContain(' NOT VALID;\n');
    expect(fixed.files.map((file) => file.path)).toEqual(['db/0003_validate_orders_total_check.up.sql']);
    expect(fixed.findings.map(({ rule }) => rule)).not.toContain('unsplit-constraint');
    expect(fixed.findings.map(({ rule }) => rule)).toContain('dropped-column');
  });

  test('goes as far as it is asked to', async () => {
    const sql = "BEGIN;\nSET LOCAL lock_timeout = '5s';\nALTER TABLE orders ADD note text;\n";
    expect((await lintText(sql, { fix: true })).fixed.text).toBe(sql);
    expect((await lintText(sql, { fix: 'unsafe' })).fixed.text).toBe(`${sql}COMMIT;\n`);
    expect(await lintText(sql)).not.toHaveProperty('fixed');
  });

  test('says what takes people, and why a fix is not written', async () => {
    const totals = { path: 'db/0001_totals.up.sql', sql: 'CREATE MATERIALIZED VIEW totals AS SELECT 1 AS total;' };
    const { findings, fixed } = await lintText("SET lock_timeout = '5s';\nALTER TABLE orders DROP COLUMN status;\nREFRESH MATERIALIZED VIEW totals;\n", { path, history: [orders, totals], fix: true });
    expect(findings.find(({ rule }) => rule === 'dropped-column')?.fix).toMatchObject({ level: 'human', edits: [], files: [] });
    expect(fixed.withheld).toEqual([{ rule: 'blocking-refresh', path, line: 3, column: 1, fingerprint: expect.any(String), why: 'the view needs a unique index on plain columns first' }]);
  });

  test('has a text where there is nothing to fix', async () => {
    expect((await lintText('SELECT 1;', { fix: true })).fixed).toEqual({ text: 'SELECT 1;', files: [], findings: [], withheld: [] });
  });
});

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface ArtifactChange {
  readonly artifactLocation: { readonly uri: string };
  readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent: { readonly text: string } }[];
}

/** As section 3.55 of SARIF has it: all replacements speak of the text as it was. From the last to the first, none moves another. */
function applied(text: string, { replacements }: ArtifactChange): string {
  const starts = [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ 0: end, index: at }) => at + end.length)];
  const offset = (line: number, column: number): number => (starts[line - 1] ?? text.length) + column - 1;
  const inOrder = replacements.toSorted((one, other) => other.deletedRegion.startLine - one.deletedRegion.startLine || other.deletedRegion.startColumn - one.deletedRegion.startColumn);
  return inOrder.reduce((now, { deletedRegion: { startLine, startColumn, endLine, endColumn }, insertedContent }) => now.slice(0, offset(startLine, startColumn)) + insertedContent.text + now.slice(offset(endLine, endColumn)), text);
}

/** One finding speaks of all of a transaction; of its statements, a cure takes one out. */
const saidOnce: ReadonlySet<string> = new Set(['lock-upgrade', 'several-tables-locked', 'work-while-locked']);

describe('sarif', () => {
  const { id: _id, $schema: _schema, ...schema } = JSON.parse(readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8'));
  const isValid = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, formats: { uri: true, 'uri-reference': true, 'date-time': true } }).compile(schema);

  test.each(filesBelow('fixtures/cures', '.sql'))('what a consumer makes of the fixes of %s is found wrong no more', async (fixture) => {
    const { head, framework, transaction, beside, given } = readCureFixture(read(fixture));
    const version = Number(head.get('postgres') ?? 14);
    const setting = { transaction, beside, postgres: isPostgresVersion(version) ? version : undefined };
    const offered = await offeredFor(given, framework, setting);
    const log = JSON.parse(shown('sarif', offered));
    isValid(log);
    expect(isValid.errors).toBeNull();
    const results: readonly { readonly ruleId: string; readonly partialFingerprints: Readonly<Record<string, string>>; readonly fixes?: readonly { readonly artifactChanges: readonly ArtifactChange[] }[] }[] = log.runs[0].results;
    expect(results.filter(({ fixes }) => fixes).length).toBe(offered.cures.size);
    const countOf = (report: Report, rule: string): number => report.findings.filter((one) => one.rule === rule).length;
    for (const { ruleId, partialFingerprints, fixes: [fix] = [] } of results) {
      if (fix === undefined) continue;
      const there = new Map([...given, ...beside].map(({ path: file, sql }) => [file, sql]));
      const files = new Map(fix.artifactChanges.map((change) => {
        const file = decodeURIComponent(change.artifactLocation.uri);
        return [file, applied(there.get(file) ?? '', change)];
      }));
      const now = await offeredFor([...given.slice(0, -1), { path: offered.text.path, sql: files.get(offered.text.path) ?? offered.text.sql }], framework, setting);
      // What stood behind the statement may have moved into a further file, with what is found of it.
      if (saidOnce.has(ruleId)) expect(now.report.findings.map(({ fingerprint }) => fingerprint)).not.toContain(partialFingerprints['pgmigrateLint/v1']);
      else expect(countOf(now.report, ruleId)).toBeLessThan(countOf(offered.report, ruleId));
      const cure = offered.cures.get(partialFingerprints['pgmigrateLint/v1'] ?? '');
      expect(Object.fromEntries(files)).toMatchObject(Object.fromEntries(cure?.files.map((file) => [file.path, file.text]) ?? [['a cure', '']]));
    }
  });
});
