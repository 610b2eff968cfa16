// What a run looked at, so that nobody takes for checked what was not.

import type { LeftOutSum } from './left-out.ts';
import type { PostgresVersion, VersionSource } from './version.ts';

export interface Overview {
  /** In the order in which they were told. */
  readonly histories: readonly HistoryOverview[];
  /** Undefined where there was no migration to ask about. */
  readonly version: VersionOverview | undefined;
  /** The configuration that counts, as reports show it; undefined where there is none. */
  readonly configuration: string | undefined;
  /** It lies deeper than the run began, where not everybody looks for one. */
  readonly isConfiguredWithin: boolean;
  /** What looks like migrations and was passed over. */
  readonly leftOut: readonly LeftOutPlace[];
  /** What was asked for and not linted, because its tool does not run it there or then. */
  readonly notRun: readonly LeftOutSum[];
}

export interface HistoryOverview {
  /** Of the tool that runs it, as its makers write it. */
  readonly title: string;
  /** Where it begins: relative to the working directory, with forward slashes; `.` for that itself. */
  readonly path: string;
  readonly migrations: number;
  readonly linted: number;
}

export interface VersionOverview {
  readonly major: PostgresVersion;
  readonly source: VersionSource;
}

export interface LeftOutPlace {
  /** Relative to the working directory, with forward slashes. */
  readonly path: string;
  /** `it is for MySQL`. */
  readonly why: string;
}
