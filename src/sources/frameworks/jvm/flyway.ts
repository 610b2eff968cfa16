// Flyway: V2__x.sql by version, R__x.sql last, U2__x.sql takes back, callbacks run around them.
// Source: documentation.red-gate.com/flyway (migration-transaction-handling, script-configuration).

import { inOneFile } from '../authoring/layouts.ts';
import { fileCalledAlike } from '../authoring/marks.ts';
import { dialectOf, type Dialect } from '../../../model/dialect.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import type { Settings } from '../../../model/session.ts';
import { splitStatements } from '../../../text/split-statements.ts';
import type { Directory } from '../../disk/directory.ts';
import { safeMarks } from '../dialect.ts';
import { uncut } from '../files/cut.ts';
import { leadingWords } from '../files/leading-words.ts';
import { isShare, migrationLike, withoutWaysDown } from '../files/majority.ts';
import { nameOf } from '../files/places.ts';
import type { Cut, Framework, Place, SqlFile } from '../framework.ts';
import { settingsOfOptions, settingsOfSql } from '../settings/connection-settings.ts';
import { property } from '../settings/properties.ts';
import { springSettings } from '../settings/spring.ts';
import { callbackReason, callbackSettings } from './flyway/callbacks.ts';
import { configurationFiles, said, saidLists } from './flyway/configuration.ts';
import { waitingForLock } from './flyway/transactional-lock.ts';
import { locationsAround, locationsOf } from './flyway/locations.ts';
import { namingOf, type Naming } from './flyway/names.ts';

const OUTSIDE = 'executeInTransaction=false\n';

export const flyway: Framework = {
  name: 'flyway',
  title: 'Flyway',
  dialect,
  leaving: 'a file of its own, which it runs without a transaction, and flyway.postgresql.transactional.lock=false',
  authoring: { numbering: 'version', outside: 'marked', sendsSingly: true, mark: fileCalledAlike('.conf', OUTSIDE), write: inOneFile({ numbering: 'version', nameOfWayDown: (name) => name.replace(/^V(?=\d)/, 'U'), besideOutside: { ending: '.conf', text: OUTSIDE } }) },
  layout: 'nested',
  rootOf,
  isKnownByNames: true,
  evidence: {
    runs: /\borg\.flywaydb\b|\bflyway-(?:core|database-postgresql|maven-plugin|commandline)\b|\b(?:redgate|flyway)\/flyway\b|\bflyway\s+(?:-\S+\s+)*(?:migrate|info|validate)\b/,
    files: ['flyway.conf', 'flyway.toml'],
  },
  foldersOf: (root) => locationsOf(root)?.folders,
  /** Source: MigrationInfoImpl.validate(), ChecksumCalculator, CompositeMigrationResolver.checkForIncompatibilities() of flyway-core, 11. */
  conduct: {
    late: 'refuses',
    lateIn: (root) => (isSet(root, 'outOfOrder') ? 'runs' : undefined),
    unless: 'outOfOrder is set',
    compares: 'lines',
    comparesNames: true,
    changed: 'refuses to migrate where this migration has run, because its checksum differs',
    missesRepeatable: true,
    gone: 'refuses to migrate where it has run ("applied migration not resolved locally")',
    twins: 'refuses to migrate with two files of one version',
  },
  transaction: (root) => (root && isSet(root, 'group') ? 'run' : 'file'),
  endings: (root) => saidLists(root, 'sqlMigrationSuffixes')[0]?.items ?? [],
  remembers: 'number',
  places: (root, paths) => {
    const naming = namingOf(root);
    return (path) => placeOf(path, paths, naming);
  },
  cut,
  settings,
};

/** In a folder that the configuration names, one file is enough; elsewhere the names of half of them have to say it, ways down aside. */
function rootOf(directory: Directory): Directory | undefined {
  const naming = namingOf(directory);
  const isOwn = (name: string): boolean => naming(name) !== undefined;
  const locations = locationsAround(directory);
  if (locations && directory.sqlFiles.some(isOwn)) return locations.root;
  const files = withoutWaysDown(migrationLike(directory), (name) => naming(name)?.kind === 'undo');
  return isShare(files, isOwn, 'half') ? directory : undefined;
}

