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
 * `inside`: the functions whose bodies these are.
 * Source: contain_volatile_functions_after_planning() in src/backend/optimizer/util/clauses.c.
 */
export function volatilityOf(expression: Expression, facts: Facts, inside: readonly FunctionInfo[] = []): VolatilityVerdict {
  const verdicts = expression.calls.map((call) => callVolatility(call, facts, inside));
  const volatile = verdicts.filter((verdict) => verdict.volatile);
  if (volatile.length === 0) return { volatile: false, assumption: undefined };
  const isCertain = volatile.some(({ assumption }) => assumption === undefined);
  return { volatile: true, assumption: isCertain ? undefined : volatile[0]?.assumption };
}

/** A function that calls itself is not put in place of its call for ever. */
function callVolatility({ name, argumentCount }: FunctionCall, facts: Facts, inside: readonly FunctionInfo[]): VolatilityVerdict {
  const overloads = facts.catalog.function(name);
  const own = overloads.find((overload) => overload.argumentTypes.length === argumentCount) ?? overloads[0];
  if (own?.inlined && !inside.includes(own)) return volatilityOf(own.inlined, facts, [...inside, own]);
  if (own) return { volatile: own.volatility === 'volatile', assumption: undefined };
  const builtin = builtinVolatility(name.name, argumentCount, facts.version);
  if (builtin === 'unknown') return { volatile: true, assumption: { kind: 'volatility', function: name } };
  return { volatile: builtin === 'volatile', assumption: undefined };
}
