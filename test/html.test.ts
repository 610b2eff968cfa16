// The page of `--format html`: that it is whole and needs nothing else, what its lanes say, and that no name or text becomes markup.

import { validateXML } from 'xmllint-wasm';
import { lockModes } from '../src/model/lock.ts';
import type { OfferedCure } from '../src/model/cure.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Plan } from '../src/model/plan.ts';
import type { ExplainedMigration, Report, TracedMigration } from '../src/model/report.ts';
import { explainTexts } from '../src/project/texts.ts';
import { explanationReporters, reporters, traceReporters } from '../src/reporters/index.ts';
import type { ReportContext } from '../src/reporters/reporter.ts';
import { SourceText } from '../src/text/source-text.ts';
import { visible } from '../src/text/visible.ts';
import { rules } from '../rules/index.ts';
import { filesBelow, read } from './fixture.ts';
import { hostileNames } from './hostile-names.ts';

jest.setTimeout(60_000);

async function explained(sql: string, path = 'db/1.sql', transaction: 'file' | 'statement' = 'file'): Promise<readonly ExplainedMigration[]> {
  return (await explainTexts({ path, sql }, [], { transaction }, rules)).migrations;
}

const range = { line: 1, column: 1, endLine: 1, endColumn: 2 };

/** All that can stand in a finding is the text. */
function findingOf(text: string, parts: Partial<Finding> = {}): Finding {
  const effects = lockModes.map((lock) => ({ relation: { schema: text, name: text }, lock, work: ['scan'], new: false, certainty: 'known' }) as const);
  return { rule: text, category: 'locking', severity: 'error', path: text, message: text, help: text, ...range, statement: range, effects, fingerprint: '0', ...parts };
}

function reportOf(findings: readonly Finding[], parts: Partial<Report> = {}): Report {
  const summary = { migrations: 1, linted: 1, statements: 1, error: findings.length, warning: 0, info: 0, suppressed: 0, unparsed: 0 };
  return { postgres: 14, versionSource: { kind: 'assumed' }, summary, failures: [], findings, suppressed: [], ...parts };
}

function contextOf(sql: string, parts: Partial<ReportContext> = {}): ReportContext {
  const nothing = { ruleOf: () => undefined, documentOf: () => '', explained: [], color: false, width: 100, quiet: false };
  return { sourceOf: (path) => new SourceText(path, sql), fails: (severity) => severity === 'error', version: '0.1.0', ...nothing, ...parts };
}

function planOf(text: string): Plan {
  const question = { kind: 'look', shows: text, sql: text } as const;
  const step = { place: 'transaction', title: text, statements: [text], notes: [text], questions: [question], undo: [text] } as const;
  return { title: text, instead: text, remarks: [text], decisions: [{ slot: text, meaning: text }], questions: [question], steps: [step], differs: [text] };
}

function cureOf(text: string): OfferedCure {
  const edits = [{ path: text, ...range, text: `${text}\n${text}` }, { path: `${text}.other`, ...range, text: `SELECT 1;${text}` }];
  return { level: 'files', title: text, edits, files: [{ path: text, text: `SELECT 1;\n${text}` }] };
}

/** All parts of the page hold the text. */
async function reportWith(text: string): Promise<string> {
  const table = `"${text.replaceAll('"', '""')}"`;
  const sql = `ALTER TABLE ${table} ADD COLUMN a int;\nALTER TABLE ${table}.${table} ADD COLUMN a int;\nSELECT unknown(); ${'-- '}${text.replaceAll('\n', ' ')}`;
  const finding = findingOf(text);
  const report = reportOf([finding], {
    suppressed: [{ finding, suppression: { kind: 'comment', reason: text } }, { finding, suppression: { kind: 'baseline' } }],
    loosened: [{ kind: 'rule', severity: 'warning', path: text, line: 1, message: text, reason: text }],
  });
  const migrations = (await explained(sql, text)).map((migration) => ({ ...migration, tool: text, unread: [{ ...range, message: text }] }));
  const overview = { histories: [{ title: text, path: text, migrations: 1, linted: 1 }], version: undefined, configuration: text, isConfiguredWithin: true, leftOut: [{ path: text, why: text }], notRun: [] };
  return reporters.html(report, contextOf(sql, { explained: migrations, cureOf: () => cureOf(text), planOf: () => planOf(text), overview }));
}

async function traceWith(text: string, took: readonly (number | undefined)[] = [2]): Promise<string> {
  const [migration] = await explained(`ALTER TABLE "${text.replaceAll('"', '""')}" ADD COLUMN a int;\nUPDATE orders SET a = 1;\nSELECT 1;`, text);
  const { statements = [], ...whole } = migration ?? { path: '', tool: '', unread: [] };
  const traced: TracedMigration = {
    ...whole,
    tool: text,
    statements: statements.map((statement, index) => ({ ...statement, unseenLocks: [], error: { code: '42P01', message: text }, notRun: text, isProof: false, differences: [text], took: took[index] })),
  };
  return traceReporters.html({ postgres: 18, migrations: [traced] }, contextOf(''));
}

