// Locks, work and counts in words that need no knowledge of PostgreSQL's lock table.

import type { Assumption, StorageTrait } from '../model/assumption.ts';
import { assumptionOf, whoWaits, type Effect, type Waiters, type Work } from '../model/effect.ts';
import { printName } from '../model/names.ts';
import { list } from '../text/list.ts';
import { visible } from '../text/visible.ts';

/** `SHARE on public.orders: writes wait while an index is built`. */
export function effectInWords(effect: Effect): string {
  const lock = `${effect.lock} on ${visible(printName(effect.relation))}`;
  const birth = effect.new ? ' (made by this migration)' : '';
  const doubt = effect.certainty === 'assumed' ? ' (assumed)' : '';
  return `${lock}: ${effect.new ? 'nobody waits' : waiters(effect)}${workInWords(effect.work)}${birth}${doubt}`;
}

/** Why effects are assumed, and what would show it; each reason once. */
export function doubtsInWords(effects: readonly Effect[]): string[] {
  const reasons = effects.flatMap((effect) => assumptionOf(effect) ?? []).map(assumptionInWords);
  return [...new Set(reasons)].map((reason) => `assumed ${visible(reason)}`);
}

type Reasons = { readonly [K in Assumption['kind']]: (assumption: Extract<Assumption, { readonly kind: K }>) => string };

const reasons: Reasons = {
  'column-type': ({ table, column }) => `until history shows the type of ${printName(table)}.${column}`,
  volatility: ({ function: name }) => `until history shows whether ${printName(name)}() is volatile`,
  type: ({ type }) => `until history shows what type ${printName(type)} is`,
  'time-zone': () => 'for a server whose TimeZone is UTC',
  partitioned: ({ table }) => `until history shows whether ${printName(table)} is partitioned`,
  'index-table': ({ index }) => `until history shows the table of ${printName(index)}`,
  view: ({ view }) => `until history shows whether ${printName(view)} is there`,
  query: ({ relation }) => `because the query of ${printName(relation)} does not show the types of its columns`,
  constraints: ({ table }) => `until history shows the columns and constraints of ${printName(table)}`,
  bounds: ({ table }) => `because it can't be read whether a CHECK of ${printName(table)} implies the bounds`,
  attachment: ({ table, name }) => `until history shows whether ${name} of ${printName(table)} is there`,
  dependence: ({ relation }) => `until history shows whether ${printName(relation)} needs what is dropped`,
  existence: ({ relation }) => `that ${printName(relation)} is there`,
  'referencing-rows': ({ table }) => `that rows of ${printName(table)} refer to what is deleted or changed`,
  branch: () => 'that it is run at all',
  owner: ({ relation }) => `until history shows whose ${printName(relation)} is`,
  documentation: ({ version }) => `from the documentation of PostgreSQL ${version}: no server was asked`,
  extension: ({ extension, table }) => `because ${extension} looks after ${printName(table)}, and does it in its own way`,
  storage: ({ relation, trait }) => `until history shows ${traits[trait](printName(relation))}`,
};

const traits: Readonly<Record<StorageTrait, (relation: string) => string>> = {
  tablespace: (relation) => `the tablespace of ${relation}`,
  'access-method': (relation) => `the access method of ${relation}`,
  persistence: (relation) => `whether ${relation} is logged`,
};

function assumptionInWords(assumption: Assumption): string {
  return reasonOf(assumption.kind, assumption);
}

function reasonOf<K extends Assumption['kind']>(kind: K, assumption: Extract<Assumption, { readonly kind: K }>): string {
  return reasons[kind](assumption);
}

/** `1 error`, `3 errors`. */
export function count(number: number, singular: string): string {
  return `${number} ${number === 1 ? singular : `${singular}s`}`;
}

/** `reads and writes wait`. */
export function waitersInWords(waiters: Waiters): string {
  return waiters === 'nobody' ? 'nobody waits' : `${waiters} wait`;
}

function waiters(effect: Effect): string {
  const who = whoWaits(effect);
  if (who !== 'nobody') return waitersInWords(who);
  return effect.isReadOnly ? 'reads go on' : 'reads and writes go on';
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
