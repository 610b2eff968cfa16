// A new connection, by psql's \connect: to the same database, or to another one of which nothing is known.

import { Catalog } from '../model/catalog.ts';
import { HeldLocks } from '../model/held-locks.ts';
import { OrderedMap } from '../model/ordered-map.ts';
import type { Session } from '../model/session.ts';
import { followSettings } from './advance.ts';
import { endTemporary } from './end-temporary.ts';
import type { Story } from './story.ts';

/** What was not committed is rolled back. */
export function reconnect(story: Story, database: 'same' | 'other'): Story {
  const { moment, newSince } = story.catalog.parts;
  const left = endTemporary((story.begun?.catalog ?? story.catalog).with({ moment }));
  const session: Session = { ...story.session, transaction: undefined, sessionSettings: OrderedMap.empty(), localSettings: OrderedMap.empty(), locks: HeldLocks.none };
  const opened = { ...story, session, begun: undefined, savepoints: [], isBatch: false };
  if (database === 'same') return followSettings({ ...opened, catalog: left });
  return followSettings({ ...opened, catalog: Catalog.start('unknown').with({ moment, newSince }), home: story.home ?? left });
}

/** The next migration begins in the database of the history. */
export function comeHome(story: Story): Story {
  const { home, ...rest } = story;
  return home ? { ...rest, home: undefined, catalog: home.with({ moment: story.catalog.parts.moment }) } : story;
}
