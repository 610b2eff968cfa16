// What one run works with: the options of the caller on top of the configuration, and what holds where neither says anything.

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
import { assumedVersion, type PostgresVersion, type StatedVersion } from '../../model/version.ts';
import { covers } from '../../sources/disk/covers.ts';
import { configName } from '../../sources/find-config.ts';
import { toSlashes } from '../../sources/disk/expand.ts';
import { frameworks } from '../../sources/frameworks/index.ts';
import type { Framework } from '../../sources/frameworks/framework.ts';
import { noConfiguration, type Configuration } from './configuration.ts';

export interface RunSettings {
  /** Where there is no migration to ask about. */
  readonly stated: () => StatedVersion;
  /** What the rules are for a migration. `file`: absolute, with forward slashes. */
  readonly rulingOn: (file: string, direction: Direction) => Ruling;
  readonly parser: 'libpg' | 'portable';
  readonly limits: Limits;
  /** What holds for migrations in a folder that the configuration names, or in any other one; absolute. */
  readonly of: (entry: MigrationsConfig | undefined, folder: string) => HistorySettings;
}

/** What the files of a project say; undefined where they say nothing. `folder`: absolute, of the migrations. */
export type VersionNear = (folder: string) => StatedVersion | undefined;

export interface HistorySettings {
  /** The files of the project are read where neither the caller nor the configuration says it. */
  readonly stated: () => StatedVersion;
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

/** Of texts that lie nowhere. */
export function bareSettings(overrides: Overrides, rules: readonly Rule[]): RunSettings {
  return settingsOf(noConfiguration, overrides, rules, () => undefined);
}

export function settingsOf(configuration: Configuration, overrides: Overrides, rules: readonly Rule[], versionNear: VersionNear): RunSettings {
  const { config, directory } = configuration;
  const stated = (entry: MigrationsConfig | undefined, folder: string) => (): StatedVersion =>
    saidBy(overrides, entry, configuration) ?? versionNear(folder) ?? assumedVersion;
  return {
    stated: stated(undefined, directory),
    rulingOn: rulings(configuration, overrides, rules),
    parser: config.parser ?? 'libpg',
    limits: { ...defaultLimits, ...config.limits },
    of: (entry, folder) => ({
      stated: stated(entry, folder),
      ...historySettings({
        ...config,
        ...definedOf(entry ?? {}),
        ...definedOf(overrides),
        session: { ...config.session, ...entry?.session },
      }),
    }),
  };
}

/** The caller wins over the configuration, and that over what the project's files say. */
function saidBy({ postgres }: Overrides, entry: MigrationsConfig | undefined, { config, path }: Configuration): StatedVersion | undefined {
  if (postgres !== undefined) return { version: postgres, versionSource: { kind: 'option' } };
  const version = entry?.postgres ?? config.postgres;
  return version && { version, versionSource: { kind: 'configuration', path: path ?? configName } };
}

function historySettings({
  framework,
  transaction,
  session = {},
  newTables,
  schema,
  down,
  startAfter,
}: Omit<HistoryConfig, 'postgres'>): Omit<HistorySettings, 'stated'> {
  return {
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
function definedOf({ framework, transaction, newTables, schema, down, startAfter }: Partial<HistoryConfig>): Said {
  return {
    ...(framework === undefined ? {} : { framework }),
    ...(transaction === undefined ? {} : { transaction }),
    ...(newTables === undefined ? {} : { newTables }),
    ...(schema === undefined ? {} : { schema }),
    ...(down === undefined ? {} : { down }),
    ...(startAfter === undefined ? {} : { startAfter }),
  };
}

/** Most migrations have the same. */
function rulings({ config, directory }: Configuration, { rules: last = {} }: Overrides, rules: readonly Rule[]): RunSettings['rulingOn'] {
  const known = new Map<string, Ruling>();
  return (file, direction) => {
    const inForce = config.overrides.filter((one) => speaksOf(one, file, direction, directory));
    const key = inForce.map((one) => config.overrides.indexOf(one)).join();
    const ruling = known.get(key) ?? rulingOf(config, [config.rules, ...inForce.map((one) => one.rules), last], rules);
    known.set(key, ruling);
    return ruling;
  };
}

function speaksOf({ paths, direction }: OverrideConfig, file: string, own: Direction, directory: string): boolean {
  if (direction !== undefined && direction !== own) return false;
  return paths === undefined || paths.some((path) => covers(toSlashes(path), toSlashes(directory), file));
}

type RuleConfigs = Readonly<Record<string, RuleConfig>>;

/** Later ones win. */
export function rulingOf({ extends: preset, suppressions: allowed }: Config, configs: readonly RuleConfigs[], rules: readonly Rule[]): Ruling {
  const severityOf = (meta: RuleMeta): Severity | 'off' =>
    configs.map((config) => config[meta.id]?.severity).findLast((severity) => severity !== undefined) ?? severityIn(preset, meta);
  const optionsOf = (meta: RuleMeta): OptionValues => ({ ...defaultsOf(meta), ...Object.fromEntries(configs.flatMap((config) => Object.entries(config[meta.id]?.options ?? {}))) });
  const configured = rules.map((rule): ConfiguredRule => ({ rule, severity: severityOf(rule.meta), options: optionsOf(rule.meta) }));
  return { rules: configured, optionsOf, suppressions: suppressionSeverities(severityOf), unread: unreadSeverities(severityOf), allowed };
}

function severityIn(preset: Preset = 'recommended', meta: RuleMeta): Severity | 'off' {
  return meta.preset === undefined || meta.preset === preset ? meta.severity : 'off';
}

function defaultsOf({ options = {} }: RuleMeta): OptionValues {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.type === 'count' ? Number(option.default) : (parseDuration(option.default) ?? 0)]));
}
