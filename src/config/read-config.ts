// The text of `.pgmigrate-lint.yml` → Config, or the first mistake in it with its line and column.

import type * as v from 'valibot';

import { largestFile } from '../model/limits.ts';
import type { RuleMeta } from '../model/rule.ts';
import { emptyConfig, type Config, type HistoryConfig, type MigrationsConfig, type RuleConfig } from './config.ts';
import { readYaml } from './read-yaml.ts';
import { configSchema } from './schema.ts';

/**
 * An empty text is an empty configuration. `path` is what errors show.
 * @throws UserError at the first mistake by position; it says how many more there are.
 */
export function parseConfig(text: string, path: string, rules: readonly RuleMeta[]): Config {
  return configOf(readYaml(text, path, 'the configuration', configSchema(rules)));
}

type ConfigOutput = v.InferOutput<ReturnType<typeof configSchema>>;

function configOf(output: ConfigOutput): Config {
  const { migrations = [] } = output;
  return {
    ...historyOf(output),
    migrations: (Array.isArray(migrations) ? migrations : [migrations]).map(migrationsOf),
    exclude: output.exclude ?? [],
    extends: output.extends,
    rules: rulesOf(output.rules),
    overrides: (output.overrides ?? []).map(({ paths, direction, rules }) => ({ paths, direction, rules: rulesOf(rules) })),
    tables: output.tables && { small: output.tables.small, sizes: output.tables.sizes },
    limits: limitsOf(output.limits),
    failOn: output['fail-on'],
    loosening: output.loosening,
    parser: output.parser,
    suppressions: suppressionsOf(output.suppressions),
  };
}

function suppressionsOf({ squawk, file }: NonNullable<ConfigOutput['suppressions']> = {}): Config['suppressions'] {
  return { squawk: squawk ?? emptyConfig.suppressions.squawk, file: file ?? emptyConfig.suppressions.file };
}

function limitsOf({ 'file-size': fileSize, 'statement-size': statementSize, changes }: NonNullable<ConfigOutput['limits']> = {}): Config['limits'] {
  return {
    ...(fileSize === undefined ? {} : { fileSize: Math.min(fileSize, largestFile) }),
    ...(statementSize === undefined ? {} : { statementSize }),
    ...(changes === undefined ? {} : { changes }),
  };
}

type HistoryOutput = Pick<
  ConfigOutput,
  'framework' | 'transaction' | 'postgres' | 'session' | 'lock-timeout' | 'new-tables' | 'schema' | 'down' | 'start-after'
>;

function historyOf(output: HistoryOutput): HistoryConfig {
  const { framework, transaction, postgres, schema, down } = output;
  return {
    framework,
    transaction,
    postgres,
    schema,
    down,
    session: sessionOf(output),
    newTables: output['new-tables'],
    startAfter: output['start-after'],
  };
}

function sessionOf({ session, 'lock-timeout': lockTimeout }: HistoryOutput): HistoryConfig['session'] {
  if (lockTimeout === undefined) return session;
  return { ...session, lock_timeout: { kind: 'text', text: String(lockTimeout) } };
}

function migrationsOf(output: string | (HistoryOutput & { readonly path: string })): MigrationsConfig {
  return typeof output === 'string' ? { path: output } : { path: output.path, ...historyOf(output) };
}

type SettingOutput = NonNullable<ConfigOutput['rules']>[string];

function rulesOf(rules: ConfigOutput['rules'] = {}): Record<string, RuleConfig> {
  return Object.fromEntries(Object.entries(rules).map(([id, setting]) => [id, ruleConfigOf(setting)]));
}

function ruleConfigOf(setting: SettingOutput = {}): RuleConfig {
  if (typeof setting === 'string') return { severity: setting, options: {} };
  const options = Object.entries(setting).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return { severity: setting.severity, options: Object.fromEntries(options) };
}
