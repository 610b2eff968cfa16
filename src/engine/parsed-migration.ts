// A migration that can be told, and the histories that migrations make.

import type { Catalog } from '../model/catalog.ts';
import type { LeftOutSection } from '../model/left-out.ts';
import type { Joining, NewTables, Occurrence, Part } from '../model/migration.ts';
import type { Leaving, Settings } from '../model/session.ts';
import type { Reached } from './narrate.ts';
import type { Timeline } from '../model/timeline.ts';
import type { StatedVersion } from '../model/version.ts';
import type { ParsedText } from '../parser/parser.ts';
import type { SourceText } from '../text/source-text.ts';

export interface ParsedMigration {
  readonly source: SourceText;
  readonly parsed: ParsedText;
  /** As its tool tells it from others in its file; undefined where it has no name. */
  readonly name?: string | undefined;
  /** False: it is history, and only replayed. */
  readonly linted: boolean;
  /** It is history in a file that is not: others in it may be new. */
  readonly isBesideNew?: boolean;
  /** The pieces that share transactions, in the order of the text. */
  readonly parts: readonly Part[];
  /** `aside`: a way down; it starts where the migration before it ended, and nothing builds on it. */
  readonly direction: 'up' | 'aside';
  readonly joins: Joining;
  readonly runs: Occurrence;
  /** The migration behind it goes on in its session. */
  readonly goesOn: boolean;
  /** The tool that runs it is known, or somebody said how it is run. */
  readonly isRunKnown: boolean;
  /** Its SQL stands in code, or code has made it: nobody can write in its place. */
  readonly isInCode?: boolean;
  readonly leaving: Leaving | undefined;
  /** The tool that runs it, in words: `Flyway, one transaction per file`. */
  readonly tool: string;
  /** What stands in it and was not linted, because its tool does not run it there. */
  readonly leftOut?: readonly LeftOutSection[];
}

/** Migrations that build on each other, oldest first, read one by one. Its version is the oldest one that they will run on. */
export interface History extends StatedVersion {
  readonly migrations: Iterable<ParsedMigration>;
  readonly start: Catalog;
  /** Where the migrations go on from, in place of the start: from the end of others, in their run. */
  readonly reached?: Reached | undefined;
  /** Migrations that were told before the start; none where it says nothing. */
  readonly told?: number | undefined;
  /** Hears how far it has come before the first file of which anything is linted. */
  readonly onHistoryTold?: ((catalog: Catalog, migrations: number) => void) | undefined;
  /** Hears of each migration on the way up, and what is there behind it. */
  readonly onTold?: ((migration: ParsedMigration, timeline: Timeline, behind: Catalog) => void) | undefined;
  /** It holds what is said of other files, and is read when those are told. */
  readonly isAside?: true;
  /** What made the start what it is. */
  readonly dump?: ParsedMigration | undefined;
  /** What the tool sets on each connection. */
  readonly settings: Settings;
  readonly newTables: NewTables;
}
