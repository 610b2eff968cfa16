// Which functions of the history a call may mean.

import type { FunctionInfo } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Call } from '../model/usage.ts';
import { knownCall } from '../postgres/known-calls.ts';

/** Those with as many arguments; where none has, any may be meant, because of defaults and VARIADIC. */
export function candidatesFor({ name, argumentCount, isField }: Call, catalog: Catalog): readonly FunctionInfo[] {
  const overloads = catalog.function(name);
  const exact = overloads.filter((overload) => overload.argumentTypes.length === argumentCount);
  return exact.length > 0 || isField || knownCall({ name, argumentCount }) === 'builtin' ? exact : overloads;
}
