// Runs the command in this process, at a terminal that nobody watches.

import { main } from '../src/cli/main.ts';
import type { Terminal } from '../src/cli/terminal.ts';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** `more`: what is not usual about the terminal. */
export async function runMain(args: readonly string[], cwd: string, more: Partial<Terminal> = {}): Promise<Ended> {
  let [out, err] = ['', ''];
  const code = await main(args, {
    cwd,
    env: {},
    isTerminal: false,
    showsProgress: false,
    now: () => 0,
    columns: 500,
    out: (text) => (out += text),
    err: (text) => (err += text),
    readStdin: () => Promise.resolve(Buffer.alloc(0)),
    ...more,
  });
  return { code, out, err };
}
