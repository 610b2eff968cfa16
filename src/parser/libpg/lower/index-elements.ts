// What the key of an index is made of: of CREATE INDEX, and of EXCLUDE.

import type { IndexElem, Node } from '@pgsql/types';
import type { IndexDefinition } from '../../../model/changes/index-changes.ts';
import type { Expression } from '../../../model/expression.ts';
import { lowerExpression } from './expressions.ts';
import { figuredName } from './figured-name.ts';
import { isTrueLiteral } from './folding.ts';

/** PostgreSQL takes `(column)` for the column. Source: ComputeIndexAttrs() in src/backend/commands/indexcmds.c. */
export function keysOf(elements: readonly IndexElem[]): Pick<IndexDefinition, 'columns' | 'expressions'> {
  const keys = elements.map(({ name, expr }) => name ?? (expr && lowerExpression(expr)));
  return {
    columns: keys.flatMap((key) => (typeof key === 'string' ? [key] : key?.isColumn ? key.columns : [])),
    expressions: keys.flatMap((key) => (key === undefined || typeof key === 'string' || key.isColumn ? [] : [key])),
  };
}

export function elementsOf(nodes: readonly Node[] | undefined): IndexElem[] {
  return (nodes ?? []).flatMap((item) => ('IndexElem' in item ? [item.IndexElem] : []));
}

/** What it is called. */
export function partOf({ name, expr }: IndexElem): string {
  return name ?? (expr && figuredName(expr)) ?? 'expr';
}

/** WHERE true is no condition. */
export function conditionOf(node: Node | undefined): Expression | undefined {
  return node && !isTrueLiteral(node) ? lowerExpression(node) : undefined;
}
