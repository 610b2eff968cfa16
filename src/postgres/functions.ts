// How volatile PostgreSQL's own functions are, and those of its contrib extensions, and since when there are such functions.

import type { Volatility } from '../model/changes/object-changes.ts';
import { oldestVersion, postgresVersions, type PostgresVersion } from '../model/version.ts';
import { holdsIn, type FunctionFact } from './facts.ts';
import { announcedFunctions } from './features.ts';
import { functionFacts } from './functions.generated.ts';

/**
 * The volatility of a call as pg_proc.provolatile declares it; `name` is as pg_proc has it, without a schema. Where overloads
 * that take so many arguments differ, it is that of the most volatile one. `unknown` is what neither PostgreSQL nor one of its
 * contrib extensions (uuid-ossp, pgcrypto, …) defines; whether the extension was created is not asked.
 *
 * Source: the catalogs of running servers, by test/postgres/generate-facts.mjs.
 */
export function builtinVolatility(name: string, argumentCount: number, version: PostgresVersion): Volatility | 'unknown' {
  const overloads = (factsByName().get(name) ?? []).filter((fact) => holdsIn(fact, version) && takes(fact, argumentCount));
  return mostVolatileFirst.find((volatility) => overloads.some((fact) => fact.volatility === volatility)) ?? 'unknown';
}

/** Is no overload that takes so many arguments IMMUTABLE? False where there is none. */
export function isNeverImmutable(name: string, argumentCount: number, version: PostgresVersion): boolean {
  const overloads = (factsByName().get(name) ?? []).filter((fact) => holdsIn(fact, version) && takes(fact, argumentCount));
  return overloads.length > 0 && overloads.every(({ volatility }) => volatility !== 'immutable');
}

/** Is there such a function in any version, whatever its arguments are? */
export function isBuiltinFunction(name: string): boolean {
  return factsByName().has(name);
}

/** The first version in which a call finds a function that PostgreSQL brings; undefined for the oldest one, and for what none brings. */
export function functionSince(name: string, argumentCount: number): PostgresVersion | undefined {
  const announced = announcedFunctions[name];
  if (announced !== undefined) return announced;
  if (!newerNames().has(name)) return undefined;
  const overloads = (factsByName().get(name) ?? []).filter((fact) => takes(fact, argumentCount));
  const first = Math.min(...overloads.map((fact) => fact.first));
  return postgresVersions.find((version) => version === first && version > oldestVersion);
}

let newer: ReadonlySet<string> | undefined;

/** Names that some version brought something for. */
function newerNames(): ReadonlySet<string> {
  return (newer ??= new Set(functionFacts.filter(({ first }) => first > oldestVersion).flatMap(({ members }) => members.trim().split(/\s+/))));
}

const mostVolatileFirst = ['volatile', 'stable', 'immutable'] as const;

function takes({ fewest, most }: FunctionFact, argumentCount: number): boolean {
  return fewest <= argumentCount && argumentCount <= most;
}

let index: ReadonlyMap<string, readonly FunctionFact[]> | undefined;

/** Made on the first look-up: most migrations call no function at all. */
function factsByName(): ReadonlyMap<string, readonly FunctionFact[]> {
  return (index ??= indexByName());
}

function indexByName(): ReadonlyMap<string, readonly FunctionFact[]> {
  const facts = new Map<string, FunctionFact[]>();
  for (const fact of functionFacts) {
    for (const name of fact.members.trim().split(/\s+/)) {
      const known = facts.get(name);
      if (known) known.push(fact);
      else facts.set(name, [fact]);
    }
  }
  return facts;
}
