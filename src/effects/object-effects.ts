// What changes of views, domains, types and schemas do to tables.

import type { Catalog, Relation } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { ColumnType } from '../model/column-type.ts';
import { isSameName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Effect, Work } from '../model/effect.ts';
import { lock, type Facts } from './facts.ts';

/** OR REPLACE locks the view that is there; whether one is there, history may not show. */
export function createView({ view, replace, temporary }: ChangeOf<'create-view'>, facts: Facts): Effect[] {
  if (!replace || temporary || facts.catalog.isAbsent(view)) return [];
  return lock(view, 'ACCESS EXCLUSIVE', facts, {
    work: [],
    certainty: facts.catalog.find(view) === 'unknown' ? 'assumed' : 'known',
  });
}

export function dropView({ view, ifExists }: ChangeOf<'drop-view'>, facts: Facts): Effect[] {
  return facts.catalog.isAbsent(view, ifExists) ? [] : lock(view, 'ACCESS EXCLUSIVE', facts);
}

export function refresh({ view, concurrently, withData }: ChangeOf<'refresh'>, facts: Facts): Effect[] {
  return lock(view, concurrently ? 'EXCLUSIVE' : 'ACCESS EXCLUSIVE', facts, { work: withData ? ['refresh'] : [] });
}

export function dropSchema({ schema, cascade }: ChangeOf<'drop-schema'>, facts: Facts): Effect[] {
  if (!cascade) return [];
  return facts.catalog.relationsIn(schema).flatMap(({ name }) => lock(name, 'ACCESS EXCLUSIVE', facts));
}

export function dropType({ type, cascade }: ChangeOf<'drop-type'>, facts: Facts): Effect[] {
  return cascade ? tablesWithType(type, facts).flatMap(({ name }) => lock(name, 'ACCESS EXCLUSIVE', facts)) : [];
}

/** Every table with a column of the domain, or of one over it, is locked SHARE and read; NOT VALID looks at none. */
export function addDomainConstraint({ domain, constraint }: ChangeOf<'add-domain-constraint'>, facts: Facts): Effect[] {
  return constraint.valid ? lockTablesOfDomain(domain, ['scan'], facts) : [];
}

export function validateDomainConstraint({ domain }: ChangeOf<'validate-domain-constraint'>, facts: Facts): Effect[] {
  return lockTablesOfDomain(domain, ['scan'], facts);
}

function lockTablesOfDomain(domain: RelationName, work: readonly Work[], facts: Facts): Effect[] {
  const tables = tablesWithType(domain, facts).filter(({ kind }) => kind === 'table' || kind === 'materialized-view');
  return tables.flatMap(({ name }) => lock(name, 'SHARE', facts, { work }));
}

function tablesWithType(type: RelationName, { catalog }: Facts): Relation[] {
  const wanted = catalog.creationName(type);
  const hasType = ({ columns }: Relation): boolean =>
    [...columns.values()].some((column) => isMadeOf(column.type, wanted, catalog));
  return catalog.relationsIn(undefined).filter(hasType);
}

function isMadeOf(type: ColumnType, wanted: QualifiedName, catalog: Catalog): boolean {
  if (isSameName(catalog.creationName(type.name), wanted)) return true;
  const info = catalog.type(type.name);
  return info?.kind === 'domain' && isMadeOf(info.base, wanted, catalog);
}
