// What is said about a migration tool: where its files are, in which order it runs them, and how.

import type { Dialect } from '../../model/dialect.ts';
import type { FrameworkName } from '../../model/framework.ts';
import type { LeftOutKind } from '../../model/left-out.ts';
import type { Joining, Occurrence, Part, TransactionMode } from '../../model/migration.ts';
import type { Settings } from '../../model/session.ts';
import type { Span } from '../../text/span.ts';
import type { Directory } from '../disk/directory.ts';
import type { Authoring } from './authoring/authoring.ts';
import type { Conduct } from './conduct.ts';
import type { Evidence } from './evidence.ts';

export interface Framework {
  readonly name: FrameworkName;
  /** As its makers write it. */
  readonly title: string;
  /** What runs in one transaction where files do not: `changeset`. */
  readonly unit?: string;
  /** Where a statement goes that must not stand in the transaction that the tool opens. */
  readonly leaving?: string;
  /** What `leaving` says is that the file ends the transaction by hand. */
  readonly isLeftByCommit?: boolean;
  /** Where the history begins that the files of a directory belong to; undefined where they are not of this tool. */
  readonly rootOf: (directory: Directory) => Directory | undefined;
  /** Others use such names too: they count where nothing stands in the files that says more. */
  readonly isKnownByNames?: boolean;
  /** The same where names say nothing, so that the project has to say that it runs the tool. */
  readonly rootIfRun?: (directory: Directory) => Directory | undefined;
  /** It also runs files in the formats of other tools: what it keeps beside them may be a by-product. */
  readonly readsOthers?: boolean;
  /** Its runs take up migrations of libraries too, which make tables of their own. */
  readonly takesUpOthers?: boolean;
  /** Its builder writes IF NOT EXISTS at each table, whether one may be there or not. */
  readonly writesIfNotExists?: boolean;
  /** How a project says that it runs the tool. */
  readonly evidence?: Evidence;
  /** How deep below its root the files lie: beside each other, in a folder for each migration, or in folders as people like. */
  readonly layout: 'flat' | 'folders' | 'nested';
  /** The folders that hold its files, at any depth; undefined where it looks below the root alone, as the layout says. */
  readonly foldersOf?: (root: Directory) => readonly Directory[] | undefined;
  /** Endings of its files beside `.sql`, where its configuration says so. */
  readonly endings?: (root: Directory) => readonly string[];
  /** What of the files below the root it does not run: `of such a name` where it is left out. */
  readonly strays?: string;
  /** What it looks for and does not find, by path below the root, and what it does then. */
  readonly absent?: (root: Directory) => ReadonlyMap<string, string>;
  /**
   * What it writes down of a file that it has run: the number, the name without its folders, the path below the root (which is usual), or
   * nothing but what stands in it.
   */
  readonly remembers?: 'number' | 'name' | 'path' | 'contents';
  /** What a file says itself that it is known by, in the place of its path; undefined where it says nothing. */
  readonly knownAs?: (text: string) => string | undefined;
  /** What it does with a migration that comes late, was changed or is gone; undefined where that is not known. */
  readonly conduct?: Conduct;
  /** Where nothing in a file says otherwise; `root` is undefined for a bare text. */
  readonly transaction: (root: Directory | undefined) => TransactionMode;
  /** What the files below the root are. */
  readonly places: (root: Directory, paths: readonly string[]) => (path: string) => Place | undefined;
  /** Files that it runs wherever they lie, because a list of its own names them. Absolute. */
  readonly listed?: (root: Directory) => readonly string[];
  /** `transaction`: for what says nothing of it. */
  readonly cut: (file: SqlFile, transaction: TransactionMode) => Cut;
  /** What its files are known by, wherever they lie. */
  readonly marks?: RegExp;
  /** The migrations in a file that may hold several; undefined: it holds one, and `cut` tells of it. */
  readonly migrationsIn?: (file: SqlFile, transaction: TransactionMode) => Several | undefined;
  /** Its migrations are code, and are read in the SQL that it prints. */
  readonly isPrinted?: boolean;
  /** How it reads a file before PostgreSQL does; undefined where it fills in nothing and sends all of it. */
  readonly dialect?: (file: SqlFile) => Dialect;
  /** Whether it stops at a text that stands behind a byte order mark. Tools that say nothing of it take the mark off, or are not known to stop. */
  readonly stopsAtByteOrderMark?: (text: string) => boolean;
  /** How its migrations are written; undefined where nobody could be sure. */
  readonly authoring?: Authoring;
  /** What its own configuration sets on each connection. */
  readonly settings?: (root: Directory) => Settings;
}

/**
 * `verify`: checks what another file did. `baseline`: stands in for others where the database is new. `callback`: run around migrations.
 * `elsewhere`: run on other databases than PostgreSQL.
 */
