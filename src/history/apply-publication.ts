// Which tables a publication has.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { PublishedTable } from '../model/changes/attachment-changes.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import { updateRelation } from './relation.ts';

export function create(catalog: Catalog, { publication, tables }: ChangeOf<'create-publication'>): Catalog {
  return put(seen(catalog, tables), publication, namesOf(tables, catalog));
}

export function alter(catalog: Catalog, { publication, action, tables }: ChangeOf<'alter-publication'>): Catalog {
  const old = catalog.parts.publications.get(publication) ?? [];
  const named = namesOf(tables, catalog);
  const others = old.filter((name) => !named.some((other) => isSameName(name, other)));
  const next = { add: [...others, ...named], set: named, drop: others }[action];
  return put(seen(catalog, tables), publication, next);
}

export function rename(catalog: Catalog, { publication, to }: ChangeOf<'rename-publication'>): Catalog {
  const tables = catalog.parts.publications.get(publication);
  return tables ? put(drop(catalog, { publication }), to, tables) : catalog;
}

export function drop(catalog: Catalog, { publication }: Pick<ChangeOf<'drop-publication'>, 'publication'>): Catalog {
  return catalog.with({ publications: catalog.parts.publications.without(publication) });
}

function seen(catalog: Catalog, tables: readonly PublishedTable[]): Catalog {
  return tables.reduce((next, { table }) => updateRelation(next, table, (relation) => relation), catalog);
}

/** Tables that inherit from one are in it too; partitions are not. */
function namesOf(tables: readonly PublishedTable[], catalog: Catalog): QualifiedName[] {
  return tables.flatMap(({ table, only }) => {
    const below = only || catalog.isPartitioned(table) ? [] : catalog.descendants(table);
    return [catalog.qualify(table), ...below.map(({ name }) => name)];
  });
}

function put(catalog: Catalog, publication: string, tables: readonly QualifiedName[]): Catalog {
  return catalog.with({ publications: catalog.parts.publications.with(publication, tables) });
}
