// What CASCADE drops beside what a statement names.

import type { Catalog, Lookup } from '../model/catalog.ts';
import { partKey, wholesOf, type Part } from '../model/dependencies/part.ts';
import { takenBy } from '../model/dependencies/taken.ts';
import { targetsOf } from '../model/dependencies/targets.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import type { PlacedAct, Timeline } from '../model/timeline.ts';
import { outcomeOf } from './outcome.ts';
import { printPart } from '../model/dependencies/part-words.ts';

/** `the view public.open_orders`, `the foreign key lines_order_id_fkey of public.lines`; without what is new, named, or made anew. */
export function takenAlong(act: PlacedAct, timeline: Timeline): string[] {
  const { step, before, change } = act;
  const outcome = outcomeOf(act, timeline);
  const named = new Set(step.acts.flatMap((one) => targetsOf(one.change, before)).map(partKey));
  const isNamed = (part: Part): boolean => [part, ...wholesOf(part)].some((one) => named.has(partKey(one)));
  const taken = takenBy(targetsOf(change, before), before, step.version).filter(({ refuses, isSure }) => refuses && isSure);
  const lost = taken.map(({ part }) => part).filter((part) => !isNamed(part) && wasInUse(part, before) && isLeft(part, outcome) && !isMeant(part, act));
  return [...new Set(lost.map((part) => printPart(part, before)))];
}

/** Who drops a function for triggers means the triggers. */
function isMeant({ kind }: Part, { change, before }: PlacedAct): boolean {
  if (kind !== 'trigger' || change.kind !== 'drop-function') return false;
  const overloads = before.function(change.function);
  return overloads.length === 0 || overloads.every(({ forTriggers }) => forTriggers);
}

function wasInUse(part: Part, before: Catalog): boolean {
  if (part.kind === 'function') return functionsThere(part.name, before).some(({ born }) => born.statement < before.parts.newSince);
  const table = 'table' in part ? part.table : part.kind === 'relation' ? part.name : undefined;
  return table === undefined || before.isInUse(before.find(table));
}

/** Nobody has brought it back; with a table that is gone by then, its parts are nobody's loss. */
function isLeft(part: Part, outcome: Catalog): boolean {
  switch (part.kind) {
    case 'relation':
      return outcome.find(part.name) === 'absent';
    case 'function':
      return functionsThere(part.name, outcome).length === 0;
    case 'type':
      return outcome.parts.types.get(printName(part.name)) === undefined;
    case 'attribute':
    case 'domain-constraint':
    case 'domain-default':
      return outcome.parts.types.get(printName(part.type)) !== undefined;
    case 'published':
      return outcome.parts.publications.get(part.publication)?.tables.every((name) => printName(name) !== printName(part.table)) ?? false;
    case 'extension':
    case 'schema':
      return false;
    default:
      return isMissingIn(outcome.find(part.table), part);
  }
}

function functionsThere(name: QualifiedName, { parts }: Catalog): ReturnType<Catalog['function']> {
  return parts.functions.get(printName(name)) ?? [];
}

function isMissingIn(table: Lookup<Relation>, { kind, name }: Extract<Part, { readonly table: QualifiedName; readonly name: string }>): boolean {
  if (typeof table === 'string') return false;
  const { columns, constraints, indexes, triggers, policies, rules } = table;
  switch (kind) {
    case 'column':
      return !columns.has(name);
    case 'default':
      return columns.get(name)?.hasDefault === false;
    case 'constraint':
      return !constraints.has(name);
    case 'index':
      return !indexes.has(name);
    case 'trigger':
      return triggers !== 'unknown' && !triggers.has(name);
    case 'policy':
      return policies !== 'unknown' && !policies.has(name);
    case 'rule':
      return rules !== 'unknown' && !rules.has(name);
  }
}