export type Role = 'up' | 'down' | 'verify' | 'baseline' | 'callback' | 'elsewhere';

/** Where a file stands among the others; a number comes before a text. */
export interface Place {
  readonly role: Role;
  readonly order: readonly (bigint | string)[];
  /** Why a file of this role is not linted, where there is more to say than of all of them. */
  readonly reason?: string;
  /** The tool does not run it; it is told among the others, because somebody does. */
  readonly isStray?: boolean;
  /** The tool runs it again when it has changed, or it is not committed yet: it has no place among what has run. */
  readonly isRepeatable?: true;
}

export interface SqlFile {
  readonly text: string;
  /** Its name without the folders; empty for a bare text. */
  readonly name: string;
  /** Undefined for a bare text. */
  readonly directory: Directory | undefined;
  /** Of the history that it belongs to, where it belongs to one. */
  readonly root?: Directory | undefined;
}

/** What of a text its tool does not hand to PostgreSQL as it stands there. */
export interface Editing {
  /** Other ends of statements than semicolons. */
  readonly ends?: readonly Span[];
  /** Where it cuts the text before anything is read, so that comments end there too. */
  readonly breaks?: readonly Span[];
  /** What is as good as not there: what a tool leaves out, or writes around statements for its own sake. */
  readonly blanks?: readonly Span[];
  /** Lines that it takes for comments and leaves out, in strings and comments too. */
  readonly dropped?: readonly Span[];
  /** Its comments end at the first end of a comment: PostgreSQL's may hold others. */
  readonly hasFlatComments?: boolean;
}

/** A file cut into what is run on the way up, and on the way down. */
export interface Cut extends Editing {
  readonly up: readonly Part[];
  readonly down: readonly Part[];
  /** What stands outside of both, so that nobody runs it. */
  readonly outside?: readonly Span[];
  /** Why the tool runs nothing of it; all of it is the way up then, because somebody will correct that. */
  readonly refusal?: Refusal;
  /** Statements that it can't run. */
  readonly unsupported?: readonly Unsupported[];
  /** Where it puts the text of other files. */
  readonly inserted?: readonly Insertion[];
}

/** `stops`: it ends its run with an error · `passes-over`: it goes on as though the file were empty. */
export interface Refusal {
  readonly kind: 'stops' | 'passes-over';
  readonly span: Span;
  /** Behind "because". */
  readonly why: string;
}

/** What a tool can't run, or never ends to run. */
export interface Unsupported {
  readonly span: Span;
  readonly statement: Span;
  /** In the present tense, the tool first. */
  readonly message: string;
  readonly help: string;
  /** False: a setting decides that the project does not show. */
  readonly isCertain: boolean;
}

export interface Insertion {
  readonly span: Span;
  /** Relative to where the tool looks for it. */
  readonly file: string;
}

/** A file that holds several migrations. */
export interface Several extends Editing {
  /** In the order of the text. */
  readonly migrations: readonly Contained[];
  /** Statements before the first of them, which nobody runs; `blanks` hold them too. */
  readonly unrun?: readonly Span[];
  /** In the order of the text. */
  readonly leftOut?: readonly LeftOut[];
  readonly refusal?: Refusal | undefined;
  /** Strings and comments that do not end in their migration; `blanks` hold them too. */
  readonly unended?: readonly Span[];
}

/** What of a text is run elsewhere, or never: one section, perhaps in pieces. */
export interface LeftOut {
  readonly kind: LeftOutKind;
  readonly spans: readonly Span[];
}

/** A migration among others in a file. */
export interface Contained {
  /** As its tool tells it from others; undefined where it has no name. */
  readonly name: string | undefined;
  /** What else people call it. */
  readonly aliases: readonly string[];
  readonly direction: 'up' | 'down';
  /** All that makes it what it is: another text here is another migration under its name. */
  readonly span: Span;
  readonly parts: readonly Part[];
  readonly joins: Joining;
  readonly runs: Occurrence;
  /** The tool runs it again when it has changed, or somebody has told it that it did. */
  readonly mayChange?: boolean;
}

export function comparePlaces(left: Place, right: Place): number {
  for (let index = 0; index < Math.max(left.order.length, right.order.length); index += 1) {
    const difference = compareOrder(left.order[index], right.order[index]);
    if (difference !== 0) return difference;
  }
  return Number(left.role === 'down') - Number(right.role === 'down');
}

function compareOrder(left: bigint | string | undefined, right: bigint | string | undefined): number {
  if (left === right) return 0;
  if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
  if (typeof left !== typeof right) return typeof left === 'bigint' ? -1 : 1;
  return left < right ? -1 : 1;
}
