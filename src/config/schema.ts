// What may stand in `.pgmigrate-lint.yml`: the one source of its validation and of its published JSON schema.

import * as v from 'valibot';

import { frameworkNames } from '../model/framework.ts';
import { severities } from '../model/finding.ts';
import { newTablesScopes, transactionModes } from '../model/migration.ts';
import { presets, type RuleMeta, type RuleOption } from '../model/rule.ts';
import { parseDuration } from '../model/session.ts';
import { oldestVersion, postgresVersions } from '../model/version.ts';
import { closedMap } from './closed-map.ts';
import { mustBe, mustBeOneOf } from './complaint.ts';
import { parsers } from './config.ts';

/** The output has durations in milliseconds; absent keys stay absent. */
export function configSchema(rules: readonly RuleMeta[]) {
  return closedMap(
    {
      migrations: key(
        pathOrPaths(),
        'Where the migrations are: a path or a glob relative to this file, a map with a path and what holds there, or a list of them',
      ),
      ...historyEntries(),
      exclude: key(list(), 'Paths or globs of files that are no migrations'),
      extends: key(oneOf(presets), 'Which rules are on: those about safety, or those about design as well', 'recommended'),
      rules: key(closedMap(ruleEntries(rules), 'rule'), 'Severities and options, by rule'),
      'fail-on': key(oneOf([...severities, 'never']), 'The lowest severity that makes the exit code 1', 'error'),
      parser: key(oneOf(parsers), "PostgreSQL's own grammar, or one in pure JavaScript that reads less", 'libpg'),
    },
    'key',
  );
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
    'lock-timeout': key(duration(), 'The lock_timeout that the runner sets before each file; 0 for none', 0),
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
  };
}

/** An optional key, with what editors show while it is typed. */
function key<const Schema extends v.GenericSchema>(schema: Schema, description: string, fallback?: string | number | boolean) {
  return v.optional(v.pipe(schema, v.metadata({ description, ...(fallback === undefined ? {} : { default: fallback }) })));
}

function oneOf<const Words extends readonly (string | number)[]>(words: Words) {
  return v.picklist(words, ({ input }) => mustBeOneOf(words, input));
}

function pathOrPaths() {
  return v.union([path(), root(), v.array(pathOrRoot(), notPaths)], notPaths);
}

function notPaths({ input }: { readonly input: unknown }): string {
  return mustBe('a path, a map with a path, or a list of them', input);
}

function pathOrRoot() {
  return v.union([path(), root()], ({ input }) => mustBe('a path, or a map with a path', input));
}

/** Migrations with what holds for them alone. */
function root() {
  const where = v.pipe(path(), v.metadata({ description: 'A path or a glob relative to this file' }));
  return closedMap({ path: where, ...historyEntries() }, 'key');
}

function truth() {
  return v.boolean(({ input }) => mustBe('true or false', input));
}

function list() {
  return v.array(path(), ({ input }) => mustBe('a list of paths', input));
}

function path() {
  const message = ({ input }: { readonly input: unknown }): string => mustBe('a path', input);
  return v.pipe(v.string(message), v.nonEmpty(message));
}

const LONGEST_DURATION = 2_147_483_647;
/** As PostgreSQL writes it, without the forms that nobody uses (`0x1F4`, `1e3`). */
const DURATION = /^\d+(\.\d+)?\s*(us|ms|s|min|h|d)?$/;

/** A number counts milliseconds. */
function duration() {
  const message = ({ input }: { readonly input: unknown }): string => mustBe('a duration such as 5s, 500ms or 1min', input);
  const isDuration = (text: string): boolean => DURATION.test(text) && parseDuration(text) !== undefined;
  return v.pipe(
    v.union(
      [
        v.pipe(v.string(message), v.check(isDuration, message), v.metadata({ pattern: DURATION.source })),
        v.pipe(v.number(message), v.minValue(0, message), v.maxValue(LONGEST_DURATION, message)),
      ],
      message,
    ),
    v.transform((value) => parseDuration(String(value)) ?? 0),
  );
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
    Object.entries(options).map(([name, option]) => [name, key(duration(), option.description, option.default)]),
  );
}
