// What plans say in words of their own, in every format.

import { visible } from '../text/visible.ts';
import type { Plan, PlanStep, Question, StepPlace } from '../model/plan.ts';

/** What stands before the title of a step. */
const placesInWords: Readonly<Record<StepPlace, string>> = {
  transaction: 'Migration, one transaction',
  each: 'Migration, each statement in a transaction of its own',
  outside: 'Outside of transactions',
  application: 'Deploy',
};

/** When a question is asked. */
export type Moment = 'first' | 'before the next step';

export function questionInWords({ kind, shows }: Question, when: Moment): string {
  return kind === 'no-rows' ? `Ready when this finds nothing: ${shows}` : `Look at this ${when}: ${shows}`;
}

export function undoInWords({ place }: PlanStep): string {
  return place === 'transaction' ? 'The way back, in one transaction:' : 'The way back:';
}

/** With semicolons, as they are run; nothing that a terminal would obey. */
export function sqlLines(statements: readonly string[]): string[] {
  return statements.flatMap((sql) => `${sql};`.split(/\r\n?|\n/)).map((line) => visible(line.replaceAll('\t', '    ')));
}

export function slotsInWords({ decisions }: Plan): readonly { readonly slot: string; readonly meaning: string }[] {
  const seen = new Set<string>();
  return decisions.filter(({ slot }) => !seen.has(slot) && seen.add(slot));
}

/** `3. Migration, one transaction: let the two change places`, without the number. */
export function stepInWords({ place, title }: PlanStep): string {
  return `${placesInWords[place]}: ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}
