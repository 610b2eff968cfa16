// What people and programs get from each format, from small reports made by hand.

import { readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { validateXML } from 'xmllint-wasm';

import type { Assumption } from '../src/model/assumption.ts';
import { doubtOf, type Effect } from '../src/model/effect.ts';
import type { Finding } from '../src/model/finding.ts';
import type { ExplainedStatement, Explanation, Report, Summary } from '../src/model/report.ts';
import type { RuleMeta } from '../src/model/rule.ts';
import type { Overview } from '../src/model/overview.ts';
import { ganttLines } from '../src/reporters/gantt.ts';
import { explanationReporters, formats, reporters } from '../src/reporters/index.ts';
import type { ReportContext } from '../src/reporters/reporter.ts';
import { SourceText } from '../src/text/source-text.ts';
import { rules } from '../rules/index.ts';
import { lintText } from '../src/project/index.ts';
import { read } from './fixture.ts';

const PATH = 'db/migrations/0042_orders_status.sql';

const rule: RuleMeta = {
  id: 'non-concurrent-index',
  category: 'locking',
  summary: 'An index is built on an existing table without CONCURRENTLY',
  hazard: 'Every write to the table waits until the build ends',
  remedy: 'Build it with CREATE INDEX CONCURRENTLY, outside a transaction',
  severity: 'error',
  since: '0.1.0',
};

const buildsIndex: Effect = {
  relation: { schema: 'public', name: 'orders' },
  lock: 'SHARE',
  work: ['index-build'],
  new: false,
  certainty: 'known',
};

const place = { line: 1, column: 1, endLine: 1, endColumn: 52 };

const finding: Finding = {
  rule: rule.id,
  category: 'locking',
  severity: 'error',
  path: PATH,
  ...place,
  message: 'Building this index blocks writes to public.orders until it is done',
  help: rule.remedy,
  statement: place,
  effects: [buildsIndex],
  fingerprint: '0123456789abcdef',
};

function reportOf(
  findings: readonly Finding[],
  parts: Partial<Summary> = {},
  suppressed: Report['suppressed'] = [],
): Report {
  const number = (severity: Finding['severity']): number => findings.filter((one) => one.severity === severity).length;
  return {
    postgres: 14,
    versionSource: { kind: 'assumed' },
    summary: {
      migrations: 10,
      linted: 10,
      statements: 42,
      error: number('error'),
      warning: number('warning'),
      info: number('info'),
      suppressed: suppressed.length,
      unparsed: 0,
      ...parts,
    },
    failures: [],
    findings,
    suppressed,
  };
}

const suppressedByComment: Report['suppressed'][number] = {
  finding: { ...finding, path: 'a.sql' },
  suppression: { kind: 'comment', reason: 'the table is [small](x)' },
};
const suppressedByBaseline: Report['suppressed'][number] = { finding: { ...finding, path: 'b.sql' }, suppression: { kind: 'baseline' } };

function contextOf(sources: Readonly<Record<string, string>> = {}, parts: Partial<ReportContext> = {}): ReportContext {
  return {
    sourceOf: (path) => {
      const text = sources[path];
      return text === undefined ? undefined : new SourceText(path, text);
    },
    ruleOf: (id) => (id === rule.id ? rule : undefined),
    documentOf: (id) => (id === rule.id ? '# non-concurrent-index\n' : ''),
    explained: [],
    fails: (severity) => severity === 'error',
    version: '0.1.0',
    color: false,
    width: 100,
    quiet: false,
    ...parts,
  };
}

/** A finding on the only place in `sql` where `marked` stands. */
function findingOn(sql: string, marked: string, parts: Partial<Finding> = {}): Finding {
  const start = sql.indexOf(marked);
  const range = new SourceText(PATH, sql).rangeOf({ start, end: start + marked.length });
  return { ...finding, ...range, statement: range, effects: [], ...parts };
}

function explainedOf(parts: Partial<ExplainedStatement>): ExplainedStatement {
  const nothing = { effects: [], blocks: { reads: [], writes: [] }, opaque: false } as const;
  return { ...place, command: 'CREATE INDEX', transaction: 'own', lockTimeout: null, ...nothing, ...parts };
}

const junitSchema = read('fixtures/reporters/junit.xsd');

/** What the schema of JUnit's XML says against a text. */
async function mistakesIn(xml: string): Promise<string[]> {
  const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents: xml }, schema: junitSchema });
  return errors.map(({ message }) => message);
}

/** The frame of a finding on `marked` in `sql`: the lines with a bar, and the gaps. */
function frameOf(sql: string, marked: string, width = 100): string[] {
  const text = reporters.pretty(reportOf([findingOn(sql, marked)]), contextOf({ [PATH]: sql }, { width }));
  return text.split('\n').filter((line) => /^ +\d* \||^ +…$/.test(line));
}

describe('json', () => {
  test('prints what the contracts promise, in their order', () => {
    const summary = { migrations: 42, linted: 1, statements: 12 };
    expect(reporters.json(reportOf([finding], summary), contextOf())).toBe(
      [
        '{',
        '  "version": 1,',
        '  "postgres": 14,',
        '  "summary": {',
        '    "migrations": 42,',
        '    "linted": 1,',
        '    "statements": 12,',
        '    "error": 1,',
        '    "warning": 0,',
        '    "info": 0,',
        '    "suppressed": 0,',
        '    "unparsed": 0',
        '  },',
        '  "findings": [',
        '    {',
        '      "rule": "non-concurrent-index",',
        '      "category": "locking",',
        '      "severity": "error",',
        '      "path": "db/migrations/0042_orders_status.sql",',
        '      "line": 1,',
        '      "column": 1,',
        '      "endLine": 1,',
        '      "endColumn": 52,',
        '      "message": "Building this index blocks writes to public.orders until it is done",',
        '      "help": "Build it with CREATE INDEX CONCURRENTLY, outside a transaction",',
        '      "statement": {',
        '        "line": 1,',
        '        "column": 1,',
        '        "endLine": 1,',
        '        "endColumn": 52',
        '      },',
        '      "effects": [',
        '        {',
        '          "relation": "public.orders",',
        '          "lock": "SHARE",',
        '          "work": [',
        '            "index-build"',
        '          ],',
        '          "new": false,',
        '          "certainty": "known"',
        '        }',
        '      ],',
        '      "fingerprint": "0123456789abcdef",',
        '      "fix": null',
        '    }',
        '  ]',
        '}',
        '',
      ].join('\n'),
    );
  });
});

