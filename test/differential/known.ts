// Differences that are known, each with its reason: they are counted, and fail no run.

import type { Assumption } from '../../src/model/assumption.ts';
import type { Step } from '../../src/model/timeline.ts';
import { isStronger, lockModes, type LockMode } from '../../src/model/lock.ts';
import { works } from '../../src/model/effect.ts';
import { printName } from '../../src/model/names.ts';
import { opaqueIn, runsOf } from '../../src/model/statement.ts';
import type { Difference } from './trial.ts';
import type { World, WorldRelation } from './world.ts';

/** The statement that differs, what we say of it, and what was there before it. */
export interface Circumstances {
  readonly sql: string;
  /** Undefined where we could not read or tell it. */
  readonly step: Step | undefined;
  readonly world: World;
  readonly isInBlock: boolean;
  /** Since the catalogs were compared, there was code that may have run or not. */
  readonly isUnsure: boolean;
}

interface Known {
  readonly id: string;
  /** Why the two differ, and why that is right. */
  readonly reason: string;
  readonly isIt: (difference: Difference, circumstances: Circumstances) => boolean;
}

export const known: readonly Known[] = [
  {
    id: 'unreadable',
    reason: 'What code puts together from values while it runs can not be told from a text: the claim says that it was not read, and the history ends there.',
    isIt: ({ kind }, { step }) => (kind === 'effects' || kind === 'catalog') && step !== undefined && opaqueIn(step.statement) !== undefined,
  },
  {
    id: 'partitioned-without-partitions',
    reason: 'A partitioned table without partitions stands for one that has some elsewhere: its rows are claimed to be read or written, and the server has none.',
    isIt: (difference, { world, step }) => isWithoutWork(difference) && (isWithoutLeaves(tableIn(difference, world), world) || isReferredByNone(difference, step, world)),
  },
  {
    id: 'code-not-reached',
    reason: 'What stands in a branch, a loop or a handler may run or not: the claim says so and takes it to run, and the server did not get there.',
    isIt: (difference, { step, isUnsure }) => isBelowClaim(difference, step) || (difference.kind === 'catalog' && isUnsure),
  },
  {
    id: 'assumed-at-its-gravest',
    reason: 'Where code that may have run decides the type of a column, or a query whose columns the text does not show, the claim is assumed, says so, and is the gravest that can be.',
    isIt: (difference, { step }) => isBelowAssumption(difference, step),
  },
  {
    id: 'materialized-view-beside',
    reason: 'A statement that can not run in a transaction is seen by the locks that it waits for, and LOCK TABLE can hold no materialized view.',
    isIt: ({ kind, words }, { world, step }) =>
      kind === 'effects' && step?.transaction === 'forbidden' && /, observed nothing$/.test(words) && tableIn({ kind, words }, world)?.kind === 'm',
  },
  {
    id: 'explained-without-rows',
    reason: 'EXPLAIN ANALYZE shows that it writes by the rows that it has written, and there were none.',
    isIt: (difference, { sql }) => /^EXPLAIN ANALYZE\b/.test(sql) && /: claimed (ROW EXCLUSIVE with )?write, observed (ROW EXCLUSIVE|nothing)$/.test(difference.words),
  },
  {
    id: 'done-under-held-lock',
    reason: 'A write, and the reading of a default partition, or of a domain, are seen by their lock; what the transaction had locked before shows nothing of them.',
    isIt: ({ kind, words }, { isInBlock, sql }) => {
      const sides = sidesOf(words);
      if (kind !== 'effects' || !isInBlock || sides === undefined || sides.claimed.lock !== undefined || sides.observed.lock !== undefined) return false;
      const isWriteUnseen = sides.claimed.work.filter((work) => work !== 'write').join() === sides.observed.work.join();
      return isWriteUnseen || (/: claimed scan, observed nothing$/.test(words) && /^(?:CREATE TABLE|ALTER DOMAIN)\b/.test(sql));
    },
  },
  {
    id: 'written-under-stronger-lock',
    reason: 'A write is seen by its ROW EXCLUSIVE lock; code that takes a stronger one on the same table hides it.',
    isIt: ({ kind, words }, { sql }) => {
      const sides = sidesOf(words);
      if (kind !== 'effects' || !/^(?:DO|CALL|SELECT)\b/.test(sql) || sides?.observed.lock === undefined || sides.claimed.lock !== sides.observed.lock) return false;
      return isStronger(sides.observed.lock, 'ROW EXCLUSIVE') && sides.claimed.work.filter((work) => work !== 'write').join() === sides.observed.work.join();
    },
  },
  {
    id: 'matched-without-writing',
    reason: 'MERGE that only does nothing takes the lock of one that writes, and a write is seen by its lock.',
    isIt: ({ kind, words }, { step }) =>
      kind === 'effects' && isWithoutActions(step) && /: claimed (?:ROW EXCLUSIVE, observed ROW EXCLUSIVE with write|nothing, observed write)$/.test(words),
  },
  {
    id: 'temporary-beside',
    reason: 'A statement that can not run in a transaction is seen by the locks that it waits for, and no other session may lock a temporary table.',
    isIt: ({ kind, words }, { step }) => kind === 'effects' && step?.transaction === 'forbidden' && /^pg_temp\..*, observed nothing$/.test(words),
  },
  {
    id: 'joined-with-nothing',
    reason: 'DETACH PARTITION joins the rows of a table that refers to itself with those of the partition, as the planner likes; where the one side has no rows, the other one is not read.',
    isIt: ({ kind, words }, { sql }) => kind === 'effects' && /\bDETACH PARTITION\b/.test(sql) && /: claimed ([A-Z ]+) with scan, observed \1$/.test(words),
  },
  {
    id: 'skipped-where-locked',
    reason: 'A statement that can not run in a transaction is seen by the locks that it waits for, and SKIP_LOCKED waits for none.',
    isIt: ({ kind, words }, { sql, step }) => kind === 'effects' && step?.transaction === 'forbidden' && /\bSKIP_LOCKED\b/.test(sql) && /, observed nothing$/.test(words),
  },
  {
    id: 'no-row-for-the-partition',
    reason: 'An INSERT locks the partitions that its rows go to; which ones, nobody can tell without the rows, so all are claimed.',
    isIt: (difference, { sql, world }) =>
      difference.kind === 'effects' && /\b(?:INSERT|COPY|MERGE|EXECUTE)\b/.test(sql) && /: claimed ROW EXCLUSIVE(?: with write)?, observed nothing$/.test(difference.words) && tableIn(difference, world)?.isPartition === true,
  },
  {
    id: 'truncated-in-code',
    reason: 'TRUNCATE gives a table new files at once; inside of code, the observer can not tell them from those of a rewrite.',
    isIt: ({ kind, words }, { sql }) => kind === 'effects' && /^DO\b[^]*\bTRUNCATE\b/.test(sql) && /observed (?:[A-Z ]+ with )?(?:rewrite|index-build)/.test(words),
  },
  {
    id: 'refused-by-rows-before',
    reason: 'What rows do not allow is refused where an action meets them, which may be before the action that no database allows.',
    isIt: ({ kind, words }) => kind === 'code' && /, observed 23[0-9A-Z]{3} /.test(words),
  },
  {
    id: 'refused-by-older-releases',
    reason: 'Two levels above other tables, the releases that are asked (18.4, 14.23) refuse DROP EXPRESSION before they look at the column, and the embedded 18.6 does not: so nothing is claimed of it.',
    isIt: ({ kind, words }, { sql }) => kind === 'code' && !/^ALTER TABLE (?:IF EXISTS )?ONLY\b/.test(sql) && words.includes('DROP EXPRESSION must be applied to child tables too'),
  },
  {
    id: 'pruned-by-the-planner',
    reason: 'A condition that is false at plan time lets the planner leave tables out, and no lock is taken at all or none for writing; a claim does not evaluate conditions.',
    isIt: ({ kind, words }, { sql }) => kind === 'effects' && /\bWHERE false\b/.test(sql) && / with write, observed /.test(words),
  },
  {
    id: 'open-cursor',
    reason: 'Which cursors a transaction has open, history does not follow; the statement is refused in any case, for what PostgreSQL would come to next.',
    isIt: ({ kind, words }) => kind === 'code' && /, observed 55006 .* being used by active queries in this session$/.test(words),
  },
  {
    id: 'partition-of-no-row',
    reason: 'Where there is a condition, the planner leaves out the parts of a partition that lie outside of its own bounds, and hold no row ever; a claim does not compare bounds for that.',
    isIt: (difference, { sql, world }) => difference.kind === 'effects' && /\bWHERE\b/.test(sql) && /: claimed ROW EXCLUSIVE with write, observed nothing$/.test(difference.words) && isPartOfPart(difference, world),
  },
];

