// Flyway: V2__x.sql by version, R__x.sql last, U2__x.sql takes back.
// Source: documentation.red-gate.com/flyway (migration-transaction-handling, script-configuration).

import type { TransactionMode } from '../../model/migration.ts';
import type { Settings } from '../../model/session.ts';
import { splitStatements } from '../../text/split-statements.ts';
import type { Directory } from '../disk/directory.ts';
import { settingsOfOptions, settingsOfSql } from './settings/connection-settings.ts';
import { uncut } from './files/cut.ts';
import type { Cut, Framework, Place, SqlFile } from './framework.ts';
import { leadingWords } from './files/leading-words.ts';
import { nameOf } from './files/places.ts';
import { property } from './settings/properties.ts';
import { springConfiguration, springSettings } from './settings/spring.ts';

export const flyway: Framework = {
  name: 'flyway',
  title: 'Flyway',
  leaving: 'a file of its own, which it runs without a transaction',
  layout: 'nested',
  rootOf: (directory) => (isFlyway(directory) ? directory : undefined),
  isKnownByNames: true,
  evidence: {
    runs: /\borg\.flywaydb\b|\bflyway-(?:core|database-postgresql|maven-plugin|commandline)\b|\b(?:redgate|flyway)\/flyway\b|\bflyway\s+(?:-\S+\s+)*(?:migrate|info|validate)\b/,
    files: ['flyway.conf', 'flyway.toml'],
  },
  transaction: (root) => (root && isSet(root, /(?:^|\.)group$/) ? 'run' : 'file'),
  places: (_, paths) => (path) => placeOf(path, paths),
  cut,
  settings,
};

const versioned = /^([VUB])(\d[\d._]*)__.*\.sql$/;
const repeatable = /^R__.*\.sql$/;

function isFlyway(directory: Directory): boolean {
  return directory.sqlFiles.some((name) => versioned.test(name) || repeatable.test(name));
}

function placeOf(path: string, paths: readonly string[]): Place | undefined {
  const name = nameOf(path);
  if (repeatable.test(name)) return { role: 'up', order: ['repeatable', name] };
  const [, prefix, version] = versioned.exec(name) ?? [];
  if (version === undefined) return undefined;
  const order = numbersOf(version);
  if (prefix === 'U') return { role: 'down', order };
  return { role: prefix === 'B' && standsIn(version, paths) ? 'baseline' : 'up', order };
}

function numbersOf(version: string): bigint[] {
  const numbers = version.split(/[._]/).map((part) => BigInt(part || 0));
  while (numbers.length > 1 && numbers.at(-1) === 0n) numbers.pop();
  return numbers;
}

/** Where the migrations that a baseline sums up are still there, no database in use runs it. */
function standsIn(version: string, paths: readonly string[]): boolean {
  return paths.some((path) => {
    const [, prefix, other = ''] = versioned.exec(nameOf(path)) ?? [];
    return prefix === 'V' && isAtMost(numbersOf(other), numbersOf(version));
  });
}

function isAtMost(left: readonly bigint[], right: readonly bigint[]): boolean {
  const index = left.findIndex((number, position) => number !== right[position]);
  return index < 0 || (left[index] ?? 0n) < (right[index] ?? 0n);
}

/** A file that can't run in a transaction runs without one; one that mixes both kinds of statements fails. */
function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const { directory, name } = file;
  const says = property(directory?.text(`${name}.conf`) ?? '', /^executeInTransaction$/i);
  const isWithout = says === undefined ? runsWithout(file) : says === 'false';
  return uncut(file, isWithout ? 'statement' : transaction);
}

function runsWithout({ text, directory }: SqlFile): boolean {
  const isRefused = Array.from(splitStatements(text), ({ start, end }) => refused.test(leadingWords(text, { start, end })));
  const mayMix = directory !== undefined && isSet(directory, /(?:^|\.)mixed$/);
  return mayMix ? isRefused.includes(true) : isRefused.length > 0 && !isRefused.includes(false);
}

/** What Flyway knows of. Source: PostgreSQLParser.detectCanExecuteInTransaction(). */
const refused =
  /^(?:(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER SYSTEM|(?:CREATE|DROP)(?: UNIQUE)? INDEX CONCURRENTLY|REINDEX(?: VERBOSE)? (?:SCHEMA|DATABASE|SYSTEM)|VACUUM|DISCARD ALL)\b/;

function configuration(directory: Directory): string {
  return directory.nearest('flyway.toml', 'flyway.conf', 'conf/flyway.conf', 'application.properties');
}

function isSet(directory: Directory, key: RegExp): boolean {
  return property(configuration(directory), key) === 'true';
}

function settings(root: Directory): Settings {
  const texts = [springConfiguration(root), configuration(root)];
  const first = texts.map((text) => property(text, /(?:^|\.)init-?sqls?$/i) ?? '');
  return new Map([...springSettings(root, 'flyway'), ...settingsOfOptions(configuration(root)), ...settingsOfSql(first.join('\n'))]);
}
