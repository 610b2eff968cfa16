// Columns as CREATE TABLE and ADD COLUMN define them.

import type { ColumnDef, Constraint as ConstraintNode, Node } from '@pgsql/types';
import type { ColumnDefinition } from '../../../model/column.ts';
import { lowerColumnConstraints } from './constraints.ts';
import { lowerExpression } from './expressions.ts';
import { lowerCollation, lowerType } from './types.ts';

export function lowerColumn(node: ColumnDef): ColumnDefinition {
  const name = node.colname ?? '';
  const parts = (node.constraints ?? []).flatMap(constraintNode);
  const find = (type: ConstraintNode['contype']): ConstraintNode | undefined => parts.find((part) => part.contype === type);
  const defaultNode = find('CONSTR_DEFAULT')?.raw_expr;
  const generated = find('CONSTR_GENERATED');
  const constraints = lowerColumnConstraints(parts, name);
  return {
    name,
    type: lowerType(node.typeName),
    collation: lowerCollation(node.collClause),
    ...(node.storage_name ? { storage: node.storage_name.toLowerCase() } : {}),
    default: defaultNode && lowerExpression(defaultNode),
    notNull: constraints.some(({ type }) => type === 'not-null' || type === 'primary-key'),
    identity: find('CONSTR_IDENTITY') !== undefined,
    generated: generation(generated),
    generatedBy: generated?.raw_expr && lowerExpression(generated.raw_expr),
    constraints: constraints.filter((constraint) => constraint.type !== 'not-null' || constraint.name !== undefined || constraint.noInherit),
  };
}

function generation(node: ConstraintNode | undefined): ColumnDefinition['generated'] {
  if (node === undefined) return undefined;
  return node.generated_kind === 'v' ? 'virtual' : 'stored';
}

function constraintNode(node: Node): ConstraintNode[] {
  return 'Constraint' in node ? [node.Constraint] : [];
}
