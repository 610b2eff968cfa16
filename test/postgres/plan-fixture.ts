// What plans are played with: fixtures/plans/*.sql. Migrations, of which the last is new, then the parts of a scene, and the plan as it is printed.

import { parseFixture, type FixtureMigration } from '../fixture.ts';

export interface PlanFixture {
  /** Whose finding it is. */
  readonly rule: string;
  readonly postgres: number;
  readonly history: readonly FixtureMigration[];
  readonly migration: FixtureMigration;
  /** What is put in the place of slots. */
  readonly decisions: ReadonlyMap<string, string>;
  /** The rows that are there before the plan; without any, it is only read. */
  readonly rows: string;
  /** Rows that stand in the way: each question before the first step has to find them. */
  readonly inTheWay: string;
  /** What runs all the time from behind a step on; 0: from the beginning. */
  readonly code: readonly { readonly from: number; readonly statements: readonly string[] }[];
  /** How the schema in the end differs from what the migration makes: `+` and `-` before the line. */
  readonly differs: readonly string[];
  /** Questions with one answer each, which is `true` in the end. */
  readonly holds: readonly string[];
  readonly plan: string;
}

export function readPlanFixture(text: string): PlanFixture {
  const [given = '', plan = ''] = text.split(/^-- plan\n/m);
  const { options, migrations } = parseFixture(given.split(/^-- (?:rows|code|in the way)/m)[0] ?? '');
  const sections = given.split(/^-- (rows|in the way|code(?: \d+)?)\n/m).slice(1);
  const named = sections.flatMap((name, index) => (index % 2 === 0 ? [{ name, sql: (sections[index + 1] ?? '').replace(/^-- .*\n/gm, '') }] : []));
  const sqlOf = (name: string): string => named.find((one) => one.name === name)?.sql ?? '';
  const remarks = (word: string): string[] => Array.from(given.matchAll(new RegExp(`^-- ${word}: (.+)$`, 'gm')), (match) => match[1] ?? '');
  const migration = migrations.at(-1) ?? { path: '', sql: '' };
  return {
    rule: remarks('rule')[0] ?? '',
    postgres: options.postgres ?? 14,
    history: migrations.slice(0, -1),
    migration,
    decisions: new Map(remarks('decide').map((line) => [line.slice(0, line.indexOf(' = ')), line.slice(line.indexOf(' = ') + 3)])),
    rows: sqlOf('rows'),
    inTheWay: sqlOf('in the way'),
    code: named.flatMap(({ name, sql }) => (name.startsWith('code') ? [{ from: Number(name.slice(5)), statements: sql.split('\n').flatMap((line) => line.trim().replace(/;$/, '') || []) }] : [])),
    differs: remarks('differs'),
    holds: remarks('holds'),
    plan,
  };
}
