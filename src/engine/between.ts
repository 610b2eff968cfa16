// What happens between the statements of a migration: a tool opens a transaction, psql connects anew, something stands there that
// was not read.

import { followSettings } from '../history/advance.ts';
import { eitherStory } from '../history/either-story.ts';
import { openPart } from '../history/open-part.ts';
import { comeHome, reconnect } from '../history/reconnect.ts';
import type { Story } from '../history/story.ts';
import { behindText } from '../history/unread.ts';
import { deepestBranch } from '../model/limits.ts';
import type { SettingValue, Statement } from '../model/statement.ts';
import type { Turn } from '../model/turn.ts';
import { beginningIn } from '../text/beginning-in.ts';
import type { ParsedMigration } from './parsed-migration.ts';

/** Asked for one statement after the other. */
export interface Between {
  readonly before: (statement: Statement, story: Story) => Story;
  /** At the end, in the database in which the history goes on. */
  readonly behindAll: (story: Story) => Story;
}

export function between(migration: ParsedMigration): Between {
  const inPart = partStarts(migration);
  const turns = turnsOf(migration);
  let next = 0;
  const branches = new Branches();
  const upTo = (end: number, story: Story): Story => {
    let now = story;
    for (; (turns[next]?.at ?? Infinity) <= end; next += 1) now = take(turns[next], now, branches);
    return now;
  };
  return {
    before: (statement, story) => upTo(statement.span.start, inPart(statement, story)),
    behindAll: (story) => comeHome(upTo(Number.MAX_SAFE_INTEGER, story)),
  };
}

/** What could not be read is one as well. */
function turnsOf({ parsed }: ParsedMigration): readonly Turn[] {
  const unread = parsed.problems.map(({ span, statement = span }): Turn => ({ at: statement.start, kind: 'unread' }));
  return unread.length + parsed.turns.length === 0 ? [] : [...unread, ...parsed.turns].toSorted((left, right) => left.at - right.at);
}

function take(turn: Turn | undefined, story: Story, branches: Branches): Story {
  if (turn?.kind === 'unread') return { ...story, catalog: behindText(story.catalog) };
  if (turn?.kind === 'connection') return reconnect(story, turn.database);
  return turn ? branches.take(turn.step, story) : story;
}

interface Branch {
  /** Where it begins; none of its arms may run. */
  readonly start: Story;
  /** Where its arms end that are over. */
  readonly ends: readonly Story[];
}

/** Those of the script that are open. */
class Branches {
  readonly #open: Branch[] = [];
  /** Those that lie too deep to be told apart. */
  #deeper = 0;

  take(step: BranchStep, story: Story): Story {
    if (step === 'begins' && this.#open.length < deepestBranch) {
      this.#open.push({ start: story, ends: [] });
      return story;
    }
    if (step === 'begins' || this.#deeper > 0) {
      this.#deeper += step === 'begins' ? 1 : step === 'ends' ? -1 : 0;
      return { ...story, catalog: behindText(story.catalog) };
    }
    const branch = this.#open.pop();
    if (branch === undefined) return story;
    const { start, ends } = branch;
    if (step === 'ends') return ends.length === 0 ? (eitherStory([story, start]) ?? story) : oneOfArms([...ends, story], start);
    this.#open.push({ start, ends: [...ends, story] });
    return { ...start, catalog: start.catalog.with({ moment: story.catalog.parts.moment }) };
  }
}

/** Of several arms, one mostly runs: what all of them set was set. */
function oneOfArms(arms: readonly Story[], start: Story): Story {
  const one = eitherStory(arms) ?? start;
  const all = eitherStory([one, start]) ?? start;
  const isSet = ([, value]: readonly [string, SettingValue]): boolean => value.kind !== 'default' && !(value.kind === 'unreadable' && value.isPerhaps);
  const set = [...one.session.sessionSettings].filter(isSet);
  const sessionSettings = set.reduce((settings, [name]) => settings.with(name, { kind: 'unreadable' }), all.session.sessionSettings);
  return { ...all, session: { ...all.session, sessionSettings } };
}

type BranchStep = Extract<Turn, { readonly kind: 'branch' }>['step'];

/** Before the first statement of each part, what the tool does there; before all others, the story as it is. */
function partStarts({ parts, parsed, leaving, joins }: ParsedMigration): (statement: Statement, story: Story) => Story {
  const starts = new Map<Statement, (story: Story) => Story>();
  const places = parts.map(({ spans }) => spans);
  const statements = beginningIn(places, parsed.statements, ({ span }) => span);
  const problems = beginningIn(places, parsed.problems, ({ span }) => span);
  const goesOn = ({ isContinued, session }: Story): boolean => (joins === 'session' ? session.transaction?.openedBy === 'statement' : isContinued);
  for (const [index, { transaction }] of parts.entries()) {
    const { 0: first, length = 0 } = statements[index] ?? [];
    const count = length + (problems[index]?.length ?? 0);
    if (first) starts.set(first, (story) => (goesOn(story) ? followSettings(story) : openPart(story, { mode: transaction, statements: count, leaving })));
  }
  return (statement, story) => starts.get(statement)?.(story) ?? story;
}