describe('pretty', () => {
  const sql = "SET lock_timeout = '5s';\nCREATE INDEX orders_status_idx ON orders (status);\n";
  const onIndex = findingOn(sql, 'CREATE INDEX orders_status_idx ON orders (status)', { effects: [buildsIndex] });

  test('shows the code, the lock in plain words, who waits, and the remedy', () => {
    expect(reporters.pretty(reportOf([onIndex]), contextOf({ [PATH]: sql }))).toBe(
      [
        'error non-concurrent-index  db/migrations/0042_orders_status.sql:2:1',
        '  Building this index blocks writes to public.orders until it is done',
        '',
        "    1 | SET lock_timeout = '5s';",
        '    2 | CREATE INDEX orders_status_idx ON orders (status);',
        '      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
        '',
        '  takes SHARE on public.orders: writes wait while an index is built',
        '  help: Build it with CREATE INDEX CONCURRENTLY, outside a transaction',
        '',
        '1 problem (1 error) in 1 of 10 migrations',
        '',
      ].join('\n'),
    );
  });

  test('has a message where the source is gone', () => {
    const text = reporters.pretty(reportOf([onIndex]), contextOf());
    expect(text).toContain(finding.message);
    expect(text).not.toContain(' | ');
  });

  test('is coloured where that is wanted and nowhere else', () => {
    expect(reporters.pretty(reportOf([onIndex]), contextOf({ [PATH]: sql }, { color: true }))).toMatch(/^\x1b\[31m.*error/);
    expect(reporters.pretty(reportOf([onIndex]), contextOf({ [PATH]: sql }))).not.toContain('\x1b');
  });

  test('keeps the findings of a file together', () => {
    const paths = ['b.sql', 'a.sql', 'b.sql'];
    const findings = paths.map((path, index) => ({ ...finding, path, line: index + 1 }));
    const text = reporters.pretty(reportOf(findings), contextOf());
    expect(text.match(/[ab]\.sql:\d/g)).toEqual(['b.sql:1', 'b.sql:3', 'a.sql:2']);
  });

  test('breaks sentences at the width of the terminal and aligns them', () => {
    const text = reporters.pretty(reportOf([{ ...finding, effects: [] }]), contextOf({}, { width: 40 }));
    expect(text.split('\n').slice(1, 5)).toEqual([
      '  Building this index blocks writes to',
      '  public.orders until it is done',
      '  help: Build it with CREATE INDEX',
      '        CONCURRENTLY, outside a',
    ]);
  });
});

describe('effects in plain words', () => {
  test.each<[Partial<Pick<Effect, 'lock' | 'work'>>, string]>([
    [{ lock: 'SHARE', work: [] }, 'takes SHARE on public.orders: writes wait'],
    [
      { lock: 'ACCESS EXCLUSIVE', work: ['rewrite'] },
      'takes ACCESS EXCLUSIVE on public.orders: reads and writes wait while all rows are rewritten',
    ],
    [
      { lock: 'SHARE UPDATE EXCLUSIVE', work: ['scan'] },
      'takes SHARE UPDATE EXCLUSIVE on public.orders: reads and writes go on while all rows are read',
    ],
    [
      { lock: 'ACCESS EXCLUSIVE', work: ['scan', 'index-build', 'foreign-key-check'] },
      'reads and writes wait while all rows are read, an index is built and foreign keys are checked',
    ],
  ])('%j', (parts, expected) => {
    const effects = [{ ...buildsIndex, ...parts }];
    const text = reporters.pretty(reportOf([{ ...finding, effects }]), contextOf({}, { width: 200 }));
    expect(text).toContain(`${expected}\n`);
  });

  const orders = { schema: 'public', name: 'orders' };

  test.each<[Assumption, string]>([
    [{ kind: 'column-type', table: orders, column: 'total' }, 'until history shows the type of public.orders.total'],
    [{ kind: 'volatility', function: { schema: undefined, name: 'token' } }, 'until history shows whether token() is volatile'],
    [{ kind: 'type', type: { schema: 'shop', name: 'money' } }, 'until history shows what type shop.money is'],
    [{ kind: 'time-zone' }, 'for a server whose TimeZone is UTC'],
    [{ kind: 'partitioned', table: orders }, 'until history shows whether public.orders is partitioned'],
    [{ kind: 'index-table', index: orders }, 'until history shows the table of public.orders'],
    [{ kind: 'view', view: orders }, 'until history shows whether public.orders is there'],
    [{ kind: 'query', relation: orders }, 'because the query of public.orders does not show the types of its columns'],
    [{ kind: 'constraints', table: orders }, 'until history shows the columns and constraints of public.orders'],
    [{ kind: 'bounds', table: orders }, "because it can't be read whether a CHECK of public.orders implies the bounds"],
    [{ kind: 'extension', extension: 'TimescaleDB', table: orders }, 'because TimescaleDB looks after public.orders, and does it in its own way'],
    [{ kind: 'storage', relation: orders, trait: 'tablespace' }, 'until history shows the tablespace of public.orders'],
    [{ kind: 'storage', relation: orders, trait: 'access-method' }, 'until history shows the access method of public.orders'],
    [{ kind: 'storage', relation: orders, trait: 'persistence' }, 'until history shows whether public.orders is logged'],
  ])('%j', (assumption, expected) => {
    const effects: Effect[] = [buildsIndex, { ...buildsIndex, ...doubtOf(assumption) }, { ...buildsIndex, ...doubtOf(assumption) }];
    const text = reporters.pretty(reportOf([{ ...finding, effects }]), contextOf({}, { width: 200 }));
    expect(text.match(/ \(assumed\)\n/g)).toHaveLength(2);
    expect(text.match(/^ {2}assumed .*$/gm)).toEqual([`  assumed ${expected}`]);
  });

  test('nobody waits for a table that the migration has made', () => {
    const text = reporters.pretty(reportOf([{ ...finding, effects: [{ ...buildsIndex, new: true }] }]), contextOf());
    expect(text).not.toContain('takes');
  });

  test('many relations are counted', () => {
    const effects = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...buildsIndex, relation: { schema: 'public', name } }));
    const text = reporters.pretty(reportOf([{ ...finding, effects }]), contextOf());
    expect(text.match(/takes .*/g)).toHaveLength(4);
    expect(text).toContain('takes locks on 2 more relations\n');
  });
});

