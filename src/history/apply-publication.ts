// Which tables a publication has.

import type { Publication, PublishedPart } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { PublishedTable } from '../model/changes/attachment-changes.ts';
import { NameList } from '../model/name-list.ts';
import { isSameName, type QualifiedName } from '../model/names.ts';
import { noteNeeds } from './dependencies/follow.ts';
import { attachedNeeds } from './dependencies/resolve.ts';
import { updateRelation } from './relation.ts';

export function create(catalog: Catalog, { publication, everything, tables, schemas, publish }: ChangeOf<'create-publication'>): Catalog {
  const findsRows = publish === undefined || sendsOldRows(publish);
  return put(seen(catalog, tables), publication, { tables: namesOf(tables, catalog), schemas, everything, findsRows, narrowed: narrowedOf(tables, catalog) });
}

/** Of one that history does not show, nothing is known but what is added: that UPDATE and DELETE are sent is the default. */
export function alter(catalog: Catalog, { publication, action, tables, schemas, publish }: ChangeOf<'alter-publication'>): Catalog {
  const old = catalog.parts.publications.get(publication) ?? unseen;
  const named = namesOf(tables, catalog);
  const otherTables = old.tables.filter((name) => !named.some((other) => isSameName(name, other)));
  const otherSchemas = old.schemas.filter((name) => !schemas.includes(name));
  const narrowed = narrowedOf(tables, catalog);
  const others = old.narrowed.filter(({ relation }) => !named.some((other) => isSameName(relation, other)));
  const next = {
    add: { tables: [...otherTables, ...named], schemas: [...otherSchemas, ...schemas], narrowed: [...others, ...narrowed] },
    set: { tables: named, schemas, narrowed },
    drop: { tables: otherTables, schemas: otherSchemas, narrowed: others },
  }[action];
  const findsRows = publish === undefined ? old.findsRows : sendsOldRows(publish);
  return put(seen(catalog, tables), publication, { ...next, everything: old.everything, findsRows });
}

const unseen: Publication = { tables: [], schemas: [], everything: false, findsRows: true, narrowed: [] };

function sendsOldRows(publish: readonly string[]): boolean {
  return publish.includes('update') || publish.includes('delete');
}

export function rename(catalog: Catalog, { publication, to }: ChangeOf<'rename-publication'>): Catalog {
  const known = catalog.parts.publications.get(publication);
  return known ? put(drop(catalog, { publication }), to, known) : catalog;
}

export function drop(catalog: Catalog, { publication }: Pick<ChangeOf<'drop-publication'>, 'publication'>): Catalog {
  return catalog.with({ publications: catalog.parts.publications.without(publication) });
}

/** FOR TABLES IN SCHEMA goes with the schema, or follows its new name. */
export function followSchema(catalog: Catalog, schema: string, to: string | undefined): Catalog {
  const left = to === undefined ? [] : [to];
  return catalog.parts.publications.entries().reduce((next, [name, one]) => {
    if (!one.schemas.includes(schema)) return next;
    return put(next, name, { ...one, schemas: one.schemas.flatMap((other) => (other === schema ? left : [other])) });
  }, catalog);
}

function seen(catalog: Catalog, tables: readonly PublishedTable[]): Catalog {
  return tables.reduce((next, { table }) => updateRelation(next, table, (relation) => relation), catalog);
}

/** Tables that inherit from one are in it too; partitions are not. */
function namesOf(tables: readonly PublishedTable[], catalog: Catalog): QualifiedName[] {
  const named = tables.flatMap(({ table, only }) => {
    const below = only || catalog.isPartitioned(table) ? [] : catalog.descendants(table);
    return [catalog.qualify(table), ...below.map(({ name }) => name)];
  });
  return NameList.of(named).values();
}

/** Lists of columns, and WHERE. */
function narrowedOf(tables: readonly PublishedTable[], catalog: Catalog): PublishedPart[] {
  return tables.flatMap(({ table, columns, clause }) => {
    const { columns: inWhere, surely, needs } = attachedNeeds(clause, catalog);
    const all = [...columns, ...inWhere];
    return all.length === 0 ? [] : [{ relation: catalog.qualify(table), columns: all, surely: [...columns, ...surely], isSure: true, needs }];
  });
}

function put(catalog: Catalog, name: string, publication: Publication): Catalog {
  const next = catalog.with({ publications: catalog.parts.publications.with(name, publication) });
  const needs = publication.narrowed.map((part) => ({ ...part.needs, relations: [...part.needs.relations, part] }));
  return noteNeeds(next, { kind: 'publication', name: { schema: '', name } }, needs);
}
