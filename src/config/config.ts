// What `.pgmigrate-lint.yml` says, checked and in our own words.

import type { FrameworkName } from '../model/framework.ts';
import type { Limits } from '../model/limits.ts';
import type { Severity } from '../model/finding.ts';
import type { LooseningLevel } from '../model/loosening.ts';
import type { NewTables, TransactionMode } from '../model/migration.ts';
import type { SettingValue } from '../model/statement.ts';
import type { Preset } from '../model/rule.ts';
import type { PostgresVersion } from '../model/version.ts';

export const parsers = ['libpg', 'portable'] as const;

export type ParserName = (typeof parsers)[number];

/** How migrations are run. Undefined: the file does not say. */
export interface HistoryConfig {
  readonly framework: FrameworkName | undefined;
  readonly transaction: TransactionMode | undefined;
  readonly postgres: PostgresVersion | undefined;
  /** What is set on each connection, by name; timeouts in milliseconds. */
  readonly session: Readonly<Record<string, SettingValue>> | undefined;
  readonly newTables: NewTables | undefined;
  /** A dump that the history starts from, relative to the file. */
  readonly schema: string | undefined;
  /** Lint the way down as well. */
  readonly down: boolean | undefined;
  /** The version of the last migration that is deployed everywhere; it and those before it are history. */
  readonly startAfter: string | undefined;
}

/** Migrations with what holds for them alone. */
export interface MigrationsConfig extends Partial<HistoryConfig> {
  /** A path or a glob, relative to the file. */
  readonly path: string;
}

/** Undefined, or an empty list: the file does not say. */
export interface Config extends HistoryConfig {
  readonly migrations: readonly MigrationsConfig[];
  readonly exclude: readonly string[];
  readonly extends: Preset | undefined;
  /** By rule id. */
  readonly rules: Readonly<Record<string, RuleConfig>>;
  /** Later ones win over earlier ones, and all over `rules`. */
  readonly overrides: readonly OverrideConfig[];
  readonly tables: TablesConfig | undefined;
  /** Only those that the file sets. */
  readonly limits: Partial<Limits>;
  readonly failOn: Severity | 'never' | undefined;
  /** What is made of changes that weaken the check. */
  readonly loosening: LooseningLevel | undefined;
  readonly parser: ParserName | undefined;
  readonly suppressions: SuppressionsConfig;
}

/** Which kinds of comments may suppress findings. */
export interface SuppressionsConfig {
  /** What squawk reads. */
  readonly squawk: boolean;
  /** Those for a whole file. */
  readonly file: boolean;
}

export interface RuleConfig {
  readonly severity?: Severity | 'off' | undefined;
  /** Only those that the file sets; durations in milliseconds. */
  readonly options: Readonly<Record<string, number>>;
}

/** Rules that are other ones for some migrations. */
export interface OverrideConfig {
  /** Paths or globs, relative to the file; undefined: all. */
  readonly paths: readonly string[] | undefined;
  /** Undefined: both. */
  readonly direction: Direction | undefined;
  readonly rules: Readonly<Record<string, RuleConfig>>;
}

export const directions = ['up', 'down'] as const;

export type Direction = (typeof directions)[number];

/** How large tables are. */
export interface TablesConfig {
  /** Bytes; what holds less is small. Undefined: the file does not say. */
  readonly small: number | undefined;
  /** Bytes by `schema.name`, or the path of a file that says so, relative to the file. */
  readonly sizes: Readonly<Record<string, number>> | string;
}

/** Where there is no file. */
export const emptyConfig: Config = {
  postgres: undefined,
  migrations: [],
  exclude: [],
  extends: undefined,
  rules: {},
  overrides: [],
  tables: undefined,
  limits: {},
  failOn: undefined,
  loosening: undefined,
  framework: undefined,
  transaction: undefined,
  session: undefined,
  newTables: undefined,
  schema: undefined,
  down: undefined,
  startAfter: undefined,
  parser: undefined,
  suppressions: { squawk: true, file: true },
};
