// What the advice of a rule's document is played with: fixtures/advice/RULE.sql.

import { existsSync } from 'node:fs';
import { examples, parseFixture, read, type FixtureMigration } from '../fixture.ts';

/** One `sql good` example of a document, with what is there before it and what runs beside it. */
export interface Advice {
  readonly rule: string;
  readonly category: string;
  /** From 1, in the order of the document. */
  readonly number: number;
  /** The oldest PostgreSQL that the example is for. */
  readonly since: number;
  /** The tool opens a transaction for each file. */
  readonly isInTransaction: boolean;
  /** Tables and rows, and the migrations of the example that make what the others are about. */
  readonly before: readonly FixtureMigration[];
  readonly steps: readonly FixtureMigration[];
  /** What running code does all the time. */
  readonly code: readonly string[];
  /** The hazardous form, which comes to the same. */
  readonly hazard: string | undefined;
  /** Why the two end differently. */
  readonly differs: string | undefined;
  /** Questions with one answer each, which is `true` in the end. */
  readonly holds: readonly string[];
}

/** Each `sql good` example of a document that is played. */
export function adviceOf(rule: string, category: string): Advice[] {
  const scenes = scenesOf(rule);
  const documents = examples(read(`rules/${category}/${rule}.md`), 'good');
  return scenes.flatMap((number, index) => {
    if (index % 2 === 1) return [];
    const example = documents[Number(number) - 1];
    return example === undefined ? [] : [sceneOf({ rule, category, number: Number(number) }, example, scenes[index + 1] ?? '')];
  });
}

/** The tables and rows on which an example of a document is played; undefined where there are none. */
export function tablesOf(rule: string, number: number): string | undefined {
  const scenes = scenesOf(rule);
  const index = scenes.findIndex((scene, place) => place % 2 === 0 && scene === String(number));
  const scene = scenes[(index < 0 ? 0 : index) + 1];
  return scene?.replace(/^-- (?:differs|holds): .*\n/gm, '').split('-- code\n')[0];
}

function scenesOf(rule: string): readonly string[] {
  const path = `fixtures/advice/${rule}.sql`;
  return existsSync(path) ? read(path).split(/^-- good (\d+)\n/m).slice(1) : [];
}

/** The parts of a scene: tables and rows, `-- code`, `-- hazard`; lines `-- differs: WHY` and `-- holds: QUESTION` anywhere. */
function sceneOf(base: Pick<Advice, 'rule' | 'category' | 'number'>, example: string, scene: string): Advice {
  const { options, migrations } = parseFixture(example);
  const [withCode = '', hazard] = scene.replace(/^-- (?:differs|holds): .*\n/gm, '').split('-- hazard\n');
  const [made = '', code = ''] = withCode.split('-- code\n');
  const own = migrations.slice(0, makesTables(migrations) ? 1 : 0);
  return {
    ...base,
    since: options.postgres ?? 14,
    isInTransaction: options.transaction === 'file',
    before: [...own, { path: '0001_rows.sql', sql: made }],
    steps: migrations.slice(own.length),
    code: code.split('\n').flatMap((line) => line.trim().replace(/;$/, '') || []),
    hazard,
    differs: remark(scene, 'differs')[0],
    holds: remark(scene, 'holds'),
  };
}

/** The first migration of several makes what the others are about. */
function makesTables([first, ...others]: readonly FixtureMigration[]): boolean {
  return first !== undefined && others.length > 0 && /^\s*CREATE (?:TABLE|TYPE|DOMAIN|SCHEMA|EXTENSION)\b/.test(first.sql);
}

function remark(scene: string, word: string): string[] {
  return Array.from(scene.matchAll(new RegExp(`^-- ${word}: (.+)$`, 'gm')), (match) => match[1] ?? '');
}
