// What is certain behind something that was not read: see `CatalogParts` for what it may have done, and what it can't undo.

import type { Catalog, CatalogParts } from '../model/catalog.ts';
import type { Change, ChangeKind } from '../model/change.ts';
import { printName, type RelationName } from '../model/names.ts';
import { isPlaceholder } from '../model/placeholder.ts';
import type { Statement } from '../model/statement.ts';
import { updateRelation } from './relation.ts';

/** A text that was not read: a piece that nobody can parse, an include, what a placeholder stands for. */
export function behindText(catalog: Catalog): Catalog {
  return catalog.with({ lastUnread: catalog.parts.moment, origin: 'unknown' });
}

/** Code that was called and not read, or a statement that may not have run. */
export function behindCode(catalog: Catalog): Catalog {
  return catalog.with({ lastUnread: catalog.parts.moment });
}

/** A change of what a placeholder names; `catalog` is that behind it. */
export function behindNames(catalog: Catalog, statement: Statement): Catalog {
  if (statement.kind === 'data') return statement.actions.reduce((next, { target }) => behindName(next, target), catalog);
  return statement.kind === 'schema' ? statement.changes.reduce(behindChange, catalog) : catalog;
}

function behindChange(catalog: Catalog, change: Change): Catalog {
  const relations = relationsIn(change);
  const named = relations.reduce(behindName, catalog);
  const opened = leavesColumns.has(change.kind) ? named : relations.reduce(withOpenEnd, named);
  return opened.with(doubtsBehind(change, catalog));
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
  'analyze',
]);

/** What it makes of a name that nobody knows may be anything. */
function doubtsBehind(change: Change, { parts: { moment } }: Catalog): Partial<CatalogParts> {
  if (change.kind === 'create-index') return isPlaceholder(change.index.name ?? '') ? { lastNamelessIndex: moment } : {};
  if (change.kind === 'drop-index' || change.kind === 'attach-index-partition') return isPlaceholder(change.index.name) ? { lastNamelessIndex: moment } : {};
  const [from = '', to = ''] = namesOf(change);
  return isPlaceholder(from) || isPlaceholder(to) ? { lastNameless: moment } : {};
}

function behindName(catalog: Catalog, { schema, name }: RelationName): Catalog {
  const { moment, elsewhere } = catalog.parts;
  if (isPlaceholder(name)) return catalog.with({ lastNameless: moment });
  const qualified = schema === undefined ? catalog.qualify({ schema, name }) : { schema, name };
  if (!isPlaceholder(qualified.schema)) return catalog;
  return catalog.with({ elsewhere: elsewhere.with(name, { spelling: printName(qualified), since: moment }) });
}

/** Whatever the placeholder is, a name or a type, it may hold more: a column, constraint or index that is there by now, or gone. */
function withOpenEnd(catalog: Catalog, name: RelationName): Catalog {
  if (typeof catalog.find(name) === 'string') return catalog;
  return updateRelation(catalog, name, (relation) => (relation.complete ? { ...relation, complete: false } : relation));
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

/** The schema that relations leave, and the name or the schema that they get. */
function namesOf(change: Change): string[] {
  if (change.kind === 'rename-relation') return [change.to];
  if (change.kind === 'rename-schema') return [change.schema, change.to];
  return change.kind === 'set-schema' || change.kind === 'drop-schema' ? [change.schema] : [];
}

/** What was made in a branch of a script may be there already: behind the branch, it is taken to be in use. */
export function behindBranch(catalog: Catalog, made: readonly RelationName[]): Catalog {
  return made.reduce((next, name) => updateRelation(next, name, (relation) => (relation.born ? { ...relation, born: undefined } : relation)), catalog);
}
