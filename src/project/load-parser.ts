// The front end for a run: PostgreSQL's own grammar, or the portable one where that is asked for or WebAssembly is missing.

import { statSync } from 'node:fs';
import type { Limits } from '../model/limits.ts';
import { loadGrammar } from '../parser/libpg/load.ts';
import { libpgParser } from '../parser/libpg/parse.ts';
import type { Parser } from '../parser/parser.ts';
import { loadReader } from '../parser/portable/load.ts';
import { portableParser } from '../parser/portable/parse.ts';

/** Up to here, compiling the grammar quickly pays more than compiling it well: about 20 ms of parsing. In bytes. */
const smallWork = 200_000;

export interface LoadedParser {
  readonly parser: Parser;
  /** What the user should know about the choice. */
  readonly warning: string | undefined;
}

/** `bytes`: how much SQL is to be parsed. */
export async function loadParser(name: 'libpg' | 'portable', bytes: number, { statementSize }: Limits): Promise<LoadedParser> {
  if (name === 'portable') return { parser: await portable(statementSize), warning: undefined };
  if (!('WebAssembly' in globalThis)) {
    return {
      parser: await portable(statementSize),
      warning: 'WebAssembly is missing here, so the portable parser reads the SQL; it knows fewer statements',
    };
  }
  return { parser: libpgParser(await loadGrammar(bytes <= smallWork ? 'small' : 'large'), statementSize), warning: undefined };
}

async function portable(statementSize: number): Promise<Parser> {
  return portableParser(await loadReader(), statementSize);
}

/** The size of the files together, counted no further than it matters. */
export function bytesOf(files: readonly string[], enough = smallWork): number {
  let bytes = 0;
  for (const file of files) {
    if (bytes > enough) break;
    bytes += sizeOf(file);
  }
  return bytes;
}

/** A file that can't be looked at is nobody's concern here: reading it will say so. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
