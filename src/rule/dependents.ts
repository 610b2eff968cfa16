// Objects of which history does not show all that depends on them.

import type { Catalog } from '../model/catalog.ts';
import { printName, type RelationName } from '../model/names.ts';
import type { Act } from '../model/timeline.ts';

/** What a change drops, in words, where more may hang on it than is known; nothing where all is known, or nobody uses it. */
export function dependents({ change, before }: Act): string[] {
  switch (change.kind) {
    case 'drop-table':
      return before.isAbsent(change.table, change.ifExists) ? [] : unlessKnown(change.table, before);
    case 'drop-view':
      return before.find(change.view) === 'unknown' && !before.isAbsent(change.view, change.ifExists) ? [printName(before.qualify(change.view))] : [];
    case 'drop-column':
      return unlessKnown(change.table, before).map((table) => `${table}.${change.column}`);
    case 'drop-constraint':
      return unlessKnown(change.table, before).length > 0 ? [change.constraint] : [];
    case 'drop-type':
      return before.type(change.type) === undefined && before.parts.origin === 'unknown' ? [printName(change.type)] : [];
    case 'drop-function':
      return isForTriggersOrNew(change.function, before) ? [] : [`${printName(change.function)}()`];
    case 'drop-sequence':
      return [printName(change.sequence)];
    case 'drop-object':
      return [`the ${change.object}`];
    default:
      return [];
  }
}

function unlessKnown(table: RelationName, catalog: Catalog): string[] {
  const relation = catalog.find(table);
  const isKnown = typeof relation !== 'string' && relation.complete;
  return isKnown || !catalog.isLive(table) ? [] : [printName(catalog.qualify(table))];
}

/** Who drops a function for triggers means the triggers. */
function isForTriggersOrNew(name: RelationName, catalog: Catalog): boolean {
  const overloads = catalog.function(name);
  return overloads.length > 0 && overloads.every(({ forTriggers, born }) => forTriggers || born.statement >= catalog.parts.newSince);
}
