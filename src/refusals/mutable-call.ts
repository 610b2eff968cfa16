// A call where PostgreSQL takes IMMUTABLE functions alone: in an index, and in the expression of a generated column.
// Source: CheckMutability() in src/backend/commands/indexcmds.c, cookDefault() in src/backend/catalog/heap.c.

import type { Catalog } from '../model/catalog.ts';
import type { Expression, FunctionCall } from '../model/expression.ts';
import { printName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';
import { isBuiltinFunction, isNeverImmutable } from '../postgres/functions.ts';

/** The name of the first function that is certainly not IMMUTABLE. */
export function mutableCall(expression: Expression, catalog: Catalog, version: PostgresVersion): string | undefined {
  const found = expression.calls.find((call) => isMutable(call, catalog, version));
  return found && printName(found.name.schema === undefined && catalog.function(found.name).length > 0 ? catalog.qualifyFunction(found.name) : found.name);
}

/** Who may have made a function of this name, for other arguments, is known where all is. Without arguments, there is one meaning. */
function isMutable({ name, argumentCount }: FunctionCall, catalog: Catalog, version: PostgresVersion): boolean {
  const own = catalog.function(name);
  if (own.length === 0) {
    const isMeant = name.schema === 'pg_catalog' || (name.schema === undefined && (catalog.isWhole() || argumentCount === 0));
    return isMeant && isNeverImmutable(name.name, argumentCount, version);
  }
  const [only] = own;
  if (only === undefined || own.length > 1 || !catalog.isWhole() || isBuiltinFunction(name.name)) return false;
  const isCalled = only.argumentTypes.length === argumentCount && !only.inDoubt && !catalog.isDoubted(catalog.qualifyFunction(name), only.born);
  return isCalled && !only.mayBeInlined && only.volatility !== 'immutable';
}
