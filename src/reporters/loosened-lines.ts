// What the branch changes so that less is checked, as reports say it.

import type { Severity } from '../model/finding.ts';
import type { Loosening } from '../model/loosening.ts';
import { count } from './plain-words.ts';

/** `This branch loosens the check in 2 places:`. */
export function loosenedHeading(loosened: readonly Loosening[]): string {
  return `This branch loosens the check in ${count(loosened.length, 'place')}:`;
}

/** Of one change: what holds now, and why. */
export function loosenedSentence({ message, reason }: Loosening): string {
  return reason === undefined ? message : `${message}: ${reason}`;
}

export function loosenedPlace({ path, line }: Loosening): string {
  return `${path}:${line}`;
}

/** What they are called where findings are called by their rules. */
export const loosenedName = 'loosened-check';

/** Of all of them. */
export function loosenedSeverity([first]: readonly Loosening[]): Severity {
  return first?.severity ?? 'info';
}
