// Must an expression be computed anew for each row?

import type { FunctionInfo } from '../model/catalog-objects.ts';
import type { Expression, FunctionCall } from '../model/expression.ts';
import type { Assumption } from '../model/assumption.ts';
import { builtinVolatility } from '../postgres/functions.ts';
import type { Facts } from './facts.ts';

export interface VolatilityVerdict {
  readonly volatile: boolean;
  readonly assumption: Assumption | undefined;
}

/**
 * Is any call in it volatile, after PostgreSQL has put the bodies of simple SQL functions in place of their calls? A function that
 * nobody knows is taken for volatile, as CREATE FUNCTION does where nothing else is said.
 * `known`: what was found of functions before, each looked into once; while it is looked into, one that calls itself is what it says.
 * Source: contain_volatile_functions_after_planning() in src/backend/optimizer/util/clauses.c.
 */
export function volatilityOf(expression: Expression, facts: Facts, known: Map<FunctionInfo, VolatilityVerdict> = new Map()): VolatilityVerdict {
  const verdicts = expression.calls.map((call) => callVolatility(call, facts, known));
  const volatile = verdicts.filter((verdict) => verdict.volatile);
  if (volatile.length === 0) return { volatile: false, assumption: undefined };
  const isCertain = volatile.some(({ assumption }) => assumption === undefined);
  return { volatile: true, assumption: isCertain ? undefined : volatile[0]?.assumption };
}

function callVolatility({ name, argumentCount }: FunctionCall, facts: Facts, known: Map<FunctionInfo, VolatilityVerdict>): VolatilityVerdict {
  const overloads = facts.catalog.function(name);
  const own = overloads.find((overload) => overload.argumentTypes.length === argumentCount) ?? overloads[0];
  if (own) return known.get(own) ?? ownVolatility(own, facts, known);
  const builtin = builtinVolatility(name.name, argumentCount, facts.version);
  if (builtin === 'unknown') return { volatile: true, assumption: { kind: 'volatility', function: name } };
  return { volatile: builtin === 'volatile', assumption: undefined };
}

function ownVolatility(own: FunctionInfo, facts: Facts, known: Map<FunctionInfo, VolatilityVerdict>): VolatilityVerdict {
  const declared = { volatile: own.volatility === 'volatile', assumption: undefined };
  known.set(own, declared);
  const verdict = own.inlined && known.size < DEEPEST ? volatilityOf(own.inlined, facts, known) : declared;
  known.set(own, verdict);
  return verdict;
}

/** Functions that are put in place of their calls in calls. */
const DEEPEST = 1000;
