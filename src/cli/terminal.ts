// What the command line has of the world: streams, a directory, an environment. A test brings its own.

import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { workingDirectory } from '../sources/disk/working-directory.ts';

export interface Terminal {
  /** Absolute. Throws a `UserError` where it is gone. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  /** Standard error is a terminal, on which a line can be written over. */
  readonly showsProgress: boolean;
  /** Of the terminal; 80 where there is none. */
  readonly columns: number;
  /** Milliseconds of a clock. */
  readonly now: () => number;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of it, or more than `most` bytes. */
  readonly readStdin: (most: number) => Promise<Buffer>;
  /** The line that somebody answers; absent where nobody is there. */
  readonly ask?: (question: string) => Promise<string>;
}

/** `lose`: what to do where the report can't be written, as on a full disk. Where who reads has gone away (`| head`), the verdict stands. */
export function processTerminal(lose: () => void): Terminal {
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') return;
    writeSync(process.stderr.fd, `pgmigrate-lint: the report can't be written: ${error.message}\n`);
    lose();
  });
  process.stderr.on('error', () => undefined);
  return {
    get cwd() {
      return workingDirectory();
    },
    env: process.env,
    isTerminal: process.stdout.isTTY === true,
    showsProgress: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
    columns: process.stdout.columns ?? 80,
    now: () => performance.now(),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    readStdin,
    ...(isatty(0) && isatty(1) ? { ask } : {}),
  };
}

/** Whoever goes away without an answer says no. Most runs ask nothing, so what reads a line is loaded here. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((answered) => {
    lines.on('close', () => answered('no'));
    lines.question(question, (answer) => {
      answered(answer);
      lines.close();
    });
  });
}

/** Whoever writes on and on is not heard to the end. */
async function readStdin(most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > most) break;
  }
  return Buffer.concat(chunks);
}

/** Flags win, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal. */
export function usesColor(flag: boolean | undefined, { env, isTerminal }: Terminal): boolean {
  if (flag !== undefined) return flag;
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}
