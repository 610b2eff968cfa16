// What is true where one of several stories came true, because code that may not have run stands between them.

import type { Session } from '../model/session.ts';
import { eitherCatalog, eitherSettings } from './either-catalog.ts';
import type { Story } from './story.ts';

/** Undefined for none: nothing gets here. Settings that are not the same in all can't be read, and each lock may be held. */
export function eitherStory(stories: readonly Story[]): Story | undefined {
  const [first, ...others] = stories;
  return first && others.reduce((story, other) => eitherOf(story, other), first);
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
