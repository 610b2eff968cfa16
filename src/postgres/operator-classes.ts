// Which types an index takes, and which values can be compared for being equal.

import type { PostgresVersion } from '../model/version.ts';
import type { EqualityFact, OperatorClassFact } from './facts.ts';
import { equalityFacts, operatorClassFacts } from './operator-classes.generated.ts';
import { catalogTypeName, findCast, isBuiltinType } from './types.ts';

/**
 * The input type of the operator class that an index of this method takes for a column of a built-in type: `text` for `varchar`.
 * `none`: PostgreSQL refuses the index. `unknown`: it is no built-in type, or no method of PostgreSQL's own.
 *
 * Source: GetDefaultOpClass() in src/backend/commands/indexcmds.c, asked of running servers by test/postgres/generate-facts.mjs.
 */
export function defaultClass(type: string, method: string, version: PostgresVersion): string {
  if (!isBuiltinType(type, version)) return 'unknown';
  const inputs = classesOf(version).get(method);
  return inputs === undefined ? 'unknown' : (inputs.get(catalogTypeName(type)) ?? 'none');
}

/**
 * Can a foreign key of one built-in type point to a key of another? It needs an operator of the key's index that compares the two, or a
 * cast that happens by itself.
 *
 * Source: ATAddForeignKeyConstraint() in src/backend/commands/tablecmds.c.
 */
export function canReferTo(own: string, key: string, version: PostgresVersion): boolean | 'unknown' {
  const [from, to] = [catalogTypeName(own), catalogTypeName(key)];
  if (from === to) return true;
  const input = defaultClass(key, 'btree', version);
  if (!isBuiltinType(own, version) || input === 'unknown' || input === 'none' || input.startsWith('any')) return 'unknown';
  if (equalitiesOf(version).get(input)?.has(from)) return true;
  const cast = findCast(from, input, version);
  return cast !== 'none' && cast.context === 'implicit';
}

/** By method and type: the input type of the class. */
type Classes = ReadonlyMap<string, ReadonlyMap<string, string>>;

const classes = new Map<PostgresVersion, Classes>();

/** Made on the first look-up. */
function classesOf(version: PostgresVersion): Classes {
  const known = classes.get(version);
  if (known) return known;
  const made = new Map<string, Map<string, string>>();
  for (const { method, input, members } of inForce(operatorClassFacts, version)) {
    const types = made.get(method) ?? new Map<string, string>();
    for (const member of words(members)) types.set(member, input);
    made.set(method, types);
  }
  classes.set(version, made);
  return made;
}

const equalities = new Map<PostgresVersion, ReadonlyMap<string, ReadonlySet<string>>>();

function equalitiesOf(version: PostgresVersion): ReadonlyMap<string, ReadonlySet<string>> {
  const known = equalities.get(version);
  if (known) return known;
  const made = new Map<string, Set<string>>();
  for (const { input, members } of inForce(equalityFacts, version)) made.set(input, new Set([...(made.get(input) ?? []), ...words(members)]));
  equalities.set(version, made);
  return made;
}

function inForce<F extends OperatorClassFact | EqualityFact>(facts: readonly F[], version: PostgresVersion): readonly F[] {
  return facts.filter(({ first, last }) => first <= version && version <= last);
}

function words(members: string): readonly string[] {
  return members.trim().split(/\s+/);
}
