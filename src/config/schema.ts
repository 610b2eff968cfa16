// What may stand in `.pgmigrate-lint.yml`: the one source of its validation and of its published JSON schema.

import * as v from 'valibot';

import { frameworkNames } from '../model/framework.ts';
import { severities } from '../model/finding.ts';
import { looseningLevels } from '../model/loosening.ts';
import { usualLimits } from '../model/limits.ts';
import { newTablesScopes, transactionModes } from '../model/migration.ts';
import { presets, type RuleMeta, type RuleOption } from '../model/rule.ts';
import { defaultSmall, parseSize } from '../model/table-sizes.ts';
import { oldestVersion, postgresVersions } from '../model/version.ts';
import { alternativesOf, globMistake, isGlob, mostAlternatives } from '../text/glob.ts';
import { closedMap, refuseLostKeys } from './closed-map.ts';
import { mustBe, mustBeOneOf } from './complaint.ts';
import { directions, parsers } from './config.ts';
import { duration } from './duration.ts';
import { isMap } from './is-map.ts';
import { sessionSettings } from './session-settings.ts';

/** The output has durations in milliseconds; absent keys stay absent. */
export function configSchema(rules: readonly RuleMeta[]) {
  const map = closedMap(
    {
      migrations: key(
        pathOrPaths(),
        'Where the migrations are: a path or a glob relative to this file, a map with a path and what holds there, or a list of them',
      ),
      ...historyEntries(),
      exclude: key(list(), 'Paths or globs of files that are no migrations'),
      extends: key(oneOf(presets), 'Which rules are on: those about safety, or those about design as well', 'recommended'),
      rules: key(closedMap(ruleEntries(rules), 'rule'), 'Severities and options, by rule'),
      overrides: key(overrides(rules), 'Severities and options that differ for some paths, or for a direction; later ones win'),
      tables: key(tables(), 'How large tables are, so that what blocks small ones alone is information'),
      suppressions: key(suppressions(), 'Kinds of comments that may suppress findings: what is refused is a finding, refused-suppression'),
      limits: key(limits(), 'How much is read: what is more is a finding'),
      'fail-on': key(oneOf([...severities, 'never']), 'The lowest severity that makes the exit code 1', 'error'),
      loosening: key(oneOf(looseningLevels), 'What --since and --staged make of a change that weakens the check: rules off or milder, more left out, a longer baseline, new suppressions', 'warning'),
      parser: key(oneOf(parsers), "PostgreSQL's own grammar, or one in pure JavaScript that reads less", 'libpg'),
    },
    'key',
  );
  return v.pipe(map, oneLockTimeout(), v.metadata(notBoth));
}

/** What may differ from one history to the other. */
function historyEntries() {
  return {
    framework: key(oneOf(frameworkNames), 'The tool that runs the migrations; detected where this does not say'),
    transaction: key(
      oneOf(transactionModes),
      'How statements share transactions: one for each file, one for the run, one message for each file, or each on its own',
    ),
    postgres: key(oneOf(postgresVersions), 'The oldest major version that the migrations will run on', oldestVersion),
    session: key(sessionSettings(), 'What is set on each connection before a migration runs, by the name of the setting'),
    'lock-timeout': key(duration(), 'Short for lock_timeout in session; 0 for none', 0),
    'new-tables': key(
      oneOf(newTablesScopes),
      'Since when a table counts as new, so that nobody waits for it: made by the same transaction, by the same migration, or by the batch that is linted',
      'migration',
    ),
    schema: key(
      path(),
      'What pg_dump --schema-only wrote, or structure.sql or schema.sql, relative to this file: what is there before the migrations',
    ),
    down: key(truth(), 'Lint the way down as well', false),
    'start-after': key(
      version(),
      'The last migration that is deployed everywhere: it and those before it are history, and nothing is said of them',
    ),
  };
}

