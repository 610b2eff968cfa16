// RENAME, SET SCHEMA and OWNER TO, for whatever has a name.

import type { AlterObjectSchemaStmt, AlterOwnerStmt, Node, ObjectType, ObjectWithArgs, RenameStmt } from '@pgsql/types';
import type { Change } from '../../../model/change.ts';
import type { RelationKind } from '../../../model/changes/table-changes.ts';
import type { RelationName } from '../../../model/names.ts';
import type { Span } from '../../../text/span.ts';
import type { Context, StatementBody } from './context.ts';
import { meantFunction } from './functions.ts';
import { objectName, relationName } from './names.ts';
import { objectWords, relationKindOf } from './object-types.ts';

export function lowerRename(node: RenameStmt, { span }: Context): StatementBody {
  const ofRelation = node.renameType === 'OBJECT_COLUMN' || node.renameType === 'OBJECT_ATTRIBUTE';
  const words = objectWords(ofRelation ? node.relationType : node.renameType);
  return { kind: 'schema', command: `ALTER ${words}`, changes: [{ ...renameOf(node, span), ...condition(node) }] };
}

/** Of what hangs on a relation; a relation's own IF EXISTS is in its change. */
function condition({ renameType, missing_ok, relation }: RenameStmt): { readonly onlyIf?: RelationName } {
  const ofRelation = renameType !== undefined && partsOfRelations.includes(renameType);
  return missing_ok && ofRelation ? { onlyIf: relationName(relation) } : {};
}

const partsOfRelations: readonly ObjectType[] = ['OBJECT_COLUMN', 'OBJECT_TABCONSTRAINT'];

function renameOf(node: RenameStmt, span: Span): Change {
  const table = relationName(node.relation);
  const { subname = '', newname: to = '' } = node;
  switch (node.renameType) {
    case 'OBJECT_COLUMN':
      return { kind: 'rename-column', span, table, only: node.relation?.inh !== true, column: subname, to };
    case 'OBJECT_TABCONSTRAINT':
      return { kind: 'rename-constraint', span, table, constraint: subname, to };
    case 'OBJECT_TRIGGER':
      return { kind: 'rename-trigger', span, table, name: subname, to };
    case 'OBJECT_POLICY':
      return { kind: 'rename-policy', span, table, name: subname, to };
    case 'OBJECT_RULE':
      return { kind: 'rename-rule', span, table, name: subname, to };
    case 'OBJECT_STATISTIC_EXT':
      return { kind: 'move-statistics', span, statistics: objectName(node.object), to: { name: to } };
    case 'OBJECT_PUBLICATION':
      return { kind: 'rename-publication', span, publication: objectName(node.object).name, to };
    case 'OBJECT_SCHEMA':
      return { kind: 'rename-schema', span, schema: subname, to };
    case 'OBJECT_ATTRIBUTE':
      return { kind: 'rename-attribute', span, type: table, attribute: subname, to, cascade: node.behavior === 'DROP_CASCADE' };
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
      return { kind: 'move-function', span, ...meantFunction(functionOf(node.object)), to: { name: to } };
    case 'OBJECT_DOMCONSTRAINT':
      return { kind: 'rename-domain-constraint', span, domain: objectName(node.object), constraint: subname, to };
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return { kind: 'rename-relation', span, relation: objectName(node.object), relationKind: 'type', ifExists: false, to };
    default:
      return relationRename(node, span);
  }
}

function relationRename(node: RenameStmt, span: Span): Change {
  const relationKind = relationKindOf(node.renameType);
  if (relationKind === undefined || node.relation === undefined) return { kind: 'catalog-only', span };
  const ifExists = node.missing_ok === true;
  return { kind: 'rename-relation', span, relation: relationName(node.relation), relationKind, ifExists, to: node.newname ?? '' };
}

export function lowerSetSchema(node: AlterObjectSchemaStmt, { span }: Context): StatementBody {
  const command = `ALTER ${objectWords(node.objectType)}`;
  if (node.objectType === 'OBJECT_STATISTIC_EXT') {
    const to = { schema: node.newschema ?? '' };
    return { kind: 'schema', command, changes: [{ kind: 'move-statistics', span, statistics: objectName(node.object), to }] };
  }
  const functions: readonly (ObjectType | undefined)[] = ['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE'];
  if (functions.includes(node.objectType)) {
    const to = { schema: node.newschema ?? '' };
    return { kind: 'schema', command, changes: [{ kind: 'move-function', span, ...meantFunction(functionOf(node.object)), to }] };
  }
  const relationKind = movedKind(node.objectType);
  const relation = node.relation ? relationName(node.relation) : objectName(node.object);
  const change: Change =
    relationKind === undefined
      ? { kind: 'catalog-only', span }
      : { kind: 'set-schema', span, relation, relationKind, ifExists: node.missing_ok === true, schema: node.newschema ?? '' };
  return { kind: 'schema', command, changes: [change] };
}

function functionOf(node: Node | undefined): ObjectWithArgs | undefined {
  return node !== undefined && 'ObjectWithArgs' in node ? node.ObjectWithArgs : undefined;
}

function movedKind(type: ObjectType | undefined): RelationKind | undefined {
  return type === 'OBJECT_TYPE' || type === 'OBJECT_DOMAIN' ? 'type' : relationKindOf(type);
}

/** OWNER TO of everything but tables, which ALTER TABLE sees to. */
export function lowerOwner(node: AlterOwnerStmt, { span }: Context): StatementBody {
  return { kind: 'schema', command: `ALTER ${objectWords(node.objectType)}`, changes: [{ kind: 'catalog-only', span }] };
}
