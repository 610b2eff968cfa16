// What `.pgmigrate-lint.yml` says, checked and in our own words.

import type { FrameworkName } from '../model/framework.ts';
import type { Severity } from '../model/finding.ts';
import type { NewTables, TransactionMode } from '../model/migration.ts';
import type { Preset } from '../model/rule.ts';
import type { PostgresVersion } from '../model/version.ts';

export const parsers = ['libpg', 'portable'] as const;

export type ParserName = (typeof parsers)[number];

/** How migrations are run. Undefined: the file does not say. */
export interface HistoryConfig {
  readonly framework: FrameworkName | undefined;
  readonly transaction: TransactionMode | undefined;
  readonly postgres: PostgresVersion | undefined;
  /** What the runner sets before each file, in milliseconds; 0 for none. */
  readonly lockTimeout: number | undefined;
  readonly newTables: NewTables | undefined;
  /** A dump that the history starts from, relative to the file. */
  readonly schema: string | undefined;
  /** Lint the way down as well. */
  readonly down: boolean | undefined;
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
  readonly failOn: Severity | 'never' | undefined;
  readonly parser: ParserName | undefined;
}

export interface RuleConfig {
  readonly severity?: Severity | 'off' | undefined;
  /** Only those that the file sets; durations in milliseconds. */
  readonly options: Readonly<Record<string, number>>;
}

/** Where there is no file. */
export const emptyConfig: Config = {
  postgres: undefined,
  migrations: [],
  exclude: [],
  extends: undefined,
  rules: {},
  failOn: undefined,
  framework: undefined,
  transaction: undefined,
  lockTimeout: undefined,
  newTables: undefined,
  schema: undefined,
  down: undefined,
  parser: undefined,
};
