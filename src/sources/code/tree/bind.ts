// Gives the names of a pattern their values.

import type { Position } from './position.ts';
import type { Expression } from './tree.ts';
import { unknown, type Value } from './value.ts';

/** What is assigned anew in a branch may not be assigned in a run, unless all that sees it is in the branch: `isSure`. */
export function bind(pattern: Expression, value: Value, position: Position, isSure = false): void {
  const { scene, scope } = position;
  if (pattern.kind === 'name') scope.declare(pattern.name, !isSure && scene.depth > scope.depth && scope.names.has(pattern.name) ? unknown : value);
  if (pattern.kind !== 'list') return;
  for (const [index, { value: part, isSpread }] of pattern.items.entries()) bind(part, value.kind === 'list' && !isSpread ? (value.items[index] ?? unknown) : unknown, position, isSure);
}
