// What is known of the past of the histories of a run: said of the files that are linted, or beside them.

import type { History } from '../../engine/parsed-migration.ts';
import type { Problem } from '../../parser/parser.ts';
import type { PastFact } from '../../sources/migrations/past/past-fact.ts';
import type { Past } from '../../sources/migrations/past/past.ts';
import type { ChosenHistory, Texts } from '../reading/chosen-history.ts';
import type { ReadMigration } from '../reading/migrations-in.ts';
import { settingsFor, type Site } from '../site.ts';
import { historyAside } from './aside.ts';
import { remarkOn, type Desk } from './remarks.ts';

export interface Pasts {
  /** Of a file that is linted. */
  readonly remarksOn: (file: string, read: ReadMigration, history: ChosenHistory) => readonly Problem[];
  /** Of all others. */
  readonly aside: () => readonly History[];
}

export function pastsOf(pasts: readonly Past[], histories: readonly ChosenHistory[], texts: Texts, site: Site): Pasts {
  const linted = new Set(histories.flatMap(({ files }) => files.flatMap((one) => (one.linted ? [one.file] : []))));
  return {
    remarksOn: (file, read, history) => {
      const past = linted.has(file) ? pasts.find(({ home }) => home.root === history.root && home.framework === history.framework) : undefined;
      return past === undefined ? [] : past.facts.filter((fact) => fact.file === file).flatMap((fact) => {
        const remark = remarkOn(fact, read, { history, texts, past });
        return remark === undefined || remark.isGone ? [] : [remark.problem];
      });
    },
    aside: () =>
      pasts.flatMap((past) => {
        const facts = past.facts.filter(({ kind, file }) => kind === 'edited' || !linted.has(file));
        return facts.length === 0 ? [] : [historyAside(facts, (file) => linted.has(file), deskFor(past, facts[0], texts, site))];
      }),
  };
}

function deskFor(past: Past, fact: PastFact | undefined, texts: Texts, site: Site): Desk {
  const { framework, root } = past.home;
  return { past, texts, history: { framework, root, settings: settingsFor(fact?.file ?? root.path, site) } };
}
