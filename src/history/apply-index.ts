// How indexes come, change their names and go.

import type { Catalog } from '../model/catalog.ts';
import type { Index, Relation } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import { NamedList } from '../model/named-list.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';
import { distinctParts, indexName } from './constraint-names.ts';
import { needsOfIndex } from './dependencies/resolve.ts';
import { makeWay } from './not-null.ts';
import { dropWithParts, followIndexName } from './partition-indexes.ts';
import { passDown } from './pass-down.ts';
import { updateRelation } from './relation.ts';

/** A name that is taken stops IF NOT EXISTS, whatever table the index is on. */
export function createIndex(catalog: Catalog, { table, only, ifNotExists, index }: ChangeOf<'create-index'>, version: PostgresVersion): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent') return catalog;
  const schema = relation === 'unknown' ? catalog.qualify(table).schema : relation.name.schema;
  if (ifNotExists && index.name !== undefined && catalog.isTaken({ schema, name: index.name })) {
    return updateRelation(catalog, table, (found) => found);
  }
  const added = updateRelation(catalog, table, (found) => {
    const parts = distinctParts(index.parts);
    const valid = !only || found.kind !== 'partitioned-table' || found.children.length === 0;
    const name = index.name ?? indexName(parts, found, catalog);
    const tablespace = index.tablespace ?? catalog.parts.defaultStorage.tablespace;
    const made: Index = { ...index, name, parts, valid, tablespace, partOf: undefined, clustered: false, needs: needsOfIndex(index, catalog) };
    return { ...found, indexes: found.indexes.with(made) };
  });
  return passDown(indexAll(added, catalog, table), table, catalog, only, version);
}

export function dropIndex(catalog: Catalog, { index }: ChangeOf<'drop-index'>): Catalog {
  const table = catalog.tableOfIndex(index);
  const name = catalog.qualifyIndex(index);
  if (table === 'absent' || table === 'unknown') return catalog.with({ indexes: catalog.parts.indexes.with(printName(name), 'absent') });
  return dropWithParts(catalog, table, name.name);
}

export function renameIndex(catalog: Catalog, index: ChangeOf<'drop-index'>['index'], to: string): Catalog {
  const table = catalog.tableOfIndex(index);
  const old = catalog.qualifyIndex(index);
  if (table === 'absent' || table === 'unknown') return catalog;
  return renameWithIndex(catalog, table, old.name, to);
}

/** A constraint and its index change their names together. */
export function renameWithIndex(catalog: Catalog, table: QualifiedName, from: string, to: string): Catalog {
  const renamed = updateRelation(catalog, table, (relation) => ({
    ...relation,
    indexes: renamedIn(relation.indexes, from, to),
    constraints: renamedIn(relation.constraints.has(from) ? makeWay(relation, to, catalog).constraints : relation.constraints, from, to),
    replicaIdentity: renamedIdentity(relation, from, to),
  }));
  const { indexes } = renamed.parts;
  const [old, next] = [printName({ ...table, name: from }), printName({ ...table, name: to })];
  if (indexes.get(old) === undefined) return renamed;
  return followIndexName(renamed.with({ indexes: indexes.with(old, 'absent').with(next, table) }), table, from, to);
}

function renamedIn<T extends { readonly name: string }>(list: NamedList<T>, from: string, to: string): NamedList<T> {
  const found = list.get(from);
  return found ? list.replaced(from, { ...found, name: to }) : list;
}

export function renamedIdentity({ replicaIdentity }: Relation, index: string, to: string): Relation['replicaIdentity'] {
  const isIt = replicaIdentity.kind === 'index' && replicaIdentity.index === index;
  return isIt ? { kind: 'index', index: to } : replicaIdentity;
}

/** Enters the indexes of a table under their names. */
export function indexAll(catalog: Catalog, before: Catalog, table: ChangeOf<'create-index'>['table']): Catalog {
  const relation = catalog.find(table);
  if (relation === 'absent' || relation === 'unknown') return catalog;
  const old = before.find(table);
  const known = old === 'absent' || old === 'unknown' ? NamedList.empty<Index>() : old.indexes;
  const indexes = relation.indexes.since(known).reduce((map, index) => {
    const key = printName({ schema: relation.name.schema, name: index.name });
    const there = map.get(key);
    return there !== undefined && typeof there !== 'string' ? map : map.with(key, relation.name);
  }, catalog.parts.indexes);
  return indexes === catalog.parts.indexes ? catalog : catalog.with({ indexes });
}