describe('the summary of pretty', () => {
  const closing = (report: Report): string => reporters.pretty(report, contextOf()).trimEnd().split('\n').at(-1) ?? '';

  test.each([
    [reportOf([]), 'No problems in 10 migrations (42 statements)'],
    [reportOf([], { migrations: 1, linted: 1, statements: 1 }), 'No problems in 1 migration (1 statement)'],
    [reportOf([], { linted: 0, statements: 0 }), 'No migrations to lint, 10 others replayed as history'],
    [
      reportOf([], { linted: 9 }, [suppressedByComment, suppressedByBaseline, suppressedByComment]),
      'No problems in 9 migrations (42 statements), 2 suppressed, 1 in the baseline, 1 other replayed as history',
    ],
    [
      reportOf([finding, { ...finding, path: 'b.sql' }, { ...finding, severity: 'warning' }]),
      '3 problems (2 errors, 1 warning) in 2 of 10 migrations',
    ],
    [reportOf([{ ...finding, severity: 'info' }]), '1 problem (1 info) in 1 of 10 migrations'],
  ])('%#: %s', (report, expected) => {
    expect(closing(report)).toBe(expected);
  });

  test('is left out by quiet', () => {
    expect(reporters.pretty(reportOf([]), contextOf({}, { quiet: true }))).toBe('');
    expect(reporters.pretty(reportOf([finding]), contextOf({}, { quiet: true }))).not.toMatch(/problem/);
  });
});

describe('what is suppressed', () => {
  const aside = [suppressedByComment, suppressedByBaseline, suppressedByBaseline];

  test('is a list with its reasons, and a number by file', () => {
    const text = reporters.pretty(reportOf([], {}, aside), contextOf());
    expect(text).toMatch(/^Comments suppress 1 finding:\n {2}a\.sql:\d+:\d+ non-concurrent-index: the table is \[small\]\(x\)\nThe baseline holds back 2 findings: 2 in b\.sql\n/);
    expect(reporters.pretty(reportOf([], {}, aside), contextOf({}, { quiet: true }))).toBe('');
  });

  test('is none of the links that it looks like', () => {
    const text = reporters.markdown(reportOf([], {}, aside), contextOf());
    expect(text).toContain('The baseline holds back 2 findings: 2 in b.sql');
    expect(text).not.toContain('[small](x)');
  });

  test('is one notice among ten', () => {
    const many = Array.from({ length: 10 }, () => ({ ...finding, severity: 'info' as const }));
    const lines = reporters.github(reportOf(many, {}, aside), contextOf()).split('\n').filter((line) => line.startsWith('::notice'));
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toMatch(/^::notice title=pgmigrate-lint::Comments suppress 1 finding:%0Aa\.sql:\d+ non-concurrent-index: the table is \[small\]\(x\)%0AThe baseline holds back 2 findings: 2 in b\.sql$/);
  });
});

describe('what was looked at', () => {
  const overview: Overview = {
    histories: [{ title: 'Flyway', path: 'db/\u001b[31mmigration', migrations: 120, linted: 3 }],
    version: { major: 14, source: { kind: 'project', path: 'compose.yml', line: 7, written: '9.6' } },
    configuration: '.pgmigrate-lint.yml',
    isConfiguredWithin: false,
    leftOut: [{ path: 'db/mysql', why: 'it is for MySQL' }],
    notRun: [
      { kind: 'down', sections: 3, lines: 41, files: 0 },
      { kind: 'elsewhere', sections: 0, lines: 0, files: 1 },
    ],
  };

  test('is one line, which breaks between its parts where there is no room, and obeys nothing', () => {
    const linesAt = (width: number): string[] => reporters.pretty(reportOf([]), contextOf({}, { overview, width })).split('\n').slice(0, -2);
    const [tool, version, ...others] = ['Flyway in db/\\x1b[31mmigration', 'PostgreSQL 14 (compose.yml:7, which says 9.6)', '120 migrations, 3 linted', 'left out: db/mysql'];
    const sections = ['3 down sections (41 lines) left out', '1 file for other databases left out'];
    expect(linesAt(300)).toEqual([[tool, version, ...others, ...sections].join(' · ')]);
    expect(linesAt(80)).toEqual([`${tool} · ${version} ·`, `${others.join(' · ')} ·`, sections.join(' · ')]);
    expect(linesAt(20)).toEqual([`${tool} ·`, `${version} ·`, `${others[0]} ·`, `${others[1]} ·`, `${sections[0]} ·`, `${sections[1]}`]);
  });

  test('is nothing where nobody asks, and where there was nothing', () => {
    const nothing: Overview = { ...overview, histories: [] };
    for (const one of [undefined, nothing]) expect(reporters.pretty(reportOf([]), contextOf({}, { overview: one }))).toBe('No problems in 10 migrations (42 statements)\n');
  });
});

