// How views come to be, and what they read.

import type { Catalog, Lookup } from '../model/catalog.ts';
import type { Column, Relation } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import { isSameName, printName } from '../model/names.ts';
import type { Query } from '../model/query.ts';
import { bare } from './bare.ts';
import { neededRelations, needsOfMentions } from './dependencies/resolve.ts';
import { newStorage } from './new-storage.ts';
import { outputOf } from './query-columns.ts';
import { putRelation, unknownRelation, updateRelation } from './relation.ts';

/** OR REPLACE gives the view that is there another query. A view of something temporary is temporary. */
export function createView(catalog: Catalog, { view, replace, temporary: isSaid, query }: ChangeOf<'create-view'>): Catalog {
  const temporary = isSaid || (catalog.parts.temporaries.length > 0 && query.sources.some(({ relation }) => isTemporary(catalog.find(relation))));
  const name = catalog.creationName(view, temporary);
  const there = catalog.parts.relations.get(printName(name));
  const old = there === undefined || typeof there === 'string' || there.doubt === 'existence' ? undefined : there;
  if (isTaken(there, catalog) && !(replace && old?.kind === 'view')) return catalog;
  const made = {
    ...unknownRelation(name),
    ...bare,
    kind: 'view',
    persistence: temporary ? 'temporary' : 'permanent',
    born: catalog.parts.moment,
  } as const;
  return withQuery(old ? unlinkSources(catalog, old) : catalog, old ?? made, query);
}

/** By something that is certainly there: PostgreSQL refuses to make another one. */
function isTaken(there: Lookup<Relation> | undefined, catalog: Catalog): boolean {
  if (there === undefined || typeof there === 'string') return false;
  return there.born !== undefined && there.doubt === 'none' && !catalog.isDoubted(there.name, there.born);
}

function isTemporary(found: Lookup<Relation>): boolean {
  return typeof found !== 'string' && found.persistence === 'temporary' && found.doubt !== 'existence';
}

export function createMaterializedView(
  catalog: Catalog,
  { view, ifNotExists, withData, storage, query }: ChangeOf<'create-materialized-view'>,
): Catalog {
  if (ifNotExists && !catalog.isAbsent(view)) return updateRelation(catalog, view, (relation) => relation);
  const name = catalog.creationName(view);
  if (isTaken(catalog.parts.relations.get(printName(name)), catalog)) return catalog;
  const made = {
    ...unknownRelation(name),
    ...bare,
    kind: 'materialized-view',
    born: catalog.parts.moment,
    doubt: ifNotExists && !catalog.isSurelyAbsent(view) ? 'parts' : 'none',
    written: withData,
    storage: newStorage(storage, undefined, 'permanent', catalog),
  } as const;
  return withQuery(catalog, made, query);
}

/** WITH NO DATA takes its rows. */
export function refresh(catalog: Catalog, { view, withData }: ChangeOf<'refresh'>): Catalog {
  return updateRelation(catalog, view, (relation) => (relation.written === withData || relation.kind !== 'materialized-view' ? relation : { ...relation, written: withData }));
}

function withQuery(catalog: Catalog, view: Relation, query: Query): Catalog {
  // One that is replaced may read itself, which it does not depend on.
  const reads = query.sources.flatMap((source) => neededRelations(source, catalog)).filter(({ relation }) => !isSameName(relation, view.name));
  const output = outputOf(query, catalog);
  const columns = output.columns.changed((one, name) => withDefaultOf(one, view.columns.get(name)));
  const put = putRelation(catalog, { ...view, ...output, columns, reads, base: query.base && catalog.qualify(query.base), needs: needsOfMentions(query.mentions, catalog) });
  return reads.reduce(
    (next, { relation }) =>
      updateRelation(next, relation, (source) => ({ ...source, readBy: source.readBy.without(view.name).with(view.name) })),
    put,
  );
}

/** What ALTER VIEW … SET DEFAULT gave to a column outlives the query. */
function withDefaultOf(column: Column, old: Column | undefined): Column {
  return old?.hasDefault ? { ...column, hasDefault: true, defaultType: old.defaultType, needs: old.needs } : column;
}

function unlinkSources(catalog: Catalog, view: Relation): Catalog {
  return view.reads.reduce(
    (next, { relation }) =>
      updateRelation(next, relation, (source) => ({ ...source, readBy: source.readBy.without(view.name) })),
    catalog,
  );
}
