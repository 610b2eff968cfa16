// Every character in every format, wherever text that is not ours stands: what a terminal would obey, would not show, or XML can't hold, is
// escaped, and no line is a command for a CI system.

import { validateXML } from 'xmllint-wasm';
import { printBaseline } from '../src/config/baseline.ts';
import type { Effect } from '../src/model/effect.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Explanation, Report, Trace } from '../src/model/report.ts';
import type { Range } from '../src/text/source-text.ts';
import { comment } from '../src/reporters/comment.ts';
import { comparisonPretty } from '../src/reporters/comparison-pretty.ts';
import { explanationReporters, formats, reporters, traceReporters, type Format } from '../src/reporters/index.ts';
import type { ReportContext } from '../src/reporters/reporter.ts';
import { hookScript, preCommitEntry } from '../src/cli/init/hook.ts';
import { configurationText } from '../src/cli/init/configuration.ts';
import { gitlabJob } from '../src/cli/init/gitlab.ts';
import { addedToLefthook } from '../src/cli/init/lefthook.ts';
import { workflowText } from '../src/cli/init/workflow.ts';
import { frameworks } from '../src/sources/frameworks/index.ts';
import { main } from '../src/cli/main.ts';
import { SourceText } from '../src/text/source-text.ts';
import { isVisible, visible, visibleCharacters, visibleJson } from '../src/text/visible.ts';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { read } from './fixture.ts';

jest.setTimeout(120_000);

/** First and last code points, by the charts of Unicode and section 2.2 of XML 1.0, and not by the properties that the code asks. */
const forbidden: readonly (readonly [number, number])[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfdd0, 0xfdef],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
  ...Array.from({ length: 17 }, (_, plane): readonly [number, number] => [plane * 0x10000 + 0xfffe, plane * 0x10000 + 0xffff]),
];

const isForbidden = (code: number): boolean => forbidden.some(([first, last]) => code >= first && code <= last);
const suspects = forbidden.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))).concat('\n');

/** The code points of a text that may stand in no report. */
function mistakesIn(text: string): string[] {
  const mistakes = new Set<string>();
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0x7e || code < 0x20 ? code !== 0x0a && isForbidden(code) : false) mistakes.add(`U+${code.toString(16)}`);
  }
  return [...mistakes];
}

const range: Range = { line: 1, column: 1, endLine: 1, endColumn: 2 };

const effectOn = (name: string): Effect => ({ relation: { schema: name, name }, lock: 'SHARE', work: ['scan'], new: false, certainty: 'known' });

function findingOf(text: string): Finding {
  const words = { rule: 'syntax-error', path: `db/${text}.sql`, message: text, help: text, fingerprint: '0' };
  return { category: 'failing', severity: 'error', ...words, ...range, statement: range, effects: [effectOn(text)] };
}

function reportOf(findings: readonly Finding[], text = ''): Report {
  const summary = { migrations: 1, linted: 1, statements: 1, error: 1, warning: 0, info: 0, suppressed: 1, unparsed: 0 };
  return {
    postgres: 14,
    versionSource: { kind: 'project', path: text, line: 1, written: text },
    summary,
    failures: [],
    findings,
    suppressed: findings.map((finding) => ({ finding, suppression: { kind: 'comment', reason: text } })),
  };
}

function explanationOf(text: string): Explanation {
  const statement = { ...range, command: text, transaction: 'own', lockTimeout: null, effects: [effectOn(text)], blocks: { reads: [text], writes: [] }, opaque: true } as const;
  const culprit = { cause: { kind: 'unknown-function', function: { schema: text, name: text } }, through: [{ schema: text, name: text }] } as const;
  const unread = [{ ...range, message: text }];
  return { postgres: 14, versionSource: { kind: 'assumed' }, migrations: [{ path: text, name: text, tool: 'Flyway', unread, statements: [{ ...statement, culprit }] }] };
}

function traceOf(text: string): Trace {
  const { postgres, migrations } = explanationOf(text);
  const traced = { unseenLocks: [{ relation: { schema: text, name: text }, work: ['scan'], new: false }], error: { code: '42P01', message: text }, notRun: undefined, isProof: false, differences: [text] } as const;
  return {
    postgres,
    migrations: migrations.map(({ statements, ...migration }) => ({
      ...migration,
      statements: statements.map(({ opaque: _opaque, culprit: _culprit, ...told }) => ({ ...told, ...traced })),
    })),
  };
}

