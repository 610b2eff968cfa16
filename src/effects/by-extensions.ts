// What is only assumed because an extension has its hands in it.

import type { Change, ChangeOf } from '../model/change.ts';
import type { Effect } from '../model/effect.ts';
import { extensionOf, type Management } from '../model/management.ts';
import { assumedIf, known, type Facts } from './facts.ts';

/** PostgreSQL is not alone with a table that an extension looks after, nor with what hands it over. */
export function byExtensions(effects: readonly Effect[], facts: Facts, change?: Change): readonly Effect[] {
  return effects.map((effect) => {
    const relation = known(effect.relation, facts);
    const management = relation?.management ?? (change?.kind === 'manage-table' ? managementIn(change) : undefined);
    return management ? assumedIf({ kind: 'extension', extension: extensionOf(management), table: effect.relation }, effect) : effect;
  });
}

function managementIn({ management }: ChangeOf<'manage-table'>): Management {
  return typeof management === 'string' ? { kind: 'local-table' } : management.kind === 'further-column' ? { kind: 'hypertable', columns: 'unknown' } : management;
}
