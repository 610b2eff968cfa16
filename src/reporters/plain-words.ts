// Locks, work and counts in words that need no knowledge of PostgreSQL's lock table.

import { stopsReaders, stopsWriters, type Effect, type Work } from '../model/effect.ts';
import { printName } from '../model/names.ts';
import { list } from '../text/list.ts';
import { visible } from '../text/visible.ts';

/** `SHARE on public.orders: writes wait while an index is built`. */
export function effectInWords(effect: Effect): string {
  const lock = `${effect.lock} on ${visible(printName(effect.relation))}`;
  const birth = effect.new ? ' (made by this migration)' : '';
  const doubt = effect.certainty === 'assumed' ? ' (assumed: history does not show what decides it)' : '';
  return `${lock}: ${effect.new ? 'nobody waits' : waiters(effect)}${workInWords(effect.work)}${birth}${doubt}`;
}

/** `1 error`, `3 errors`. */
export function count(number: number, singular: string): string {
  return `${number} ${number === 1 ? singular : `${singular}s`}`;
}

function waiters(effect: Effect): string {
  if (stopsReaders(effect)) return effect.isReadOnly ? 'reads wait' : 'reads and writes wait';
  if (effect.isReadOnly) return 'reads go on';
  return stopsWriters(effect) ? 'writes wait' : 'reads and writes go on';
}

const workClauses: Readonly<Record<Work, string>> = {
  rewrite: 'all rows are rewritten',
  scan: 'all rows are read',
  'index-build': 'an index is built',
  'foreign-key-check': 'foreign keys are checked',
  write: 'rows are written',
  refresh: 'the view is computed anew',
};

function workInWords(work: readonly Work[]): string {
  return work.length === 0 ? '' : ` while ${workAlone(work)}`;
}

/** `an index is built and all rows are read`. */
export function workAlone(work: readonly Work[]): string {
  return list(work.map((one) => workClauses[one]));
}