/** Mistakes of pages as XML, which says more of them than what browsers forgive. */
async function mistakesIn(pages: readonly string[]): Promise<string[]> {
  const { errors } = await validateXML({ xml: pages.map((contents, index) => ({ fileName: `${index}.html`, contents })), normalization: 'c14n' });
  return errors.map(({ message }) => message);
}

test('a page that is not whole would be noticed', async () => {
  expect(await mistakesIn(['<html><p>a</html>', '<html a="&x;" />'])).not.toEqual([]);
  expect(strangersIn('<html onload="x"><b style="color:red" class="&lt;"></b><script></script></html>')).toEqual(['onload="x"', 'style="color:red"', 'class="&lt;"', '<script>']);
});

interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
}

/** Of a page that is well-formed. */
function tagsIn(page: string): Tag[] {
  const withoutStyle = page.replace(/<style>[^<]*<\/style>/, '');
  return Array.from(withoutStyle.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*\/?>/g), ([, name = '', attributes = '']) => ({
    name,
    attributes: Array.from(attributes.matchAll(/([a-z-]+)="([^"]*)"/g), ([, key = '', value = '']) => [key, value] as const),
  }));
}

const elements = new Set('html head meta title body main header footer section article h1 h2 h3 h4 p ul ol li b i small code pre ins del span div figure figcaption details summary table tbody tr td wbr'.split(' '));
const attributes = new Set('lang charset http-equiv content name class style title tabindex role aria-label aria-hidden'.split(' '));

/** What a page has that it should not have, whatever it is about. */
function strangersIn(page: string): string[] {
  return tagsIn(page).flatMap(({ name, attributes: own }) => [
    ...(elements.has(name) ? [] : [`<${name}>`]),
    ...own.flatMap(([key, value]) => {
      if (!attributes.has(key)) return [`${key}="${value}"`];
      if (key === 'style') return /^(?:grid-column:\d+\/\d+|--width:[\d.]+rem;--tracks:(?:\s*(?:[\d.]+rem|minmax\(calc\([\d.]+rem\*var\(--room\)\),\d+fr\)))+)$/.test(value) ? [] : [`style="${value}"`];
      return key === 'class' && !/^[a-z ]+$/.test(value) && value !== '' ? [`class="${value}"`] : [];
    }),
  ]);
}

test('asks nothing of anybody: no script, no address, and a policy that allows none', async () => {
  const page = await reportWith('orders');
  expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />`);
  expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|<a\b|src=|href=|@import|@font-face|url\(|https?:|\bon[a-z]+=/i);
  expect(await mistakesIn([page])).toEqual([]);
  expect(strangersIn(page)).toEqual([]);
});

test.each(hostileNames)('of %j no page makes markup', async (name) => {
  const finding = findingOf(name, { rule: 'r' });
  const pages = [
    await reportWith(name),
    await traceWith(name),
    explanationReporters.html({ postgres: 14, versionSource: { kind: 'assumed' }, migrations: await explained(`DROP TABLE "${name.replaceAll('"', '""')}";`, name) }, contextOf(name)),
    reporters.html(reportOf(Array.from({ length: 30 }, (_, index) => ({ ...finding, line: index + 1 }))), contextOf(name)),
  ];
  expect(await mistakesIn(pages)).toEqual([]);
  expect(pages.flatMap(strangersIn)).toEqual([]);
  expect(textOf(pages[0] ?? '')).toContain(visible(name).trim());
});

