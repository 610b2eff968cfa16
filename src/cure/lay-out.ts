// Where the stages of a treatment go: to where the statement stands, behind the COMMIT, or into further migrations.

import type { Cure, Edit, FurtherMigration, Stage, Treatment, Ways, Withheld } from '../model/cure.ts';
import { isBlocking } from '../model/effect.ts';
import type { Step } from '../model/timeline.ts';
import { holdsBlock } from '../text/holds-block.ts';
import type { SourceText } from '../text/source-text.ts';
import { contains, type Span } from '../text/span.ts';
import type { Ailment } from './ailment.ts';
import { editedPiece, endedAt, lineEndIn, remarkAbove, removalOf, removalWithRemark, terminated } from './edits.ts';
import { isFirst, isForTransaction, isOnlyOne, mustPrecede, settingInFile, settingsBeside, stepsBehind, transactionAround } from './neighbours.ts';
import { handOf, type Hand } from './hand.ts';
import { wordsIn } from './tokens-of.ts';
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
  free: (plan, ailment, ways) => (ways.cutsBlocks === true && statementsOf(plan.stages).some(holdsBlock) ? inFurtherFiles : inPlace)(plan, ailment, ways),
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
function inPlace({ treatment, stages, outer }: Plan, ailment: Ailment, ways: Ways): Cure {
  const sql = handOf(ailment.timeline.source, ailment.step.statement.span);
  const statements = stages.flatMap((stage) => (stage.isAtomic ? asTransaction(stage, [], sql) : stage).statements);
  return cureOf(treatment, { edits: [...outer, ...inItsPlace(statements, ailment, ways)] });
}

/** The semicolon of the statement stays where it is; what has to stand around the last of the new ones ends behind it. */
function inItsPlace(statements: readonly string[], { step, timeline: { source } }: Ailment, { around }: Ways): readonly Edit[] {
  const { span } = step.statement;
  const isOpened = around !== undefined && source.text.lastIndexOf(around.open, span.start) > source.text.lastIndexOf(around.close, span.start);
  const text = terminated(statements, source, span, isOpened ? undefined : around);
  const end = endedAt(span, source);
  const closes = around !== undefined && !isOpened && statements.at(-1)?.includes(';') === true;
  if (!closes) return [{ span, text }];
  const close = `${lineEndIn(source)}${around.close}`;
  return end === undefined ? [{ span, text: `${text};${close}` }] : [{ span, text }, { span: { start: end, end }, text: close }];
}

/** The file says BEGIN. */
function fromBegun(plan: Plan, ailment: Ailment, ways: Ways): Cure | Withheld {
  return ways.opensItself === true ? inFurtherFiles(plan, ailment, ways) : behindCommit(plan, ailment, ways);
}

/** What has to be in a transaction of its own, or in none, comes behind the COMMIT of the file. */
function behindCommit({ treatment, stages, outer }: Plan, ailment: Ailment, ways: Ways): Cure | Withheld {
  const { step, timeline: { source } } = ailment;
  const { first, later } = cut(stages);
  const { begin, members, commit } = transactionAround(ailment);
  if (commit === undefined) return { why: 'no COMMIT ends the transaction in which the statement stands' };
  const inPlaceOf = (statements: readonly string[]): readonly Edit[] => inItsPlace(statements, ailment, ways);
  if (first.length === 0 && begin !== undefined && members.every((one) => one === step || isForTransaction(one))) {
    const removed = [begin, ...members.filter((one) => one !== step), commit].map(({ statement }): Edit => ({ span: removalOf(statement.span, source), text: '' }));
    const { edits } = inPlace({ treatment, stages: later, outer }, ailment, ways);
    return cureOf(treatment, { edits: [...edits, ...removed] });
  }
  const between = members.filter(({ statement }) => statement.span.start > step.statement.span.start);
  if (mustPrecede(treatment.about, between, source)) {
    const sql = handOf(source, step.statement.span);
    return cureOf(treatment, { edits: [...outer, ...inPlaceOf([...statementsOf(first), sql`COMMIT`, ...statementsOf(later), sql`BEGIN`])] });
  }
  const limits = members.filter((one) => isForTransaction(one) && one.statement.span.start < step.statement.span.start).map(({ statement }) => source.slice(statement.span));
  const isLimited = (stage: Stage): boolean => stage.place === 'own' && (limits.length > 0 || stage.isAtomic === true) && (stage.name !== treatment.moves?.name || step.effects.some(isBlocking));
  const limited = later.map((stage) => (isLimited(stage) ? asTransaction(stage, limits, handOf(source, step.statement.span)) : stage));
  const moved = first.length === 0 ? withRemarkOf(step.statement.span, source, limited) : limited;
  const ended = endedAt(commit.statement.span, source);
  const end = ended ?? commit.statement.span.end;
  const text = `${ended === undefined ? ';' : ''}${lineEndIn(source)}${terminated([...statementsOf(moved), ''], source, step.statement.span, ways.around).trimEnd()}`;
  const behind: Edit = { span: { start: end, end }, text };
  const here = first.length === 0 ? [{ span: removalWithRemark(step.statement.span, source), text: '' }] : inPlaceOf(statementsOf(first));
  return cureOf(treatment, { edits: [...outer, ...here, behind] });
}

/** What was set for the transaction alone holds in the next one too, but for what that sets itself. */
function asTransaction(stage: Stage, limits: readonly string[], sql: Hand): Stage {
  const others = limits.filter((limit) => !stage.statements.includes(limit));
  return { ...stage, statements: [sql`BEGIN`, ...others, ...stage.statements, sql`COMMIT`] };
}