function contextOf(text: string, source: string): ReportContext {
  return {
    sourceOf: (path) => new SourceText(path, source),
    ruleOf: () => undefined,
    documentOf: () => '',
    explained: explanationOf(text).migrations,
    cureOf: ({ path }) => ({ level: 'files', title: text, edits: [{ path, ...range, endColumn: 1, text: `${text}\n${text}` }], files: [{ path: text, text: `SELECT 1;\n${text}` }] }),
    overview: {
      histories: [{ title: 'Flyway', path: text, migrations: 1, linted: 1 }],
      version: { major: 14, source: { kind: 'project', path: text, line: 1, written: text } },
      configuration: text,
      isConfiguredWithin: true,
      leftOut: [{ path: text, why: text }],
      notRun: [],
    },
    fails: () => true,
    version: '0.1.0',
    color: false,
    width: 160,
    quiet: false,
  };
}

/** All that is printed of a text, by what prints it. */
function printed(text: string, source = 'SELECT 1;'): readonly (readonly [string, string])[] {
  const report = reportOf([findingOf(text)], text);
  const context = contextOf(text, source);
  return [
    ...formats.map((format) => [format, reporters[format](report, context)] as const),
    ...Object.entries(explanationReporters).map(([name, one]) => [`explain ${name}`, one(explanationOf(text), context)] as const),
    ...Object.entries(traceReporters).map(([name, one]) => [`trace ${name}`, one(traceOf(text), context)] as const),
    ['comment', comment(report, context, { directory: text, gone: [{ fingerprint: '0', rule: text, path: text, line: 1 }] })],
    ['trace --compare', comparisonPretty(traceOf(text), context)],
    ['baseline', printBaseline([{ path: text, rule: 'syntax-error', message: text, fingerprint: '0' }])],
  ];
}

const all = Array.from({ length: 0x110000 }, (_, code) => code);

test('what all formats are made of leaves no character out', () => {
  for (let start = 0; start < all.length; start += 0x1000) {
    const text = all.slice(start, start + 0x1000).map((code) => String.fromCodePoint(code)).join('x');
    const json = JSON.stringify(text);
    expect([visible(text), visibleJson(json)].flatMap(mistakesIn)).toEqual([]);
    expect(JSON.parse(visibleJson(json))).toBe(text);
  }
});

test('no character breaks out of any format', () => {
  // Of the large blocks in which all characters are alike, some.
  const isAlike = (code: number): boolean => (code > 0x3400 && code < 0xd700) || (code > 0x10000 && code < 0xe0000 && (code & 0xffff) < 0xff00) || code > 0xe1000;
  const codes = all.filter((code) => !isAlike(code) || code % 97 === 0 || (code & 0xffff) >= 0xfff0);
  const found: string[] = [];
  for (let start = 0; start < codes.length; start += 0x1000) {
    const text = codes.slice(start, start + 0x1000).map((code) => String.fromCodePoint(code)).join('x');
    for (const [name, output] of printed(text)) found.push(...mistakesIn(output).map((mistake) => `${name} ${mistake}`));
  }
  expect(found).toEqual([]);
});

test('no character breaks out of a code frame', () => {
  const found: string[] = [];
  for (let start = 0; start < suspects.length; start += 10) {
    const source = suspects.slice(start, start + 10).filter((character) => character !== '\n').join('x');
    const finding = { ...findingOf('a'), endColumn: source.length + 1 };
    for (const format of ['pretty', 'junit', 'markdown', 'html'] satisfies Format[]) {
      found.push(...mistakesIn(reporters[format](reportOf([finding]), contextOf('a', `x${source}x`))).map((mistake) => `${format} ${mistake}`));
    }
  }
  expect(found).toEqual([]);
});

