// What a branch changes so that less is checked: its configuration, and what lies beside it, against those of the commit that it left.

import { resolve } from 'node:path';
import type { KnownFinding } from '../../config/baseline.ts';
import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import { looseningLevels, type Loosening, type LooseningLevel } from '../../model/loosening.ts';
import type { Severity } from '../../model/finding.ts';
import type { Rule } from '../../model/rule.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import { configName } from '../../sources/find-config.ts';
import { baselineFile, readBaseline } from '../known-findings.ts';
import type { Configuration } from '../settings/configuration.ts';
import { rulingOf } from '../settings/settings.ts';
import { tableSizesOf } from '../settings/table-sizes-of.ts';
import type { Site } from '../site.ts';
import { looserThan, type Change } from './configuration-changes.ts';
import { newSuppressions } from './new-suppressions.ts';
import { heldBackMore, smallerTables } from './own-file-changes.ts';
import { milderRules, type RulesInForce } from './rule-changes.ts';

type Found = Omit<Loosening, 'severity'>;

/** Undefined where nobody says what came before. `migrations`: those that are linted. */
export async function loosenedIn(site: Site, migrations: readonly ParsedMigration[], known: readonly KnownFinding[], rules: readonly Rule[]): Promise<readonly Loosening[] | undefined> {
  const { base, options, configuration, texts } = site;
  if (base === undefined || texts.changes === undefined) return undefined;
  const { base: tree } = texts.changes;
  const found: Found[] = [
    ...(await configurationChanges(base, site, known, rules)),
    ...newSuppressions(migrations, (path) => tree.textOf(resolve(options.cwd, path))).map((one) => ({ kind: 'suppression', ...one }) as const),
  ];
  const severity = severityOf(stricter(base.config.loosening ?? 'warning', configuration.config.loosening ?? 'warning'));
  return found.map((one) => ({ severity, ...one }));
}

/** A branch may ask for more, and not for less. */
function stricter(left: LooseningLevel, right: LooseningLevel): LooseningLevel {
  return looseningLevels.indexOf(left) < looseningLevels.indexOf(right) ? left : right;
}

function severityOf(level: LooseningLevel): Severity {
  return level === 'allow' ? 'info' : level;
}

async function configurationChanges(base: Configuration, { configuration, options }: Site, known: readonly KnownFinding[], rules: readonly Rule[]): Promise<Found[]> {
  if (configuration.files === base.files) return [];
  const { lineOf } = await import('../../config/line-of.ts');
  const path = configuration.path ?? base.path ?? configName;
  const placed = ({ kind, keys, message }: Change): Found => ({ kind, path, line: configuration.path === undefined ? 1 : lineOf(configuration.text, keys), message });
  const inForce = ({ config }: Configuration): RulesInForce => {
    const ruling = (...configs: Parameters<typeof rulingOf>[1]): RulesInForce['usual'] => rulingOf(config, [config.rules, ...configs, options.rules ?? {}], rules);
    return { config, usual: ruling(), under: (override) => ruling(override.rules) };
  };
  const smaller = smallerTables(tableSizesOf(base, options.cwd), tableSizesOf(configuration, options.cwd));
  return [
    ...comeOrGone(base, configuration).map(placed),
    ...[...looserThan(base.config, configuration.config), ...milderRules(inForce(base), inForce(configuration))].map(placed),
    ...Array.from(smaller, ([table, message]) => placed({ kind: 'tables', keys: ['tables', 'sizes', table], message })),
    ...(await heldBack(base, configuration, known, options.cwd)),
  ];
}

function comeOrGone(base: Configuration, configuration: Configuration): Change[] {
  if (base.path === configuration.path) return [];
  const said = base.path === undefined ? 'this configuration is new' : configuration.path === undefined ? 'the configuration is gone' : `this configuration takes the place of ${base.path}`;
  return [{ kind: 'configuration', keys: [], message: said }];
}

async function heldBack(base: Configuration, { directory, files }: Configuration, known: readonly KnownFinding[], cwd: string): Promise<Found[]> {
  if (known.length === 0) return [];
  const file = baselineFile({ directory });
  const path = displayPath(file, cwd);
  const before = await readBaseline({ directory: base.directory, cwd }, base.files);
  return heldBackMore(before, known, files.read(file, path)).map((held) => ({ kind: 'baseline', path, ...held }));
}
