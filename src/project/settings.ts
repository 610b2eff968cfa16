// What one run works with: the options of the caller on top of the configuration, and what holds where neither says anything.

import type { Config, RuleConfig } from '../config/config.ts';
import type { ConfiguredRule } from '../engine/judge.ts';
import type { Runner } from '../history/story.ts';
import type { TransactionMode } from '../model/migration.ts';
import type { OptionValues, Rule, RuleMeta } from '../model/rule.ts';
import { parseDuration, type Settings } from '../model/session.ts';
import { oldestVersion, type PostgresVersion } from '../model/version.ts';

export interface RunSettings {
  readonly postgres: PostgresVersion;
  readonly runner: Runner;
  readonly rules: readonly ConfiguredRule[];
  readonly parser: 'libpg' | 'portable';
}

/** What a caller may say beside the configuration; it wins. */
export interface Overrides {
  readonly postgres?: PostgresVersion | undefined;
  readonly transaction?: TransactionMode | undefined;
  readonly rules?: Readonly<Record<string, RuleConfig>> | undefined;
}

export function settingsOf(config: Config, overrides: Overrides, rules: readonly Rule[]): RunSettings {
  return {
    postgres: overrides.postgres ?? config.postgres ?? oldestVersion,
    runner: { transaction: overrides.transaction ?? config.transaction ?? 'statement', settings: runnerSettings(config) },
    rules: rules.map((rule) => configure(rule, config.rules[rule.meta.id], overrides.rules?.[rule.meta.id])),
    parser: config.parser ?? 'libpg',
  };
}

function runnerSettings({ lockTimeout }: Config): Settings {
  return lockTimeout === undefined ? new Map() : new Map([['lock_timeout', { kind: 'text', text: String(lockTimeout) }]]);
}

function configure(rule: Rule, configured: RuleConfig | undefined, overridden: RuleConfig | undefined): ConfiguredRule {
  const severity = overridden?.severity ?? configured?.severity ?? rule.meta.severity;
  return { rule, severity, options: { ...defaultsOf(rule.meta), ...configured?.options, ...overridden?.options } };
}

function defaultsOf({ options = {} }: RuleMeta): OptionValues {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, parseDuration(option.default) ?? 0]));
}
