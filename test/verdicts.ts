// What is said of each fixture, kept from release to release: a verdict that changes must be in the changelog.

import { createHash } from 'node:crypto';
import type { LintedMigration } from './fixture.ts';

/** By the digest of a fixture without its expectations, the rules that speak about each of its migrations. */
export type Verdicts = Readonly<Record<string, readonly string[]>>;

export function digestOf(text: string): string {
  const sql = text.split('\n').filter((line) => !/^\s*--\s*\^+ /.test(line));
  return createHash('sha256').update(sql.join('\n')).digest('hex').slice(0, 16);
}

export function verdictOf(linted: readonly LintedMigration[]): string[] {
  return linted.map(({ findings }) => findings.map(({ rule }) => rule).join(' '));
}

/** Rules whose verdicts on a fixture that both know are other ones now, and which the changes do not name. */
export function untold(released: Verdicts, now: Verdicts, changes: string): string[] {
  const changed = Object.entries(now).flatMap(([digest, verdict]) => differing(released[digest] ?? verdict, verdict));
  return [...new Set(changed)].filter((rule) => !changes.includes(`\`${rule}\``)).toSorted();
}

function differing(before: readonly string[], after: readonly string[]): string[] {
  const count = (rules: string, rule: string): number => rules.split(' ').filter((one) => one === rule).length;
  return after.flatMap((rules, index) => {
    const old = before[index] ?? '';
    return [...new Set([...old.split(' '), ...rules.split(' ')])].filter((rule) => rule !== '' && count(old, rule) !== count(rules, rule));
  });
}
