// What was found and is not reported, because a comment or the baseline says so: who reads a report sees what it leaves out.

import type { SuppressedFinding } from '../model/finding.ts';
import { listSome } from '../text/list.ts';
import { count } from './plain-words.ts';

export interface SuppressedInWords {
  /** By comments: how many, each with its place, and how many more there are. Undefined where there are none. */
  readonly comments: { readonly heading: string; readonly shown: readonly ShownSuppression[]; readonly rest: number } | undefined;
  /** `The baseline holds back 3 findings: 2 in db/1.sql and 1 in db/2.sql`. */
  readonly baseline: string | undefined;
}

export interface ShownSuppression {
  readonly finding: SuppressedFinding['finding'];
  /** As the comment says it. */
  readonly reason: string;
}

/** What comes from files stands in it as it is. */
export function suppressedInWords(suppressed: readonly SuppressedFinding[]): SuppressedInWords {
  const byComments = suppressed.flatMap(({ finding, suppression }) => (suppression.kind === 'comment' ? [{ finding, reason: shortened(suppression.reason) }] : []));
  const known = suppressed.filter(({ suppression }) => suppression.kind === 'baseline').map(({ finding }) => finding.path);
  const heading = `Comments suppress ${count(byComments.length, 'finding')}:`;
  return {
    comments: byComments.length === 0 ? undefined : { heading, shown: byComments.slice(0, MOST_SHOWN), rest: Math.max(0, byComments.length - MOST_SHOWN) },
    baseline: known.length === 0 ? undefined : `The baseline holds back ${count(known.length, 'finding')}: ${listSome(byPath(known))}`,
  };
}

const MOST_SHOWN = 10;
const LONGEST_REASON = 200;

function shortened(reason: string): string {
  if (reason === '') return 'no reason is given';
  return reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
}

function byPath(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return Array.from(counts, ([path, number]) => `${number} in ${path}`);
}
