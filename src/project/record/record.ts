// Runs a project's own migration command on a PostgreSQL that is thrown away, and writes down what it sends.

import { isIP } from 'node:net';
import { UserError } from '../../model/user-error.ts';
import { noteOf } from '../../record/note-of.ts';
import { startProxy } from '../../record/proxy.ts';
import type { RecordedMessage, Recording } from '../../record/recording.ts';
import { runCommand, type Access } from '../../record/run-command.ts';
import { serverLines } from '../../record/server-lines.ts';
import type { Dial } from '../../record/wire/line.ts';
import { resolveAddress, type Way } from '../../trace/address/address.ts';
import { surroundingsIn } from '../../trace/address/surroundings.ts';
import { isEmptyDatabase } from '../../trace/server/emptiness.ts';
import { reach } from '../../trace/server/client.ts';
import { leftOvers } from '../../trace/server/left-over.ts';
import { openScratch } from '../../trace/server/scratch.ts';
import { openEmbedded } from '../../trace/embedded.ts';

export interface RecordOptions {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `postgres://…`; without it, the embedded server. */
  readonly databaseUrl: string | undefined;
  readonly isAsIs: boolean;
  /** Tells the user where it is recorded. */
  readonly say: (sentence: string) => void;
  /** What the command prints. */
  readonly print: (text: string) => void;
}

export interface Recorded {
  readonly recording: Recording;
  /** How the command failed: `exited 1`; undefined where it did not. */
  readonly failure: string | undefined;
}

/** Throws a `UserError` where there is no server, or no such command. */
export async function record(options: RecordOptions): Promise<Recorded> {
  const server = options.databaseUrl === undefined ? await embedded(options) : await scratch(options.databaseUrl, options);
  try {
    const proxy = await startProxy(server.dial);
    try {
      const failure = await runCommand(options.command, { port: proxy.port, ...server.login }, { cwd: options.cwd, env: options.env, say: options.print });
      return { failure, recording: { version: 1, command: options.command, postgres: server.version, messages: proxy.messages.map(withoutData) } };
    } finally {
      await proxy.stop();
    }
  } finally {
    await server.stop();
  }
}

/** Values may be anybody's data: those alone are kept that tell which migration was run. */
function withoutData(message: RecordedMessage): RecordedMessage {
  const { values: _, ...rest } = message;
  return (noteOf(message)?.kind ?? 'other') === 'other' ? rest : message;
}

interface RecordingServer {
  readonly version: number;
  readonly dial: Dial;
  readonly login: Omit<Access, 'port'>;
  stop(): Promise<void>;
}

/** What migrations create, of what the embedded server has: what the command will ask for, nobody knows before. */
const extensions: ReadonlySet<string> = new Set([
  'btree_gin', 'btree_gist', 'citext', 'cube', 'earthdistance', 'fuzzystrmatch', 'hstore', 'intarray', 'isn', 'lo', 'ltree', 'pg_trgm', 'pgcrypto', 'seg', 'tablefunc', 'unaccent', 'uuid-ossp',
]);

async function embedded({ say }: RecordOptions): Promise<RecordingServer> {
  const [{ embeddedLines }, { database, version, name }] = await Promise.all([import('../../record/embedded-lines.ts'), openEmbedded(extensions)]);
  say(`recording on ${name}, embedded: in this process and its memory`);
  return { version, dial: embeddedLines(database), login: { user: 'postgres', password: 'postgres', database: 'postgres' }, stop: () => database.close() };
}

/** In a database of its own, beside the empty one that was named. */
async function scratch(url: string, { env, isAsIs, say }: RecordOptions): Promise<RecordingServer> {
  const address = resolveAddress(url, surroundingsIn(env));
  const reached = await reach(address);
  for (const sentence of await leftOvers(reached.connection)) say(sentence);
  if (!(await isEmptyDatabase(reached.connection))) {
    await reached.connection.end();
    throw new UserError('the database is not empty, and record runs migrations only where nothing is: name an empty one, beside which it makes its own');
  }
  const server = await openScratch(reached, address, { isAsIs, purpose: 'recording', say });
  const { way } = server;
  const { user, database, password } = way.login;
  if (password.kind !== 'known') {
    await server.stop();
    throw new UserError(password.why);
  }
  return { version: server.version, dial: serverLines(placeOf(way)), login: { user, password: password.text, database }, stop: () => server.stop() };
}

function placeOf({ place: { host, hostAddress, port, encryption } }: Way) {
  // A name of a server is no address, in the words of TLS.
  const servername = isIP(host) === 0 && !host.startsWith('/') ? host : undefined;
  const tls = encryption.kind === 'none' ? undefined : { ...encryption.certificates, servername, isDirect: encryption.isDirect };
  return { host: hostAddress ?? host, port, tls };
}
