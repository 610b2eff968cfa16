// The other statements of a migration: which stand behind one, and whether it may change places with them.

import type { Ailment } from './ailment.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Change, ChangeKind } from '../model/change.ts';
import type { Part } from '../model/migration.ts';
import type { Cure, Subject } from '../model/cure.ts';
import { isSameName, printName, type QualifiedName } from '../model/names.ts';
import { runsOf, type Assignment, type Statement } from '../model/statement.ts';
import type { Act, Step } from '../model/timeline.ts';
import type { SourceText } from '../text/source-text.ts';
import { contains, type Span } from '../text/span.ts';
import { nameOf } from '../text/definitions.ts';
import { madeNames } from './made-names.ts';
import { tokensOf } from './tokens-of.ts';

export function stepsBehind({ step, timeline }: Ailment): readonly Step[] {
  return timeline.steps.filter(({ statement }) => statement.span.start > step.statement.span.start);
}

/** All others that are run with it set something, or begin and end transactions. */
export function isOnlyOne({ step, timeline, parts }: Ailment): boolean {
  const message = partAt(step, parts);
  const isApart = (other: Step): boolean => message?.transaction === 'batch' && partAt(other, parts) !== message;
  return timeline.steps.every((other) => other === step || isAside(other) || isApart(other));
}

export function partAt({ statement }: Step, parts: readonly Part[]): Part | undefined {
  return parts.find(({ spans }) => spans.some(({ start, end }) => start <= statement.span.start && statement.span.start < end));
}

/** The same for those before it. */
export function isFirst({ step, timeline: { steps } }: Ailment): boolean {
  return steps.slice(0, steps.indexOf(step)).every(isAside);
}

/** The first setting before it that may decide what it, or what stands behind it, means or does, other than how long that takes. */
export function settingInFile({ step, timeline: { steps } }: Ailment): string | undefined {
  const at = steps.indexOf(step);
  const assigned = steps.slice(0, at).flatMap(({ statement }) => (statement.kind === 'setting' ? statement.assignments : []));
  return assigned.find((one) => decides(one, steps.slice(at)))?.name;
}

/** Those of pg_dump's first lines are known one by one. */
function decides({ name, value }: Assignment, behind: readonly Step[]): boolean {
  if (value.kind === 'default' || isHarmless.test(name)) return false;
  return value.kind === 'text' ? (meanings[name]?.(value.text.toLowerCase(), behind) ?? true) : true;
}

/** How long it takes, how much memory it takes, and who hears of it. */
const isHarmless = /timeout$|_mem$|^max_parallel|^(?:application_name|client_min_messages|escape_string_warning|synchronous_commit)$/;

/** Whether a value decides what statements mean. */
const meanings: Readonly<Partial<Record<string, (value: string, behind: readonly Step[]) => boolean>>> = {
  check_function_bodies: (_, behind) => behind.some(({ acts }) => acts.some(({ change }) => change.kind === 'create-function')),
  client_encoding: (value) => !/^(?:utf-?8|unicode)$/.test(value),
  row_security: (_, behind) => behind.some(({ statement }) => statement.kind === 'data'),
  standard_conforming_strings: (value) => !isTrue(value),
  xmloption: (value) => value !== 'content',
};

function isTrue(value: string): boolean {
  return /^(?:on|true|yes|1)$/.test(value);
}

/** Those that set something, or begin and end transactions, of those that are run with it. */
export function settingsBeside({ timeline, step, parts }: Ailment): readonly Step[] {
  return timeline.steps.filter((other) => isAside(other) && partAt(other, parts) === partAt(step, parts));
}

/** The transaction that the file itself opens and commits. `members`: what stands in it. */
export function transactionAround({ step, timeline: { steps } }: Ailment): { readonly begin: Step | undefined; readonly members: readonly Step[]; readonly commit: Step | undefined } {
  const at = steps.indexOf(step);
  const [begin, commit] = [steps.findLastIndex((one, index) => index < at && actionOf(one) === 'begin'), steps.findIndex((one, index) => index > at && actionOf(one) === 'commit')];
  return { begin: steps[begin], members: steps.slice(begin + 1, commit < 0 ? undefined : commit), commit: steps[commit] };
}

/** COMMIT AND CHAIN ends nothing. */
function actionOf({ statement }: Step): string | undefined {
  if (statement.kind !== 'transaction' || (statement.action.kind === 'commit' && statement.action.chain)) return undefined;
  return statement.action.kind;
}

/** SET LOCAL: it means nothing outside. */
export function isForTransaction({ statement }: Step): boolean {
  return statement.kind === 'setting' && statement.assignments.every(({ scope }) => scope === 'transaction');
}

export function isAside({ statement }: Step): boolean {
  return statement.kind === 'setting' || statement.kind === 'reset-settings' || statement.kind === 'transaction';
}

