// Must an expression be computed anew for each row?

import type { Expression, FunctionCall } from '../model/expression.ts';
import type { Certainty } from '../model/effect.ts';
import { builtinVolatility } from '../postgres/functions.ts';
import type { Facts } from './facts.ts';

export interface VolatilityVerdict {
  readonly volatile: boolean;
  readonly certainty: Certainty;
}

/**
 * Is any call in it volatile, after PostgreSQL has put the bodies of simple SQL functions in place of their calls? A function that
 * nobody knows is taken for volatile, as CREATE FUNCTION does where nothing else is said.
 * Source: contain_volatile_functions_after_planning() in src/backend/optimizer/util/clauses.c.
 */
export function volatilityOf(expression: Expression, facts: Facts): VolatilityVerdict {
  const verdicts = expression.calls.map((call) => callVolatility(call, facts));
  const volatile = verdicts.filter((verdict) => verdict.volatile);
  if (volatile.length === 0) return { volatile: false, certainty: 'known' };
  return { volatile: true, certainty: volatile.some(({ certainty }) => certainty === 'known') ? 'known' : 'assumed' };
}

function callVolatility({ name, argumentCount }: FunctionCall, facts: Facts): VolatilityVerdict {
  const overloads = facts.catalog.function(name);
  const own = overloads.find((overload) => overload.argumentCount === argumentCount) ?? overloads[0];
  if (own?.inlined) return volatilityOf(own.inlined, facts);
  if (own) return { volatile: own.volatility === 'volatile', certainty: 'known' };
  const builtin = builtinVolatility(name.name, argumentCount, facts.version);
  return { volatile: builtin === 'volatile' || builtin === 'unknown', certainty: builtin === 'unknown' ? 'assumed' : 'known' };
}
