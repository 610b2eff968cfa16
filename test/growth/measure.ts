// What a run over a project costs, in this process.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import type { Project } from './construct.ts';

export interface Cost {
  /** Of the processor, in seconds. */
  readonly seconds: number;
  readonly exitCode: number;
  /** The beginning of what it wrote to standard error. */
  readonly said: string;
}

export async function costOf({ files, args }: Project): Promise<Cost> {
  const cwd = mkdtempSync(join(tmpdir(), 'growth-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    }
    let said = '';
    const terminal: Terminal = { ...silent, cwd, err: (text) => (said += text.slice(0, 300)) };
    const start = process.cpuUsage();
    const exitCode = await main(args, terminal);
    const { user, system } = process.cpuUsage(start);
    return { seconds: (user + system) / 1e6, exitCode, said: said.slice(0, 300) };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

const silent: Omit<Terminal, 'cwd' | 'err'> = {
  env: {},
  isTerminal: false,
  showsProgress: false,
  columns: 80,
  now: () => performance.now(),
  out: () => undefined,
  readStdin: async () => Buffer.alloc(0),
};
