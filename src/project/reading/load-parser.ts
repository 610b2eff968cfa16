// The front end for a run: PostgreSQL's own grammar, or the portable one where that is asked for or WebAssembly is missing.

import type { Limits } from '../../model/limits.ts';
import { loadGrammar } from '../../parser/libpg/load.ts';
import { libpgParser } from '../../parser/libpg/parse.ts';
import type { Parser } from '../../parser/parser.ts';
import { loadReader } from '../../parser/portable/load.ts';
import { portableParser } from '../../parser/portable/parse.ts';

export interface LoadedParser {
  readonly parser: Parser;
  /** What the user should know about the choice. */
  readonly warning: string | undefined;
}

export async function loadParser(name: 'libpg' | 'portable', { statementSize }: Limits): Promise<LoadedParser> {
  if (name === 'portable') return { parser: await portable(statementSize), warning: undefined };
  if (!('WebAssembly' in globalThis)) {
    return {
      parser: await portable(statementSize),
      warning: 'WebAssembly is missing here, so the portable parser reads the SQL; it knows fewer statements',
    };
  }
  return { parser: libpgParser(await loadGrammar(), statementSize), warning: undefined };
}

async function portable(statementSize: number): Promise<Parser> {
  return portableParser(await loadReader(), statementSize);
}
