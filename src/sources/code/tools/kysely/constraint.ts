// Constraints in the SQL of Kysely.
// Source: src/schema/{foreign-key,unique,primary-key,check}-constraint-builder.ts, and default-query-compiler.ts of its source, 0.28.

import type { Scene } from '../../script/scene.ts';
import { plainText, type Value } from '../../script/value.ts';
import { hand, type Told } from './builder.ts';
import { identifierOf, listOf, nameOf, sqlOf } from './written.ts';

/** What is said of a constraint behind its columns; it is written when all is said. */
export interface Constraint {
  readonly sql: () => string | undefined;
  readonly tell: (method: string, args: readonly Value[]) => true | undefined;
}

/** Undefined: the method adds no constraint. */
export function constraintOf(method: string, args: readonly Value[], told: Told, scene: Scene): Constraint | undefined {
  const [name, second, table, columns] = args;
  const own = identifierOf(name);
  const head = own === undefined ? undefined : `constraint ${own}`;
  const flags = new Map<string, string>();
  const constraint = (body: (flag: (name: string) => string) => string | undefined, work: Value | undefined): Constraint => {
    const tell = (said: string, given: readonly Value[]): true | undefined => tellFlag(said, given[0], flags);
    const isKnown = hand(work, (said, given) => tell(said, given), told, scene);
    return {
      tell,
      sql: () => {
        const text = body((flag) => flags.get(flag) ?? '');
        return isKnown && head !== undefined && text !== undefined ? `${head} ${text}${flags.get('deferrable') ?? ''}${flags.get('initially') ?? ''}` : undefined;
      },
    };
  };
  if (method === 'addPrimaryKeyConstraint') return constraint(() => around('primary key (', listOf(second)), table);
  if (method === 'addUniqueConstraint') return constraint((flag) => around(`unique${flag('nulls')} (`, listOf(second)), table);
  if (method === 'addCheckConstraint') return constraint(() => around('check (', sqlOf(second)), table);
  if (method !== 'addForeignKeyConstraint') return undefined;
  return constraint((flag) => {
    const [from, to, target] = [listOf(second), listOf(columns), nameOf(table)];
    return from === undefined || to === undefined || target === undefined ? undefined : `foreign key (${from}) references ${target} (${to})${flag('delete')}${flag('update')}`;
  }, args[4]);
}

function around(before: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${before}${text})`;
}

const plainFlags: Readonly<Record<string, readonly [string, string]>> = {
  nullsNotDistinct: ['nulls', ' nulls not distinct'],
  deferrable: ['deferrable', ' deferrable'],
  notDeferrable: ['deferrable', ' not deferrable'],
  initiallyDeferred: ['initially', ' initially deferred'],
  initiallyImmediate: ['initially', ' initially immediate'],
};

function tellFlag(said: string, first: Value | undefined, flags: Map<string, string>): true | undefined {
  const plain = Object.hasOwn(plainFlags, said) ? plainFlags[said] : undefined;
  const action = plainText(first);
  if (plain) flags.set(plain[0], plain[1]);
  else if (said === 'onDelete' && action !== undefined) flags.set('delete', ` on delete ${action}`);
  else if (said === 'onUpdate' && action !== undefined) flags.set('update', ` on update ${action}`);
  else return undefined;
  return true;
}
