// What changes of views, domains, types and schemas do to tables.

import type { Relation } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { RelationName } from '../model/names.ts';
import type { LockMode } from '../model/lock.ts';
import type { Effect, Work } from '../model/effect.ts';
import { lock, type Facts, type WorkFacts } from './facts.ts';

/** OR REPLACE locks the view that is there; whether one is there, history may not show. */
export function createView({ view, replace, temporary }: ChangeOf<'create-view'>, facts: Facts): Effect[] {
  if (!replace || temporary || facts.catalog.isAbsent(view)) return [];
  return lock(view, 'ACCESS EXCLUSIVE', facts, {
    work: [],
    assumption: facts.catalog.find(view) === 'unknown' ? { kind: 'view', view: facts.catalog.qualify(view) } : undefined,
  });
}

export function dropView({ view, ifExists }: ChangeOf<'drop-view'>, facts: Facts): Effect[] {
  return facts.catalog.isAbsent(view, ifExists) ? [] : lock(view, 'ACCESS EXCLUSIVE', facts);
}

export function refresh({ view, concurrently, withData }: ChangeOf<'refresh'>, facts: Facts): Effect[] {
  return lock(view, concurrently ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE', facts, { work: withData ? ['refresh'] : [] });
}

/**
 * Every table with a column of the domain, or of one over it, is locked SHARE and read; NOT VALID looks at none, nor NOT NULL of a domain that is so
 * already. Source: AlterDomainNotNull() in src/backend/commands/typecmds.c.
 */
export function addDomainConstraint({ domain, constraint }: ChangeOf<'add-domain-constraint'>, facts: Facts): Effect[] {
  const info = facts.catalog.type(domain);
  const isSoAlready = constraint.type === 'not-null' && info?.kind === 'domain' && info.notNull;
  return constraint.valid && !isSoAlready ? lockTablesOfDomain(domain, 'SHARE', ['scan'], facts) : [];
}

/** 19 takes the lock of ALTER TABLE … VALIDATE CONSTRAINT. Source: its release notes; no server was asked. */
export function validateDomainConstraint({ domain }: ChangeOf<'validate-domain-constraint'>, facts: Facts): Effect[] {
  return lockTablesOfDomain(domain, facts.version < 19 ? 'SHARE' : 'SHARE UPDATE EXCLUSIVE', ['scan'], facts);
}

function lockTablesOfDomain(domain: RelationName, mode: LockMode, work: readonly Work[], facts: Facts): Effect[] {
  const certain = facts.catalog.columnsOfType(domain).flatMap(({ relation }) => lockIfStored(relation, mode, { work }, facts));
  const assumed = mayHold(domain, facts).flatMap((relation) => {
    return lockIfStored(relation, mode, { work, assumption: { kind: 'query', relation: relation.name } }, facts);
  });
  return [...certain, ...assumed];
}

function lockIfStored({ name, kind }: Relation, mode: LockMode, work: WorkFacts, facts: Facts): Effect[] {
  return kind === 'table' || kind === 'materialized-view' ? lock(name, mode, facts, work) : [];
}

/** Tables and views of queries that may have handed the type on. */
function mayHold(type: RelationName, { catalog }: Facts): Relation[] {
  const wanted = catalog.creationName(type);
  const isPassed = (one: ColumnType): boolean => catalog.isMadeOf(one, wanted);
  return catalog.relationsIn(undefined).filter((relation) => relation.mayHold.some(isPassed));
}
