// What hangs on a relation that was made just now: nothing.

import type { Relation } from '../model/catalog.ts';

export const bare: Pick<Relation, 'triggers' | 'policies' | 'rules'> = {
  triggers: new Map(),
  policies: new Set(),
  rules: new Set(),
};
