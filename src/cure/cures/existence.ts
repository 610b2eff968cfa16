// Statements that may run again, and names that are nearly right. What is there by the name may be something else: nobody hears of it any more.

import type { Edit, Treatment, Withheld } from '../../model/cure.ts';
import { printName } from '../../model/names.ts';
import type { Refusal } from '../../model/refusal.ts';
import { failsAgain, mayGiveUp } from '../../model/run-again.ts';
import { transactionOf } from '../../model/step-links.ts';
import type { Step } from '../../model/timeline.ts';
import type { SourceText } from '../../text/source-text.ts';
import { nameOf } from '../../text/definitions.ts';
import { nearestFirst } from '../../text/nearest.ts';
import type { Ailment, Remedy } from '../ailment.ts';
import { indentationAt, lineEndIn } from '../edits.ts';
import { guardsFor } from '../guards.ts';
import { handOf, quoted, quotedName } from '../hand.ts';
import { tokensOf } from '../tokens-of.ts';

/** All of the file that fails, because one finding speaks of all of it. */
export const notRetrySafe: Remedy = ({ step: first, timeline: { source, steps } }) => {
  const from = steps.indexOf(first);
  const until = steps.findLastIndex(mayGiveUp);
  const failing = steps.slice(from, until).filter((step) => transactionOf(step) !== transactionOf(steps[until] ?? first) && step.acts.some(({ change }) => failsAgain(change)));
  const edits = failing.map((step) => repeatable(step, source));
  const without = failing[edits.indexOf(undefined)];
  if (without !== undefined) return { why: `PostgreSQL has no IF EXISTS or IF NOT EXISTS for ${without.statement.command} on line ${source.positionOf(without.statement.span.start).line}` };
  return { title: 'Let the file run again where some of it is done already', isUnsafe: true, edits: edits.flatMap((some) => some ?? []), about: [] };
};

/** Of an index, IF NOT EXISTS would take for good what a failed build has left. */
function repeatable({ acts, statement: { span } }: Step, source: SourceText): readonly Edit[] | undefined {
  const [act] = acts;
  if (act?.change.kind !== 'create-index') return guardsFor(acts.map(({ change }) => change), span, source);
  const { table, index: { name }, concurrently } = act.change;
  if (name === undefined) return undefined;
  const sql = handOf(source, span);
  const drop = sql`DROP INDEX ` + (concurrently ? sql`CONCURRENTLY ` : '') + sql`IF EXISTS ${quotedName({ schema: table.schema, name })}`;
  return [{ span: { start: span.start, end: span.start }, text: `${drop};${lineEndIn(source)}${indentationAt(span.start, source)}` }];
}

export const missingIfExists: Remedy = ({ act, step, timeline: { source } }) => {
  if (act === undefined) return undefined;
  const guards = guardsFor([act.change], step.statement.span, source);
  return guards && { title: 'Let it be gone already', isUnsafe: true, edits: guards, about: [] };
};

/** Only where what is there is what is wanted. */
export const existingObject: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind === 'create-schema') return guarded(ailment, guardsFor([act.change], step.statement.span, source), 'Leave the schema as it is');
  if (act?.change.kind !== 'add-column') return { why: 'what has the name may be something else' };
  const { column, table } = act.change;
  const there = act.before.column(table, column.name);
  const isSame = typeof there !== 'string' && JSON.stringify(there.type) === JSON.stringify(column.type) && there.nullable === !column.notNull;
  return isSame ? guarded(ailment, guardsFor([act.change], step.statement.span, source), 'Leave the column as it is') : { why: 'the column that is there is of another type, or may hold NULL where this one may not' };
};

function guarded({ step }: Ailment, edits: Treatment['edits'] | undefined, title: string): Treatment | Withheld {
  return edits === undefined ? { why: `PostgreSQL has no IF EXISTS or IF NOT EXISTS for this ${step.statement.command}` } : { title, isUnsafe: true, edits, about: [] };
}

/** One that is there and is the nearest of all, where the wrong one stands in the statement once. */
export const missingObject: Remedy = ({ draft, step, timeline: { source } }) => {
  const refusal = step.refusals.find(({ kind, span }) => kind === 'missing' && span.start === draft.span.start && span.end === draft.span.end);
  const wanted = refusal && wantedIn(refusal, step);
  if (wanted === undefined) return { why: 'nothing that is there can be told from its name alone' };
  const near = nearestFirst(wanted.name, wanted.there);
  const [found] = near;
  const places = tokensOf(source, step.statement.span).filter((token) => nameOf(token, source.text) === wanted.name);
  const [place, ...others] = places;
  if (found === undefined) return { why: 'nothing that is there is called nearly so' };
  if (near.length > 1 || place === undefined || others.length > 0) return { why: 'which of several names is meant is not certain' };
  return { title: `Name what is there: ${quoted(found)}`, isUnsafe: true, edits: [{ span: { start: place.start, end: place.end }, text: quoted(found) }], about: [] };
};

interface Wanted {
  readonly name: string;
  /** What could be meant. */
  readonly there: readonly string[];
}

function wantedIn({ object, of, change }: Refusal, { before }: Ailment['step']): Wanted | undefined {
  const column = /^column (.+)$/.exec(object)?.[1];
  const table = change && 'table' in change && change.table !== undefined ? change.table : undefined;
  if (column !== undefined && table !== undefined && of === printName(before.qualify(table))) {
    const relation = before.find(table);
    return typeof relation === 'string' ? undefined : { name: column, there: [...relation.columns.values()].map(({ name }) => name) };
  }
  const name = table && before.qualify(table);
  if (of !== undefined || name === undefined || object !== printName(name)) return undefined;
  return { name: name.name, there: before.relationsIn(name.schema).filter(({ kind }) => kind === 'table' || kind === 'partitioned-table').map((relation) => relation.name.name) };
}
