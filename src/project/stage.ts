// Where a trace is played: the embedded server, a database of its own on a server, or a database that is in use.

import type { ParsedMigration } from '../engine/parsed-migration.ts';
import { UserError } from '../model/user-error.ts';
import type { Server } from '../trace/connection.ts';
import { startEmbedded } from '../trace/embedded.ts';
import { connectTo, connectToScratch, isEmptyDatabase } from '../trace/remote.ts';
import { replayAndRollBack, replayOneByOne, type Replay } from '../trace/replay.ts';

export interface StageOptions {
  /** `postgres://…`; without it, the embedded server. */
  readonly databaseUrl: string | undefined;
  /** The user has agreed to a trace in a database that is not empty. */
  readonly isAgreed: boolean;
  /** Tells the user where the trace is played. */
  readonly say: (sentence: string) => void;
}

export interface Stage {
  readonly server: Server;
  readonly replay: Replay;
  /** The history has to be run first. */
  readonly isEmpty: boolean;
  readonly close: () => Promise<void>;
}

export async function openStage(migrations: readonly ParsedMigration[], options: StageOptions): Promise<Stage> {
  const { databaseUrl, say } = options;
  if (databaseUrl !== undefined) return openRemote(databaseUrl, options);
  const server = await startEmbedded(extensionsOf(migrations));
  say(`tracing on ${server.name}, embedded`);
  return { server, replay: replayOneByOne(server, true), isEmpty: true, close: () => server.stop() };
}

async function openRemote(url: string, { isAgreed, say }: StageOptions): Promise<Stage> {
  const named = await connectTo(url);
  if (await isEmptyDatabase(named)) {
    await named.stop();
    const server = await connectToScratch(url);
    say(`tracing on ${server.name}, in a database of its own that is dropped afterwards`);
    return { server, replay: replayOneByOne(server, false), isEmpty: true, close: () => server.stop() };
  }
  if (!isAgreed) {
    await named.stop();
    throw new UserError(
      'the database is not empty: the migrations would run in it, take their locks and do their work, and what PostgreSQL refuses ' +
        'in a transaction could not be rolled back; add --yes for a database that you can lose, such as a clone',
    );
  }
  say(`tracing on ${named.name}, in the database itself; what can be rolled back will be`);
  const replay = replayAndRollBack(named, say);
  return {
    server: named,
    replay,
    isEmpty: false,
    close: async () => {
      await replay.finish();
      await named.stop();
    },
  };
}

function extensionsOf(migrations: readonly ParsedMigration[]): ReadonlySet<string> {
  const names = migrations.flatMap(({ source, parsed }) =>
    parsed.statements
      .filter(({ command }) => command === 'CREATE EXTENSION')
      .flatMap(({ span }) => /^CREATE\s+EXTENSION\s+(?:IF\s+NOT\s+EXISTS\s+)?"?([\w-]+)/i.exec(source.slice(span))?.[1] ?? []),
  );
  return new Set(names.map((name) => name.toLowerCase()));
}
