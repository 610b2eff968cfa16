// The shapes of what is generated from the catalogs of servers.

import type { Volatility } from '../model/changes/object-changes.ts';
import { provenVersions, type PostgresVersion } from '../model/version.ts';

/** What the newest server that was asked has, those behind it have too. */
export function holdsIn({ first, last }: { readonly first: PostgresVersion; readonly last: PostgresVersion }, version: PostgresVersion): boolean {
  return first <= version && Math.min(version, Math.max(...provenVersions)) <= last;
}

/** Functions that answer alike, in a run of versions. */
export interface FunctionFact {
  readonly first: PostgresVersion;
  readonly last: PostgresVersion;
  readonly volatility: Volatility;
  /** How many arguments a call may have: defaults may be left out, a VARIADIC parameter takes many. */
  readonly fewest: number;
  readonly most: number;
  /** Names of functions, between white space. */
  readonly members: string;
}

/** Types that are alike, in a run of versions. */
export interface TypeFact {
  readonly first: PostgresVersion;
  readonly last: PostgresVersion;
  /** pg_type.typcategory: `A` arrays, `S` strings, `N` numbers, `P` pseudo-types, … */
  readonly category: string;
  /** Of reading a value from text or writing it, whichever is more volatile. */
  readonly volatility: Volatility;
  /** Names of types, between white space. */
  readonly members: string;
}

/** Casts that are alike, in a run of versions. */
export interface CastFact extends Cast {
  readonly first: PostgresVersion;
  readonly last: PostgresVersion;
  /** `source>target`, between white space. */
  readonly members: string;
}

export interface Cast {
  /** `binary`: the stored bytes stay; `function`: each value is computed; `inout`: each is written as text and read again. */
  readonly method: 'binary' | 'function' | 'inout';
  /** Where it happens by itself: anywhere, where a value is stored (ALTER COLUMN … TYPE without USING), nowhere. */
  readonly context: 'implicit' | 'assignment' | 'explicit';
  readonly volatility: Volatility;
}

/** Types whose columns an index takes alike, in a run of versions. */
export interface OperatorClassFact {
  readonly first: PostgresVersion;
  readonly last: PostgresVersion;
  /** `btree`, `gin`, … */
  readonly method: string;
  /** The type that the operator class is for: `text` of varchar, `anyenum` of all enums. */
  readonly input: string;
  /** Names of types, between white space. */
  readonly members: string;
}

/** Types that a value of the default class of btree can be compared with, in a run of versions. */
export interface EqualityFact {
  readonly first: PostgresVersion;
  readonly last: PostgresVersion;
  readonly input: string;
  /** Names of types, between white space. */
  readonly members: string;
}

/** Keywords that are alike, in a run of versions. */
export interface KeywordFact {
  readonly first: PostgresVersion;
  readonly last: PostgresVersion;
  /** What may not be called by it without quotes: nothing, functions and types, all but those, anything. */
  readonly category: 'unreserved' | 'column-name' | 'type-or-function' | 'reserved';
  /** Between white space. */
  readonly members: string;
}
