// Reads what a run is about. Histories are read one migration at a time, while they are told.

import { resolve } from 'node:path';
import type { History, ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Ruling } from '../../engine/suppress.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Choice } from '../choice.ts';
import { dumpOf, type Site } from '../site.ts';
import { homeOnDisk, workshopOf, workshopOfText, type Workshop } from '../cures/workshop.ts';
import { readingOf, type Texts } from './chosen-history.ts';
import { readersOf } from '../../sources/code/reading/readers.ts';
import { Checkpoints } from './checkpoints.ts';
import { frameworkOfText, historyOf, historyOfText, readingOfText, type Reader } from './history-of.ts';
import { madeByOthers } from './made-by-others.ts';
import { toSlashes } from '../../sources/disk/expand.ts';
import { endOf } from '../past/end.ts';
import { waysDownIn } from '../past/ways-down.ts';
import { pastsOf } from '../past/pasts.ts';
import { loadParser } from './load-parser.ts';
import { resumptionOf } from './resumption.ts';
import { Tally } from './tally.ts';
import { readDump, type Dump } from './starting-point.ts';

export interface ReadChoice {
  readonly histories: readonly History[];
  /** What is said when all is told, and of the past of files that are not linted. */
  readonly aside: readonly History[];
  /** The linted texts by the path that findings name; whole when all histories have been told. */
  readonly sources: ReadonlyMap<string, SourceText>;
  /** What is said of files of the history that could not be read; whole when all have been told. */
  readonly lost: ReadonlySet<string>;
  /** Paths of dumps that were linted as though they were migrations; whole when all have been told. */
  readonly dumps: ReadonlySet<string>;
  /** Why nothing is kept for the next run; whole when all have been told. */
  readonly unkept: ReadonlySet<string>;
  /** What is told of each history, in their order. */
  readonly told: readonly Told[];
  /** Where cures of each history are worked out. */
  readonly workshops: ReadonlyMap<History, Workshop>;
  /** What the user should know about the parser. */
  readonly warning: string | undefined;
}

export interface Told {
  /** Of the tool. */
  readonly title: string;
  /** Where the history begins; absolute. */
  readonly root: string;
  readonly tally: Tally;
}

export async function readChoice({ histories, texts, pasts }: Choice, site: Site): Promise<ReadChoice> {
  const { options, settings } = site;
  const ofSite: Texts = { ...site.texts, readers: await readersOf(histories.flatMap(({ files }) => files.flatMap(({ code }) => code ?? []))) };
  const { parser, warning } = await loadParser(settings.parser, settings.limits);
  const unkept = new Set<string>();
  const checkpoints = options.checkpoints && new Checkpoints(options.checkpoints, (why) => unkept.add(why));
  const resumed = histories.map((history) => {
    const resumption = checkpoints && resumptionOf(history, parser.name, ofSite, checkpoints);
    return { history, resumption };
  });
  const files = resumed.reduce((sum, { history, resumption }) => sum + history.files.length - (resumption?.files ?? 0), 0);
  const dumpAt = (file: string | undefined): Dump | undefined =>
    file === undefined ? undefined : readDump(file, options.cwd, parser, ofSite.changes, settings.limits);
  let done = 0;
  const progress = (): void => options.progress?.((done += 1), files);
  const known = pastsOf(pasts, histories, ofSite, site);
  const reader: Reader = { parser, pasts: known, texts: ofSite, sources: new Map(), lost: new Set(), dumps: new Set(), progress };
  const others = madeByOthers(histories, ofSite);
  const workshops = new Map<History, Workshop>();
  const ends: History[] = [];
  const rulingOn = ({ source }: ParsedMigration): Ruling => settings.rulingOn(toSlashes(resolve(options.cwd, source.path)), 'up');
  const isReversed = (migration: ParsedMigration): boolean => rulingOn(migration).unread['irreversible-migration'] !== 'off';
  const ofTexts = settings.of(undefined, options.cwd);
  const ofFiles = resumed.map(({ history, resumption }) => {
    const tally = new Tally();
    const told: Told = { title: history.framework.title, root: history.root.path, tally };
    const workshop = workshopOf(readingOf(history, settings.limits), homeOnDisk(history.root, history.files.map(({ file }) => file), options.cwd), parser);
    const bare = historyOf(history, dumpAt(history.dump), resumption, others(history), reader, tally);
    const end = endOf(history, bare, waysDownIn(history, ofSite, workshop, parser, isReversed), rulingOn);
    const read: History = { ...bare, onTold: end.hear };
    ends.push(...end.histories);
    workshops.set(read, workshop);
    return { history: read, told };
  });
  const ofInput = texts.map((text) => {
    const tally = new Tally();
    const framework = frameworkOfText(text, ofTexts, options.cwd);
    const told: Told = { title: framework.title, root: options.cwd, tally };
    const history = historyOfText(text, ofTexts, dumpAt(dumpOf(ofTexts, site)), reader, tally);
    workshops.set(history, workshopOfText(readingOfText(ofTexts, ofSite), framework, parser));
    return { history, told };
  });
  const all = [...ofFiles, ...ofInput];
  return {
    aside: [...ends, ...known.aside()],
    histories: all.map(({ history }) => history),
    told: all.map(({ told }) => told),
    workshops,
    sources: reader.sources,
    lost: reader.lost,
    dumps: reader.dumps,
    unkept,
    warning,
  };
}