test('what looks like nothing is not left out, and what is written with joiners stays', () => {
  expect(suspects.filter((character) => isVisible(`a${character}b`))).toEqual([]);
  for (const text of ['می‌خواهم', '👩‍💻', '⚠️', '1️⃣', 'क्‍ष', 'naïve', '日本', '𠮷', 'x::int', 'a # b', '#[derive]', '##']) expect(visible(text)).toBe(text);
  expect(visible('or\u200dders')).toBe('or\\u{200d}ders');
  expect(visible('orders\ufe0f\ufe00')).toBe('orders\\u{fe0f}\\u{fe00}');
  expect(visibleCharacters('a\u202e👩‍💻\ud800').join('|')).toBe('a|\\u{202e}|👩|\u200d|💻|\\u{d800}');
});

test('a cast that begins a line of code is shown as it is', () => {
  expect(visibleCharacters('  ::int').join('')).toBe('  ::int');
  expect(visible('  ::int')).toBe('  \\x3a:int');
});

test('JUnit is XML of all characters', async () => {
  const text = suspects.concat('<&>"\'', ']]>', '&#xfffe;', '<!--').join('x');
  const contents = reporters.junit(reportOf([findingOf(text)]), contextOf(text, text));
  const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents }, schema: read('fixtures/reporters/junit.xsd') });
  expect(errors).toEqual([]);
  expect(contents).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
});

test('programs read from JSON what it was, whatever is escaped', () => {
  const text = suspects.concat('##[error]x').join('x');
  expect(JSON.parse(reporters.json(reportOf([findingOf(text)]), contextOf(text, '')))).toMatchObject({ findings: [{ message: text, path: `db/${text}.sql` }] });
  expect(JSON.parse(printBaseline([{ path: text, rule: 'a', message: text, fingerprint: '0' }])).findings[0].message).toBe(text);
});

/** What CI systems take for a command. */
const COMMANDS = /^\s*::[a-z-]+(?: [^:]*)?::|##\[[a-z]|##vso\[|##teamcity\[/m;
const commands = ['::error::owned', '  ::stop-commands::x', '::add-mask::e', '\n::error::owned', 'x\n  ::error::owned', 'x\r::error::owned', '##[error]owned', 'a ##vso[task.setvariable variable=PATH]/tmp', "##teamcity[buildProblem description='x']", '\u3000::error::owned', '\u00a0::error::owned'];
const inLongSentences = commands.flatMap((command) => Array.from({ length: 80 }, (_, length) => `${'w'.repeat(length + 80)} ${command}`));

test.each([...commands, ...inLongSentences.filter((_, index) => index % 7 === 0 && index % 2 === 0)])('no line is a command for a CI system: %j', (text) => {
  expect(`${text}\n::error::owned`).toMatch(COMMANDS);
  const found = printed(text, `SELECT 1;\n${text}\n${text}`).flatMap(([name, output]) => (COMMANDS.test(name === 'github' ? ofOthers(output) : output) ? [name] : []));
  expect(found).toEqual([]);
});

/** Without the commands that are meant to be some. */
function ofOthers(output: string): string {
  return output.split('\n').map((line) => line.replace(/^::(?:(?:error|warning|notice) file=[^:]*,title=syntax-error|notice title=pgmigrate-lint)::/, '')).join('\n');
}

test('a property of an annotation ends where it ends', () => {
  const path = 'a,title=owned::owned%2C%0A::error::x';
  const output = reporters.github(reportOf([{ ...findingOf('a'), path }]), contextOf('a', ''));
  expect(output.split('\n').map((line) => /^::error file=([^,:]*),line=1,endLine=1,col=1,endColumn=2,title=syntax-error::a%0Aa$/.exec(line)?.[1])).toEqual([
    'a%2Ctitle=owned%3A%3Aowned%252C%250A%3A%3Aerror%3A%3Ax',
    undefined,
  ]);
});

test('the place of a line of unix is its first one, whatever a file is called', () => {
  const path = 'db/other.sql:7:1: error: forged [missing-object]\nx.sql';
  const [line, ...others] = reporters.unix(reportOf([{ ...findingOf('a'), path }]), contextOf('a', '')).split('\n');
  expect(others).toEqual(['']);
  expect(/^(.+?):(\d+):(\d+): /.exec(line ?? '')?.slice(2)).toEqual(['1', '1']);
});

