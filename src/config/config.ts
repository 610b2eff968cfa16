// What `.pgmigrate-lint.yml` says, checked and in our own words.

import type { Severity } from '../model/finding.ts';
import type { TransactionMode } from '../model/migration.ts';
import type { PostgresVersion } from '../model/version.ts';

export const parsers = ['libpg', 'portable'] as const;

export type ParserName = (typeof parsers)[number];

/** Undefined, or an empty list: the file does not say. */
export interface Config {
  readonly postgres: PostgresVersion | undefined;
  /** Paths or globs, relative to the file. */
  readonly migrations: readonly string[];
  readonly exclude: readonly string[];
  /** By rule id. */
  readonly rules: Readonly<Record<string, RuleConfig>>;
  readonly failOn: Severity | 'never' | undefined;
  readonly transaction: TransactionMode | undefined;
  /** What the runner sets before each file, in milliseconds; undefined for none. */
  readonly lockTimeout: number | undefined;
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
  rules: {},
  failOn: undefined,
  transaction: undefined,
  lockTimeout: undefined,
  parser: undefined,
};
