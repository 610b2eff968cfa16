// What one run works with: the options of the caller on top of the configuration, and what holds where neither says anything.

import type { Config, HistoryConfig, MigrationsConfig, RuleConfig } from '../config/config.ts';
import type { ConfiguredRule } from '../engine/judge.ts';
import type { FrameworkName } from '../model/framework.ts';
import type { NewTables, TransactionMode } from '../model/migration.ts';
import type { Severity } from '../model/finding.ts';
import type { OptionValues, Preset, Rule, RuleMeta } from '../model/rule.ts';
import { parseDuration, type Settings } from '../model/session.ts';
import { oldestVersion, type PostgresVersion } from '../model/version.ts';
import { frameworks } from '../sources/frameworks/index.ts';
import type { Framework } from '../sources/frameworks/framework.ts';

export interface RunSettings {
  readonly postgres: PostgresVersion;
  readonly rules: readonly ConfiguredRule[];
  readonly parser: 'libpg' | 'portable';
  /** What holds for migrations that the configuration names, or for all others. */
  readonly of: (entry: MigrationsConfig | undefined) => HistorySettings;
}

export interface HistorySettings {
  readonly version: PostgresVersion;
  /** Undefined: what is detected. */
  readonly framework: Framework | undefined;
  /** Undefined: as the tool does it. */
  readonly transaction: TransactionMode | undefined;
  /** On each connection; wins over what the tool's own configuration says. */
  readonly settings: Settings;
  readonly newTables: NewTables;
  /** A dump that the history starts from, relative to the configuration. */
  readonly schema: string | undefined;
  readonly down: boolean;
}

/** What a caller may say beside the configuration; it wins. */
export interface Overrides {
  readonly postgres?: PostgresVersion | undefined;
  readonly framework?: FrameworkName | undefined;
  readonly transaction?: TransactionMode | undefined;
  readonly rules?: Readonly<Record<string, RuleConfig>> | undefined;
}

export function settingsOf(config: Config, overrides: Overrides, rules: readonly Rule[]): RunSettings {
  return {
    postgres: overrides.postgres ?? config.postgres ?? oldestVersion,
    rules: rules.map((rule) => configure(rule, config.extends, config.rules[rule.meta.id], overrides.rules?.[rule.meta.id])),
    parser: config.parser ?? 'libpg',
    of: (entry) => historySettings({ ...config, ...definedOf(entry ?? {}), ...definedOf(overrides) }),
  };
}

function historySettings({ postgres, framework, transaction, lockTimeout, newTables, schema, down }: HistoryConfig): HistorySettings {
  return {
    version: postgres ?? oldestVersion,
    framework: framework && frameworks[framework],
    transaction,
    settings: lockTimeout === undefined ? new Map() : new Map([['lock_timeout', { kind: 'text', text: String(lockTimeout) }]]),
    newTables: newTables ?? 'migration',
    schema,
    down: down ?? false,
  };
}

type Said = { readonly [K in keyof HistoryConfig]?: NonNullable<HistoryConfig[K]> };

/** Without what is not said, so that it takes the place of nothing. */
function definedOf({ postgres, framework, transaction, lockTimeout, newTables, schema, down }: Partial<HistoryConfig>): Said {
  return {
    ...(postgres === undefined ? {} : { postgres }),
    ...(framework === undefined ? {} : { framework }),
    ...(transaction === undefined ? {} : { transaction }),
    ...(lockTimeout === undefined ? {} : { lockTimeout }),
    ...(newTables === undefined ? {} : { newTables }),
    ...(schema === undefined ? {} : { schema }),
    ...(down === undefined ? {} : { down }),
  };
}

function configure(
  rule: Rule,
  preset: Preset = 'recommended',
  configured: RuleConfig | undefined,
  overridden: RuleConfig | undefined,
): ConfiguredRule {
  const severity = overridden?.severity ?? configured?.severity ?? severityIn(preset, rule.meta);
  return { rule, severity, options: { ...defaultsOf(rule.meta), ...configured?.options, ...overridden?.options } };
}

function severityIn(preset: Preset, meta: RuleMeta): Severity | 'off' {
  return meta.preset === undefined || meta.preset === preset ? meta.severity : 'off';
}

function defaultsOf({ options = {} }: RuleMeta): OptionValues {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, parseDuration(option.default) ?? 0]));
}
