// One run over the files of a project: what it is about is chosen, read, and handed to what lints, explains or traces it.

import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { History } from '../engine/parsed-migration.ts';
import type { Overview } from '../model/overview.ts';
import type { Rule } from '../model/rule.ts';
import { displayPath } from '../sources/disk/display-path.ts';
import type { Past } from '../sources/migrations/past/past.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Workshop } from './cures/workshop.ts';
import { choose, type Choice } from './choice.ts';
import { dumpInWords } from './no-migration.ts';
import { whyUnread } from './nothing-read.ts';
import type { WorkspaceOptions } from './options.ts';
import { detailsOf, overviewOf } from './overview.ts';
import { readChoice } from './reading/read-choice.ts';
import { besideNotes, historyOfUnchecked } from './reading/unchecked-files.ts';
import { siteOf, type Site } from './site.ts';

export interface Run<Result> {
  readonly result: Result;
  readonly config: Config;
  /** Where paths of the configuration start, and where the baseline lies. */
  readonly directory: string;
  /** The linted texts by the path that findings name. */
  readonly sources: ReadonlyMap<string, SourceText>;
  readonly warnings: readonly string[];
  /** Files that were named and not linted. */
  readonly notes: readonly string[];
  /** Why nothing of what was asked for could be read; undefined where something was. */
  readonly unread: string | undefined;
  /** How it is known what was found: for who asks. */
  readonly details: readonly string[];
  readonly overview: Overview;
}

/** What is done with what a run has read. */
export type Work<Result> = (histories: readonly History[], site: Site, workshops: ReadonlyMap<History, Workshop>, pasts: readonly Past[]) => Result | Promise<Result>;

/** Finds, reads and parses what the paths mean, and hands it to `work`. */
export async function run<Result>(paths: readonly string[], options: WorkspaceOptions, rules: readonly Rule[], work: Work<Result>): Promise<Run<Result>> {
  const site = await siteOf(paths, options, rules);
  if (options.recording) return (await import('./record/recorded-run.ts')).runRecorded(options.recording, site, work);
  const choice = choose(paths, site);
  const { histories, aside, workshops, told, sources, lost, dumps, unkept, warning } = await readChoice(choice, site);
  const result = await work([...histories, ...aside, ...uncheckedHistory(choice, site)], site, workshops, choice.pasts);
  const { config, directory } = site.configuration;
  return {
    result,
    config,
    directory,
    sources,
    warnings: [...(warning === undefined ? [] : [warning]), ...lost],
    notes: [...(site.unreadableBase === undefined ? [] : [site.unreadableBase]), ...leftOutNotes(choice, options.cwd), ...besideNotes(choice.unchecked.said, options.cwd), ...choice.notes, ...dumpNotes(dumps, site)],
    details: [...detailsOf(told, choice, site), ...Array.from(unkept, (why) => `nothing is kept for the next run: ${why}`)],
    overview: overviewOf(told, histories, choice, site),
    unread: whyUnread(choice, told.map(({ tally }) => tally), site),
  };
}

function uncheckedHistory({ unchecked: { found } }: Choice, { settings, options: { cwd } }: Site): readonly History[] {
  return found.length === 0 ? [] : [historyOfUnchecked(found, settings.stated(), cwd)];
}

function dumpNotes(dumps: ReadonlySet<string>, { options, configuration: { directory } }: Site): string[] {
  return Array.from(dumps, (path) => {
    const dump = dumpInWords(path === '<stdin>' ? 'PATH' : displayPath(resolve(options.cwd, path), directory));
    return `${path} is linted as though it were a migration: it is ${dump}`;
  });
}

/** Tests and examples are what anybody would leave out; all else is named each time. */
function leftOutNotes({ search }: Choice, cwd: string): string[] {
  const others = search?.leftOut.filter(({ kind }) => kind !== 'unused') ?? [];
  return others.map(({ path, why }) => `${displayPath(path, cwd)} is left out: ${why}`);
}
