// Which files are migrations, which of them are to be linted, and which are the history before them.

import { basename, relative, resolve } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import type { CodeTool } from '../code/code-tool.ts';
import { otherDatabaseOf } from '../databases/other-database.ts';
import { readerOfUnsaved } from '../code/named-file.ts';
import { displayPath } from '../disk/display-path.ts';
import { toSlashes } from '../disk/expand.ts';
import type { Place } from '../frameworks/framework.ts';
import type { FoundFolder } from '../search/found-folder.ts';
import { homeOfCode } from './code-home.ts';
import { deployedFiles, type Deployed, type StartAfter } from './deployed.ts';
import { filesOf, type AnyFile } from './earlier-files.ts';
import { homesOf, type Home } from './home.ts';
import { inOrder, type PlacedFile } from './in-order.ts';
import { lookedUp, lookUp } from './look-up.ts';
import type { MigrationFile, MigrationHistory, Search } from './migration-history.ts';
import type { Asking, News } from './news.ts';

/** The histories behind paths, directories, globs and what a search has found. Throws a `UserError` for one that leads to nothing. */
export function findMigrations(places: readonly (string | FoundFolder)[], search: Search): MigrationHistory[] {
  const groups = new Map<string, Group>();
  for (const place of places) {
    for (const one of typeof place === 'string' ? lookUp(place, search) : [lookedUp(place, search.exclusions)]) {
      const homes = homesOf(one.files, one.named, search.frameworkOf, search.isBrought);
      const asking = one.named === undefined ? 'itself' : 'below';
      for (const [file, home] of homes) add(groups, home, { file }, asking);
      for (const code of one.code) add(groups, homeOfCode(code, homes, one.named), code, asking);
    }
  }
  for (const { home, files } of groups.values()) {
    if (search.withHistory || [...files.keys()].some(search.startAfterOf)) {
      for (const file of filesOf(home, search.exclusions)) add(groups, home, file, 'history');
    }
  }
  const placed = Array.from(groups.values(), (group) => placedIn(group, search));
  refuseMistakes(placed);
  return placed.map((one) => historyOf(one, search)).filter(({ files }) => files.length > 0);
}

interface Group {
  readonly home: Home;
  /** By path. */
  readonly files: Map<string, GroupedFile>;
  /** A directory was named, so that all of its files are here. */
  readonly isWhole: boolean;
}

interface GroupedFile {
  readonly asking: Asking;
  readonly code: CodeTool | undefined;
}

function add(groups: Map<string, Group>, home: Home, { file, tool }: AnyFile, asking: Asking): void {
  const key = `${home.framework.title} ${home.root.path}`;
  const { files, ...group } = groups.get(key) ?? { home, files: new Map<string, GroupedFile>(), isWhole: false };
  const before = files.get(file)?.asking;
  files.set(file, { asking: before === undefined || asking === 'itself' ? asking : before, code: tool });
  groups.set(key, { home, files, isWhole: asking === 'below' || group.isWhole });
}

interface PlacedGroup extends Group {
  readonly ordered: readonly PlacedFile[];
  readonly news: News;
  readonly startAfter: StartAfter | undefined;
  readonly deployed: Deployed;
}

function placedIn(group: Group, { cwd, startAfterOf, newsIn }: Search): PlacedGroup {
  const { home, files } = group;
  const ordered = inOrder([...files.keys()], home);
  const news = newsIn(home, new Map(Array.from(files, ([file, { asking }]) => [file, asking])));
  const startAfter = startAfterOf(ordered.findLast(({ file }) => isLinted(file, { files, news }))?.file ?? '');
  const none: Deployed = { files: new Set(), mistake: undefined };
  const deployed = startAfter === undefined ? none : deployedFiles(startAfter.version, ordered, home, displayPath(home.root.path, cwd));
  return { ordered, news, startAfter, deployed, ...group };
}

