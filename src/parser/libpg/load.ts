// Loads PostgreSQL's grammar. The only file that touches libpg-query itself.

import type { ParseResult } from '@pgsql/types';
import { flatComments, flatCommentsInside } from './flat-comments.ts';
import type { PlpgsqlResult } from './plpgsql/tree.ts';

export interface Grammar {
  /** Throws `GrammarError` where PostgreSQL would report a syntax error. */
  parse(sql: string): ParseResult;
  /** A CREATE FUNCTION or DO statement as PL/pgSQL. Throws where it is none. */
  parseBlock(sql: string): PlpgsqlResult;
}

/** `offset` is in Unicode code points from the start of the text. */
export class GrammarError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'GrammarError';
    this.offset = offset;
  }
}

let loading: Promise<Grammar> | undefined;

/** The grammar, loaded once for the process. */
export function loadGrammar(): Promise<Grammar> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Grammar> {
  const library = await import('libpg-query');
  await library.loadModule();
  return {
    parseBlock: (sql) => library.parsePlPgSQLSync(flatCommentsInside(sql)) as unknown as PlpgsqlResult,
    parse: (sql) => {
      const nul = sql.indexOf('\0');
      if (nul >= 0) throw new GrammarError('invalid byte 0x00', Array.from(sql.slice(0, nul)).length);
      try {
        return library.parseSync(flatComments(sql)) as ParseResult;
      } catch (error) {
        throw asGrammarError(error);
      }
    },
  };
}

function asGrammarError(error: unknown): unknown {
  if (!(error instanceof Error) || !('sqlDetails' in error)) return error;
  const details = error.sqlDetails as { readonly cursorPosition?: number } | undefined;
  return new GrammarError(error.message, details?.cursorPosition ?? 0);
}
