// The other statements of a migration: which stand behind one, and whether it may change places with them.

import type { Ailment } from './ailment.ts';
import type { Change } from '../model/change.ts';
import type { Part } from '../model/migration.ts';
import type { Subject } from '../model/cure.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import { runsOf, type Statement } from '../model/statement.ts';
import type { Act, Step } from '../model/timeline.ts';
import type { Span } from '../text/span.ts';

export function stepsBehind({ step, timeline }: Ailment): readonly Step[] {
  return timeline.steps.filter(({ statement }) => statement.span.start > step.statement.span.start);
}

/** All others that are run with it set something, or begin and end transactions. */
export function isOnlyOne({ step, timeline, parts }: Ailment): boolean {
  const message = partAt(step, parts);
  const isApart = (other: Step): boolean => message?.transaction === 'batch' && partAt(other, parts) !== message;
  return timeline.steps.every((other) => other === step || isAside(other) || isApart(other));
}

function partAt({ statement }: Step, parts: readonly Part[]): Part | undefined {
  return parts.find(({ spans }) => spans.some(({ start, end }) => start <= statement.span.start && statement.span.start < end));
}

/** Where the statements stand that set something, of those that are run with it. */
export function settingsBeside({ timeline, step, parts }: Ailment): readonly Span[] {
  return timeline.steps.filter((other) => isAside(other) && partAt(other, parts) === partAt(step, parts)).map(({ statement }) => statement.span);
}

function isAside({ statement }: Step): boolean {
  return statement.kind === 'setting' || statement.kind === 'reset-settings' || statement.kind === 'transaction';
}

/** May what is done to these not come behind all of the steps, because one of them works on it too? */
export function mustPrecede(about: readonly Subject[], steps: readonly Step[]): boolean {
  return steps.some((step) => about.some((subject) => needs(step, subject)));
}

/** May what is done to the relations of a statement come behind all of these steps of later migrations, because none touches them? */
export function mayComeBehind({ step }: Ailment, steps: readonly Step[]): boolean {
  const about = step.effects.map(({ relation }): Subject => ({ relation, names: [], commutes: new Set() }));
  return about.length > 0 && !mustPrecede(about, steps);
}

function needs({ statement, acts, effects, before }: Step, { relation, commutes, names }: Subject): boolean {
  if (runsOf(statement).some(({ kind }) => kind === 'opaque')) return true;
  const isMeant = (name: QualifiedName): boolean => isSameName(name, relation) || names.includes(name.name);
  const isFree = acts.length > 0 && acts.every((act) => commutes.has(act.change.kind) && !namesIn(act).some((name) => names.includes(name)));
  if (isFree) return false;
  const touched = [...effects.map((effect) => effect.relation), ...rowsOf(statement).map((name) => before.qualify(name)), ...acts.flatMap((act) => relationsOf(act))];
  return touched.some(isMeant);
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

/** What it calls by name: constraints, indexes, objects. */
function namesIn({ change }: Act): readonly string[] {
  const found: string[] = [];
  JSON.stringify(change, (_, value: unknown) => {
    if (typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}