function isLinted(file: string, { files, news }: Pick<PlacedGroup, 'files' | 'news'>): boolean {
  return files.get(file)?.asking !== 'history' && news.isNew(file);
}

/** What is none in another history too: one that is said for all may be of some. */
function refuseMistakes(groups: readonly PlacedGroup[]): void {
  for (const { startAfter, deployed, isWhole, home } of groups) {
    if (startAfter === undefined || deployed.mistake === undefined || startAfter.mayBeElsewhere) continue;
    const mayBeIncomplete = !isWhole && home.framework.layout === 'nested' && home.framework.name !== 'plain';
    const isElsewhere = groups.some((one) => one.startAfter?.version === startAfter.version && one.deployed.mistake === undefined);
    if (!mayBeIncomplete && !isElsewhere) throw new UserError(deployed.mistake);
  }
}

function historyOf({ home, files, ordered, news, deployed, isWhole }: PlacedGroup, search: Search): MigrationHistory {
  const { cwd, withHistory, unsaved } = search;
  const foreign = whyForeign({ home, files, isWhole }, search);
  const written = unsaved && resolve(cwd, unsaved.path);
  const isWrittenInSql = written !== undefined && readerOfUnsaved(written, unsaved?.text() ?? '') === undefined;
  const isNamed = ({ file }: PlacedFile): boolean => isLinted(file, { files, news });
  const upToLast = ordered.slice(0, ordered.findLastIndex(isNamed) + 1);
  const isRun = (one: PlacedFile): boolean =>
    isNamed(one) || (withHistory && (one.place?.role ?? (home.framework.name === 'plain' && 'up')) === 'up');
  return {
    ...home,
    isWhole: withHistory && (home.framework.name !== 'plain' || ordered.length > 1 || ordered.every(({ file }) => beginning.test(basename(file)))),
    isToEnd: withHistory && ordered.slice(upToLast.length).every((one) => !isRun(one)),
    files: upToLast.filter(isRun).map((one) => ({
      file: one.file,
      path: displayPath(one.file, cwd),
      linted: isNamed(one) && !deployed.files.has(one.file),
      isNew: news.isNew(one.file),
      earlier: () => news.earlier(one.file),
      isDeployed: isNamed(one) && deployed.files.has(one.file),
      ...(deployed.within?.file === one.file ? { deployedUpTo: deployed.within.name } : {}),
      ...standingOf(one.place, home, foreign),
      code: one.file === written && isWrittenInSql ? undefined : files.get(one.file)?.code,
    })),
  };
}

/** What a file is to its tool. */
function standingOf(place: Place | undefined, { framework }: Home, foreign: string | undefined): Pick<MigrationFile, 'role' | 'reason' | 'isStray'> {
  if (foreign !== undefined) return { role: 'elsewhere', reason: foreign, isStray: false };
  return { role: place?.role ?? 'up', reason: place?.reason, isStray: framework.name !== 'plain' && (place?.isStray ?? place === undefined) };
}

/** `0001_orders.sql`, `V1__orders.sql`, `init.sql`, `schema.sql`. */
const beginning = /^(?:v?\d|init|schema|structure|baseline|bootstrap|create)/i;

/** Why all files of a history are for another database; undefined where they are not, or where somebody says which tool runs them. */
function whyForeign({ home: { root }, files, isWhole }: Group, { frameworkOf }: Search): string | undefined {
  const paths = [...files].filter(([, { code }]) => code === undefined).map(([file]) => file);
  if (paths.length === 0 || paths.some((file) => frameworkOf(file) !== undefined)) return undefined;
  // Of single files, what their folder is called says enough: what stands in them is what somebody wants to know.
  const other = otherDatabaseOf(root, isWhole ? paths.map((file) => toSlashes(relative(root.path, file))) : []);
  return other && `what is for ${other.title}, because ${other.because} ("framework:" in the configuration has it linted all the same)`;
}
