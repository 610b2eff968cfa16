// JavaScript and TypeScript, as Babel's parser reads them.

import { parse } from '@babel/parser';
import type { Comment, Program } from '@babel/types';

export type Script = { readonly kind: 'script'; readonly program: Program; readonly comments: readonly Comment[] } | { readonly kind: 'refused'; readonly at: number; readonly message: string };

/** `isTyped`: it may hold types, as TypeScript does. */
export function parseScript(text: string, isTyped: boolean): Script {
  try {
    const { program, comments } = parse(text, {
      sourceType: 'unambiguous',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowUndeclaredExports: true,
      errorRecovery: true,
      plugins: isTyped ? ['typescript', 'decorators-legacy'] : ['flow', 'jsx', 'decorators-legacy'],
    });
    return { kind: 'script', program, comments: comments ?? [] };
  } catch (error) {
    return { kind: 'refused', at: positionOf(error), message: error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : String(error) };
  }
}

function positionOf(error: unknown): number {
  return error instanceof SyntaxError && 'pos' in error && typeof error.pos === 'number' ? error.pos : 0;
}
