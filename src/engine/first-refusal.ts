// The one reason that PostgreSQL gives for refusing a statement, where there are several: the first that it comes to.

import { refusedIn } from '../model/dependencies/refused.ts';
import type { Change } from '../model/change.ts';
import { phases, refusalInWords, type Phase } from '../model/refusal.ts';
import type { Step } from '../model/timeline.ts';
import { listSome } from '../text/list.ts';

export interface FirstRefusal {
  /** SQLSTATE; undefined where it may be one of several. */
  readonly code: string | undefined;
  /** A sentence without the code and without a full stop. */
  readonly message: string;
}

export function firstRefusal(step: Step): FirstRefusal | undefined {
  const reasons = reasonsIn(step);
  const places = new Map(reasons.map((reason) => [reason, placeOf(reason, step)]));
  const [first] = reasons.toSorted((left, right) => before(places.get(left) ?? [], places.get(right) ?? []));
  return first && { code: first.code, message: first.message };
}

interface Reason extends FirstRefusal {
  readonly phase: Phase;
  readonly change: Change | undefined;
}

/** Of one action in one phase: what it says of its table, what it names, what is in use, what can't be. */
function reasonsIn(step: Step): readonly Reason[] {
  const impossible = step.acts.flatMap(({ change, impossibility }) => {
    if (impossibility === undefined) return [];
    const { code, message, phase = 'execution', isOfTable = false } = impossibility;
    return [{ code, message, phase, change, isOfTable }];
  });
  const used = refusedIn(step).map(({ change, what, dependents, code }) => {
    const message = `PostgreSQL can't ${what} while ${listSome(dependents)} ${dependents.length === 1 ? 'depends' : 'depend'} on it`;
    return { code, message, phase: 'execution' as const, change };
  });
  const named = step.refusals.map((refusal) => ({ code: refusal.error, message: refusalInWords(refusal), phase: refusal.phase, change: refusal.change }));
  return [...impossible.filter(({ isOfTable }) => isOfTable), ...named, ...used, ...impossible.filter(({ isOfTable }) => !isOfTable)];
}

/** Compared from the left. What stands in code runs statement by statement. */
function placeOf({ phase, change }: Reason, { acts, statement }: Step): readonly number[] {
  const ordinal = phases.indexOf(phase);
  const act = acts.findIndex((one) => one.change === change);
  if (statement.kind === 'block' || statement.called !== undefined) return [act, ordinal];
  return [ordinal, phase === 'preparation' ? (change?.span.start ?? 0) : act];
}

function before(left: readonly number[], right: readonly number[]): number {
  const place = left.findIndex((one, index) => one !== right[index]);
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0);
}
