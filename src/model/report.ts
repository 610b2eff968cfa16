// What one run of lint or explain has to say: the data that all formats print.

import type { Range } from '../text/source-text.ts';
import type { Culprit } from './culprit.ts';
import type { Effect, Work } from './effect.ts';
import type { Finding, SuppressedFinding } from './finding.ts';
import type { Loosening } from './loosening.ts';
import type { QualifiedName } from './names.ts';
import type { TransactionAction } from './statement.ts';
import type { TransactionPlace } from './timeline.ts';
import type { PostgresVersion, VersionSource } from './version.ts';

export interface Summary {
  /** All migrations that were read, history included. */
  readonly migrations: number;
  readonly linted: number;
  /** Statements of the linted migrations. */
  readonly statements: number;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly suppressed: number;
  /** Pieces of the linted migrations that the parser could not read; each is a finding too. */
  readonly unparsed: number;
}

export interface Report {
  /** The oldest one that any of the migrations will run on. */
  readonly postgres: PostgresVersion;
  readonly versionSource: VersionSource;
  readonly summary: Summary;
  /** By migration in the order of history, then by place. */
  readonly findings: readonly Finding[];
  /** In the same order; they count for no severity. */
  readonly suppressed: readonly SuppressedFinding[];
  /** Of migrations that are history in files that hold linted ones too: they count for nothing, and are not gone. */
  readonly besideNew?: readonly Finding[];
  /** What the branch changes so that less is checked; undefined where no earlier commit was named. */
  readonly loosened?: readonly Loosening[] | undefined;
  /** Rules that have a bug, and did not say all that they have to say. */
  readonly failures: readonly RuleFailure[];
}

export interface RuleFailure {
  readonly rule: string;
  readonly path: string;
  /** Of the statement with which it begins to fail. */
  readonly line: number;
  readonly statement: string;
  readonly cause: unknown;
}

export interface Explanation {
  /** As in a report. */
  readonly postgres: PostgresVersion;
  readonly versionSource: VersionSource;
  readonly migrations: readonly ExplainedMigration[];
}

/** A piece of a migration that could not be read. */
export interface Unread extends Range {
  readonly message: string;
}

export interface ExplainedMigration {
  readonly path: string;
  /** As its tool tells it from others in its file; undefined where it has no name. */
  readonly name?: string | undefined;
  /** What runs it, and how: `Flyway, one transaction per file`. */
  readonly tool: string;
  readonly unread: readonly Unread[];
  readonly statements: readonly ExplainedStatement[];
}

export interface ExplainedStatement extends Range {
  readonly command: string;
  readonly transaction: TransactionPlace;
  /** Statements of the same number share a transaction, over all migrations of a run; undefined for one that is alone in its own. */
  readonly sharedTransaction?: number | undefined;
  /** What it says of transactions: BEGIN, COMMIT and the rest. */
  readonly action?: TransactionAction | undefined;
  /** As PostgreSQL prints it; null for none, or for one that only the server knows. */
  readonly lockTimeout: string | null;
  readonly effects: readonly Effect[];
  readonly blocks: { readonly reads: readonly string[]; readonly writes: readonly string[] };
  /** It can't be read from the text what it does. */
  readonly opaque: boolean;
  /** Why it is. */
  readonly culprit?: Culprit | undefined;
  /** Undefined where PostgreSQL may well run it. `code`: SQLSTATE; undefined where it may be one of several. `message`: without it. */
  readonly refusal?: { readonly code: string | undefined; readonly message: string } | undefined;
}

/** What a server did, statement by statement. */
export interface Trace {
  readonly postgres: PostgresVersion;
  readonly migrations: readonly TracedMigration[];
}

export interface TracedMigration {
  readonly path: string;
  readonly name?: string | undefined;
  /** As in what is explained. */
  readonly tool: string;
  readonly unread: readonly Unread[];
  readonly statements: readonly TracedStatement[];
}

/** `effects` were observed; they are all known. */
export interface TracedStatement extends Omit<ExplainedStatement, 'opaque' | 'culprit' | 'refusal'> {
  /** How long the server took for it, in milliseconds; undefined where it did not run it. */
  readonly took?: number | undefined;
  /** Work whose lock could not be seen: the server has one session alone, and the statement can't run in a transaction. */
  readonly unseenLocks: readonly { readonly relation: QualifiedName; readonly work: readonly Work[]; readonly new: boolean }[];
  /** `code`: SQLSTATE. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
  /** Why it was not sent to the server, or why what the server said of it says nothing of the statement. */
  readonly notRun: string | undefined;
  /** The server ran it, and could have done something else than is claimed. */
  readonly isProof: boolean;
  /** Where the claim about it is another, in sentences. */
  readonly differences: readonly string[];
}

/** What a server did because of migrations as they are, and as cures would have them. */
export interface Proof {
  /** `PostgreSQL 18.6 (PGlite 0.5.16)`. */
  readonly server: string;
  /** The migrations that cures change, and those that they write. */
  readonly before: readonly TracedMigration[];
  readonly after: readonly TracedMigration[];
  /** Undefined where PostgreSQL refuses what there was, so that nothing can be compared. */
  readonly differences: readonly string[] | undefined;
  /** Objects that were compared. */
  readonly objects: number;
  /** What PostgreSQL refuses of what cures would write. */
  readonly refused: readonly string[];
}