/** Its id, where all differences of a statement are known. */
export function knownAs(differences: readonly Difference[], circumstances: Circumstances): string | undefined {
  const ids = differences.map((difference) => known.find(({ isIt }) => isIt(difference, circumstances))?.id);
  return ids.every((id) => id !== undefined) ? ids[0] : undefined;
}

/** A key that is checked between a table and a partitioned one that has no partitions. */
function isReferredByNone({ words }: Difference, step: Step | undefined, world: World): boolean {
  const checked = step?.effects.filter(({ work }) => work.includes('foreign-key-check')).map(({ relation }) => tableIn({ kind: 'effects', words: `${printName(relation)}: claimed` }, world)) ?? [];
  return / with foreign-key-check, observed /.test(words) && checked.some((table) => isWithoutLeaves(table, world));
}

/** Claimed of what history does not show, and no more observed than that: lock or work. */
function isBelowAssumption({ kind, words }: Difference, step: Step | undefined): boolean {
  const sides = sidesOf(words);
  const effect = step?.effects.find(({ relation }) => words.startsWith(`${printName(relation)}: `));
  if (kind !== 'effects' || sides === undefined || effect?.certainty !== 'assumed' || !shownByNoText.has(effect.assumption.kind)) return false;
  const { claimed, observed } = sides;
  return claimed.lock === observed.lock && isWithin(observed, claimed);
}

