// CREATE OR REPLACE VIEW that loses, renames or retypes a column. Source: checkViewColumns() in src/backend/commands/view.c.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { Query } from '../model/query.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Column, Relation } from '../model/relation.ts';
import { kindWords, nameOf, refuse, shown, whole, type RefusalFacts } from './facts.ts';
import { isSameType, knownType, typeInWords } from './types.ts';

export function viewReplacementRefusal({ view, replace, temporary, query }: ChangeOf<'create-view'>, facts: RefusalFacts): Impossibility | undefined {
  const { before, after } = facts;
  const name = before.creationName(view, temporary);
  const old = replace ? shown(name, before) : undefined;
  if (old === undefined) return undefined;
  if (old.kind !== 'view') return refuse('impossible-replacement', '42809', `${nameOf(old)} is ${kindWords[old.kind]}, and no view that can be replaced`);
  const made = shown(name, after);
  if (made === undefined || made.gives === 'unknown' || old.gives === 'unknown' || !isFollowed(query, before)) return undefined;
  return columnsRefusal(old, old.gives, made, made.gives, facts);
}

/** All that it reads is whole, so that `*` and names without a table mean what we take them for. */
function isFollowed({ sources }: Query, catalog: Catalog): boolean {
  return sources.every(({ relation }) => {
    const source = shown(relation, catalog);
    return source?.kind === 'view' ? source.gives !== 'unknown' : source !== undefined && whole(relation, catalog) !== undefined;
  });
}

/** 42P16: "cannot drop columns from view", "cannot change name of view column", "cannot change data type of view column". */
function columnsRefusal(old: Relation, was: readonly string[], made: Relation, gives: readonly string[], facts: RefusalFacts): Impossibility | undefined {
  for (const [place, column] of was.entries()) {
    const next = gives[place];
    if (next === undefined || !gives.includes(column)) {
      const message = next === undefined || gives.length < was.length ? `has no column ${column} any more` : `calls its column ${column} ${next}`;
      return unlike(`The new query of ${nameOf(old)} ${message}, which OR REPLACE can't do`);
    }
    if (next !== column) return unlike(`The new query of ${nameOf(old)} has ${next} where ${column} was, and OR REPLACE keeps columns in their order`);
    const [before, now] = [old.columns.get(column), made.columns.get(column)];
    if (before === undefined || now === undefined || !isOtherType(before, now, old, made, facts)) continue;
    return unlike(`${column} of ${nameOf(old)} is ${typeInWords(before.type)}, and the new query makes it ${typeInWords(now.type)}, which OR REPLACE can't do`);
  }
  return undefined;
}

function unlike(message: string): Impossibility {
  return refuse('impossible-replacement', '42P16', message, {
    help: 'Keep the columns with their names and types, and add new ones behind them; or drop the view and make it anew, in one transaction with all that reads it',
  });
}

/** Where both can be followed to one column of a table, or to a cast. */
function isOtherType(before: Column, now: Column, old: Relation, made: Relation, { after, version }: RefusalFacts): boolean {
  if (![old, made].every((view) => view.reads.every(({ relation }) => whole(relation, after) !== undefined))) return false;
  const [one, other] = [exactType(before.type, after), exactType(now.type, after)];
  const [left, right] = [knownType(one, after, version), knownType(other, after, version)];
  if (left === undefined || right === undefined || isDomain(one, after) || isDomain(other, after)) return false;
  return !isSameType(left, right) || (before.type.modifiers.length > 0 && now.type.modifiers.length > 0 && String(one.modifiers) !== String(other.modifiers));
}

/** `numeric(10)` is `numeric(10, 0)`. */
function exactType(type: ColumnType, catalog: Catalog): ColumnType {
  const isNumeric = type.name.name === 'numeric' && catalog.type(type.name) === undefined;
  return isNumeric && type.modifiers.length === 1 ? { ...type, modifiers: [...type.modifiers, 0] } : type;
}

function isDomain({ name }: ColumnType, catalog: Catalog): boolean {
  return catalog.type(name)?.kind === 'domain';
}

