// `--prove` for people: what a server did because of the migrations as they are, and as they are to be, and whether it comes to the same.

import type { Proof, TracedMigration } from '../model/report.ts';
import { visible } from '../text/visible.ts';
import { tracePretty } from './explanation-pretty.ts';
import { palette } from './palette.ts';
import { count } from './plain-words.ts';
import type { ReportContext } from './reporter.ts';
import { wrap } from './wrap.ts';

export function proofPretty({ before, after, differences, objects, refused }: Proof, context: Pick<ReportContext, 'color' | 'width'>): string {
  const paints = palette(context.color);
  const section = (title: string, migrations: readonly TracedMigration[]): string => `${paints.strong(title)}\n\n${tracePretty({ postgres: 18, migrations }, context)}`;
  const verdicts = verdictOf(refused, differences, objects).flatMap((line) => wrap(visible(line), context.width));
  const paint = refused.length > 0 || (differences ?? []).length > 0 ? paints.error : paints.good;
  return [section('Before', before), section('After', after), `${verdicts.map(paint).join('\n')}\n`].join('\n');
}

const MOST_SHOWN = 10;

function verdictOf(refused: readonly string[], differences: readonly string[] | undefined, objects: number): readonly string[] {
  if (refused.length > 0) return ['PostgreSQL refuses what the fixes make:', ...shortened(refused)];
  if (differences === undefined) return ['PostgreSQL refuses what was there, and runs what is there now.'];
  return differences.length === 0 ? [`The schema behind both is the same: ${count(objects, 'object')} compared.`] : ['The schema behind both is not the same:', ...shortened(differences)];
}

function shortened(lines: readonly string[]): readonly string[] {
  const rest = lines.length - MOST_SHOWN;
  return rest > 0 ? [...lines.slice(0, MOST_SHOWN), `and ${rest} more`] : lines;
}