/** A rewrite reads all rows and builds all indexes. */
function isWithin(observed: Side, claimed: Side): boolean {
  const covered = claimed.work.includes('rewrite') ? [...claimed.work, 'scan', 'index-build'] : claimed.work;
  return observed.work.every((work) => covered.includes(work));
}

const shownByNoText: ReadonlySet<Assumption['kind']> = new Set<Assumption['kind']>(['column-type', 'constraints', 'type', 'volatility', 'time-zone', 'query']);

function isWithoutActions(step: Step | undefined): boolean {
  const actions = (step ? runsOf(step.statement) : []).flatMap((one) => (one.kind === 'data' ? one.actions : []));
  return actions.length > 0 && actions.every(({ verb }) => verb === 'match');
}

/** The same lock, and no work observed where some is claimed. */
function isWithoutWork({ kind, words }: Difference): boolean {
  const sides = sidesOf(words);
  return kind === 'effects' && sides !== undefined && sides.claimed.lock === sides.observed.lock && sides.observed.work.length === 0;
}

/** Claimed for what may not run, and no more observed than that. */
function isBelowClaim({ kind, words }: Difference, step: Step | undefined): boolean {
  const sides = sidesOf(words);
  const effect = step?.effects.find(({ relation }) => words.startsWith(`${printName(relation)}: `));
  if (kind !== 'effects' || sides === undefined || effect?.certainty !== 'assumed' || !ofCodeNotReached.has(effect.assumption.kind)) return false;
  const { claimed, observed } = sides;
  const isNoStronger = observed.lock === undefined || (claimed.lock !== undefined && !isStronger(observed.lock, claimed.lock));
  return isNoStronger && isWithin(observed, claimed);
}

/** What such code has made is not known for sure behind it either. */
const ofCodeNotReached: ReadonlySet<string> = new Set(['branch', 'column-type', 'constraints']);

interface Side {
  readonly lock: LockMode | undefined;
  readonly work: readonly string[];
}

/** Of `public.orders: claimed SHARE with index-build, observed SHARE`. */
function sidesOf(words: string): { readonly claimed: Side; readonly observed: Side } | undefined {
  const [, claimed, observed] = /: claimed (.+), observed (.+)$/.exec(words) ?? [];
  return claimed === undefined || observed === undefined ? undefined : { claimed: sideOf(claimed), observed: sideOf(observed) };
}

function sideOf(words: string): Side {
  const [lock, work] = words.split(' with ');
  return { lock: lockModes.find((mode) => mode === lock), work: works.filter((one) => (work ?? lock ?? '').split(', ').includes(one)) };
}

/** `public.orders: claimed …` */
function tableIn({ words }: Difference, { relations }: World): WorldRelation | undefined {
  const name = words.split(': claimed')[0];
  return relations.find(({ sql }) => sql.replaceAll('"', '') === name);
}

/** Two levels below a table, or deeper. */
function isPartOfPart(difference: Difference, world: World): boolean {
  const parentOf = (table: WorldRelation | undefined): WorldRelation | undefined =>
    table?.isPartition === true ? world.relations.find(({ children }) => children.includes(table.sql)) : undefined;
  return parentOf(parentOf(tableIn(difference, world))) !== undefined;
}

function isWithoutLeaves(table: WorldRelation | undefined, world: World): boolean {
  if (table?.kind !== 'p') return false;
  const parts = world.relations.filter(({ sql }) => table.children.includes(sql));
  return parts.every((part) => isWithoutLeaves(part, world));
}
