// What an application does all day, in several sessions: none of its statements may fail, or wait long.

import { setTimeout } from 'node:timers/promises';
import { Refusal, type Connection } from '../../src/trace/connection.ts';
import type { Scene } from './scene.ts';

export interface Traffic {
  /** Lets all that runs come to its end once more, and says what went wrong, in sentences. */
  stop(): Promise<readonly string[]>;
}

/** The longest that a statement may take, waiting included. */
const BOUND = '2s';

/** Three sessions: one that reads, one that writes, and one whose transactions stay open for a while. */
export async function startTraffic({ connect }: Scene, code: readonly string[]): Promise<Traffic> {
  const reads = code.filter((sql) => /^SELECT\b/i.test(sql));
  const writes = code.filter((sql) => !reads.includes(sql));
  const lingering = reads.slice(0, 1).map((sql) => `BEGIN; ${sql}; SELECT pg_sleep(0.15); COMMIT; SELECT pg_sleep(0.05)`);
  const sessions = await Promise.all([reads, writes, lingering].filter((all) => all.length > 0).map(async (all) => openSession(await connect(), all)));
  await Promise.all(sessions.map(({ round }) => round()));
  return {
    async stop() {
      await Promise.all(sessions.map(({ round }) => round()));
      return (await Promise.all(sessions.map(({ end }) => end()))).flat();
    },
  };
}

interface Session {
  /** Done when all statements that begin from now on have run once, or one has failed. */
  round(): Promise<void>;
  end(): Promise<readonly string[]>;
}

function openSession(connection: Connection, code: readonly string[]): Session {
  const failures: string[] = [];
  let rounds = 0;
  let isEnding = false;
  const running = (async () => {
    await connection.run(`SET statement_timeout = '${BOUND}'`);
    while (!isEnding && failures.length === 0) {
      for (const sql of code) failures.push(...(await failureOf(connection, sql)));
      rounds += 1;
      await setTimeout(2);
    }
  })();
  return {
    async round() {
      const wanted = rounds + 2;
      while (rounds < wanted && failures.length === 0) await setTimeout(5);
    },
    async end() {
      isEnding = true;
      await running;
      await connection.end();
      return failures;
    },
  };
}

async function failureOf(connection: Connection, sql: string): Promise<string[]> {
  try {
    for (const one of sql.split('; ')) await connection.run(one);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.code === '57014' ? `running code waits for more than ${BOUND}: ${sql}` : `running code fails with ${error.code}, ${error.message}: ${sql}`];
  }
}
