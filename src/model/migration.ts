// How the files of a migration directory are run.

/** `file`: the runner opens one transaction for the file. `statement`: every statement is on its own. */
export const transactionModes = ['file', 'statement'] as const;

export type TransactionMode = (typeof transactionModes)[number];
