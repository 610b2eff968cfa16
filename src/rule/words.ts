// Words that messages are made of.

import { blocksWhileWorking, isBlocking, isOfHiddenTable, type Effect, type Work } from '../model/effect.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import { list } from '../text/list.ts';

/** The tables that others wait for while rows are worked on. */
export function tablesOf(effects: readonly Effect[]): string {
  return list(effects.filter(blocksWhileWorking).map(placeOf));
}

/** The tables that others are kept out of, worked on or not. */
export function tablesLocked(effects: readonly Effect[]): string {
  return list(effects.filter(isBlocking).map(placeOf));
}

/** `public.orders`, or `the table of public.orders_total_idx`. */
export function placeOf(effect: Effect): string {
  return tableWord(effect.relation, isOfHiddenTable(effect));
}

/** `isIndex`: it is the name of an index. */
export function tableWord(relation: QualifiedName, isIndex: boolean): string {
  return isIndex ? `the table of ${printName(relation)}` : printName(relation);
}

const words: Readonly<Record<Work, string>> = {
  rewrite: 'rewrites all rows',
  scan: 'reads all rows',
  'index-build': 'builds indexes',
  'foreign-key-check': 'looks up all rows in the other table',
  write: 'writes rows',
  refresh: 'computes all rows anew',
};

/** `rewrites all rows`, `builds indexes and reads all rows`. */
export function workInWords(effects: readonly Effect[]): string {
  const work = new Set(effects.filter(blocksWhileWorking).flatMap((effect) => effect.work));
  return list([...work].map((one) => words[one]));
}
