// What CASCADE locks: every relation of which something goes.

import type { Change } from '../model/change.ts';
import type { Dependent } from '../model/dependencies/dependents.ts';
import { takenBy } from '../model/dependencies/taken.ts';
import { targetsOf } from '../model/dependencies/targets.ts';
import type { Effect } from '../model/effect.ts';
import type { QualifiedName } from '../model/names.ts';
import { dropTable } from './table-effects.ts';
import { assumedIf, known, lock, type Facts } from './facts.ts';
import { dropKeysOf, lockSide } from './foreign-key-effects.ts';

export function cascadeEffects(change: Change, facts: Facts): Effect[] {
  if (!('cascade' in change) || !change.cascade) return [];
  const parts = targetsOf(change, facts.catalog);
  return takenBy(parts, facts.catalog, facts.version).flatMap((taken) => lockOf(taken, facts));
}

/** Functions, types and what a publication says of a table have no table of their own to lock. */
function lockOf({ part, isSure }: Dependent, facts: Facts): Effect[] {
  switch (part.kind) {
    case 'relation':
      return unlessSure(part.name, isSure, dropRelation(part.name, facts), facts);
    case 'constraint':
      return unlessSure(part.table, isSure, dropConstraint(part.table, part.name, facts), facts);
    case 'column':
    case 'default':
    case 'index':
    case 'trigger':
    case 'policy':
    case 'rule':
      return unlessSure(part.table, isSure, lock(part.table, 'ACCESS EXCLUSIVE', facts), facts);
    default:
      return [];
  }
}

/** A sequence of a column goes with its table, and nobody draws from it once that is locked. */
function dropRelation(name: QualifiedName, facts: Facts): Effect[] {
  const relation = known(name, facts);
  if (relation?.kind === 'sequence') return relation.ownedBy ? [] : lock(name, 'ACCESS EXCLUSIVE', facts);
  return dropTable({ table: name, ifExists: false }, facts);
}

/** With a foreign key go the triggers of the table at its other end. */
function dropConstraint(table: QualifiedName, name: string, facts: Facts): Effect[] {
  const relation = known(table, facts);
  const key = relation && { ...relation, constraints: relation.constraints.filter((one) => one.name === name) };
  return [...lockSide(table, 'ACCESS EXCLUSIVE', facts), ...dropKeysOf(key, facts)];
}

function unlessSure(relation: QualifiedName, isSure: boolean, effects: readonly Effect[], { catalog }: Facts): Effect[] {
  if (isSure) return [...effects];
  return effects.map((effect) => assumedIf({ kind: 'dependence', relation: catalog.qualify(relation) }, effect));
}