/** What a browser shows of it. */
function textOf(page: string): string {
  const text = page.replace(/<style>[^<]*<\/style>/, '').replace(/<[^>]*>/g, '');
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

test('only what is escaped, and the style, is made markup', () => {
  const making = filesBelow('src/reporters', '.ts').filter((path) => read(path).includes('new Markup('));
  expect(making).toEqual(['src/reporters/html/markup.ts', 'src/reporters/html/style.ts']);
});

describe('the lanes', () => {
  const sql = 'ALTER TABLE orders ADD COLUMN note text;\nCREATE INDEX ON customers (email);\nCREATE TABLE a (id int);\nCREATE TABLE b (id int);\nUPDATE orders SET note = 1;\n';

  async function titlesOf(text: string, transaction: 'file' | 'statement' = 'file'): Promise<string[]> {
    const page = reporters.html(reportOf([]), contextOf(text, { explained: await explained(text, 'db/1.sql', transaction) }));
    return tagsIn(page).flatMap(({ attributes: own }) => {
      const { class: name = '', title = '', style = '' } = Object.fromEntries(own);
      return /^(?:bar|work)\b/.test(name) && style !== '' ? [`${style} ${name}${title === '' ? '' : `: ${title}`}`] : [];
    });
  }

  test('have a bar for each lock, hatched where rows are read or written, and nothing else is told apart', async () => {
    expect(await titlesOf(sql)).toEqual([
      'grid-column:1/5 bar all: ACCESS EXCLUSIVE: reads and writes wait, statements 1–5',
      'grid-column:4/5 work all',
      'grid-column:2/5 bar writes: SHARE: writes wait, statements 2–5',
      'grid-column:2/3 work writes',
    ]);
  });

  test('have a gap between two transactions', async () => {
    expect(await titlesOf(sql, 'statement')).toEqual([
      'grid-column:1/2 bar all: ACCESS EXCLUSIVE: reads and writes wait, statement 1',
      'grid-column:5/6 bar nobody: ROW EXCLUSIVE: nobody waits, statement 5',
      'grid-column:5/6 work nobody',
      'grid-column:3/4 bar writes: SHARE: writes wait, statement 2',
      'grid-column:3/4 work writes',
    ]);
  });

  test('are none where nothing in use is locked; what is locked by what can not be read is said', async () => {
    const text = 'CREATE TABLE a (id int);\nSELECT unknown();\nDO LANGUAGE plpython3u $$ x $$;\n';
    const page = textOf(reporters.html(reportOf([]), contextOf(text, { explained: await explained(text) })));
    expect(page).toContain('No table that is in use is locked.');
    expect(page).toContain("What is locked at db/1.sql:2 and db/1.sql:3 can't be read from the text, and is not drawn.");
  });

  test('say what their numbers stand for, with the lock_timeout of those that somebody waits for', async () => {
    const page = textOf(reporters.html(reportOf([]), contextOf(sql, { explained: await explained(sql) }))).replace(/\s+/g, ' ');
    expect(page).toContain('1ALTER TABLE orders ADD COLUMN note text ACCESS EXCLUSIVE on public.orders: reads and writes wait line 1 · no lock_timeout');
    expect(page).toContain('3–42 statements: what is locked stays locked');
    expect(page).toContain('Here statement 1 has no lock_timeout that can be seen.');
    const limited = `SET lock_timeout = '2s';\n${sql}`;
    expect(textOf(reporters.html(reportOf([]), contextOf(limited, { explained: await explained(limited) })))).toContain('Here each has a lock_timeout: 2s.');
    expect(textOf(reporters.html(reportOf([]), contextOf('', { explained: await explained('CREATE INDEX ON orders (id);') })))).not.toContain('The queue');
  });

  test('have the words of a statement wherever it stands in a line', async () => {
    const text = `${'SELECT 1; '.repeat(300)}ALTER TABLE orders ADD note text; DROP TABLE /* ${'x'.repeat(200)} */ customers;`;
    const page = textOf(reporters.html(reportOf([]), contextOf(text, { explained: await explained(text) })));
    expect(page).toContain('301ALTER TABLE orders ADD note text\n');
    expect(page).toMatch(/302DROP TABLE \/\* x+…\n/);
  });

  test('of a trace are as wide as the server took', async () => {
    const page = await traceWith('orders', [20, 1800, 0.4]);
    expect(page).toMatch(/--tracks:minmax\(calc\(3\.25rem[^,]*,11fr\)\s+minmax\(calc\(3\.25rem[^,]*,1000fr\)\s+minmax\(calc\(3\.25rem[^,]*,1fr\)/);
    expect(textOf(page)).toContain('reads and writes wait for 1.8 s');
    expect(textOf(page)).toContain('line 3 · 0.4 ms');
  });
});

describe('a large report', () => {
  test('stays a page, and says what it leaves out', async () => {
    const sql = Array.from({ length: 400 }, (_, index) => `ALTER TABLE t${index} ADD COLUMN a int;\nUPDATE u SET a = ${index};\n`).join('');
    const findings = Array.from({ length: 8000 }, (_, index) => findingOf(`m${'x'.repeat(300)}${index}`, { severity: index % 2 === 0 ? 'warning' : 'error' }));
    const page = reporters.html(reportOf(findings), contextOf(sql, { explained: await explained(sql, 'db/1.sql', 'statement') }));
    expect(page.length).toBeLessThan(2_000_000);
    expect(page).toMatch(/\d+ problems \(\d+ errors, 4000 warnings\) more are not shown here/);
    expect(page).toContain('740 more locks not drawn here');
    expect(page.match(/class="number"/g)?.length).toBeLessThanOrEqual(200);
    expect(await mistakesIn([page])).toEqual([]);
  });

  test('draws a long transaction in few columns', async () => {
    const sql = Array.from({ length: 500 }, (_, index) => `UPDATE ${index % 2 === 0 ? 'orders' : 'customers'} SET a = ${index};\n`).join('');
    const page = reporters.html(reportOf([]), contextOf(sql, { explained: await explained(`LOCK TABLE orders;\n${sql}`) }));
    expect(page.match(/class="number"/g)?.length).toBeLessThanOrEqual(5);
    expect(page.length).toBeLessThan(60_000);
  });
});
