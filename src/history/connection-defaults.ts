// What connections start with: ALTER ROLE … SET and ALTER DATABASE … SET.
// Source: process_settings() in src/backend/utils/init/postinit.c.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { defaultOwners } from '../model/changes/object-changes.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import type { Settings, SetSettings } from '../model/session.ts';
import type { Assignment, SettingValue } from '../model/statement.ts';

export function setConnectionDefault(catalog: Catalog, { owner, assignment }: ChangeOf<'set-connection-default'>): Catalog {
  const { connectionDefaults } = catalog.parts;
  const known = connectionDefaults.get(owner);
  const settings = assignment && known ? known : OrderedMap.empty<SettingValue>();
  return catalog.with({ connectionDefaults: new Map(connectionDefaults).set(owner, assignment ? withAssignment(settings, assignment) : settings) });
}

function withAssignment(settings: SetSettings, { name, value }: Assignment): SetSettings {
  return value.kind === 'default' ? settings.without(name) : settings.with(name, value);
}

/** What a migration has set that is run again before all behind it, whatever they begin with. */
export function setInEachRun(catalog: Catalog, settings: Settings): Catalog {
  const { connectionDefaults } = catalog.parts;
  const own = OrderedMap.of([...(connectionDefaults.get('each-run') ?? []), ...settings]);
  return catalog.with({ connectionDefaults: new Map(connectionDefaults).set('each-run', own) });
}

/** The strongest word on each setting; `ofTool` is stronger than what the server knows. */
export function connectionDefaults({ parts }: Catalog, ofTool: Settings): Settings {
  const said = defaultOwners.map((owner): Settings => parts.connectionDefaults.get(owner) ?? new Map());
  return new Map([...said.slice(0, -1), ofTool, ...said.slice(-1)].flatMap((settings) => [...settings]));
}
