// Loads pgsql-ast-parser, which few runs need.

import type { Statement } from 'pgsql-ast-parser';

/** Throws errors of many kinds for what it can't read. */
export type Reader = (sql: string) => readonly Statement[];

export async function loadReader(): Promise<Reader> {
  const { parse } = await import('pgsql-ast-parser');
  return (sql) => parse(sql);
}
