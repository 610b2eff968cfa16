// What ALTER ROLE and ALTER DATABASE … SET leave to later connections.
// Source: process_settings() in src/backend/utils/init/postinit.c.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { settingOwners, type SettingOwner } from '../model/changes/connection-changes.ts';
import type { Settings } from '../model/session.ts';
import { isReadable } from './accepted-setting.ts';

/** What a new connection starts with where nothing else is said. */
export function connectionSettings({ parts }: Catalog): Settings {
  return new Map(settingOwners.flatMap((owner) => [...(parts.connectionSettings.get(owner) ?? [])]));
}

/** SET … TO DEFAULT takes the setting away. */
export function set(catalog: Catalog, { owner, name, value }: ChangeOf<'set-connection-setting'>): Catalog {
  if (!isReadable(name, value)) return catalog;
  const settings = new Map(catalog.parts.connectionSettings.get(owner));
  if (value.kind === 'default') settings.delete(name);
  else settings.set(name, value);
  return put(catalog, owner, settings);
}

export function reset(catalog: Catalog, { owner }: ChangeOf<'reset-connection-settings'>): Catalog {
  return put(catalog, owner, new Map());
}

function put(catalog: Catalog, owner: SettingOwner, settings: Settings): Catalog {
  return catalog.with({ connectionSettings: new Map(catalog.parts.connectionSettings).set(owner, settings) });
}
