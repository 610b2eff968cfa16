// Runs a migration command against a proxy, and hears how it ended.

import { spawn, type ChildProcess } from 'node:child_process';
import { UserError } from '../model/user-error.ts';

/** How the command reaches the proxy. */
export interface Access {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

const HOST = '127.0.0.1';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `say`: hears what the command prints. How it ended, in words; undefined where all went well. Whoever interrupts us interrupts it, too. */
export async function runCommand([program = '', ...args]: readonly string[], access: Access, { cwd, env, say }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>>; readonly say: (text: string) => void }): Promise<string | undefined> {
  const words = wordsFor(access);
  const child = spawn(program, args.map((argument) => filled(argument, words)), { cwd, env: { ...env, ...variablesFor(access) }, stdio: ['inherit', 'pipe', 'pipe'] });
  child.stdout.setEncoding('utf8').on('data', say);
  child.stderr.setEncoding('utf8').on('data', say);
  let interruption: NodeJS.Signals | undefined;
  const listeners = signals.map((signal) => {
    const hand = (): void => {
      interruption ??= signal;
      // A terminal interrupts all that runs in it.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, hand);
    return (): unknown => process.off(signal, hand);
  });
  try {
    return await endOf(child, program);
  } finally {
    for (const stopListening of listeners) stopListening();
    // Who else listens has something to undo, and ends the process then.
    if (interruption !== undefined) process.kill(process.pid, interruption);
  }
}

function endOf(child: ChildProcess, program: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new UserError(`${program} can't be run: ${error.message}`)));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : code === null ? `was ended by ${signal}` : `exited ${code}`));
  });
}

function urlOf({ port, user, password, database }: Access): string {
  return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${HOST}:${port}/${encodeURIComponent(database)}`;
}

/** What stands in the arguments for where the server is. */
function wordsFor(access: Access): Readonly<Record<string, string>> {
  return { url: urlOf(access), host: HOST, port: String(access.port), user: access.user, password: access.password, database: access.database };
}

function filled(argument: string, words: Readonly<Record<string, string>>): string {
  return argument.replace(/\{(\w+)\}/g, (written, name: string) => (Object.hasOwn(words, name) ? (words[name] ?? written) : written));
}

/** Of libpq, and what frameworks read. */
function variablesFor(access: Access): Readonly<Record<string, string>> {
  return { DATABASE_URL: urlOf(access), PGHOST: HOST, PGPORT: String(access.port), PGUSER: access.user, PGPASSWORD: access.password, PGDATABASE: access.database, PGSSLMODE: 'disable' };
}
