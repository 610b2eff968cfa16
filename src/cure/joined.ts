// Cures of several statements of a migration as one, which comes to the same as one behind the other.

import type { Cure, Edit } from '../model/cure.ts';
import type { Step } from '../model/timeline.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Ailment } from './ailment.ts';
import { closedUp } from './edits.ts';
import { isAside, partAt } from './neighbours.ts';

export interface Remedied {
  readonly ailment: Ailment;
  readonly cure: Cure;
}

/** A cure that has to do with the whole file, or with other statements, is one for itself. */
export function canBeJoined({ ailment: { step, timeline: { steps } }, cure: { edits, leaves, isOneOfMany } }: Remedied): boolean {
  const at = steps.indexOf(step);
  const start = steps[at - 1]?.statement.span.end ?? 0;
  const end = steps[at + 1]?.statement.span.start ?? Infinity;
  return !leaves && isOneOfMany !== true && edits.every(({ span }) => start <= span.start && span.end <= end);
}

/**
 * May the last one of them be done behind the others, as though it was done before them? What is the only statement of its transaction is cured in
 * another way than one of several, so one that is not cured stays there.
 */
export function isJoinable(all: readonly Remedied[]): boolean {
  const last = all.at(-1);
  if (last === undefined) return false;
  const others = all.slice(0, -1);
  return !others.some(({ cure }) => cure.edits.some((edit) => last.cure.edits.some((other) => collide(edit, other)))) && (!isMoved(last) || leavesOne(all, last));
}

function collide({ span, text }: Edit, { span: other, text: written }: Edit): boolean {
  const isBoth = span.start < other.end && other.start < span.end;
  const isAtOnePlace = text !== '' && written !== '' && (span.start === other.start || span.end === other.end);
  return isBoth || isAtOnePlace;
}

function isMoved({ ailment: { step: { statement: { span } } }, cure }: Remedied): boolean {
  return cure.edits.some((edit) => edit.text === '' && edit.span.start <= span.start && span.end <= edit.span.end);
}

function leavesOne(all: readonly Remedied[], { ailment: { step, timeline, parts } }: Remedied): boolean {
  const moved = new Set<Step>(all.filter(isMoved).map(({ ailment }) => ailment.step));
  const part = partAt(step, parts);
  return timeline.steps.some((other) => !moved.has(other) && !isAside(other) && partAt(other, parts) === part);
}

/** Of one, itself. */
export function joined(all: readonly Remedied[], source: SourceText): Cure | undefined {
  const [first, ...others] = all.map(({ cure }) => cure);
  if (first === undefined || others.length === 0) return first;
  const cures = [first, ...others];
  return {
    ...first,
    edits: withoutGaps(cures.flatMap(({ edits }) => edits), source),
    further: cures.flatMap(({ further }) => further),
    undo: cures.toReversed().flatMap(({ undo }) => undo),
  };
}

/** Where what is taken out stands side by side, no blank line is left between. */
function withoutGaps(edits: readonly Edit[], { text }: SourceText): readonly Edit[] {
  const inOrder = edits.toSorted((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
  return inOrder.reduce<readonly Edit[]>((all, edit) => {
    const before = all.at(-1);
    const isBeside = before?.text === '' && edit.text === '' && before.span.end === edit.span.start;
    return isBeside ? [...all.slice(0, -1), { span: closedUp({ start: before.span.start, end: edit.span.end }, text), text: '' }] : [...all, edit];
  }, []);
}
