// Where the stages of a treatment go: to where the statement stands, behind the COMMIT, or into further migrations.

import type { Cure, Edit, FurtherMigration, Stage, Treatment, Ways, Withheld } from '../model/cure.ts';
import type { SourceText } from '../text/source-text.ts';
import { contains, type Span } from '../text/span.ts';
import type { Ailment } from './ailment.ts';
import { editedPiece, lineEndIn, remarkAbove, removalOf, terminated } from './edits.ts';
import { isOnlyOne, mustPrecede, settingsBeside, stepsBehind } from './neighbours.ts';
import { handOf } from './hand.ts';
import { standingOf, type Standing } from './standing.ts';

/** Withheld where the tool has no place for what has to be done. */
export function layOut(treatment: Treatment, ailment: Ailment, ways: Ways): Cure | Withheld {
  const stages = stagesOf(treatment, ailment);
  if (stages.length === 1 && stages[0]?.place === 'together') return cureOf(treatment, { edits: treatment.edits });
  const place = places[standingOf(ailment)];
  return place({ treatment, stages, outer: treatment.edits.filter(({ span }) => !contains(ailment.step.statement.span, span)) }, ailment, ways);
}

interface Plan {
  readonly treatment: Treatment;
  /** All that is to be done in the place of the statement, in its order. */
  readonly stages: readonly Stage[];
  /** Edits elsewhere in the file. */
  readonly outer: readonly Edit[];
}

const places: Readonly<Record<Standing, (plan: Plan, ailment: Ailment, ways: Ways) => Cure | Withheld>> = {
  free: inPlace,
  begun: fromBegun,
  'in-file': inFurtherFiles,
  'in-run': inFurtherRuns,
  'in-message': inFurtherFiles,
  mixed: (_plan, _ailment, { title }) => ({ why: `the file opens a transaction inside of the one that ${title} opens` }),
};

/** The statement itself is one of them. */
function stagesOf({ edits, moves, before = [], behind = [] }: Treatment, { step, timeline }: Ailment): readonly Stage[] {
  const { span } = step.statement;
  const own = edits.filter((edit) => contains(span, edit.span));
  const text = editedPiece(timeline.source, span, own);
  const self: Stage[] = text.trim() === '' ? [] : [{ name: moves?.name ?? '', statements: [text], place: moves?.place ?? 'together', undo: moves?.undo ?? [] }];
  return [...before, ...self, ...behind];
}

/** Each statement is a transaction of its own. */
function inPlace({ treatment, stages, outer }: Plan, { step, timeline }: Ailment): Cure {
  const text = terminated(stages.flatMap(({ statements }) => statements), timeline.source, step.statement.span);
  return cureOf(treatment, { edits: [...outer, { span: step.statement.span, text }] });
}

/** The file says BEGIN. */
function fromBegun(plan: Plan, ailment: Ailment, ways: Ways): Cure | Withheld {
  return ways.opensItself === true ? inFurtherFiles(plan, ailment, ways) : behindCommit(plan, ailment);
}

/** What has to be in a transaction of its own, or in none, comes behind the COMMIT of the file. */
function behindCommit({ treatment, stages, outer }: Plan, ailment: Ailment): Cure | Withheld {
  const { step, timeline } = ailment;
  const { source } = timeline;
  const { first, later } = cut(stages);
  const end = stepsBehind(ailment).find(({ statement }) => statement.kind === 'transaction' && statement.action.kind === 'commit' && !statement.action.chain);
  if (end === undefined) return { why: 'no COMMIT ends the transaction in which the statement stands' };
  const between = stepsBehind(ailment).filter(({ statement }) => statement.span.start < end.statement.span.start);
  const statements = (first.length === 0 ? withRemarkOf(step.statement.span, source, later) : later).flatMap((stage) => stage.statements);
  if (first.length === 0 && mustPrecede(treatment.about, between)) {
    const sql = handOf(source, step.statement.span);
    const broken = [sql`COMMIT`, ...later.flatMap((stage) => stage.statements), sql`BEGIN`];
    return cureOf(treatment, { edits: [...outer, { span: step.statement.span, text: terminated(broken, source, step.statement.span) }] });
  }
  const behind: Edit = { span: { start: end.statement.span.end, end: end.statement.span.end }, text: `;${lineEndIn(source)}${terminated(statements, source, step.statement.span)}` };
  const here: Edit = first.length === 0 ? { span: withRemark(step.statement.span, source), text: '' } : { span: step.statement.span, text: terminated(first.flatMap((stage) => stage.statements), source, step.statement.span) };
  return cureOf(treatment, { edits: [...outer, here, behind] });
}

