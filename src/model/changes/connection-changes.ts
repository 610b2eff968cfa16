// What a statement can do to the settings that later connections start with.

import type { SettingValue } from '../statement.ts';

/** Whom ALTER ROLE or ALTER DATABASE … SET speaks of: what stands later here wins. A role is the one that runs the migrations. */
export const settingOwners = ['all', 'database', 'role', 'role-in-database'] as const;

export type SettingOwner = (typeof settingOwners)[number];

export type ConnectionChange =
  | {
      readonly kind: 'set-connection-setting';
      readonly owner: SettingOwner;
      readonly name: string;
      readonly value: SettingValue;
    }
  | { readonly kind: 'reset-connection-settings'; readonly owner: SettingOwner };