function placeOf(path: string, paths: readonly string[], naming: Naming): Place | undefined {
  const named = naming(path);
  if (named === undefined) return undefined;
  if (named.kind === 'callback') return { role: 'callback', order: ['callback', path], reason: callbackReason(named.event) };
  if (named.kind === 'repeatable') return { role: 'up', order: ['repeatable', nameOf(path)], isRepeatable: true };
  const order = numbersOf(named.version);
  if (named.kind === 'undo') return { role: 'down', order };
  return { role: named.kind === 'baseline' && standsIn(order, paths, naming) ? 'baseline' : 'up', order };
}

function numbersOf(version: string): bigint[] {
  const numbers = version.split(/[._]/).map((part) => BigInt(part || 0));
  while (numbers.length > 1 && numbers.at(-1) === 0n) numbers.pop();
  return numbers;
}

/** Where the migrations that a baseline sums up are still there, no database in use runs it. */
function standsIn(version: readonly bigint[], paths: readonly string[], naming: Naming): boolean {
  return paths.some((path) => {
    const named = naming(path);
    return named?.kind === 'versioned' && isAtMost(numbersOf(named.version), version);
  });
}

function isAtMost(left: readonly bigint[], right: readonly bigint[]): boolean {
  const index = left.findIndex((number, position) => number !== right[position]);
  return index < 0 || (left[index] ?? 0n) < (right[index] ?? 0n);
}

/** A file that can't run in a transaction runs without one; one that mixes both kinds of statements fails. Source of comments: Parser.readToken(). */
function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const { directory, name } = file;
  const says = property(directory?.text(`${name}.conf`) ?? '', /^executeInTransaction$/i);
  const isWithout = says === undefined ? runsWithout(file) : says === 'false';
  return { ...uncut(file, isWithout ? 'statement' : transaction), hasFlatComments: true, unsupported: isWithout ? waitingForLock(file) : [] };
}

function runsWithout({ text, directory }: SqlFile): boolean {
  const isRefused = Array.from(splitStatements(text), ({ start, end }) => refused.test(leadingWords(text, { start, end })));
  const mayMix = directory !== undefined && isSet(directory, 'mixed');
  return mayMix ? isRefused.includes(true) : isRefused.length > 0 && !isRefused.includes(false);
}

/** What Flyway knows of. Source: PostgreSQLParser.detectCanExecuteInTransaction(). */
const refused =
  /^(?:(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER SYSTEM|(?:CREATE|DROP)(?: UNIQUE)? INDEX CONCURRENTLY|REINDEX(?: VERBOSE)? (?:SCHEMA|DATABASE|SYSTEM)|VACUUM|DISCARD ALL)\b/;

function isSet(directory: Directory, key: string): boolean {
  return said(directory, key) === 'true';
}

function settings(root: Directory): Settings {
  const texts = configurationFiles(root).map(({ text }) => text);
  const first = said(root, 'initSql') ?? said(root, 'initSqls') ?? '';
  return new Map([
    ...springSettings(root, 'flyway'),
    ...settingsOfOptions(texts.join('\n')),
    ...settingsOfSql(first),
    ...callbackSettings(root),
  ]);
}

/** Source: documentation.red-gate.com/flyway, "Placeholders"; PostgreSQLParser.readCopyData() and PlaceholderReplacingReader of its source. */
function dialect({ name, directory, root = directory }: SqlFile): Dialect {
  const ofFile = property(directory?.text(`${name}.conf`) ?? '', /^placeholderReplacement$/i);
  const isOff = (ofFile ?? (root && said(root, 'placeholderReplacement'))) === 'false';
  const prefix = (root && said(root, 'placeholderPrefix')) ?? '${';
  const suffix = (root && said(root, 'placeholderSuffix')) ?? '}';
  const isUsual = prefix === '${' && suffix === '}';
  return { ...dialectOf('Flyway', isUsual && !isOff ? ['brace'] : [], isUsual || isOff ? [] : safeMarks({ prefix, suffix })), hasCopyRows: true };
}
