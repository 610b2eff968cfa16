// What a configuration checks less than another one, in sentences. What makes it check more is nobody's concern.

import type { Config, HistoryConfig, MigrationsConfig } from '../../config/config.ts';
import { severities } from '../../model/finding.ts';
import { defaultLimits, type Limits } from '../../model/limits.ts';
import { looseningLevels, type LooseningKind } from '../../model/loosening.ts';
import { newTablesScopes } from '../../model/migration.ts';
import { parseDuration, printDuration } from '../../model/session.ts';
import { list } from '../../text/list.ts';

export interface Change {
  readonly kind: LooseningKind;
  /** Where it stands in the configuration. */
  readonly keys: readonly (string | number)[];
  readonly message: string;
}

/** All but what is about rules, tables and the baseline. */
export function looserThan(before: Config, after: Config): Change[] {
  return [
    ...migrationChanges(before, after),
    ...historyChanges(before, after, []),
    ...after.migrations.flatMap((entry, index) => historyChanges(entryLike(entry, before) ?? {}, entry, [index])),
    ...exclusionChanges(before.exclude, after.exclude),
    ...milder('fail-on', [...severities.toReversed(), 'never'], before.failOn ?? 'error', after.failOn ?? 'error', (level) => (level === 'never' ? 'no finding fails the run' : `findings fail the run from "${level}" on`)),
    ...milder('loosening', looseningLevels, before.loosening ?? 'warning', after.loosening ?? 'warning', (level) => `changes that weaken the check are "${level}"`),
    ...(after.parser === 'portable' && before.parser !== 'portable' ? [scope(['parser'], 'the parser is "portable", which reads less than PostgreSQL')] : []),
    ...(['squawk', 'file'] as const).flatMap((kind) => (after.suppressions[kind] && !before.suppressions[kind] ? [scope(['suppressions', kind], `comments ${kind === 'file' ? 'for a whole file' : 'for squawk'} may suppress findings`)] : [])),
    ...limitChanges({ ...defaultLimits, ...before.limits }, { ...defaultLimits, ...after.limits }),
  ];
}

function scope(keys: Change['keys'], message: string): Change {
  return { kind: 'scope', keys, message };
}

/** One behind ! brings back what others leave out; later ones win. */
function exclusionChanges(before: readonly string[], after: readonly string[]): Change[] {
  const isBack = (path: string): boolean => path.startsWith('!');
  const added = after.flatMap((path, index) => (isBack(path) || before.includes(path) ? [] : [scope(['exclude', index], `files of "${path}" are left out`)]));
  const gone = before.filter((path) => isBack(path) && !after.includes(path)).map((path) => scope(['exclude'], `files of "${path.slice(1)}" are not brought back any more`));
  return [...added, ...gone, ...(isReordered(before, after) ? [scope(['exclude'], 'the patterns stand in another order, and the last one that fits counts')] : [])];
}

/** Do those of both stand in another order? */
export function isReordered(before: readonly string[], after: readonly string[]): boolean {
  const kept = before.filter((one) => after.includes(one));
  return after.filter((one) => before.includes(one)).some((one, index) => one !== kept[index]);
}

function entryLike({ path }: MigrationsConfig, { migrations }: Config): MigrationsConfig | undefined {
  return migrations.find((entry) => entry.path === path);
}

/** Where nothing is named, all that is found is linted. */
function migrationChanges(before: Config, after: Config): Change[] {
  if (after.migrations.length === 0) return [];
  const paths = list(after.migrations.map(({ path }) => `"${path}"`));
  if (before.migrations.length === 0) return [scope(['migrations'], `only ${paths} is linted; before, all that was found`)];
  return before.migrations.filter((entry) => entryLike(entry, after) === undefined).map(({ path }) => scope(['migrations'], `"${path}" is not linted any more`));
}

/** `place`: of an entry of `migrations`. */
function historyChanges(before: Partial<HistoryConfig>, after: Partial<HistoryConfig>, place: readonly number[]): Change[] {
  const at = (key: string): Change['keys'] => (place.length === 0 ? [key] : ['migrations', ...place, key]);
  const changed = <K extends 'framework' | 'transaction' | 'schema' | 'startAfter'>(name: K, key: string, say: (value: NonNullable<HistoryConfig[K]>) => string): Change[] => {
    const [old, now] = [before[name], after[name]];
    return now === undefined || now === old ? [] : [scope(at(key), `${say(now as NonNullable<HistoryConfig[K]>)}${old === undefined ? '' : `; it was "${old}"`}`)];
  };
  return [
    ...changed('startAfter', 'start-after', (version) => `migrations up to "${version}" are not linted`),
    ...changed('schema', 'schema', (path) => `the history starts from "${path}"`),
    ...changed('framework', 'framework', (name) => `the tool is "${name}"`),
    ...changed('transaction', 'transaction', (mode) => `the transaction mode is "${mode}"`),
    ...(after.postgres !== undefined && after.postgres > (before.postgres ?? 0) ? [scope(at('postgres'), `the oldest PostgreSQL is ${after.postgres}${before.postgres === undefined ? '' : `; it was ${before.postgres}`}`)] : []),
    ...(before.down === true && after.down !== true ? [scope(at('down'), 'ways down are not linted any more')] : []),
    ...milder('new-tables', newTablesScopes, before.newTables ?? 'migration', after.newTables ?? 'migration', (since) => `tables are new to the end of the ${since} that makes them`).map((change) => ({ ...change, keys: at('new-tables') })),
    ...sessionChanges(before.session, after.session).map(({ name, message }) => scope(at(name === 'lock_timeout' && place.length === 0 ? 'lock-timeout' : 'session'), message)),
  ];
}

/** `words`: the strictest first. */
function milder<Word extends string>(key: string, words: readonly Word[], before: Word, after: Word, say: (word: Word) => string): Change[] {
  if (words.indexOf(after) <= words.indexOf(before)) return [];
  return [{ kind: key === 'new-tables' ? 'scope' : 'limit', keys: [key], message: `${say(after)}; it was "${before}"` }];
}

function sessionChanges(before: HistoryConfig['session'] = {}, after: HistoryConfig['session'] = {}): { readonly name: string; readonly message: string }[] {
  return Object.entries(after).flatMap(([name, value]) => {
    const old = before[name];
    if (JSON.stringify(old) === JSON.stringify(value)) return [];
    return [{ name, message: `each connection is taken to set ${name}${'text' in value ? ` to ${settingInWords(name, value.text)}` : ''}` }];
  });
}

function settingInWords(name: string, text: string): string {
  const milliseconds = name.endsWith('_timeout') ? parseDuration(text) : undefined;
  return milliseconds === undefined ? text : printDuration(milliseconds);
}

const limitNames: Readonly<Record<keyof Limits, string>> = { fileSize: 'file-size', statementSize: 'statement-size', changes: 'changes' };

function limitChanges(before: Limits, after: Limits): Change[] {
  return (['fileSize', 'statementSize', 'changes'] as const).flatMap((name) =>
    after[name] >= before[name] ? [] : [{ kind: 'limit', keys: ['limits', limitNames[name]], message: `no more than ${after[name]} is read for "${limitNames[name]}"; it was ${before[name]}` }],
  );
}
