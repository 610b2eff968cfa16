// What a thing of the catalog can't be without: what pg_depend says of it.

import type { FunctionInfo } from '../catalog-objects.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../names.ts';

/** A table, a view or a sequence. */
export interface NeededRelation {
  readonly relation: QualifiedName;
  /** Columns that may be needed. */
  readonly columns: readonly string[];
  /** Those of them that certainly are. */
  readonly surely: readonly string[];
  /** The name means this relation and no other, in all that may have happened. */
  readonly isSure: boolean;
}

export interface NeededFunction {
  /** Without a schema where the history has made none of the name: PostgreSQL's own, or one of an extension. */
  readonly name: RelationName;
  /** `none`: it has none, of a trigger. */
  readonly argumentCount: number | 'none';
  /** PostgreSQL has none that may be meant instead. */
  readonly isSure: boolean;
}

export interface Needs {
  readonly relations: readonly NeededRelation[];
  readonly functions: readonly NeededFunction[];
  /** Without a schema where the history has made none of the name. */
  readonly types: readonly RelationName[];
  readonly operatorClasses: readonly string[];
}

export const noNeeds: Needs = { relations: [], functions: [], types: [], operatorClasses: [] };

export function unsure<R extends NeededRelation>(one: R): R {
  return { ...one, surely: [], isSure: false };
}

/** What may be needed, where nobody knows which of the two it is; of types and operator classes, what certainly is. */
export function eitherNeeds(one: Needs, other: Needs): Needs {
  if (one === other) return one;
  return {
    relations: [...one.relations, ...other.relations].map(unsure),
    functions: [...one.functions, ...other.functions].map((called) => ({ ...called, isSure: false })),
    types: one.types.filter((type) => other.types.some((same) => isSameName(type, same))),
    operatorClasses: one.operatorClasses.filter((name) => other.operatorClasses.includes(name)),
  };
}

/** What a policy, a rule or a trigger says of the columns of its own table, and what else it needs. */
export interface AttachedNeeds {
  readonly columns: readonly string[];
  readonly surely: readonly string[];
  readonly needs: Needs;
}

/** Under which whoever needs something is found. */
export function keysOf({ relations, functions, types, operatorClasses }: Needs): string[] {
  return [
    ...relations.map(({ relation }) => relationKey(relation)),
    ...functions.map(({ name }) => functionKey(name)),
    ...types.map(typeKey),
    ...operatorClasses.map(operatorClassKey),
  ];
}

export const relationKey = (name: QualifiedName): string => `relation ${printName(name)}`;

export const functionKey = (name: RelationName): string => `function ${printName(name)}`;

export const typeKey = (name: RelationName): string => `type ${printName(name)}`;

export const operatorClassKey = (name: string): string => `operator class ${name}`;

/** May a call mean it? Arguments may have defaults, and an array at the end may be VARIADIC. */
export function mayCall({ name, argumentCount }: NeededFunction, called: QualifiedName, { argumentTypes }: Pick<FunctionInfo, 'argumentTypes'>): boolean {
  if (!isSameName(name, called)) return false;
  if (argumentCount === 'none') return argumentTypes.length === 0;
  return argumentTypes.at(-1)?.endsWith('[]') === true || argumentCount <= argumentTypes.length;
}

type Rename<T> = (name: T) => T;

/** The same where what it needs has another name. */
export function renamedNeeds(needs: Needs, { relation, columns, function: rename, type }: Renames): Needs {
  if (needs === noNeeds) return needs;
  const { relations, functions, types } = needs;
  return {
    ...needs,
    relations: relation || columns ? relations.map((one) => renamedRelation(one, relation, columns)) : relations,
    functions: rename ? functions.map((one) => ({ ...one, name: rename(one.name) })) : functions,
    types: type ? types.map(type) : types,
  };
}

export interface Renames {
  readonly relation?: Rename<QualifiedName>;
  /** Of one relation. */
  readonly columns?: { readonly of: QualifiedName; readonly rename: Rename<string> };
  readonly function?: Rename<RelationName>;
  /** What triggers run. */
  readonly ofTriggers?: Rename<RelationName>;
  readonly type?: Rename<RelationName>;
}

function renamedRelation(one: NeededRelation, relation: Renames['relation'], columns: Renames['columns']): NeededRelation {
  const named = relation ? { ...one, relation: relation(one.relation) } : one;
  if (columns === undefined || !isSameName(columns.of, one.relation)) return named;
  return { ...named, columns: named.columns.map(columns.rename), surely: named.surely.map(columns.rename) };
}
