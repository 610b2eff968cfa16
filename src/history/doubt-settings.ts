// What a block sets where it may not get to is not known behind it.

import { settingInForce, type Session, type Settings } from '../model/session.ts';
import type { SettingValue } from '../model/statement.ts';

/** The names of the settings that are not the same in two sessions. */
export function changedSettings(before: Session, after: Session): string[] {
  if (before.sessionSettings === after.sessionSettings && before.localSettings === after.localSettings) return [];
  const names = [before, after].flatMap(({ sessionSettings, localSettings }) => [...sessionSettings.keys(), ...localSettings.keys()]);
  return [...new Set(names)].filter((name) => settingInForce(before, name) !== settingInForce(after, name));
}

export function doubtSettings(session: Session, names: ReadonlySet<string>): Session {
  if (names.size === 0) return session;
  const doubted = (settings: Settings): Settings =>
    new Map([...settings].map(([name, value]) => [name, names.has(name) ? unreadable : value]));
  return { ...session, sessionSettings: doubted(session.sessionSettings), localSettings: doubted(session.localSettings) };
}

const unreadable: SettingValue = { kind: 'unreadable' };
