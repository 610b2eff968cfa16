// What hangs on a relation that was made just now: nothing.

import { OrderedMap } from '../model/ordered-map.ts';
import type { Relation } from '../model/relation.ts';

export const bare: Pick<Relation, 'triggers' | 'policies' | 'rowSecurity' | 'rules'> = {
  triggers: OrderedMap.empty(),
  policies: OrderedMap.empty(),
  rowSecurity: false,
  rules: OrderedMap.empty(),
};
