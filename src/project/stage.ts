// Where a trace is played: the embedded server, a database of its own on a server, or a database that is in use.

import type { ParsedMigration } from '../engine/parsed-migration.ts';
import { UserError } from '../model/user-error.ts';
import { resolveAddress } from '../trace/address/address.ts';
import { surroundingsIn } from '../trace/address/surroundings.ts';
import { reach } from '../trace/server/client.ts';
import type { Server } from '../trace/connection.ts';
import { startEmbedded } from '../trace/embedded.ts';
import { isEmptyDatabase } from '../trace/server/emptiness.ts';
import { openInPlace } from '../trace/server/in-place.ts';
import { leftOvers } from '../trace/server/left-over.ts';
import { replayAndRollBack, replayOneByOne, type Replay } from '../trace/replay.ts';
import { openScratch } from '../trace/server/scratch.ts';

export interface StageOptions {
  /** `postgres://…`; without it, the embedded server. */
  readonly databaseUrl: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user has agreed to a trace in a database that is not empty. */
  readonly isAgreed: boolean;
  /** What is run is a proof, for which only an empty database will do. */
  readonly isProof?: boolean;
  /** … by a role that may do more to the server than the trace can undo. */
  readonly isAsIs: boolean;
  /** … and to what can't be rolled back. */
  readonly mayCommit: boolean;
  /** Tells the user where the trace is played, before anything is done there. */
  readonly say: (sentence: string) => void;
}

export interface Stage {
  readonly server: Server;
  readonly replay: Replay;
  /** The history has to be run first. */
  readonly isEmpty: boolean;
  /** What can't run in a transaction is refused before anything runs. */
  readonly isRolledBack: boolean;
  readonly close: () => Promise<void>;
}

export async function openStage(migrations: readonly ParsedMigration[], options: StageOptions): Promise<Stage> {
  const { databaseUrl, say } = options;
  if (databaseUrl !== undefined) return openRemote(databaseUrl, options);
  const server = await startEmbedded(extensionsOf(migrations));
  say(`tracing on ${server.name}, embedded: in this process and its memory, from where no file, no program and no network is reached`);
  return { server, replay: replayOneByOne(server, 'process'), isEmpty: true, isRolledBack: false, close: () => server.stop() };
}

async function openRemote(url: string, options: StageOptions): Promise<Stage> {
  const { env, isAgreed, isProof, isAsIs, mayCommit, say } = options;
  const address = resolveAddress(url, surroundingsIn(env));
  const reached = await reach(address);
  const { connection } = reached;
  try {
    for (const sentence of await leftOvers(connection)) say(sentence);
    if (await isEmptyDatabase(connection)) {
      const server = await openScratch(reached, address, options);
      const replay = replayOneByOne(server, isAsIs ? 'nothing' : 'role');
      return { server, replay, isEmpty: true, isRolledBack: false, close: () => server.stop() };
    }
    if (isProof === true) throw new UserError(notEmpty);
    if (!isAgreed) throw new UserError(notAgreed);
    const server = await openInPlace(reached, address, options);
    const replay = replayAndRollBack(server, options);
    const close = async (): Promise<void> => {
      try {
        await replay.finish();
      } finally {
        await server.stop();
      }
    };
    return { server, replay, isEmpty: false, isRolledBack: !mayCommit, close };
  } catch (error) {
    await connection.end().catch(() => undefined);
    throw error;
  }
}

const notEmpty = 'the database is not empty, and --prove runs migrations only where nothing is: name an empty one, beside which it makes its own';

const notAgreed =
  'the database is not empty: the migrations would run in it, take their locks and do their work, all in one transaction that is rolled back; ' +
  'add --yes for a database that you can lose, such as a clone, or name an empty one, beside which trace makes its own';

function extensionsOf(migrations: readonly ParsedMigration[]): ReadonlySet<string> {
  const names = migrations.flatMap(({ source, parsed }) =>
    parsed.statements
      .filter(({ command }) => command === 'CREATE EXTENSION')
      .flatMap(({ span }) => /^CREATE\s+EXTENSION\s+(?:IF\s+NOT\s+EXISTS\s+)?"?([\w-]+)/i.exec(source.slice(span))?.[1] ?? []),
  );
  return new Set(names.map((name) => name.toLowerCase()));
}
