// Reads fixtures: SQL files that carry their own expectations.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rules } from '../rules/index.ts';
import { frameworkNames } from '../src/model/framework.ts';
import { transactionModes } from '../src/model/migration.ts';
import { whole } from '../src/engine/whole.ts';
import { isPostgresVersion } from '../src/model/version.ts';
import { lintText, type LintJson, type TextOptions } from '../src/project/index.ts';
import { ruleOverrides } from '../src/project/settings/rule-overrides.ts';
import { lintTexts } from '../src/project/texts.ts';
import { reportJson } from '../src/reporters/json.ts';

const root = process.cwd();

export interface FixtureMigration {
  readonly path: string;
  readonly sql: string;
}

export interface Fixture {
  readonly options: Pick<TextOptions, 'postgres' | 'transaction' | 'framework' | 'rules'>;
  /** Oldest first; each is linted with those before it as its history. */
  readonly migrations: readonly FixtureMigration[];
}

/** All files below a folder of the repository, relative to the repository. */
export function filesBelow(folder: string, ending: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const paths = files
    .map((file) => join(folder, file))
    .filter((path) => path.endsWith(ending) && statSync(join(root, path)).isFile());
  return paths.map((path) => relative('.', path)).toSorted();
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Header lines set the scene, `-- file: NAME` starts the next migration. */
export function parseFixture(text: string): Fixture {
  const header = (name: string): string | undefined => new RegExp(`^-- ${name}: (.+)$`, 'm').exec(text)?.[1]?.trim();
  const postgres = header('postgres');
  const transaction = transactionModes.find((mode) => mode === header('transaction'));
  const framework = frameworkNames.find((name) => name === header('framework'));
  const pieces = text.split(/^-- file: (.+)\r?\n/m);
  const [alone = '', ...named] = pieces;
  const migrations = named.flatMap((path, index) =>
    index % 2 === 0 ? [{ path: path.trim(), sql: named[index + 1] ?? '' }] : [],
  );
  return {
    options: {
      ...(postgres === undefined ? {} : { postgres: Number(postgres) }),
      ...(transaction === undefined ? {} : { transaction }),
      ...(framework === undefined ? {} : { framework }),
    },
    migrations: migrations.length > 0 ? migrations : [{ path: 'migration.sql', sql: alone }],
  };
}

/** The fixture at a path below fixtures/rules/ID. */
export function ruleFixture(path: string): Fixture {
  return withRule(path.split('/')[2] ?? '', read(path));
}

/** A rule of the preset `strict` is on in its own fixtures. */
export function withRule(id: string, text: string): Fixture {
  const fixture = parseFixture(text);
  const meta = rules.map((rule) => rule.meta).find((one) => one.id === id);
  return meta?.preset === undefined ? fixture : { ...fixture, options: { ...fixture.options, rules: { [id]: meta.severity } } };
}

/** The SQL of a rule's document: what it finds, and what to write instead. */
export function examples(document: string, kind: 'good' | 'bad'): string[] {
  return Array.from(document.matchAll(new RegExp('```sql ' + kind + '\\n([\\s\\S]*?)```', 'g')), (match) => match[1] ?? '');
}

export interface Expectation {
  readonly rule: string;
  readonly line: number;
  /** 1-based; `end` is behind the last caret. */
  readonly start: number;
  readonly end: number;
  /** Where it is not that of the rule: `(info)` behind the rule's name. */
  readonly severity: string | undefined;
  /** What is said, behind a colon, where the fixture tells. */
  readonly says: string | undefined;
}

/** A comment line of carets and a rule's name points at the last line before it that is no such comment. */
export function expectationsOf(sql: string): Expectation[] {
  const expectations: Expectation[] = [];
  let target = 0;
  sql.split(/\r\n|\n|\r/).forEach((line, index) => {
    const match = /^\s*--(\s*)(\^+)\s+([a-z0-9-]+)(?: \((\w+)\))?(?:: (.+))?\s*$/.exec(line);
    if (match === null) target = index + 1;
    else {
      const start = line.indexOf('^') + 1;
      expectations.push({ rule: match[3] ?? '', line: target, start, end: start + (match[2] ?? '').length, severity: match[4], says: match[5]?.trimEnd() });
    }
  });
  return expectations;
}

type Finding = LintJson['findings'][number];

export interface LintedMigration {
  readonly migration: FixtureMigration;
  readonly findings: readonly Finding[];
}

/** Each migration linted as the newest one. */
export async function lintFixture({ options, migrations }: Fixture): Promise<LintedMigration[]> {
  const linted: LintedMigration[] = [];
  for (const [index, migration] of migrations.entries()) {
    const { findings } = await lintText(migration.sql, { ...options, path: migration.path, history: migrations.slice(0, index) });
    linted.push({ migration, findings });
  }
  return linted;
}

/** As `lintText`, but nobody asks what would cure what is found: to try that takes longer than to find it. */
export async function findingsIn(sql: string, { postgres, framework, transaction, rules: severityOf = {} }: Fixture['options'] = {}): Promise<readonly Finding[]> {
  const overrides = { postgres: postgres !== undefined && isPostgresVersion(postgres) ? postgres : undefined, framework, transaction, rules: ruleOverrides(severityOf, rules.map(({ meta }) => meta.id)) };
  return reportJson(whole(await lintTexts({ path: 'migration.sql', sql }, [], overrides, rules))).findings;
}

/** What differs from the expectations, in sentences; empty where all is as expected. */
export function differences({ migration, findings }: LintedMigration): string[] {
  const open = [...findings];
  const missing = expectationsOf(migration.sql).filter((expectation) => {
    const index = open.findIndex((finding) => matches(finding, expectation));
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  return [
    ...missing.map(({ rule, line, start, severity, says }) => `${migration.path}:${line}:${start}: expected ${rule}${severity ? ` (${severity})` : ''}${says ? `: ${says}` : ''}`),
    ...open.map(({ rule, severity, line, column, message }) => `${migration.path}:${line}:${column}: unexpected ${rule} (${severity}): ${message}`),
  ];
}

/** The carets lie inside what the finding spans on its first line, and it is as grave as the rule says where nothing else is said. */
function matches({ rule, severity, message, line, column, endLine, endColumn }: Finding, expected: Expectation): boolean {
  const end = endLine > line ? Infinity : endColumn;
  const ordinary = rules.find(({ meta }) => meta.id === rule)?.meta.severity;
  const isAsGrave = severity === (expected.severity ?? ordinary ?? severity);
  return rule === expected.rule && isAsGrave && message === (expected.says ?? message) && line === expected.line && column <= expected.start && expected.end <= end;
}
