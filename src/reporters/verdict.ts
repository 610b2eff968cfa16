// The last line of a report for people: how many problems there are, and in how many migrations.

import { severities, type Finding, type Suppression } from '../model/finding.ts';
import type { Report, Summary } from '../model/report.ts';
import type { Palette } from './palette.ts';
import { count } from './plain-words.ts';

/** `3 problems (2 errors, 1 warning) in 2 of 10 migrations`. */
export function verdict({ summary, findings, suppressed }: Report, paints: Palette): string {
  const { linted, migrations } = summary;
  const replayed = migrations > linted ? [`${count(migrations - linted, 'other')} replayed as history`] : [];
  const aside = (kind: Suppression['kind'], words: string): string[] => {
    const number = suppressed.filter(({ suppression }) => suppression.kind === kind).length;
    return number > 0 ? [`${number} ${words}`] : [];
  };
  return [
    found(summary, findings, paints),
    ...aside('comment', 'suppressed'),
    ...aside('baseline', 'in the baseline'),
    ...replayed,
  ].join(', ');
}

function found(summary: Summary, findings: readonly Finding[], paints: Palette): string {
  const { linted, statements } = summary;
  if (findings.length > 0) return problems(summary, findings, paints);
  if (linted === 0) return 'No migrations to lint';
  return `${paints.good('No problems')} in ${count(linted, 'migration')} (${count(statements, 'statement')})`;
}

function problems({ linted }: Summary, findings: readonly Finding[], paints: Palette): string {
  const affected = new Set(findings.map(({ path, migration }) => [path, migration].join('\0'))).size;
  // Of files that are gone, or not linted any more, there may be more than of migrations.
  return `${problemCount(findings, paints)} in ${affected > linted ? count(affected, 'file') : `${affected} of ${count(linted, 'migration')}`}`;
}

/** `3 problems (2 errors, 1 warning)`. */
export function problemCount(findings: readonly Finding[], paints: Palette): string {
  const parts = severities.flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number > 0 ? [paints[severity](count(number, severity))] : [];
  });
  return `${paints.strong(count(findings.length, 'problem'))} (${parts.join(', ')})`;
}
