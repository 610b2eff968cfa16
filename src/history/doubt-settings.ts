// What a block sets where it may not get to is not known behind it.

import { settingInForce, type Session, type Settings } from '../model/session.ts';
import type { BlockPart, SettingValue } from '../model/statement.ts';

/** `before` and `after` the block. */
export function doubtSettings(parts: readonly BlockPart[], before: Session, after: Session): Session {
  const names = doubtedNames(parts).filter((name) => settingInForce(before, name) !== settingInForce(after, name));
  if (names.length === 0) return after;
  const doubted = (settings: Settings): Settings =>
    new Map([...settings].map(([name, value]) => [name, names.includes(name) ? unreadable : value]));
  return { ...after, sessionSettings: doubted(after.sessionSettings), localSettings: doubted(after.localSettings) };
}

const unreadable: SettingValue = { kind: 'unreadable' };

/** A later one that is certain takes the doubt away. */
function doubtedNames(parts: readonly BlockPart[]): string[] {
  const doubted = new Set<string>();
  for (const { statement, certain } of parts) {
    if (statement.kind !== 'setting') continue;
    if (certain) doubted.delete(statement.name);
    else doubted.add(statement.name);
  }
  return [...doubted];
}
