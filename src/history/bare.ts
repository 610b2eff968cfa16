// What hangs on a relation that was made just now: nothing.

import type { Relation } from '../model/relation.ts';

export const bare: Pick<Relation, 'triggers' | 'policies' | 'rowSecurity' | 'rules'> = {
  triggers: new Map(),
  policies: new Set(),
  rowSecurity: false,
  rules: new Set(),
};
