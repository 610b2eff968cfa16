// What a condition comes to, where the history shows it for certain.

import type { Catalog } from '../model/catalog.ts';
import type { Condition } from '../model/condition.ts';
import { presenceOf, type Presence } from './presence.ts';

/** `answered`: what the questions came to that were asked before. */
export function answer(condition: Condition, catalog: Catalog, answered: ReadonlyMap<Condition, Presence>): Presence {
  switch (condition.kind) {
    case 'constant':
      return condition.value;
    case 'unknown':
      return 'unknown';
    case 'answered':
      return answered.get(condition.question) ?? 'unknown';
    case 'not': {
      const inner = answer(condition.part, catalog, answered);
      return inner === 'unknown' ? inner : !inner;
    }
    case 'and':
      return joined(condition.parts.map((part) => answer(part, catalog, answered)), false);
    case 'or':
      return joined(condition.parts.map((part) => answer(part, catalog, answered)), true);
    case 'exists': {
      const presence = presenceOf(condition.object, catalog);
      return presence === true && !condition.isExact ? 'unknown' : presence;
    }
  }
}

/** `decisive`: what decides it when one part is that. */
function joined(answers: readonly Presence[], decisive: boolean): Presence {
  if (answers.includes(decisive)) return decisive;
  return answers.includes('unknown') ? 'unknown' : !decisive;
}
