// The one reason that PostgreSQL gives for refusing a statement, where there are several: the first that it comes to.

import { refusedIn } from '../model/dependencies/refused.ts';
import type { Change } from '../model/change.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import { placeOfPass, type Pass } from '../model/pass.ts';
import { phases, refusalInWords, type Phase } from '../model/refusal.ts';
import type { Act, Step } from '../model/timeline.ts';
import { listSome } from '../text/list.ts';
import { doubtfulReasons } from './doubtful-reasons.ts';
import { passOf } from './pass-order.ts';

export interface FirstRefusal {
  /** SQLSTATE; undefined where it may be one of several. */
  readonly code: string | undefined;
  /** A sentence without the code and without a full stop. */
  readonly message: string;
}

export function firstRefusal(step: Step): FirstRefusal | undefined {
  return unreadable(step) ?? firstOfMeaning(step);
}

/** A version that can't read it looks no further. What a function or a block holds is read later. */
function unreadable({ statement, version }: Step): FirstRefusal | undefined {
  if (statement.kind === 'block' || statement.called !== undefined) return undefined;
  if (statement.kind === 'schema' && statement.changes.some(({ kind }) => kind === 'create-function')) return undefined;
  const [first] = statement.features.filter(({ readError, since }) => readError !== undefined && since > version).toSorted((left, right) => left.span.start - right.span.start);
  return first && { code: first.readError, message: `PostgreSQL ${version} can't read ${first.name}, which came with ${first.since}` };
}

function firstOfMeaning(step: Step): FirstRefusal | undefined {
  const reasons = reasonsIn(step);
  const places = new Map(reasons.map((reason) => [reason, placeOf(reason, step)]));
  const inOrder = reasons.toSorted((left, right) => before(places.get(left) ?? [], places.get(right) ?? []));
  const first = inOrder.find(({ isSure }) => isSure);
  return first && { code: inOrder[0] === first ? first.code : undefined, message: first.message };
}

interface Reason extends FirstRefusal {
  readonly kind: 'of-table' | 'missing' | 'late' | 'existing' | 'used' | 'impossible';
  readonly phase: Phase;
  readonly pass: Pass | undefined;
  readonly change: Change | undefined;
  /** Where it is not that of the change: one below it. */
  readonly table?: QualifiedName | undefined;
  /** It may well be none. */
  readonly isSure: boolean;
}

function reasonsIn(step: Step): readonly Reason[] {
  const impossible = step.acts.flatMap(({ change, impossibility }): readonly Reason[] => {
    if (impossibility === undefined) return [];
    const { code, message, phase = 'execution', pass, isOfTable, table } = impossibility;
    return [{ kind: isOfTable ? 'of-table' : 'impossible', code, message, phase, pass, change, table, isSure: true }];
  });
  const used = refusedIn(step).map(({ change, table, what, dependents, code, phase = 'execution' }): Reason => {
    const message = `PostgreSQL can't ${what} while ${listSome(dependents)} ${dependents.length === 1 ? 'depends' : 'depend'} on it`;
    return { kind: 'used', code, message, phase, pass: undefined, change, table, isSure: true };
  });
  const named = step.refusals.map((refusal): Reason => {
    const { kind, error: code, phase, pass, change, table, isLate } = refusal;
    return { kind: isLate ? 'late' : kind, code, message: refusalInWords(refusal), phase, pass, change, table, isSure: true };
  });
  return [...impossible, ...named, ...used, ...step.acts.flatMap((act) => doubtfulReasons(act).map((reason): Reason => ({ ...reason, code: undefined, change: act.change, isSure: false })))];
}

/** Compared from the left. What stands in code runs statement by statement. */
function placeOf(reason: Reason, { acts, statement, version }: Step): readonly number[] {
  const { kind, phase, pass, change } = reason;
  const ordinal = phases.indexOf(phase);
  const act = acts.findIndex((one) => one.change === change);
  const turn = turnOf(reason, acts[act]);
  const rank = orderOf(change).indexOf(kind);
  if (statement.kind === 'block' || statement.called !== undefined) return [act, ordinal, turn, rank];
  if (phase === 'preparation') return [ordinal, change?.span.start ?? 0, turn, rank];
  const inPass = placeOfPass(pass ?? (change ? passOf(change) : 'drop'), version);
  // A change of type is done to one table after the other, and other actions go to the tables below by themselves.
  return [ordinal, inPass, change?.kind === 'alter-column-type' ? turn : 0, act, turn, rank];
}

/**
 * When PostgreSQL comes to the table. To those below it comes behind the one that the change names, but gives them a new name of a column
 * first; what is in use, it looks at when a column is dropped from all of them.
 */
function turnOf({ kind, table }: Reason, act: Act | undefined): number {
  if (act === undefined || !('table' in act.change) || act.change.table === undefined) return 0;
  const isLast = act.change.kind === 'rename-column' || (act.change.kind === 'drop-column' && kind === 'used');
  if (table === undefined) return isLast ? Infinity : 0;
  return act.before.descendants(act.change.table).findIndex(({ name }) => isSameName(name, table)) + 1;
}

/**
 * Of one action: what it says of its table, what it names, what is in use, what can't be. Whether an index can be, PostgreSQL asks before it gives
 * it a name, whether a column can go or be renamed, before it looks at what is in the way, and whether a CHECK can be handed down behind that.
 * Source: DefineIndex(), AddRelationNewConstraints(), ATExecAddConstraint(), ATExecDropColumn(), renameatt_internal(), CreateStatistics() and
 * ATExecAlterColumnType().
 */
function orderOf(change: Change | undefined): readonly Reason['kind'][] {
  switch (change?.kind) {
    case 'create-index':
      return ['of-table', 'missing', 'impossible', 'existing', 'used'];
    case 'add-constraint':
      if (change.constraint.type === 'foreign-key') return ['of-table', 'existing', 'missing', 'used', 'impossible'];
      return 'included' in change.constraint ? ['of-table', 'missing', 'impossible', 'existing', 'used'] : usualOrder;
    case 'add-column':
    case 'create-statistics':
      return ['of-table', 'existing', 'missing', 'used', 'impossible'];
    case 'drop-column':
    case 'rename-column':
    case 'alter-column-type':
      return ['of-table', 'missing', 'impossible', 'late', 'existing', 'used'];
    default:
      return usualOrder;
  }
}

const usualOrder: readonly Reason['kind'][] = ['of-table', 'missing', 'existing', 'used', 'impossible'];

function before(left: readonly number[], right: readonly number[]): number {
  const place = left.findIndex((one, index) => one !== right[index]);
  return place < 0 ? 0 : (left[place] ?? 0) - (right[place] ?? 0);
}
