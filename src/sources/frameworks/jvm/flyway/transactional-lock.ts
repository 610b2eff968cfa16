// The lock that Flyway holds while it migrates. Since 9.1 a transaction of its own holds it, with a snapshot, unless
// flyway.postgresql.transactional.lock is false; what waits for all older snapshots waits for ever then.
// Source: PostgreSQLAdvisoryLockTemplate and PostgreSQLConfigurationExtension of its source; documentation.red-gate.com/flyway, "Flyway
// PostgreSQL Transactional Lock Setting"; github.com/flyway/flyway/issues/3497, 3508, 3682, 3854.

import { splitStatements } from '../../../../text/split-statements.ts';
import type { Directory } from '../../../disk/directory.ts';
import { isSaid } from '../../evidence.ts';
import { leadingWords } from '../../files/leading-words.ts';
import type { SqlFile, Unsupported } from '../../framework.ts';
import { configurationFiles } from './configuration.ts';
import { flywayVersion } from './version.ts';

/** What builds an index CONCURRENTLY waits for older snapshots, what drops one does not. Source: WaitForOlderSnapshots() in src/backend/commands/indexcmds.c. */
const waiting = /^(?:CREATE(?: UNIQUE)? INDEX CONCURRENTLY|REINDEX\b.*\bCONCURRENTLY)\b/;

/** Of a file that runs without a transaction, the first one: a run gets no further. Where nothing says which Flyway runs it, or where it may be set in code, it is not certain. */
export function waitingForLock({ text, directory, root = directory }: SqlFile): readonly Unsupported[] {
  const version = root && flywayVersion(root);
  if ((root && isLockSet(root)) || (version && !isAtLeast(version, [9, 1]))) return [];
  const isCertain = version !== undefined && root !== undefined && configurationFiles(root).length > 0;
  const statements = Array.from(splitStatements(text), ({ start, end }) => ({ start, end }));
  return statements
    .filter((span) => waiting.test(leadingWords(text, span)))
    .slice(0, 1)
    .map((span) => ({ span, statement: span, message: isCertain ? certain : perhaps, help, isCertain }));
}

const reason = 'waits for ever here: this build waits for older snapshots to go, and the transaction in which Flyway holds its lock has one';
const certain = `Flyway ${reason}`;
const perhaps = `Flyway from 9.1 on ${reason}`;
const help = 'Set flyway.postgresql.transactional.lock=false (spring.flyway.postgresql.transactional-lock in Spring), so that the lock is one of the session';

/** In any of its settings, in what it is called with, or in code; whoever sets it knows of it. */
function isLockSet(root: Directory): boolean {
  return configurationFiles(root).some(({ text }) => spellings.test(text)) || isSaid(spellings, root) || isSetInCode(topOf(root));
}

/** The highest folder that is built, so that nothing of other projects is read. */
function topOf(root: Directory): Directory {
  const above = [...root.upwards()];
  return above.findLast(({ names }) => names.some((name) => built.test(name))) ?? above.at(-1) ?? root;
}

const built = /^(?:pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|build\.sbt|flyway\.(?:conf|toml))$/;

const known = new WeakMap<Directory, boolean>();

function isSetInCode(top: Directory): boolean {
  const answer = known.get(top) ?? codeBelow(top).some((text) => spellings.test(text));
  known.set(top, answer);
  return answer;
}

/** Code that sets Flyway up, wherever in the project it stands: by the names that people give it. */
function codeBelow(top: Directory): readonly string[] {
  const texts: string[] = [];
  const pending = [top];
  for (const directory of pending) {
    texts.push(...directory.names.filter((name) => configuring.test(name)).map((name) => directory.beginning(name)));
    if (texts.length > MOST) break;
    if (pending.length < MOST) pending.push(...directory.folders.filter(({ name }) => !ignored.has(name) && !name.startsWith('.')));
  }
  return texts;
}

const configuring = /(?:flyway|migrat|database|postgres|datasource|persistence|config|application|main|db)[^/]*\.(?:java|kts?|groovy|scala|clj)$/i;
const ignored: ReadonlySet<string> = new Set(['node_modules', 'build', 'target', 'out', 'dist', 'test', 'vendor']);
/** So many folders are looked into, and so many files. */
const MOST = 5000;

const spellings = /transactional[._-]?lock/i;

function isAtLeast([major, minor]: readonly [number, number], [least, leastMinor]: readonly [number, number]): boolean {
  return major > least || (major === least && minor >= leastMinor);
}
