// What a condition comes to, where the history shows it for certain.

import type { Catalog } from '../model/catalog.ts';
import type { Condition } from '../model/condition.ts';
import { presenceOf, type Presence } from './presence.ts';

export function answer(condition: Condition, catalog: Catalog): Presence {
  switch (condition.kind) {
    case 'constant':
      return condition.value;
    case 'unknown':
      return 'unknown';
    case 'not': {
      const inner = answer(condition.part, catalog);
      return inner === 'unknown' ? inner : !inner;
    }
    case 'and':
      return joined(condition.parts, catalog, false);
    case 'or':
      return joined(condition.parts, catalog, true);
    case 'exists': {
      const presence = presenceOf(condition.object, catalog);
      return presence === true && !condition.isExact ? 'unknown' : presence;
    }
  }
}

/** `decisive`: what decides it when one part is that. */
function joined(parts: readonly Condition[], catalog: Catalog, decisive: boolean): Presence {
  const answers = parts.map((part) => answer(part, catalog));
  if (answers.includes(decisive)) return decisive;
  return answers.includes('unknown') ? 'unknown' : !decisive;
}
