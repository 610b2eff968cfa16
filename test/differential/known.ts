// Differences that are known, each with its reason: they are counted, and fail no run.

import type { Difference } from './trial.ts';
import type { World, WorldRelation } from './world.ts';

/** The statement that differs, and what was there before it. */
export interface Circumstances {
  readonly sql: string;
  readonly world: World;
}

interface Known {
  readonly id: string;
  /** Why the two differ, and why that is right. */
  readonly reason: string;
  readonly isIt: (difference: Difference, circumstances: Circumstances) => boolean;
}

export const known: readonly Known[] = [
  {
    id: 'partitioned-without-partitions',
    reason: 'A partitioned table without partitions stands for one that has some elsewhere: its rows are claimed to be read or written, and the server has none.',
    isIt: (difference, { world }) => difference.kind === 'effects' && isOnly('nothing done', difference) && isWithoutLeaves(tableIn(difference, world), world),
  },
  {
    id: 'pruned-by-the-planner',
    reason: 'A condition that is false at plan time lets the planner leave tables out, and no lock is taken at all or none for writing; a claim does not evaluate conditions.',
    isIt: ({ kind, words }, { sql }) => kind === 'effects' && /\bWHERE false\b/.test(sql) && / with write, observed /.test(words),
  },
];

/** Its id, where all differences of a statement are known. */
export function knownAs(differences: readonly Difference[], circumstances: Circumstances): string | undefined {
  const ids = differences.map((difference) => known.find(({ isIt }) => isIt(difference, circumstances))?.id);
  return ids.every((id) => id !== undefined) ? ids[0] : undefined;
}

/** The same lock, and no work observed where some is claimed. */
function isOnly(_what: 'nothing done', { words }: Difference): boolean {
  const [, lock, observed] = /: claimed ([A-Z ]+) with [^:]*, observed ([A-Z ]+)$/.exec(words) ?? [];
  return lock !== undefined && lock === observed;
}

/** `public.orders: claimed …` */
function tableIn({ words }: Difference, { relations }: World): WorldRelation | undefined {
  const name = words.split(': claimed')[0];
  return relations.find(({ sql }) => sql.replaceAll('"', '') === name);
}

function isWithoutLeaves(table: WorldRelation | undefined, world: World): boolean {
  if (table?.kind !== 'p') return false;
  const parts = world.relations.filter(({ sql }) => table.children.includes(sql));
  return parts.every((part) => isWithoutLeaves(part, world));
}