/** `lock-timeout` is the short form of one setting of `session`. */
function oneLockTimeout<Map extends { readonly session?: object | undefined; readonly 'lock-timeout'?: number | undefined }>() {
  return v.rawCheck<Map>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { session = {}, 'lock-timeout': value } = dataset.value;
    if (value === undefined || !('lock_timeout' in session)) return;
    const message = 'lock-timeout says what session says of lock_timeout; keep one of them';
    addIssue({ message, path: [{ type: 'unknown', origin: 'key', input: dataset.value, key: 'lock-timeout', value }] });
  });
}

/** The same in JSON Schema. */
const notBoth = { not: { required: ['lock-timeout', 'session'], properties: { session: { required: ['lock_timeout'] } } } };
/** As the tool writes it: YAML takes `20240101` and `1.10` for numbers, and the second one would lose its end. */
function version() {
  const message = ({ input }: { readonly input: unknown }): string =>
    mustBe(`a version such as 20240101120000 or "1.2", with quotes where it has a dot`, input);
  const whole = v.pipe(v.number(message), v.safeInteger(message), v.minValue(0, message));
  return v.pipe(v.union([v.pipe(v.string(message), v.nonEmpty(message)), whole], message), v.transform(String));
}

function overrides(rules: readonly RuleMeta[]) {
  const one = closedMap(
    {
      paths: key(list(), 'Paths or globs relative to this file; without them, all migrations'),
      direction: key(oneOf(directions), 'The way up or the way down alone'),
      rules: v.pipe(closedMap(ruleEntries(rules), 'rule'), v.metadata({ description: 'Severities and options, by rule' })),
    },
    'key',
  );
  return v.array(one, ({ input }) => mustBe('a list of maps with rules', input));
}

function tables() {
  return closedMap(
    {
      small: key(size(), 'A table that holds less is small', defaultSmall),
      sizes: v.pipe(
        v.union([path(), sizesByTable()], ({ input }) => mustBe('a path, or a map of sizes by schema.table', input)),
        v.metadata({ description: 'A file of sizes relative to this file, or sizes by schema.table' }),
      ),
    },
    'key',
  );
}

function sizesByTable() {
  const name = v.pipe(
    v.string(),
    v.regex(/^[^.]+\../, ({ input }) => `a table is named with its schema, as in public.orders, not ${JSON.stringify(input)}`),
  );
  return v.pipe(v.custom<object>(isMap, ({ input }) => mustBe('a map', input)), refuseLostKeys('table'), v.record(name, size()));
}

function suppressions() {
  return closedMap(
    {
      squawk: key(truth(), 'What squawk reads', true),
      file: key(truth(), 'Comments for a whole file', true),
    },
    'kind of suppression',
  );
}

function limits() {
  return closedMap(
    {
      'file-size': key(size(), 'Of a file, or of standard input', usualLimits['file-size']),
      'statement-size': key(size(), 'Of one statement', usualLimits['statement-size']),
      changes: key(count(), 'Of a file: statements about rows make none', usualLimits.changes),
    },
    'limit',
  );
}

function count() {
  const message = ({ input }: { readonly input: unknown }): string => mustBe('a whole number of at least 1', input);
  return v.pipe(v.number(message), v.safeInteger(message), v.minValue(1, message));
}

const SIZE = /^\d+(\.\d+)?\s*(bytes|[kKMGTP]?B)?$/;

/** A number counts bytes. */
function size() {
  const message = ({ input }: { readonly input: unknown }): string => mustBe('a size such as 40kB, 10MB or 2GB', input);
  const isSize = (text: string): boolean => SIZE.test(text) && parseSize(text) !== undefined;
  return v.pipe(
    v.union(
      [
        v.pipe(v.string(message), v.check(isSize, message), v.metadata({ pattern: SIZE.source })),
        v.pipe(v.number(message), v.minValue(0, message)),
      ],
      message,
    ),
    v.transform((value) => parseSize(String(value)) ?? 0),
  );
}

