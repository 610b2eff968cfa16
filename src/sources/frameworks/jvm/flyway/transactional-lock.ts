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

/** Of a file that runs without a transaction. Where nothing says which Flyway runs it, or where it may be set in code, it is not certain. */
export function waitingForLock({ text, directory, root = directory }: SqlFile): readonly Unsupported[] {
  const version = root && flywayVersion(root);
  if ((root && isLockSet(root)) || (version && !isAtLeast(version, [9, 1]))) return [];
  const isCertain = version !== undefined && root !== undefined && configurationFiles(root).length > 0;
  const statements = Array.from(splitStatements(text), ({ start, end }) => ({ start, end }));
  return statements
    .filter((span) => waiting.test(leadingWords(text, span)))
    .map((span) => ({ span, statement: span, message: isCertain ? certain : perhaps, help, isCertain }));
}

const reason = 'waits for ever here: this build waits for older snapshots to go, and the transaction in which Flyway holds its lock has one';
const certain = `Flyway ${reason}`;
const perhaps = `Flyway from 9.1 on ${reason}`;
const help = 'Set flyway.postgresql.transactional.lock=false (spring.flyway.postgresql.transactional-lock in Spring), so that the lock is one of the session';

/** In any of its settings, in what it is called with, or in the code beside the migrations; whoever sets it knows of it. */
function isLockSet(root: Directory): boolean {
  return configurationFiles(root).some(({ text }) => spellings.test(text)) || isSaid(spellings, root);
}

const spellings = /transactional[._-]?lock/i;

function isAtLeast([major, minor]: readonly [number, number], [least, leastMinor]: readonly [number, number]): boolean {
  return major > least || (major === least && minor >= leastMinor);
}
