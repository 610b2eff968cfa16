// DROP of whatever there is: one change for each object.

import type { DropStmt, Node, ObjectType } from '@pgsql/types';
import type { Change } from '../../../model/change.ts';
import { printName } from '../../../model/names.ts';
import type { Span } from '../../../text/span.ts';
import type { Context, StatementBody } from './context.ts';
import { meantFunction } from './functions.ts';
import { nameOfParts, objectName, partsOf } from './names.ts';
import { objectWords } from './object-types.ts';

export function lowerDrop(node: DropStmt, { span }: Context): StatementBody {
  const type = node.removeType ?? 'OBJECT_TABLE';
  const changes = (node.objects ?? []).map((object) => dropOf(type, object, node, span));
  return { kind: 'schema', command: `DROP ${objectWords(type)}`, changes };
}

function dropOf(type: ObjectType, object: Node, node: DropStmt, span: Span): Change {
  const form = { span, ifExists: node.missing_ok === true, cascade: node.behavior === 'DROP_CASCADE' };
  const name = objectName(object);
  switch (type) {
    case 'OBJECT_TABLE':
    case 'OBJECT_FOREIGN_TABLE':
      return { kind: 'drop-table', table: name, ...form };
    case 'OBJECT_VIEW':
      return { kind: 'drop-view', view: name, materialized: false, ...form };
    case 'OBJECT_MATVIEW':
      return { kind: 'drop-view', view: name, materialized: true, ...form };
    case 'OBJECT_INDEX':
      return { kind: 'drop-index', index: name, concurrently: node.concurrent === true, ...form };
    case 'OBJECT_SEQUENCE':
      return { kind: 'drop-sequence', sequence: name, ...form };
    case 'OBJECT_SCHEMA':
      return { kind: 'drop-schema', schema: name.name, ...form };
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return { kind: 'drop-type', type: name, ...form };
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
    case 'OBJECT_AGGREGATE':
      return { kind: 'drop-function', ...form, ...meantFunction('ObjectWithArgs' in object ? object.ObjectWithArgs : undefined) };
    case 'OBJECT_STATISTIC_EXT':
      return { kind: 'drop-statistics', statistics: name, span, ifExists: form.ifExists };
    case 'OBJECT_PUBLICATION':
      return { kind: 'drop-publication', publication: name.name, span, ifExists: form.ifExists };
    case 'OBJECT_TRIGGER':
      return dropFromTable('drop-trigger', object, form);
    case 'OBJECT_POLICY':
      return dropFromTable('drop-policy', object, form);
    case 'OBJECT_RULE':
      return dropFromTable('drop-rule', object, form);
    default:
      return { kind: 'drop-object', object: `${objectWords(type).toLowerCase()} ${printName(name)}`, span, cascade: form.cascade };
  }
}

/** What hangs on a table is named by the table's name and then its own. */
function dropFromTable(
  kind: 'drop-trigger' | 'drop-policy' | 'drop-rule',
  object: Node,
  { span, ifExists }: { readonly span: Span; readonly ifExists: boolean },
): Change {
  const parts = partsOf(object);
  const table = nameOfParts(parts.slice(0, -1));
  return { kind, span, table, name: parts.at(-1) ?? '', ifExists, ...(ifExists ? { onlyIf: table } : {}) };
}