describe('code frames', () => {
  test('expand tabs and count wide characters twice', () => {
    expect(frameOf('ALTER TABLE 注文\n\tADD 備考 text,\tADD e\u0301tat text;', 'ADD e\u0301tat text')).toEqual([
      '    1 | ALTER TABLE 注文',
      '    2 |     ADD 備考 text,  ADD e\u0301tat text;',
      '      |                     ^^^^^^^^^^^^^',
    ]);
  });

  test.each([
    ['한국어', 6],
    ['ｆｕｌｌ', 8],
    ['ｶﾅ', 2],
    ['🚚', 2],
    ['𠮷', 2],
    ['naïve', 5],
    ['日本。', 6],
  ])('%s takes %i columns', (word, columns) => {
    expect(frameOf(`-- ${word}`, word)[1]).toBe(`      |    ${'^'.repeat(columns)}`);
  });

  test('show a range of several lines, each underlined', () => {
    const action = 'ADD COLUMN token uuid\n    DEFAULT gen_random_uuid()';
    expect(frameOf(`ALTER TABLE orders ${action};\n`, action)).toEqual([
      '    1 | ALTER TABLE orders ADD COLUMN token uuid',
      '      |                    ^^^^^^^^^^^^^^^^^^^^^',
      '    2 |     DEFAULT gen_random_uuid();',
      '      |     ^^^^^^^^^^^^^^^^^^^^^^^^^',
    ]);
  });

  test.each([
    [4, false],
    [5, true],
  ])('show %i lines, and a gap: %s', (number, hasGap) => {
    const sql = Array.from({ length: number }, (_, index) => `-- ${index}`).join('\n');
    expect(frameOf(sql, sql).includes('    …')).toBe(hasGap);
  });

  test('cut a range of many lines in the middle', () => {
    const columns = Array.from({ length: 20 }, (_, index) => `  c${index} int`).join(',\n');
    const table = `CREATE TABLE wide (\n${columns}\n)`;
    expect(frameOf(`-- wide\n${table}`, table)).toEqual([
      '     1 | -- wide',
      '     2 | CREATE TABLE wide (',
      '       | ^^^^^^^^^^^^^^^^^^^',
      '     3 |   c0 int,',
      '       |   ^^^^^^^',
      '     …',
      '    23 | )',
      '       | ^',
    ]);
  });

  test('show no line twice where a range ends with a line break', () => {
    expect(frameOf('SELECT 1;\nSELECT 2;\n', 'SELECT 1;\n')).toEqual([
      '    1 | SELECT 1;',
      '      | ^^^^^^^^^',
      '    2 | SELECT 2;',
    ]);
  });

  test.each([
    ['in', 3],
    ['at the end of', 7],
  ])('point at a place %s a text', (_, column) => {
    const point = { line: 1, column, endLine: 1, endColumn: column };
    const text = reporters.pretty(reportOf([{ ...finding, ...point }]), contextOf({ [PATH]: 'SELECT' }));
    expect(text).toContain(`    1 | SELECT\n      | ${' '.repeat(column - 1)}^\n`);
  });

  const filler = 'SELECT 1; '.repeat(2000);
  const marked = 'ALTER TABLE orders ADD COLUMN token uuid';

  test.each([
    ['at the start', `${marked};${filler}`],
    ['in the middle', `${filler}${marked};${filler}`],
    ['at the end', `${filler}${marked}`],
    ['behind tabs', `${'\t'.repeat(500)}${marked}${'\t'.repeat(500)}x`],
    ['behind wide characters', `${'注'.repeat(500)}${marked}${'注'.repeat(500)}`],
    ['behind surrogate pairs', `${'🚚'.repeat(501)}${marked}${'🚚'.repeat(501)}`],
  ])('keep a long line in the terminal, with the range %s', (_, sql) => {
    const [code = '', underline = '', ...others] = frameOf(sql, marked, 80);
    expect(others).toEqual([]);
    expect(columnsOf(code)).toBeLessThanOrEqual(80);
    expect(code).toContain(marked);
    expect(code).toContain('…');
    expect(underline.indexOf('^')).toBe(columnsOf(code.slice(0, code.indexOf(marked))));
    expect(underline.slice(underline.indexOf('^'))).toBe('^'.repeat(marked.length));
  });

  test('show the beginning of a range that is longer than the terminal', () => {
    const drop = `DROP TABLE ${'x'.repeat(500)}`;
    const [code = '', underline = ''] = frameOf(`${filler}${drop}`, drop, 80);
    expect(code).toMatch(/^ {4}1 \| ….+; DROP TABLE x+…$/);
    expect(underline.indexOf('^')).toBe(code.indexOf('DROP'));
    expect(underline.length).toBeLessThanOrEqual(80);
  });

  /** Tabs are gone by then; these tests use no other wide characters. */
  function columnsOf(text: string): number {
    return Array.from(text).reduce((sum, character) => sum + (/[注🚚]/u.test(character) ? 2 : 1), 0);
  }
});

describe('text that is not ours', () => {
  const hostile = 'a\x1b[31mb\x07c\x9bd\u202ee\u2066f\u200bg\x7fh\u2028i\ud800j';
  const source = `SELECT '${hostile}';\n`;
  const evil: Finding = {
    ...findingOn(source, `'${hostile}'`),
    path: `${hostile}\n.sql`,
    message: `blocks ${hostile}\nerror`,
    help: `use ${hostile}\r\n`,
    effects: [{ ...buildsIndex, relation: { schema: 'public', name: `${hostile}\n` } }],
  };
  const report = reportOf([evil]);
  const unseen = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800]/;

  test('is shown by pretty, never obeyed', () => {
    const text = reporters.pretty(report, contextOf({ [evil.path]: source }));
    expect(text).not.toMatch(unseen);
    expect(text).toContain("1 | SELECT 'a\\x1b[31mb\\x07c\\x9bd\\u{202e}e\\u{2066}f\\u{200b}g\\x7fh\\u{2028}i\\u{d800}j';");
    expect(text).toContain('blocks a\\x1b[31mb');
    expect(text).toContain('j\\nerror\n');
  });

  test('stays in its line in unix', () => {
    const text = reporters.unix(report, contextOf());
    expect(text).not.toMatch(unseen);
    expect(text.split('\n')).toHaveLength(2);
  });

  test('stays in its command in github', () => {
    const text = reporters.github(report, contextOf());
    expect(text.split(/[\r\n]/)).toHaveLength(2);
    expect(text).toMatch(/^::error file=/);
  });

  const markup = '`a`|b*c*_d_~~e~~<img src=x>&amp;[f](https://evil.test)![g](h) www.evil.test @team #1 !2 GH-3\n/close';
  const forged: Finding = { ...finding, path: `db/${markup}.sql`, rule: 'syntax-error', message: markup, help: markup };
  const explained = [
    {
      path: `db/${markup}|.sql`,
      tool: '',
      unread: [],
      statements: [explainedOf({ command: markup, effects: [{ ...buildsIndex, relation: { schema: 'public', name: markup } }] })],
    },
  ];
  const comment = reporters.markdown(reportOf([forged]), contextOf({ [forged.path]: '```\n</details>\n```` @team' }, { explained }));
  const prose = comment
    .replace(/(`{3,})sql\n[\s\S]*?\n\1$/gm, '')
    .replace(/(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
    .replace(/\\./g, '')
    .replaceAll('&#8203;', '\u200b');

  test('is neither markup nor mention nor link in markdown', () => {
    expect(prose).toContain('evil');
    expect(prose).not.toMatch(/[`<~@[\]]/);
    expect(prose).not.toMatch(/https:\/\/|www\.|GH-\d|[#!](?=\d)/);
    expect(prose).not.toMatch(/^\/close/m);
    expect(comment).toContain('\\@&#8203;team \\#&#8203;1 \\!&#8203;2 GH&#8203;-3\\\\n/close');
  });

  test('stays in its cell of the table of markdown', () => {
    const rows = comment.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(3);
    const bars = rows.map((row) => row.replace(/\\./g, '').match(/\|/g)?.length);
    expect(bars).toEqual([5, 5, 5]);
  });

  test('does not end the code of markdown', () => {
    expect(comment).toMatch(/^`{4}sql\n1 \| ```\n[^`]*\n`{4}$/m);
  });

  test('is text in junit', async () => {
    const xml = reporters.junit(report, contextOf({ [evil.path]: source }));
    expect(xml).not.toMatch(unseen);
    expect(await mistakesIn(xml)).toEqual([]);
    const forgedXml = reporters.junit(reportOf([{ ...forged, message: '"<a>&]]>\ufffe\uffff' }]), contextOf({}));
    expect(await mistakesIn(forgedXml)).toEqual([]);
    expect(forgedXml).toContain('message="&quot;&lt;a&gt;&amp;]]&gt;\\u{fffe}\\u{ffff}"');
  });

  test('is no link in sarif, and half a character no end of it', () => {
    const text = reporters.sarif(reportOf([{ ...forged, path: 'a\ud800.sql' }]), contextOf());
    expect(text).toContain('[f] (https://evil.test)');
    expect(text).toContain('"uri": "a%EF%BF%BD.sql"');
  });

  test('is shown by gitlab, whose path stays that of the file', () => {
    const [issue] = JSON.parse(reporters.gitlab(report, contextOf()));
    expect(issue.description).not.toMatch(unseen);
    expect(issue.location.path).toBe(evil.path);
  });

  test('a byte order mark is not shown', () => {
    expect(frameOf('\ufeffDROP TABLE orders', 'DROP TABLE orders')).toEqual([
      '    1 | DROP TABLE orders',
      '      | ^^^^^^^^^^^^^^^^^',
    ]);
  });
});

