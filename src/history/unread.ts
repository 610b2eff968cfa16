// What is certain behind something that was not read: see `CatalogParts` for what it may have done, and what it can't undo.

import type { Catalog, CatalogParts } from '../model/catalog.ts';
import type { Change } from '../model/change.ts';
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
  const { relations, others } = namesIn(change);
  const named = relations.reduce(behindName, catalog);
  if (!others.some(isPlaceholder)) return named;
  const isOfIndex = change.kind === 'create-index' || change.kind === 'drop-index' || change.kind === 'attach-index-partition';
  const { moment } = named.parts;
  const doubts: Partial<CatalogParts> = isOfIndex ? { lastNamelessIndex: moment } : isRenaming(change) ? { lastNameless: moment } : {};
  return relations.reduce(withOpenEnd, named.with(doubts));
}

function isRenaming({ kind }: Change): boolean {
  return kind === 'rename-relation' || kind === 'set-schema' || kind === 'rename-schema' || kind === 'drop-schema';
}

function behindName(catalog: Catalog, { schema, name }: RelationName): Catalog {
  const { moment, elsewhere } = catalog.parts;
  if (isPlaceholder(name)) return catalog.with({ lastNameless: moment });
  const qualified = schema === undefined ? catalog.qualify({ schema, name }) : { schema, name };
  if (!isPlaceholder(qualified.schema)) return catalog;
  return catalog.with({ elsewhere: elsewhere.with(name, { spelling: printName(qualified), since: moment }) });
}

/** It may have another column, constraint or index by now, or lack one. */
function withOpenEnd(catalog: Catalog, name: RelationName): Catalog {
  if (typeof catalog.find(name) === 'string') return catalog;
  return updateRelation(catalog, name, (relation) => (relation.complete ? { ...relation, complete: false } : relation));
}

interface Names {
  readonly relations: readonly RelationName[];
  /** Of columns, constraints, indexes and all else. */
  readonly others: readonly string[];
}

/** All strings in a change, and those of them that make the name of a relation or another object with a schema. */
function namesIn(change: Change): Names {
  const relations: RelationName[] = [];
  const others: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') others.push(value);
    else if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      const name = relationNameOf(value);
      if (name) relations.push(name);
      else Object.values(value).forEach(collect);
    }
  };
  collect(change);
  return { relations, others };
}

function relationNameOf(value: object): RelationName | undefined {
  if (!('schema' in value) || !('name' in value)) return undefined;
  const { schema, name } = value;
  if (typeof name !== 'string' || (schema !== undefined && typeof schema !== 'string')) return undefined;
  return { schema, name };
}
