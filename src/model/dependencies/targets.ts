// What a statement drops by its name.

import type { Catalog } from '../catalog.ts';
import type { Change } from '../change.ts';
import type { RelationName } from '../names.ts';
import { isMeant, mayBeOfTrigger } from '../overload.ts';
import type { Part } from './part.ts';

/** Nothing for a change that drops nothing, and for what history knows to be gone. */
export function targetsOf(change: Change, catalog: Catalog): Part[] {
  switch (change.kind) {
    case 'drop-table':
      return relation(change.table, catalog);
    case 'drop-view':
      return relation(change.view, catalog);
    case 'drop-sequence':
      return relation(change.sequence, catalog);
    case 'drop-column':
      return [{ kind: 'column', table: catalog.qualify(change.table), name: change.column, goesDown: !change.only }];
    case 'drop-attribute':
      return catalog.typedTables(change.type).map(({ name: table }) => ({ kind: 'column', table, name: change.attribute }));
    case 'drop-constraint':
      return [{ kind: 'constraint', table: catalog.qualify(change.table), name: change.constraint }];
    case 'drop-index': {
      const table = catalog.tableOfIndex(change.index);
      return typeof table === 'string' ? [] : [{ kind: 'index', table, name: change.index.name }];
    }
    case 'drop-function': {
      const name = catalog.qualifyFunction(change.function);
      const meant = catalog.function(change.function).filter((overload) => isMeant(overload, change.argumentTypes));
      // One that the history does not show may be run by triggers that it does.
      const isUnseen = catalog.function(change.function).length === 0 && mayBeOfTrigger(change.argumentTypes);
      return (isUnseen ? [{ argumentTypes: [] }] : meant).map(({ argumentTypes }) => ({ kind: 'function', name, argumentTypes }));
    }
    case 'drop-type':
      return [{ kind: 'type', name: catalog.qualifyType(change.type) }];
    case 'drop-schema':
      return [{ kind: 'schema', name: change.schema }];
    case 'drop-object': {
      const [, name] = /^extension (.+)$/.exec(change.object) ?? [];
      return name === undefined ? [] : [{ kind: 'extension', name }];
    }
    default:
      return [];
  }
}

function relation(name: RelationName, catalog: Catalog): Part[] {
  return catalog.find(name) === 'absent' ? [] : [{ kind: 'relation', name: catalog.qualify(name) }];
}
