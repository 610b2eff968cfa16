// What a branch changes so that less is checked: fixtures/loosened, projects as they were and as they are.

import { readFileSync, rmSync } from 'node:fs';
import { Ajv } from 'ajv';
import { validateXML } from 'xmllint-wasm';
import { parse } from 'yaml';
import { branchOf, type Files } from './branch.ts';
import { filesBelow, read } from './fixture.ts';
import { runMain } from './run-main.ts';

interface Branch {
  readonly name: string;
  readonly before?: Files;
  readonly now: Files;
  /** Behind `--since main`. */
  readonly run?: readonly string[];
  /** `PATH:LINE SEVERITY KIND: MESSAGE`, with the reason in brackets. */
  readonly loosened: readonly string[];
  /** Rules that find something all the same. */
  readonly found?: readonly string[];
  readonly exit: number;
  readonly err?: readonly string[];
}

interface Report {
  readonly loosened: readonly { readonly kind: string; readonly severity: string; readonly path: string; readonly line: number; readonly message: string; readonly reason: string | null }[];
  readonly findings: readonly { readonly rule: string }[];
}

describe.each(filesBelow('fixtures/loosened', '.yml'))('%s', (path) => {
  test.each<Branch>(parse(read(path)))('$name', async ({ before = {}, now, run = [], loosened, found = [], exit, err = [] }) => {
    const folder = branchOf({ 'db/migrations/1.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY);\n', ...before }, now);
    try {
      const ended = await runMain(['--since', 'main', '--format', 'json', ...run], folder);
      for (const text of err) expect(ended.err).toContain(text);
      const report: Report = JSON.parse(ended.out);
      expect(report.loosened.map((one) => `${one.path}:${one.line} ${one.severity} ${one.kind}: ${one.message}${one.reason === null ? '' : ` [${one.reason}]`}`)).toEqual(loosened);
      expect(report.findings.map(({ rule }) => rule).toSorted()).toEqual(found);
      expect(ended.code).toBe(exit);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('in every format', () => {
  let folder: string;

  beforeAll(() => {
    const before = { '.pgmigrate-lint.yml': 'loosening: error\n', 'db/migrations/1.sql': 'CREATE TABLE orders (id bigint);\n' };
    const comment = '-- pgmigrate-lint-ignore missing-lock-timeout: [quick](http://x) <b>\n';
    folder = branchOf(before, { '.pgmigrate-lint.yml': 'loosening: error\nrules:\n  dropped-table: off\n', 'db/migrations/2.sql': `${comment}DROP TABLE orders;\n` });
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const report = async (format: string): Promise<string> => {
    const { code, out } = await runMain(['--since', 'main', '--format', format], folder);
    expect(code).toBe(1);
    return out;
  };

  test('pretty, unix and markdown', async () => {
    expect(await report('pretty')).toContain('This branch loosens the check in 2 places:\n  .pgmigrate-lint.yml:3 dropped-table is off; it was a warning\n  db/migrations/2.sql:1 a comment suppresses missing-lock-timeout: [quick](http://x) <b>\n');
    expect(await report('unix')).toBe(
      '.pgmigrate-lint.yml:3:1: error: dropped-table is off; it was a warning [loosened-check]\n' +
        'db/migrations/2.sql:1:1: error: a comment suppresses missing-lock-timeout: [quick](http://x) <b> [loosened-check]\n',
    );
    const text = await report('markdown');
    expect(text).toContain('## pgmigrate-lint failed');
    expect(text).toContain('- `.pgmigrate-lint.yml:3` dropped-table is off; it was a warning\n- `db/migrations/2.sql:1` a comment suppresses missing-lock-timeout: \\[quick\\]');
    expect(text).not.toContain('<b>');
  });

  test('github: one annotation', async () => {
    expect(await report('github')).toContain(
      '::error file=.pgmigrate-lint.yml,line=3,title=This branch loosens the check in 2 places::.pgmigrate-lint.yml:3 dropped-table is off; it was a warning%0Adb/migrations/2.sql:1 a comment suppresses missing-lock-timeout: ',
    );
  });

  test('gitlab: an issue each, of its own', async () => {
    const issues: { check_name: string; fingerprint: string; severity: string; location: object }[] = JSON.parse(await report('gitlab'));
    expect(issues.map(({ check_name: name, severity, location }) => ({ name, severity, location }))).toEqual([
      { name: 'loosened-check', severity: 'critical', location: { path: '.pgmigrate-lint.yml', lines: { begin: 3, end: 3 } } },
      { name: 'loosened-check', severity: 'critical', location: { path: 'db/migrations/2.sql', lines: { begin: 1, end: 1 } } },
    ]);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  test('junit: a test each, that fails', async () => {
    const xml = await report('junit');
    const schema = read('fixtures/reporters/junit.xsd');
    expect((await validateXML({ xml: { fileName: 'junit.xml', contents: xml }, schema })).errors).toEqual([]);
    expect(xml).toContain('<failure type="error" message="dropped-table is off; it was a warning">');
  });

  test('sarif: notifications of the configuration', async () => {
    const log = JSON.parse(await report('sarif'));
    const { id: _id, $schema: _schema, ...schema } = JSON.parse(readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8'));
    const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, validateFormats: false }).compile(schema);
    expect([validate(log), validate.errors]).toEqual([true, null]);
    const [{ invocations }] = log.runs;
    expect(invocations).toEqual([
      {
        executionSuccessful: true,
        toolConfigurationNotifications: [
          expect.objectContaining({ level: 'error', message: { text: 'dropped-table is off; it was a warning.' } }),
          expect.objectContaining({ level: 'error', locations: [{ physicalLocation: { artifactLocation: { uri: 'db/migrations/2.sql', uriBaseId: '%SRCROOT%' }, region: { startLine: 1 } } }] }),
        ],
      },
    ]);
  });
});