/** An optional key, with what editors show while it is typed. */
function key<const Schema extends v.GenericSchema>(schema: Schema, description: string, fallback?: string | number | boolean) {
  return v.optional(v.pipe(schema, v.metadata({ description, ...(fallback === undefined ? {} : { default: fallback }) })));
}

function oneOf<const Words extends readonly (string | number)[]>(words: Words) {
  return v.picklist(words, ({ input }) => mustBeOneOf(words, input));
}

function pathOrPaths() {
  return v.union([glob(), root(), v.pipe(v.array(pathOrRoot(), notPaths), ...bounded((one: string | { readonly path: string }) => (typeof one === 'string' ? one : one.path)))], notPaths);
}

function notPaths({ input }: { readonly input: unknown }): string {
  return mustBe('a path, a map with a path, or a list of them', input);
}

function pathOrRoot() {
  return v.union([glob(), root()], ({ input }) => mustBe('a path, or a map with a path', input));
}

/** Migrations with what holds for them alone. */
function root() {
  const where = v.pipe(glob(), v.metadata({ description: 'A path or a glob relative to this file' }));
  return v.pipe(closedMap({ path: where, ...historyEntries() }, 'key'), oneLockTimeout(), v.metadata(notBoth));
}

function truth() {
  return v.boolean(({ input }) => mustBe('true or false', input));
}

/** Paths and globs. */
function list() {
  return v.pipe(v.array(glob(), ({ input }) => mustBe('a list of paths', input)), ...bounded(String));
}

/** Each file is tried on each of them. */
function bounded<Item>(globOf: (item: Item) => string) {
  const count = (items: readonly Item[]): number => items.map(globOf).reduce((sum, one) => sum + (isGlob(one) ? (alternativesOf(one)?.length ?? 1) : 0), 0);
  return [
    v.maxLength<Item[], number, string>(MOST_PATHS, `must be a list of at most ${MOST_PATHS} paths`),
    v.check<Item[], string>((items) => count(items) <= mostAlternatives, `must be globs that stand for at most ${mostAlternatives} in all, with their braces written out`),
  ] as const;
}

const MOST_PATHS = 5000;

function glob() {
  const message = ({ input }: { readonly input: unknown }): string => {
    const mistake = typeof input === 'string' ? globMistake(input) : undefined;
    return `${mustBe('a path or a glob', input)}${mistake === undefined ? '' : `: ${mistake}`}`;
  };
  return v.pipe(path(), v.check((written) => globMistake(written) === undefined, message));
}

function path() {
  const message = ({ input }: { readonly input: unknown }): string => mustBe('a path', input);
  return v.pipe(v.string(message), v.nonEmpty(message), v.maxLength(LONGEST_PATH, tooLong), v.check(isWithoutNul, 'must be a path, and no path holds a NUL'));
}

/** In UTF-16 code units, as it is written. */
const LONGEST_PATH = 4096;
const tooLong = `must be a path of at most ${LONGEST_PATH} characters`;

function isWithoutNul(path: string): boolean {
  return !path.includes('\0');
}

function ruleEntries(rules: readonly RuleMeta[]) {
  return Object.fromEntries(
    rules.map((meta) => [meta.id, key(ruleSetting(meta), `${meta.summary}. ${meta.hazard}.`, meta.severity)]),
  );
}

const levels = [...severities, 'off'] as const;

/** A severity, or a map of a severity and options. */
function ruleSetting({ id, severity, options = {} }: RuleMeta) {
  const level = key(oneOf(levels), 'How grave a finding is; off for none', severity);
  const settings = closedMap({ severity: level, ...optionEntries(options) }, `option of ${id}`);
  return v.union([oneOf(levels), settings], ({ input }) => {
    const isWord = typeof input === 'string';
    return isWord ? mustBeOneOf(levels, input) : mustBe(`one of ${levels.join(', ')}, or a map`, input);
  });
}

function optionEntries(options: Readonly<Record<string, RuleOption>>) {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, key(option.type === 'count' ? count() : duration(), option.description, option.type === 'count' ? Number(option.default) : option.default)]),
  );
}
