// What one run works with: the options of the caller on top of the configuration, and what holds where neither says anything.

import { resolve } from 'node:path';
import type { Config, Direction, HistoryConfig, MigrationsConfig, OverrideConfig, RuleConfig } from '../../config/config.ts';
import type { ConfiguredRule } from '../../engine/judge.ts';
import type { Ruling } from '../../engine/suppress.ts';
import { suppressionSeverities } from '../../engine/suppression-rules.ts';
import { unreadSeverities } from '../../engine/unread.ts';
import type { FrameworkName } from '../../model/framework.ts';
import type { NewTables, TransactionMode } from '../../model/migration.ts';
import { defaultLimits, type Limits } from '../../model/limits.ts';
import type { Severity } from '../../model/finding.ts';
import type { OptionValues, Preset, Rule, RuleMeta } from '../../model/rule.ts';
import { parseDuration, type Settings } from '../../model/session.ts';
import { oldestVersion, type PostgresVersion } from '../../model/version.ts';
import { covers } from '../../sources/disk/covers.ts';
import { toSlashes } from '../../sources/disk/expand.ts';
import { frameworks } from '../../sources/frameworks/index.ts';
import type { Framework } from '../../sources/frameworks/framework.ts';

export interface RunSettings {
  readonly postgres: PostgresVersion;
  /** What the rules are for a migration. `file`: absolute, with forward slashes. */
  readonly rulingOn: (file: string, direction: Direction) => Ruling;
  readonly parser: 'libpg' | 'portable';
  readonly limits: Limits;
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
  /** The version of the last migration that is deployed everywhere. */
  readonly startAfter: string | undefined;
}

/** What a caller may say beside the configuration; it wins. */
export interface Overrides {
  readonly postgres?: PostgresVersion | undefined;
  readonly framework?: FrameworkName | undefined;
  readonly transaction?: TransactionMode | undefined;
  readonly rules?: Readonly<Record<string, RuleConfig>> | undefined;
}

/** `directory`: where paths of the configuration start. */
export function settingsOf(config: Config, directory: string, overrides: Overrides, rules: readonly Rule[]): RunSettings {
  return {
    postgres: overrides.postgres ?? config.postgres ?? oldestVersion,
    rulingOn: rulings(config, directory, overrides, rules),
    parser: config.parser ?? 'libpg',
    limits: { ...defaultLimits, ...config.limits },
    of: (entry) => historySettings({
        ...config,
        ...definedOf(entry ?? {}),
        ...definedOf(overrides),
        session: { ...config.session, ...entry?.session },
      }),
  };
}

function historySettings({
  postgres,
  framework,
  transaction,
  session = {},
  newTables,
  schema,
  down,
  startAfter,
}: HistoryConfig): HistorySettings {
  return {
    version: postgres ?? oldestVersion,
    framework: framework && frameworks[framework],
    transaction,
    settings: new Map(Object.entries(session)),
    newTables: newTables ?? 'migration',
    schema,
    down: down ?? false,
    startAfter,
  };
}

type Said = { readonly [K in keyof HistoryConfig]?: NonNullable<HistoryConfig[K]> };

/** Without what is not said, so that it takes the place of nothing. */
function definedOf({ postgres, framework, transaction, newTables, schema, down, startAfter }: Partial<HistoryConfig>): Said {
  return {
    ...(postgres === undefined ? {} : { postgres }),
    ...(framework === undefined ? {} : { framework }),
    ...(transaction === undefined ? {} : { transaction }),
    ...(newTables === undefined ? {} : { newTables }),
    ...(schema === undefined ? {} : { schema }),
    ...(down === undefined ? {} : { down }),
    ...(startAfter === undefined ? {} : { startAfter }),
  };
}

/** Most migrations have the same. */
function rulings(config: Config, directory: string, { rules: last = {} }: Overrides, rules: readonly Rule[]): RunSettings['rulingOn'] {
  const known = new Map<string, Ruling>();
  return (file, direction) => {
    const inForce = config.overrides.filter((one) => speaksOf(one, file, direction, directory));
    const key = inForce.map((one) => config.overrides.indexOf(one)).join();
    const ruling = known.get(key) ?? rulingOf(config.extends, [config.rules, ...inForce.map((one) => one.rules), last], rules);
    known.set(key, ruling);
    return ruling;
  };
}

function speaksOf({ paths, direction }: OverrideConfig, file: string, own: Direction, directory: string): boolean {
  if (direction !== undefined && direction !== own) return false;
  return paths === undefined || paths.some((path) => covers(toSlashes(resolve(directory, path)), file));
}

type RuleConfigs = Readonly<Record<string, RuleConfig>>;

/** Later ones win. */
function rulingOf(preset: Preset | undefined, configs: readonly RuleConfigs[], rules: readonly Rule[]): Ruling {
  const severityOf = (meta: RuleMeta): Severity | 'off' =>
    configs.map((config) => config[meta.id]?.severity).findLast((severity) => severity !== undefined) ?? severityIn(preset, meta);
  const configured = rules.map((rule): ConfiguredRule => {
    const { meta } = rule;
    const set = configs.flatMap((config) => Object.entries(config[meta.id]?.options ?? {}));
    return { rule, severity: severityOf(meta), options: { ...defaultsOf(meta), ...Object.fromEntries(set) } };
  });
  return { rules: configured, suppressions: suppressionSeverities(severityOf), unread: unreadSeverities(severityOf) };
}

function severityIn(preset: Preset = 'recommended', meta: RuleMeta): Severity | 'off' {
  return meta.preset === undefined || meta.preset === preset ? meta.severity : 'off';
}

function defaultsOf({ options = {} }: RuleMeta): OptionValues {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, parseDuration(option.default) ?? 0]));
}