describe('unix', () => {
  test('prints one line per finding', () => {
    expect(reporters.unix(reportOf([finding, { ...finding, severity: 'info', line: 7, column: 3 }]), contextOf())).toBe(
      [
        `${PATH}:1:1: error: ${finding.message} [non-concurrent-index]`,
        `${PATH}:7:3: info: ${finding.message} [non-concurrent-index]`,
        '',
      ].join('\n'),
    );
  });
});

describe('github', () => {
  test('prints a command with the place', () => {
    const properties = `file=${PATH},line=1,endLine=1,col=1,endColumn=52,title=non-concurrent-index`;
    expect(reporters.github(reportOf([finding]), contextOf())).toBe(
      `::error ${properties}::${finding.message}%0A${finding.help}\n`,
    );
  });

  test('names no columns of several lines, which GitHub would refuse', () => {
    const text = reporters.github(reportOf([{ ...finding, endLine: 3 }]), contextOf());
    expect(text).toContain('line=1,endLine=3,title=');
  });

  test('comes with the gravest first', () => {
    const severities = ['info', 'warning', 'error'] as const;
    const text = reporters.github(reportOf(severities.map((severity) => ({ ...finding, severity }))), contextOf());
    expect(text.match(/^::\w+/gm)).toEqual(['::error', '::warning', '::notice']);
  });

  test('escapes what would end a property or a message', () => {
    const path = 'a,b:c%d.sql';
    const text = reporters.github(reportOf([{ ...finding, path, message: '100% of a, b: c' }]), contextOf());
    expect(text).toContain('file=a%2Cb%3Ac%25d.sql,line=');
    expect(text).toContain('::100%25 of a, b: c%0A');
  });
});

