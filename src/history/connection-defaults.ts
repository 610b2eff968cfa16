// What connections start with: ALTER ROLE … SET and ALTER DATABASE … SET.
// Source: process_settings() in src/backend/utils/init/postinit.c.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { defaultOwners } from '../model/changes/object-changes.ts';
import type { Settings } from '../model/session.ts';

export function setConnectionDefault(catalog: Catalog, { owner, assignment }: ChangeOf<'set-connection-default'>): Catalog {
  const { connectionDefaults } = catalog.parts;
  const settings = new Map(assignment ? connectionDefaults.get(owner) : []);
  if (assignment?.value.kind === 'default') settings.delete(assignment.name);
  else if (assignment) settings.set(assignment.name, assignment.value);
  return catalog.with({ connectionDefaults: new Map(connectionDefaults).set(owner, settings) });
}

/** The strongest word on each setting. */
export function connectionDefaults({ parts }: Catalog): Settings {
  return new Map(defaultOwners.flatMap((owner) => [...(parts.connectionDefaults.get(owner) ?? [])]));
}