function statementsOf(stages: readonly Stage[]): readonly string[] {
  return stages.flatMap(({ statements }) => statements);
}

/** The tool runs each file in a transaction of its own. */
function inFurtherFiles({ treatment, stages, outer }: Plan, ailment: Ailment, ways: Ways): Cure | Withheld {
  const { step, timeline: { source } } = ailment;
  const { first, later } = cut(stages);
  const refusal = whyNot(later, ailment, ways);
  if (refusal) return refusal;
  const inPlaceOf = (statements: readonly string[]): readonly Edit[] => inItsPlace(statements, ailment, ways);
  const setting = settingInFile(ailment);
  if (setting !== undefined) return { why: `the file sets ${setting}, which would not be set in a further one` };
  const tail = stepsBehind(ailment).filter(({ statement }) => ways.opensItself !== true || statement.kind !== 'transaction');
  const passed = mustPrecede(treatment.about, tail, source) ? tail : [];
  const isOnly = isOnlyOne(ailment);
  if (!isOnly && passed.some(({ statement }) => statement.kind === 'transaction')) return { why: 'what comes behind it in its transaction needs it' };
  const remaining = passed.map(({ statement: { span } }) => source.slice({ start: remarkAbove(span, source)?.start ?? span.start, end: span.end }));
  const last: readonly Stage[] = isOnly || remaining.length === 0 ? [] : [{ name: restOf(source.path), statements: remaining, place: 'own', undo: [] }];
  const removed = (isOnly ? [] : passed).map(({ statement }): Edit => ({ span: removalWithRemark(statement.span, source), text: '' }));
  const isAtHead = isOnly || (passed.length > 0 && isFirst(ailment));
  const [next, ...rest] = first.length === 0 && isAtHead ? dealt([...later, ...last], ways) : [];
  if (next) {
    const isBlock = ways.cutsBlocks === true && next.statements.some(holdsBlock);
    const isBare = isBlock || !ways.sendsSingly || (ways.opensItself === true && next.place === 'outside');
    const beside = settingsBeside(ailment).filter((one) => isOnly || one.statement.span.start < step.statement.span.start);
    const settings = beside.flatMap((one) => (isBare ? [{ span: removalOf(one.statement.span, source), text: '' }] : next.place === 'outside' ? forSession(one, source) : []));
    const edits = [...outer, ...inPlaceOf(next.statements), ...settings, ...removed];
    return cureOf(treatment, { edits, leaves: next.place === 'outside' && ways.outside === 'marked', isBlock, further: rest });
  }
  const here = first.length === 0 ? [{ span: removalWithRemark(step.statement.span, source), text: '' }] : inPlaceOf(statementsOf(first));
  const moved = first.length === 0 ? withRemarkOf(step.statement.span, source, later) : later;
  return cureOf(treatment, { edits: [...outer, ...here, ...removed], further: dealt([...moved, ...last], ways) });
}

/** SET LOCAL means nothing where there is no transaction. */
function forSession(step: Step, source: SourceText): readonly Edit[] {
  const word = isForTransaction(step) ? wordsIn(source, step.statement.span, 'LOCAL') : undefined;
  return word ? [{ span: { start: word.start - 1, end: word.end }, text: '' }] : [];
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

/** What may stay in the transaction, and what comes behind it. */
function cut(stages: readonly Stage[]): { readonly first: readonly Stage[]; readonly later: readonly Stage[] } {
  const index = stages.findIndex(({ place }) => place !== 'together');
  const count = index < 0 ? stages.length : index;
  return { first: stages.slice(0, count), later: stages.slice(count) };
}

/** As files: what needs no transaction shares one where the tool sends its statements one by one; else each statement has its own. */
function dealt(stages: readonly Stage[], { outside, sendsSingly, cutsBlocks }: Ways): readonly FurtherMigration[] {
  const dealtStages: FurtherMigration[] = [];
  for (const stage of stages) {
    const place = stage.place === 'together' ? 'own' : stage.place;
    const isApart = place === 'outside' && !(outside === 'marked' && sendsSingly && !(cutsBlocks === true && (stage.statements.some(holdsBlock) || dealtStages.at(-1)?.statements.some(holdsBlock) === true)));
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

function cureOf({ title, isUnsafe, isOneOfMany, undo = [], undoInPlace = [], unmade = [] }: Treatment, { edits, leaves = false, isBlock = false, further = [] }: { readonly edits: readonly Edit[]; readonly leaves?: boolean; readonly isBlock?: boolean; readonly further?: readonly FurtherMigration[] }): Cure {
  const level = isUnsafe ? 'unsafe' : further.length > 0 ? 'files' : 'safe';
  return { title, ...(isOneOfMany ? { isOneOfMany } : {}), edits, leaves, isBlock, further, undo: further.length > 0 ? undo : undoInPlace, unmade, level };
}

/** What stands above the statement goes with it. */
function withRemarkOf(span: Span, source: SourceText, [first, ...rest]: readonly Stage[]): readonly Stage[] {
  const remark = remarkAbove(span, source);
  const [statement = '', ...others] = first?.statements ?? [];
  return first === undefined || remark === undefined ? [...(first ? [first] : []), ...rest] : [{ ...first, statements: [source.slice(remark) + statement, ...others] }, ...rest];
}

/** `0007_add_totals.up.sql`: `add_totals_rest`. */
function restOf(path: string): string {
  const parts = path.split('/');
  const file = parts.at(-1) ?? '';
  const name = /^(?:up|migration)\.sql$/i.test(file) ? (parts.at(-2) ?? '') : file.replace(/\.\D.*$/, '');
  return `${name.replace(/^[A-Za-z]?[\d._]+[-_]*/, '')}_rest`;
}
