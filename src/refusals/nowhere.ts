// What is made without a schema while no schema of the search path is there.

import type { Change } from '../model/change.ts';
import type { Impossibility } from '../model/impossibility.ts';
import { madeBy } from '../model/made-by.ts';
import { NOWHERE } from '../model/names.ts';
import { refuse, type RefusalFacts } from './facts.ts';

/** 3F000: "no schema has been selected to create in". A view over what is temporary is temporary too. */
export function nowhereRefusal(change: Change, { before }: RefusalFacts): Impossibility | undefined {
  const name = madeBy(change);
  if (name === undefined || before.creationName(name).schema !== NOWHERE) return undefined;
  if (change.kind === 'create-view' && before.parts.temporaries.length > 0) return undefined;
  return refuse('impossible-action', '3F000', `${name.name} can't be made: the search path names no schema that is there`, {
    help: `Name its schema, as in public.${name.name}, or SET search_path`,
  });
}