/** What a statement works on, or reads, where nothing that works on it too may come before it. */
export function subjectsOf({ statement, acts, effects, before, after }: Step, source: SourceText): readonly Subject[] {
  const written = tokensOf(source, statement.span).map((token) => nameOf(token, source.text));
  const read = written.flatMap((name) => [...relationNamed(name, before), ...relationNamed(name, after)]);
  const touched = [...effects.map(({ relation }) => relation), ...rowsOf(statement).map((name) => before.qualify(name)), ...acts.flatMap((act) => relationsOf(act)), ...read];
  const byName = new Map(touched.map((relation) => [printName(relation), relation]));
  return [...byName.values()].map((relation) => ({ relation, names: [], commutes: new Set() }));
}

/** Of those that history shows. */
function relationNamed(name: string | undefined, catalog: Catalog): readonly QualifiedName[] {
  const relation = name === undefined ? 'unknown' : catalog.find({ schema: undefined, name });
  return typeof relation === 'string' ? [] : [relation.name];
}

/** Those that an unsafe cure takes out of the file, to run them behind it. */
export function movedBy({ edits, level, further }: Cure, { timeline: { steps } }: Ailment): readonly Step[] {
  if (level !== 'unsafe' || further.length === 0) return [];
  return steps.filter(({ statement }) => edits.some(({ span, text }) => text === '' && contains(span, statement.span)));
}

/** May statements that are moved come behind these steps, because none of them needs what they do? */
export function mayPass(moved: readonly Step[], source: SourceText, steps: readonly Step[], theirs: SourceText): boolean {
  return !moved.some((one) => mustPrecede(subjectsOf(one, source), steps, theirs));
}

/** May what is done to these not come behind all of the steps, because one of them works on it too? */
export function mustPrecede(about: readonly Subject[], steps: readonly Step[], source: SourceText): boolean {
  return steps.some((step) => about.some((subject) => needs(step, subject, source)));
}

/** May what is done to the relations of a statement come behind all of these steps of later migrations, because none touches them? */
export function mayComeBehind({ step }: Ailment, steps: readonly Step[], source: SourceText): boolean {
  const about = step.effects.map(({ relation }): Subject => ({ relation, names: [], commutes: new Set() }));
  return about.length > 0 && !mustPrecede(about, steps, source);
}

function needs({ statement, acts, effects, before }: Step, { relation, commutes, names }: Subject, source: SourceText): boolean {
  if (runsOf(statement).some(({ kind }) => kind === 'opaque') || acts.some(({ change: { kind } }) => usedByAny.has(kind))) return true;
  const isMeant = (name: QualifiedName): boolean => isSameName(name, relation) || names.includes(name.name);
  const isFree = acts.length > 0 && acts.every((act) => commutes.has(act.change.kind) && !namesIn(act).some((name) => names.includes(name)));
  if (isFree) return false;
  const touched = [...effects.map((effect) => effect.relation), ...rowsOf(statement).map((name) => before.qualify(name)), ...acts.flatMap((act) => relationsOf(act))];
  return touched.some(isMeant) || isWritten(relation.name, statement.span, source);
}

/** What is dropped here, any table may use until then. */
const usedByAny: ReadonlySet<ChangeKind> = new Set(['drop-function', 'drop-object', 'drop-owned', 'drop-schema', 'drop-type']);

/** Queries say what they read nowhere but in the text. */
function isWritten(name: string, statement: Span, source: SourceText): boolean {
  return tokensOf(source, statement).some((token) => nameOf(token, source.text) === name);
}

function rowsOf(statement: Statement): readonly Parameters<Step['before']['qualify']>[0][] {
  return runsOf(statement).flatMap((run) => (run.kind === 'data' ? run.actions.map(({ target }) => target) : []));
}

function relationsOf({ change, before }: Act): readonly QualifiedName[] {
  const named = ['table', 'relation', 'index', 'partition', 'view'].flatMap((key) => nameAt(change, key));
  return named.flatMap((name) => [before.qualify(name), before.qualifyIndex(name)]);
}

function nameAt(change: Change, key: string): readonly Parameters<Step['before']['qualify']>[0][] {
  const value: unknown = Object.entries(change).find(([name]) => name === key)?.[1];
  return isName(value) ? [value] : [];
}

function isName(value: unknown): value is { readonly schema: string | undefined; readonly name: string } {
  return typeof value === 'object' && value !== null && 'schema' in value && 'name' in value && typeof value.name === 'string';
}

/** What it calls by name, and what it makes under a name that may be free for it alone now: constraints, indexes, objects. */
function namesIn(act: Act): readonly string[] {
  const { change } = act;
  const found: string[] = [...madeNames(act)];
  JSON.stringify(change, (_, value: unknown) => {
    if (typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}