/** The tool runs each file in a transaction of its own. */
function inFurtherFiles({ treatment, stages, outer }: Plan, ailment: Ailment, ways: Ways): Cure | Withheld {
  const { step, timeline } = ailment;
  const { source } = timeline;
  const { first, later } = cut(stages);
  const refusal = whyNot(later, ailment, ways) ?? whyBound(ailment);
  if (refusal) return refusal;
  const inPlaceOf = (text: string): Edit => ({ span: step.statement.span, text });
  if (first.length > 0) {
    const text = terminated(first.flatMap(({ statements }) => statements), source, step.statement.span);
    return cureOf(treatment, { edits: [...outer, inPlaceOf(text)], further: dealt(later, ways) });
  }
  const [next, ...rest] = isOnlyOne(ailment) ? dealt(later, ways) : [];
  if (next) {
    const isBare = !ways.sendsSingly || (ways.opensItself === true && next.place === 'outside');
    const settings = isBare ? settingsBeside(ailment).map((span): Edit => ({ span: removalOf(span, source), text: '' })) : [];
    const edits = [...outer, inPlaceOf(terminated(next.statements, source, step.statement.span)), ...settings];
    return cureOf(treatment, { edits, leaves: next.place === 'outside' && ways.outside === 'marked', further: rest });
  }
  const tail = stepsBehind(ailment).filter(({ statement }) => statement.kind !== 'transaction');
  const passed = mustPrecede(treatment.about, tail);
  const moved = passed ? tail : [];
  const removed = [step, ...moved].map(({ statement }): Edit => ({ span: withRemark(statement.span, source), text: '' }));
  const last: readonly Stage[] = moved.length === 0 ? [] : [{ name: restOf(source.path), statements: moved.map(({ statement }) => source.slice({ start: remarkAbove(statement.span, source)?.start ?? statement.span.start, end: statement.span.end })), place: 'own', undo: [] }];
  return cureOf(treatment, { edits: [...outer, ...removed], further: dealt([...withRemarkOf(step.statement.span, source, later), ...last], ways) });
}

/** Two files of one run share its transaction, so only a mark helps. */
function inFurtherRuns(plan: Plan, ailment: Ailment, ways: Ways): Cure | Withheld {
  if (ways.endsRuns === true) return inFurtherFiles(plan, ailment, ways);
  if (ways.outside === 'marked' && plan.stages.every(({ place }) => place !== 'own')) return inFurtherFiles(plan, ailment, ways);
  return { why: `${ways.title} runs all pending migrations in one transaction: the steps need two deploys` };
}

function whyNot(stages: readonly Stage[], ailment: Ailment, { outside, takesFurther, title }: Ways): Withheld | undefined {
  const isLeft = outside === 'marked' || (outside === 'alone' && standingOf(ailment) !== 'in-file');
  if (!isLeft && stages.some(({ place }) => place === 'outside')) return { why: `${title} has no way to run a file outside of its transaction` };
  return takesFurther ? undefined : { why: `where the next migration of ${title} goes is not known` };
}

/** What the file sets for all of its statements, another file does not have. */
function whyBound({ timeline }: Ailment): Withheld | undefined {
  const names = timeline.steps.flatMap(({ statement }) => (statement.kind === 'setting' ? statement.assignments.map(({ name }) => name) : []));
  const bound = names.find((name) => !/_timeout$|^(?:maintenance_|parallel_|max_parallel_|client_min_messages$|application_name$)/.test(name));
  return bound === undefined ? undefined : { why: `the file sets ${bound}, and a further migration would run without it` };
}

/** What may stay in the transaction, and what comes behind it. */
function cut(stages: readonly Stage[]): { readonly first: readonly Stage[]; readonly later: readonly Stage[] } {
  const index = stages.findIndex(({ place }) => place !== 'together');
  const count = index < 0 ? stages.length : index;
  return { first: stages.slice(0, count), later: stages.slice(count) };
}

/** As files: what needs no transaction shares one where the tool sends its statements one by one; else each statement has its own. */
function dealt(stages: readonly Stage[], { outside, sendsSingly }: Ways): readonly FurtherMigration[] {
  const dealtStages: FurtherMigration[] = [];
  for (const stage of stages) {
    const place = stage.place === 'together' ? 'own' : stage.place;
    const isApart = place === 'outside' && !(outside === 'marked' && sendsSingly);
    const pieces = isApart ? stage.statements.map((statement) => ({ ...stage, place, statements: [statement] })) : [{ ...stage, place }];
    const last = dealtStages.at(-1);
    const [only] = pieces;
    if (only && last?.place === 'outside' && place === 'outside' && !isApart) {
      dealtStages[dealtStages.length - 1] = { ...last, statements: [...last.statements, ...only.statements], undo: [...only.undo, ...last.undo] };
    } else {
      dealtStages.push(...pieces);
    }
  }
  return dealtStages;
}

function cureOf({ title, isUnsafe }: Treatment, { edits, leaves = false, further = [] }: { readonly edits: readonly Edit[]; readonly leaves?: boolean; readonly further?: readonly FurtherMigration[] }): Cure {
  return { title, edits, leaves, further, level: isUnsafe ? 'unsafe' : further.length > 0 ? 'files' : 'safe' };
}

/** What stands above the statement goes with it. */
function withRemarkOf(span: Span, source: SourceText, [first, ...rest]: readonly Stage[]): readonly Stage[] {
  const remark = remarkAbove(span, source);
  const [statement = '', ...others] = first?.statements ?? [];
  return first === undefined || remark === undefined ? [...(first ? [first] : []), ...rest] : [{ ...first, statements: [source.slice(remark) + statement, ...others] }, ...rest];
}

function withRemark(span: Span, source: SourceText): Span {
  const { end } = removalOf(span, source);
  return { start: remarkAbove(span, source)?.start ?? removalOf(span, source).start, end };
}

/** `0007_add_totals.up.sql`: `add_totals_rest`. */
function restOf(path: string): string {
  const parts = path.split('/');
  const file = parts.at(-1) ?? '';
  const name = /^(?:up|migration)\.sql$/i.test(file) ? (parts.at(-2) ?? '') : file.replace(/\.\D.*$/, '');
  return `${name.replace(/^[A-Za-z]?[\d._]+[-_]*/, '')}_rest`;
}