describe('github, where GitHub shows ten annotations of a kind', () => {
  const many = (severity: Finding['severity'], number: number): Finding[] =>
    Array.from({ length: number }, (_, index) => ({ ...finding, severity, line: index + 1, endLine: index + 1 }));
  const commandsIn = (findings: readonly Finding[]): string[] =>
    reporters.github(reportOf(findings), contextOf()).match(/^::(?:error|warning|notice)/gm) ?? [];
  const counted = (findings: readonly Finding[]): number[] =>
    ['::error', '::warning', '::notice'].map((command) => commandsIn(findings).filter((one) => one === command).length);

  test('leaves out nothing that it shows', () => {
    const findings = [...many('error', 10), ...many('warning', 10), ...many('info', 10)];
    expect(counted(findings)).toEqual([10, 10, 10]);
    expect(reporters.github(reportOf(findings), contextOf())).not.toMatch(/more|group/);
  });

  test('says in a notice how many more there are, and prints them in the log', () => {
    const findings = [...many('info', 11), ...many('warning', 1), ...many('error', 12)];
    expect(counted(findings)).toEqual([10, 1, 10]);
    const text = reporters.github(reportOf(findings), contextOf());
    expect(text).toContain(
      '::notice title=pgmigrate-lint::4 problems (2 errors, 2 infos) more in the log of this step: GitHub shows 10 annotations of a kind in a step\n' +
        '::group::4 problems (2 errors, 2 infos) more\n' +
        `error ${PATH}:11:1 ${finding.message} [non-concurrent-index] ${finding.help}\n`,
    );
    expect(text).toMatch(/\n::endgroup::\n$/);
    for (const { severity, line } of findings) {
      const command = { error: '::error', warning: '::warning', info: '::notice' }[severity];
      const isThere = text.includes(`${command} file=${PATH},line=${line},`) || text.includes(`${severity} ${PATH}:${line}:1`);
      expect(isThere).toBe(true);
    }
  });

  test('lets no text in the log command the runner', () => {
    const evil = { ...finding, path: '::error::.sql', message: 'a ##[add-matcher]b' };
    const text = reporters.github(reportOf(Array.from({ length: 11 }, () => evil)), contextOf());
    const [, inLog = ''] = /::group::.*\n([\s\S]*)::endgroup::/.exec(text) ?? [];
    expect(inLog).toContain('add-matcher');
    expect(inLog).not.toMatch(/^\s*::|##\[/m);
  });
});

describe('gitlab', () => {
  const issuesOf = (findings: readonly Finding[]): unknown => JSON.parse(reporters.gitlab(reportOf(findings), contextOf()));

  test('prints the issues of a Code Quality report', () => {
    expect(issuesOf([finding])).toEqual([
      {
        description: `${finding.message}. ${finding.help}.`,
        check_name: 'non-concurrent-index',
        fingerprint: '0123456789abcdef',
        severity: 'critical',
        location: { path: PATH, lines: { begin: 1, end: 1 } },
      },
    ]);
  });

  test('prints an empty list where there is nothing', () => {
    expect(issuesOf([])).toEqual([]);
  });

  test('uses the severities that GitLab knows', () => {
    const severities = (['error', 'warning', 'info'] as const).map((severity) => ({ ...finding, severity }));
    expect(issuesOf(severities)).toMatchObject([{ severity: 'critical' }, { severity: 'major' }, { severity: 'info' }]);
  });
});

describe('fingerprints', () => {
  const bad = 'CREATE INDEX ON orders (status);\nDROP TABLE invoices;\nCREATE INDEX ON orders (status);\n';
  const fingerprintsOf = async (sql: string): Promise<string[]> =>
    (await lintText(sql, { path: PATH })).findings.map(({ fingerprint }) => fingerprint);

  test('stay when lines move, and differ from each other', async () => {
    const before = await fingerprintsOf(bad);
    expect(new Set(before).size).toBe(before.length);
    expect(before.length).toBeGreaterThan(2);
    expect(await fingerprintsOf(`-- A comment.\n\nSELECT 1;\n${bad.replaceAll('\n', '\r\n\n')}`)).toEqual(before);
  });
});

describe('junit', () => {
  const other = { ...finding, path: 'b.sql', rule: 'long-lock-timeout', severity: 'warning' } as const;
  const explained = ['a.sql', PATH].map((path) => ({ path, tool: '', unread: [], statements: [] }));
  const xmlOf = (findings: readonly Finding[], parts: Partial<ReportContext> = {}): string =>
    reporters.junit(reportOf(findings), contextOf({ [PATH]: 'CREATE INDEX ON orders (id)' }, { explained, ...parts }));

  test('is a suite for each file: failures, what does not fail as skipped, and a test that passes where all is well', async () => {
    const xml = xmlOf([finding, other]);
    expect(await mistakesIn(xml)).toEqual([]);
    const head = 'name="pgmigrate-lint" tests="3" failures="1" errors="0"';
    expect(xml).toContain(`<testsuites ${head}>`);
    expect(xml).toContain('<testcase name="no problems" classname="a" time="0"/>');
    expect(xml).toContain(`<testsuite name="${PATH}" tests="1" failures="1" errors="0" skipped="0" time="0">`);
    expect(xml).toContain(`<failure type="error" message="${finding.message}">error non-concurrent-index  ${PATH}:1:1\n`);
    expect(xml).toContain('    1 | CREATE INDEX');
    expect(xml).toContain(`  help: ${finding.help}</failure>`);
    expect(xml).toContain('<testsuite name="b.sql" tests="1" failures="0" errors="0" skipped="1" time="0">');
    expect(xml).toContain('<skipped type="warning"');
  });

  test('fails what --fail-on fails', () => {
    expect(xmlOf([finding, other], { fails: () => true })).toContain('tests="3" failures="2"');
    expect(xmlOf([finding, other], { fails: () => false })).toContain('tests="3" failures="0"');
  });

  test('gives each test a name of its own, in which no line is', async () => {
    const xml = xmlOf([finding, { ...finding, line: 7, endLine: 7 }]);
    expect(await mistakesIn(xml)).toEqual([]);
    expect(xml.match(/(?<=<testcase name=").*?(?=" class)/g)).toEqual([
      'no problems',
      `non-concurrent-index: ${finding.message}`,
      `non-concurrent-index: ${finding.message} (2)`,
    ]);
  });

  test('is not empty where nothing is linted, which Jenkins would take for a mistake', async () => {
    const xml = xmlOf([], { explained: [] });
    expect(await mistakesIn(xml)).toEqual([]);
    expect(xml).toContain('<testcase name="no migrations to lint"');
  });

  test.each([
    ['two tests of one name', (xml: string) => xml.replace(/<testcase.*\/>/, '$&\n$&')],
    ['an element that is not closed', (xml: string) => xml.replace('</testsuite>', '')],
    ['an attribute that Jenkins does not know', (xml: string) => xml.replace('<testcase ', '<testcase line="1" ')],
  ])('the schema would notice %s', async (_, spoil) => {
    expect(await mistakesIn(spoil(xmlOf([finding])))).not.toEqual([]);
  });
});

describe('markdown', () => {
  const statements = [
    explainedOf({ effects: [buildsIndex, { ...buildsIndex, new: true }] }),
    explainedOf({ line: 4, command: 'ALTER TABLE', effects: [{ ...buildsIndex, lock: 'ACCESS EXCLUSIVE', work: [] }] }),
    explainedOf({ line: 5, command: 'SELECT' }),
  ];
  const explained = [{ path: PATH, tool: '', unread: [], statements }];

  test('is verdict, table and findings', () => {
    const sql = 'CREATE INDEX orders_status_idx ON orders (status);\n';
    const onIndex = findingOn(sql, 'CREATE INDEX orders_status_idx ON orders (status)', { effects: [buildsIndex] });
    expect(reporters.markdown(reportOf([onIndex]), contextOf({ [PATH]: sql }, { explained }))).toBe(
      [
        '## pgmigrate-lint failed: 1 problem (1 error) in 1 of 10 migrations',
        '',
        ...ganttLines(explained),
        '',
        '| statement | locks | work | who waits |',
        '| --- | --- | --- | --- |',
        `| \`CREATE INDEX\` at \`${PATH}:1\` | SHARE on \`public.orders\` | an index is built | writes |`,
        `| \`ALTER TABLE\` at \`${PATH}:4\` | ACCESS EXCLUSIVE on \`public.orders\` | none | reads and writes |`,
        '',
        '### error: non-concurrent-index',
        '',
        `At \`${PATH}:1:1\`: Building this index blocks writes to public.orders until it is done`,
        '',
        '```sql',
        '1 | CREATE INDEX orders_status_idx ON orders (status);',
        '  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
        '```',
        '',
        '- takes SHARE on public.orders: writes wait while an index is built',
        '- **Instead:** Build it with CREATE INDEX CONCURRENTLY, outside a transaction',
        '',
      ].join('\n'),
    );
  });

  test('passes where nothing fails', () => {
    expect(reporters.markdown(reportOf([]), contextOf())).toBe('## pgmigrate-lint passed: No problems in 10 migrations (42 statements)\n');
    const warning = { ...finding, severity: 'warning' } as const;
    expect(reporters.markdown(reportOf([warning]), contextOf())).toContain('## pgmigrate-lint passed: 1 problem (1 warning)');
  });

  test('fits into a comment, with the gravest first, and counts what does not fit', () => {
    const findings = Array.from({ length: 500 }, (_, index): Finding => ({
      ...finding,
      line: index + 1,
      severity: index < 400 ? 'warning' : 'error',
    }));
    const long = [{ path: PATH, tool: '', unread: [], statements: Array.from({ length: 300 }, () => statements).flat() }];
    const text = reporters.markdown(reportOf(findings), contextOf({}, { explained: long }));
    expect(text.length).toBeLessThan(65_536);
    const shown = text.match(/^### \w+/gm) ?? [];
    expect(shown.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => '### error'));
    expect(text).toContain(`${500 - shown.length} problems (${500 - shown.length} warnings) more do not fit in here`);
    const rows = text.match(/^\| `/gm) ?? [];
    expect(text).toContain(`${600 - rows.length} more locks not shown here`);
  });

  test('shows those locks for which somebody waits, where not all fit', () => {
    const idle = explainedOf({ effects: [{ ...buildsIndex, lock: 'SHARE UPDATE EXCLUSIVE' }] });
    const blocking = explainedOf({ line: 999, effects: [buildsIndex] });
    const many = [{ path: PATH, tool: '', unread: [], statements: [...Array.from({ length: 300 }, () => idle), blocking] }];
    const rows = reporters.markdown(reportOf([]), contextOf({}, { explained: many })).match(/^\| `.*/gm) ?? [];
    expect(rows[0]).toContain(`${PATH}:999`);
  });
});

describe('sarif', () => {
  const {
    id: _id,
    $schema: _schema,
    ...schema
  } = JSON.parse(readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8'));
  const formatOfUri = /^[\w.~!$&'()*+,;=:@/?#[\]%-]*$/;
  const formats = { uri: formatOfUri, 'uri-reference': formatOfUri, 'date-time': true } as const;
  const isValid = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false, formats }).compile(schema);

  const other: Finding = { ...finding, rule: 'syntax-error', severity: 'warning', message: 'A word is missing' };
  const strange: Finding = { ...finding, path: 'db/ä b#1?/100%[x].sql', severity: 'info', endLine: 9, endColumn: 1 };
  const logOf = (findings: readonly Finding[]): unknown => JSON.parse(reporters.sarif(reportOf(findings), contextOf()));

  test.each([
    ['without a finding', []],
    ['with findings', [finding, other, strange]],
    ['with findings outside the working directory', ['/srv/db/a b.sql', 'C:/db/a.sql'].map((path) => ({ ...finding, path }))],
  ])('is valid against the published schema %s', (_, findings) => {
    isValid(logOf(findings));
    expect(isValid.errors).toBeNull();
  });

  test('carries what is suppressed as suppressed, and says of all others that they are not', () => {
    const suppressed = [suppressedByComment, suppressedByBaseline];
    const text = reporters.sarif(reportOf([finding], {}, suppressed), contextOf());
    const log = JSON.parse(text);
    expect(isValid(log)).toBe(true);
    expect(log.runs[0].results.map((result: { suppressions: unknown }) => result.suppressions)).toEqual([
      [],
      [{ kind: 'inSource', justification: 'the table is [small](x)' }],
      [{ kind: 'external', justification: 'It is in the baseline of the project.' }],
    ]);
    expect(log.runs[0].results.map((result: { ruleIndex: unknown }) => result.ruleIndex)).toEqual([0, 0, 0]);
  });

  test('says nothing of suppressions where there are none', () => {
    expect(reporters.sarif(reportOf([finding]), contextOf())).not.toContain('suppressions');
  });

  test('leaves out what is suppressed first where there is too much', () => {
    const many = Array.from({ length: 24_999 }, () => finding);
    const log = JSON.parse(reporters.sarif(reportOf(many, {}, [suppressedByComment, suppressedByBaseline]), contextOf()));
    expect(log.runs[0].results).toHaveLength(25_000);
  });

  test('the schema would notice a mistake', () => {
    expect(isValid({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  });

  test('describes each rule that occurs, once, and points at it', () => {
    expect(logOf([other, finding, { ...other, message: 'Another word is missing' }])).toMatchObject({
      $schema: expect.stringContaining('sarif-2.1.0'),
      version: '2.1.0',
      runs: [
        {
          columnKind: 'utf16CodeUnits',
          tool: {
            driver: {
              name: 'pgmigrate-lint',
              semanticVersion: '0.1.0',
              rules: [
                {
                  id: 'syntax-error',
                  shortDescription: { text: 'A word is missing.' },
                  help: { text: expect.stringMatching(/./), markdown: expect.stringMatching(/./) },
                },
                {
                  id: 'non-concurrent-index',
                  name: 'NonConcurrentIndex',
                  helpUri: `${JSON.parse(read('package.json')).repository.url.replace(/^git\+|\.git$/g, '')}/blob/v0.1.0/rules/locking/non-concurrent-index.md`,
                  shortDescription: { text: 'An index is built on an existing table without CONCURRENTLY.' },
                  fullDescription: { text: expect.stringContaining('Every write to the table waits') },
                  help: { text: expect.stringContaining('CREATE INDEX CONCURRENTLY'), markdown: '# non-concurrent-index\n' },
                  defaultConfiguration: { level: 'error' },
                  properties: { category: 'locking', tags: expect.arrayContaining(['locking']) },
                },
              ],
            },
          },
          results: [{ ruleIndex: 0 }, { ruleId: 'non-concurrent-index', ruleIndex: 1 }, { ruleIndex: 0 }],
        },
      ],
    });
  });

  test('has level, message, place, fingerprint and effects of a finding', () => {
    const uri = expect.stringMatching(/^[\w./%-]+$/);
    expect(logOf([strange])).toMatchObject({
      runs: [
        {
          results: [
            {
              level: 'note',
              message: { text: `${finding.message}. ${finding.help}.` },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
                    region: { startLine: 1, startColumn: 1, endLine: 9, endColumn: 1 },
                  },
                },
              ],
              partialFingerprints: { 'pgmigrateLint/v1': finding.fingerprint },
              properties: { effects: [{ relation: 'public.orders', lock: 'SHARE' }] },
            },
          ],
        },
      ],
    });
  });

  test('gives code scanning no more results than it takes, the gravest first, and says how many are left out', () => {
    const findings = Array.from({ length: 25_003 }, (_, index) => (index < 25_000 ? strange : finding));
    const log = JSON.parse(reporters.sarif(reportOf(findings), contextOf()));
    const [run] = log.runs;
    isValid({ ...log, runs: [{ ...run, results: run.results.slice(0, 9) }] });
    expect(isValid.errors).toBeNull();
    expect(run.results.length).toBe(25_000);
    expect(run.results[0].level).toBe('error');
    const [{ message }] = run.invocations[0].toolExecutionNotifications;
    expect(message.text).toContain('3 problems (3 infos) more are left out');
  });

  test.each(rules.map(({ meta }) => meta))('has of $id what code scanning shows', (meta) => {
    const context = contextOf({}, { ruleOf: () => meta, documentOf: () => read(`rules/${meta.category}/${meta.id}.md`) });
    const log = JSON.parse(reporters.sarif(reportOf([{ ...finding, rule: meta.id }]), context));
    isValid(log);
    expect(isValid.errors).toBeNull();
    const [described] = log.runs[0].tool.driver.rules;
    expect(described.name.length).toBeLessThanOrEqual(255);
    expect(described.shortDescription.text.length).toBeLessThanOrEqual(1024);
    expect(described.fullDescription.text.length).toBeLessThanOrEqual(1024);
    expect(described.help.markdown).toMatch(/^# [a-z-]+\n[\s\S]*## Do this instead/m);
    expect(described.properties.tags.length).toBeLessThanOrEqual(10);
    expect(described.properties).toMatchObject({ precision: 'high', 'problem.severity': expect.stringMatching(/error|warning|recommendation/) });
    expect(Object.keys(described.properties)).not.toContain('security-severity');
  });

  test('names files by URIs that lead back to the path', () => {
    const uris = (path: string): string[] =>
      reporters.sarif(reportOf([{ ...finding, path }]), contextOf()).match(/(?<="uri": ").*(?=")/g) ?? [];
    expect(uris(strange.path).map((uri) => decodeURIComponent(new URL(uri, 'file:///').pathname))).toEqual([`/${strange.path}`]);
    expect(uris('/srv/db/a b.sql')).toEqual(['file:///srv/db/a%20b.sql']);
    expect(uris('C:/db/a.sql')).toEqual(['file:///C:/db/a.sql']);
  });
});

describe('explain', () => {
  const statement: ExplainedStatement = {
    ...place,
    command: 'CREATE INDEX',
    transaction: 'inside',
    lockTimeout: '5s',
    effects: [buildsIndex],
    blocks: { reads: [], writes: ['public.orders'] },
    opaque: false,
  };
  const fresh = { schema: 'public', name: 'fresh' };
  const nothing = { effects: [], blocks: { reads: [], writes: [] } };
  const explanation: Explanation = {
    postgres: 14,
    versionSource: { kind: 'assumed' },
    migrations: [
      {
        path: PATH,
        tool: 'Flyway, one transaction per file',
        unread: [],
        statements: [
          { ...statement, ...nothing, command: 'SET', transaction: 'own', lockTimeout: null },
          { ...statement, line: 12, effects: [buildsIndex, { ...buildsIndex, relation: fresh, new: true }] },
          { ...statement, ...nothing, line: 13, command: 'DO', opaque: true },
        ],
      },
      { path: 'empty.sql', tool: 'Plain SQL, each statement on its own', unread: [], statements: [] },
    ],
  };

  test('is a table for people', () => {
    expect(explanationReporters.pretty(explanation, contextOf())).toBe(
      [
        PATH,
        'Flyway, one transaction per file',
        'line  command       transaction  lock_timeout',
        '   1  SET           own          none',
        '  12  CREATE INDEX  inside       5s',
        '      SHARE on public.orders: writes wait while an index is built',
        '      SHARE on public.fresh: nobody waits while an index is built (made by this migration)',
        '  13  DO            inside       5s',
        "      what it does can't be read from the text",
        '',
        'empty.sql',
        'Plain SQL, each statement on its own',
        'no statements',
        '',
      ].join('\n'),
    );
  });

  test('is what the contracts promise for programs', () => {
    const one = { ...explanation, migrations: [{ path: PATH, tool: 'goose', unread: [], statements: [statement] }] };
    expect(JSON.stringify(JSON.parse(explanationReporters.json(one, contextOf())))).toBe(
      `{"version":1,"postgres":14,"migrations":[{"path":"${PATH}","statements":[` +
        '{"line":1,"column":1,"endLine":1,"endColumn":52,' +
        '"command":"CREATE INDEX","transaction":"inside","lockTimeout":"5s",' +
        '"effects":[{"relation":"public.orders","lock":"SHARE","work":["index-build"],"new":false,"certainty":"known"}],' +
        '"blocks":{"reads":[],"writes":["public.orders"]}}]}]}',
    );
  });

  test('marks what it can not read', () => {
    expect(JSON.parse(explanationReporters.json(explanation, contextOf()))).toMatchObject({
      migrations: [{ statements: [expect.not.objectContaining({ opaque: false }), {}, { opaque: true }] }, { statements: [] }],
    });
  });
});

describe('every format', () => {
  test.each(formats)('%s ends its last line', (format) => {
    expect(reporters[format](reportOf([finding]), contextOf())).toMatch(/[^\n]\n$/);
  });
});
