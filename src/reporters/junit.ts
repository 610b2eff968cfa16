// `--format junit`: JUnit's XML, which every CI system reads: a suite for each linted file, a test for each finding in it.
// Source: junit-10.xsd of Jenkins's xUnit plugin, and lib/gitlab/ci/parsers/test/junit.rb of GitLab.

import type { Finding } from '../model/finding.ts';
import type { Loosening } from '../model/loosening.ts';
import type { Report } from '../model/report.ts';
import { visible } from '../text/visible.ts';
import { findingLines } from './finding-lines.ts';
import { loosenedHeading, loosenedPlace, loosenedSentence } from './loosened-lines.ts';
import { palette } from './palette.ts';
import type { ReportContext, Reporter } from './reporter.ts';

export const junit: Reporter = (report, context) => {
  const suites = suitesOf(report, context);
  const tests = suites.flatMap((suite) => suite.tests);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'pgmigrate-lint', ...countsOf(tests) })}>`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
};

interface Suite {
  readonly name: string;
  readonly tests: readonly Test[];
}

interface Test {
  readonly name: string;
  /** A finding that does not make the run fail is a skipped test: it is seen, and the build stays green. */
  readonly outcome: 'passed' | 'skipped' | 'failed';
  readonly type: string;
  readonly message: string;
  readonly details: string;
}

/** Never empty, because Jenkins takes a report without a test for a mistake. */
function suitesOf({ findings, loosened = [] }: Report, context: ReportContext): Suite[] {
  const own = loosened.map((one) => looseningTest(one, context));
  return [...filesOf(findings, context), ...(own.length === 0 ? [] : [{ name: loosenedHeading(loosened), tests: own }])];
}

function looseningTest(loosening: Loosening, context: ReportContext): Test {
  const { severity } = loosening;
  const name = `${loosenedPlace(loosening)} ${loosenedSentence(loosening)}`;
  return { name, outcome: context.fails(severity) ? 'failed' : 'skipped', type: severity, message: loosenedSentence(loosening), details: name };
}

function filesOf(findings: readonly Finding[], context: ReportContext): Suite[] {
  const paths = new Set([...context.explained.map(({ path }) => path), ...findings.map(({ path }) => path)]);
  if (paths.size === 0) return [{ name: 'pgmigrate-lint', tests: [passed('no migrations to lint')] }];
  const byPath = new Map(Array.from(paths, (path): [string, Finding[]] => [path, []]));
  for (const finding of findings) byPath.get(finding.path)?.push(finding);
  return Array.from(byPath, ([name, own]) => ({ name, tests: testsOf(own, context) }));
}

function testsOf(findings: readonly Finding[], context: ReportContext): Test[] {
  if (findings.length === 0) return [passed('no problems')];
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const test = testOf(finding, context);
    const number = (seen.get(test.name) ?? 0) + 1;
    seen.set(test.name, number);
    return number === 1 ? test : { ...test, name: `${test.name} (${number})` };
  });
}

function passed(name: string): Test {
  return { name, outcome: 'passed', type: '', message: '', details: '' };
}

/** Its name has no line in it, so that a CI system knows the test again when lines move; GitLab drops the second of equal names. */
function testOf(finding: Finding, context: ReportContext): Test {
  const { rule, severity, message } = finding;
  return {
    name: `${rule}: ${message}`,
    outcome: context.fails(severity) ? 'failed' : 'skipped',
    type: severity,
    message,
    details: findingLines(finding, palette(false), { ...context, width: DETAILS_WIDTH }).join('\n'),
  };
}

const DETAILS_WIDTH = 120;

function suiteLines({ name, tests }: Suite): string[] {
  const skipped = tests.filter(({ outcome }) => outcome === 'skipped').length;
  return [
    `  <testsuite${attributes({ name, ...countsOf(tests), skipped: String(skipped), time: '0' })}>`,
    ...tests.flatMap((test) => testLines(test, name)),
    '  </testsuite>',
  ];
}

function countsOf(tests: readonly Test[]): Readonly<Record<string, string>> {
  const failures = tests.filter(({ outcome }) => outcome === 'failed').length;
  return { tests: String(tests.length), failures: String(failures), errors: '0' };
}

function testLines({ name, outcome, type, message, details }: Test, suite: string): string[] {
  const head = `    <testcase${attributes({ name, classname: suite.replace(/\.sql$/i, ''), time: '0' })}`;
  if (outcome === 'passed') return [`${head}/>`];
  const element = outcome === 'failed' ? 'failure' : 'skipped';
  return [`${head}>`, `      <${element}${attributes({ type, message })}>${escaped(details)}</${element}>`, '    </testcase>'];
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(visible(value))}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Of a text that is visible: XML knows no way to write the other characters. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
