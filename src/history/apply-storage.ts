// Where relations are kept, how, and whose they are.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { RelationName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import type { Storage } from '../model/storage.ts';
import { dropTable } from './drop-table.ts';
import { updateRelation } from './relation.ts';

export function setTablespace(catalog: Catalog, { relation, relationKind, tablespace }: ChangeOf<'set-tablespace'>): Catalog {
  return relationKind === 'index' ? moveIndex(catalog, relation, tablespace) : store(catalog, relation, { tablespace });
}

export function setAccessMethod(catalog: Catalog, { table, accessMethod }: ChangeOf<'set-access-method'>): Catalog {
  return store(catalog, table, { accessMethod: accessMethod ?? (catalog.isPartitioned(table) ? undefined : catalog.parts.defaultStorage.accessMethod) });
}

export function moveAll(catalog: Catalog, { relationKind, from, to }: ChangeOf<'move-all'>): Catalog {
  if (relationKind === 'index') return catalog.indexesIn(from).reduce((next, { name, tablespace }) => (tablespace === from ? moveIndex(next, name, to) : next), catalog);
  const moved = catalog.keptIn(from, relationKind);
  return moved.reduce((next, { name, storage }) => (storage.tablespace === from ? store(next, name, { tablespace: to }) : next), catalog);
}

function moveIndex(catalog: Catalog, name: RelationName, tablespace: string): Catalog {
  const table = catalog.tableOfIndex(name);
  if (typeof table === 'string') return catalog;
  return updateRelation(catalog, table, (relation) => ({ ...relation, indexes: relation.indexes.changed((index) => (index.name === name.name ? { ...index, tablespace } : index)) }));
}

function store(catalog: Catalog, name: RelationName, change: Partial<Storage>): Catalog {
  return updateRelation(catalog, name, (relation) => ({ ...relation, storage: { ...relation.storage, ...change } }));
}

export function changeOwner(catalog: Catalog, { relation: name, relationKind, owner }: ChangeOf<'change-owner'>): Catalog {
  const isOther = relationKind === 'index' || relationKind === 'type' || typeof catalog.find(name) === 'string';
  return isOther ? catalog : updateRelation(catalog, name, (relation) => (relation.owner === owner ? relation : { ...relation, owner }));
}

/** Who drops what a role owns is another one: what was never given to it stays. */
export function dropOwned(catalog: Catalog, { owners }: ChangeOf<'drop-owned'>): Catalog {
  return ownedBy(owners, catalog).reduce((next, { name }) => dropTable(next, name), catalog);
}

function ownedBy(owners: readonly string[], catalog: Catalog): Relation[] {
  return catalog.relationsIn(undefined).filter(({ owner }) => owner !== undefined && owners.includes(owner));
}

export function reassignOwned(catalog: Catalog, { owners, to }: ChangeOf<'reassign-owned'>): Catalog {
  return ownedBy(owners, catalog).reduce((next, { name }) => updateRelation(next, name, (relation) => ({ ...relation, owner: to })), catalog);
}
