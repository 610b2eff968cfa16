// What is certain behind something that was not read: see `CatalogParts` for what it may have done, and what it can't undo.

import type { Absences, Catalog, Lookup } from '../model/catalog.ts';
import type { Change, ChangeKind } from '../model/change.ts';
import { NOWHERE, printName, type RelationName } from '../model/names.ts';
import { PersistentMap } from '../model/persistent-map.ts';
import { isPlaceholder } from '../model/placeholder.ts';
import type { Statement } from '../model/statement.ts';
import { updateRelation } from './relation.ts';

/** A text that was not read: a piece that nobody can parse, an include, what a placeholder stands for. */
export function behindText(catalog: Catalog): Catalog {
  return behindCode(catalog).with({ origin: 'unknown' });
}

/** Code that was called and not read. */
export function behindCode(catalog: Catalog): Catalog {
  const { moment, searchPath } = catalog.parts;
  return withoutAbsences(catalog).with({ lastUnread: moment, searchPath: searchPath.filter((schema) => schema !== NOWHERE) });
}

/** What has gone may be there again. */
function withoutAbsences(catalog: Catalog): Catalog {
  const { relations, indexes, statistics, withoutAbsences: before } = catalog.parts;
  const left: Absences = {
    relations: inDoubt(relations, before?.relations),
    indexes: inDoubt(indexes, before?.indexes),
    statistics: inDoubt(statistics, before?.statistics),
  };
  return catalog.with({ ...left, withoutAbsences: left });
}

function inDoubt<T>(map: PersistentMap<Lookup<T>>, before: PersistentMap<Lookup<T>> = PersistentMap.empty()): PersistentMap<Lookup<T>> {
  return map.keysThatDiffer(before).reduce((next, key) => (map.get(key) === 'absent' ? next.with(key, 'unknown') : next), map);
}

/** A change of what a placeholder names; `catalog` is that behind it. */
export function behindNames(catalog: Catalog, statement: Statement): Catalog {
  if (statement.kind === 'data') return statement.actions.reduce((next, { target }) => behindName(next, target), catalog);
  return statement.kind === 'schema' ? statement.changes.reduce(behindChange, catalog) : catalog;
}

function behindChange(catalog: Catalog, change: Change): Catalog {
  const relations = relationsIn(change);
  const named = [...relations, ...indexIn(change, catalog)].reduce(behindName, catalog);
  const opened = leavesColumns.has(change.kind) ? named : relations.reduce(withOpenEnd, named);
  if (!isNameless(change)) return opened;
  return isOfIndex.has(change.kind) ? withoutAbsences(opened) : behindNameless(opened);
}

/** Whatever a placeholder in them holds. */
const leavesColumns: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'change-owner',
  'grant',
  'comment',
  'set-tablespace',
  'set-options',
  'lock-table',
  'truncate',
  'vacuum',
  'repack',
  'analyze',
]);

/** An index, or what is renamed or moved, has a name that nobody knows, so any name may be that of another by now. */
function isNameless(change: Change): boolean {
  if (change.kind === 'create-index') return isPlaceholder(change.index.name ?? '');
  if (change.kind === 'drop-index' || change.kind === 'attach-index-partition') return isPlaceholder(change.index.name);
  return namesOf(change).some(isPlaceholder);
}

const isOfIndex: ReadonlySet<ChangeKind> = new Set<ChangeKind>(['create-index', 'drop-index', 'attach-index-partition']);

function behindNameless(catalog: Catalog): Catalog {
  return withoutAbsences(catalog).with({ lastNameless: catalog.parts.moment });
}

function behindName(catalog: Catalog, { schema, name }: RelationName): Catalog {
  const { moment, elsewhere } = catalog.parts;
  if (isPlaceholder(name)) return behindNameless(catalog);
  const qualified = schema === undefined ? catalog.qualify({ schema, name }) : { schema, name };
  if (!isPlaceholder(qualified.schema)) return catalog;
  return catalog.with({ elsewhere: elsewhere.with(name, { spelling: printName(qualified), since: moment }) });
}

/** Whatever the placeholder is, a name or a type, it may hold more: a column, constraint or index that is there by now, or gone. */
function withOpenEnd(catalog: Catalog, name: RelationName): Catalog {
  if (typeof catalog.find(name) === 'string') return catalog;
  return updateRelation(catalog, name, (relation) => (relation.complete ? { ...relation, complete: false, gives: 'unknown' } : relation));
}

/** The relations that it makes, changes or drops. */
function relationsIn(change: Change): RelationName[] {
  const named = [
    'table' in change ? change.table : undefined,
    'relation' in change ? change.relation : undefined,
    'view' in change ? change.view : undefined,
    'sequence' in change ? change.sequence : undefined,
    'partition' in change && change.kind !== 'attach-index-partition' ? change.partition : undefined,
  ];
  return named.flatMap((name) => name ?? []);
}

/** The index that it makes is in the schema of its table. */
function indexIn(change: Change, catalog: Catalog): RelationName[] {
  if (change.kind !== 'create-index' || change.index.name === undefined) return [];
  return [{ schema: catalog.qualify(change.table).schema, name: change.index.name }];
}

/** The schema that relations leave, and the name or the schema that they get. */
function namesOf(change: Change): string[] {
  if (change.kind === 'rename-relation') return [change.to];
  if (change.kind === 'rename-schema') return [change.schema, change.to];
  return change.kind === 'set-schema' || change.kind === 'drop-schema' ? [change.schema] : [];
}
