// What is true where one of several stories came true, because code that may not have run stands between them.

import type { Session } from '../model/session.ts';
import { eitherCatalog, eitherSettings } from './either-catalog.ts';
import type { Story } from './story.ts';

/** Undefined for none: nothing gets here. Settings that are not the same in all can't be read, and each lock may be held. */
export function eitherStory(stories: readonly Story[]): Story | undefined {
  if (stories.length < 2) return stories[0];
  // Half by half: of one story that is told of many others, all that they differ in would be looked at for each.
  const middle = stories.length >> 1;
  const [left, right] = [eitherStory(stories.slice(0, middle)), eitherStory(stories.slice(middle))];
  return left && right ? eitherOf(left, right) : (left ?? right);
}

function eitherOf(one: Story, other: Story): Story {
  if (one === other) return one;
  return {
    ...(other.session.transaction && !one.session.transaction ? other : one),
    catalog: eitherCatalog(one.catalog, other.catalog),
    session: eitherSession(one.session, other.session),
  };
}

function eitherSession(one: Session, other: Session): Session {
  return {
    transaction: one.transaction ?? other.transaction,
    sessionSettings: eitherSettings(one.sessionSettings, other.sessionSettings),
    localSettings: eitherSettings(one.localSettings, other.localSettings),
    locks: one.locks.or(other.locks),
    defaults: one.defaults,
  };
}
