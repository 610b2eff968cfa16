// How the files of a migration directory are run.

import type { Span } from '../text/span.ts';

/**
 * How statements share transactions. `file`: the tool opens one for the file · `run`: one for all pending files · `batch`: the file is
 * sent as one message, which PostgreSQL runs in an implicit transaction if it holds more than one statement · `statement`: each
 * statement is on its own.
 */
export const transactionModes = ['file', 'run', 'batch', 'statement'] as const;

export type TransactionMode = (typeof transactionModes)[number];

/** Since when what was made counts as new, so that nobody uses it yet. `batch`: since the first of the migrations that are deployed together. */
export const newTablesScopes = ['transaction', 'migration', 'batch'] as const;

export type NewTables = (typeof newTablesScopes)[number];

/** A piece of a migration whose statements share transactions: the whole of it, or a changeset. */
export interface Part {
  /** In the order of the text; what lies between belongs to somebody else. */
  readonly spans: readonly Span[];
  readonly transaction: TransactionMode;
}

/**
 * What a migration shares with the one before it. `connection`: if both are pending, they run on one; if not, on two ·
 * `transaction`: they are one script, and whatever is open goes on · `session`: so does what a BEGIN has opened, and nothing that was opened for
 * one message.
 */
export type Joining = 'nothing' | 'connection' | 'transaction' | 'session';

/**
 * `always`: in each run of the tool, so that what it sets holds for all behind it · `somewhere`: in some databases and not in others ·
 * `perhaps`: what is there when its turn comes decides whether it is run.
 */
export type Occurrence = 'once' | 'always' | 'somewhere' | 'perhaps';