test('a path of SARIF is a URI', () => {
  const text = suspects.concat(' ', '#', '?', '%', '[', '"', '\\', ':').join('x');
  const { uri } = JSON.parse(reporters.sarif(reportOf([findingOf(text)]), contextOf(text, ''))).runs[0].results[0].locations[0].physicalLocation.artifactLocation;
  expect(uri).toMatch(/^(?:[A-Za-z0-9._~!$'()*,;=@/-]|%[0-9A-F]{2})+$/);
  expect(decodeURIComponent(uri)).toBe(`db/${text.replace(/\p{Cs}/gu, '\ufffd')}.sql`);
});

describe('what init writes', () => {
  const names = [...suspects.filter((_, index) => index % 37 === 0), '\n', '$(touch owned)', '`touch owned`', "'; touch owned; '", '" && touch owned #', '\\', '!x', '-x', 'a: b', '#', '${{ x }}', '%0A'];
  const directories = names.map((name) => `shop/${name}`);

  test.each(directories.map((directory) => [visible(directory), directory]))('of the folder %s runs nothing, shows all and says what is meant', (_, directory) => {
    const job = gitlabJob(directory).join('\n');
    const texts = [workflowText(directory), job, hookScript(directory), preCommitEntry([directory]).join('\n'), addedToLefthook('', 'lefthook.yml', directory) ?? ''];
    expect(texts.flatMap(mistakesIn)).toEqual([]);
    expect(parse(texts[0] ?? '').jobs.lint.steps[1].with['working-directory']).toBe(directory);
    const { script, artifacts } = parse(job)['pgmigrate-lint'];
    expect(artifacts.reports.codequality).toBe(`${directory}/gl-code-quality-report.json`);
    const asBytes = Buffer.from(directory.replace(/\p{Cs}/gu, '\ufffd')).toString();
    if (!directory.includes('\0') && !directory.endsWith('\n')) {
      for (const line of [script[0], /^cd .*(?= \|\| exit)/ms.exec(hookScript(directory))?.[0] ?? '']) {
        const word = spawnSync('sh', ['-c', `set -- ${line.replace(/^cd /, '')}\nprintf %s "$1"`], { encoding: 'utf8' });
        expect([word.stdout, word.stderr]).toEqual([asBytes, '']);
      }
    }
  });

  test('of a folder of migrations is YAML that says the same', () => {
    for (const path of names) {
      const migrations = [{ path, framework: frameworks.plain, files: 1, why: '', oldest: undefined }];
      const mention = { major: 14, path, line: 1, written: '14', isOfDump: false };
      const text = configurationText({ schema: undefined, migrations, versions: [{ ...mention, major: 14 }] });
      expect(mistakesIn(text)).toEqual([]);
      expect(parse(text).migrations).toBe(path);
    }
  });
});

describe('what the command says', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function said(...argv: readonly string[]): Promise<string> {
    let output = '';
    const say = (text: string): void => void (output += text);
    const streams = { out: say, err: say, readStdin: async () => Buffer.alloc(0) };
    await main(argv, { cwd: folder, env: {}, isTerminal: false, showsProgress: false, columns: 80, now: () => 0, ...streams });
    return output;
  }

  const evil = 'x\x1b]52;c;b3duZWQ=\x07\x9b31m\u202e\ufffe\n::error::owned\n  ##vso[task.setvariable]x';

  test.each([
    ['a path', [evil]],
    ['a command', [`lint${evil}`, 'a']],
    ['an option', [`--${evil}`]],
    ['a format', ['--format', evil]],
    ['a rule', ['--rule', `${evil}=off`]],
    ['a configuration', ['--config', evil]],
    ['a rule that is asked for', ['rules', evil]],
    ['a commit', ['--since', evil]],
    ['a tool', ['--framework', evil]],
    ['a file of a report', ['--format', `json=nowhere/${evil}`, '.']],
    ['an operand of init', ['init', evil]],
  ])('of %s obeys nothing', async (_, argv) => {
    mkdirSync(join(folder, '.git'));
    const output = await said(...argv);
    expect(output).not.toBe('');
    expect(mistakesIn(output)).toEqual([]);
    expect(output).not.toMatch(COMMANDS);
  });
});
