// A class of a script.

import type * as t from '@babel/types';
import { evaluate, nameOf, type Position } from './evaluate.ts';
import { Scope } from './scope.ts';
import type { MadeRecord, Value } from './value.ts';

/** As what `new` would make of it: its methods, and its fields with their values. */
export function classOf({ body: { body }, id }: t.ClassDeclaration | t.ClassExpression, position: Position): MadeRecord {
  const entries = new Map<string, Value>();
  const made: MadeRecord = { kind: 'record', made: id?.name ?? 'class', entries, isWhole: false };
  const inside = { ...position, scope: new Scope(position.scope, made) };
  for (const member of body) {
    if (member.type !== 'ClassMethod' && member.type !== 'ClassProperty') continue;
    const name = nameOf(member.key, member.computed === true, inside);
    if (name === undefined) continue;
    if (member.type === 'ClassMethod') entries.set(name, { kind: 'function', node: member, scope: inside.scope });
    if (member.type === 'ClassProperty' && member.value) entries.set(name, evaluate(member.value, inside));
  }
  return made;
}
