// A server on which one history after another is tried, and questions that it has planned before.

import type { Parser } from '../../src/parser/parser.ts';
import type { Connection, Server } from '../../src/trace/connection.ts';
import type { CatalogLines } from '../postgres/catalog-lines.ts';
import { prepareLinesThere } from '../postgres/catalog-there.ts';
import { prepareWorld, type World } from './world.ts';

export interface Lab {
  readonly server: Server;
  readonly parser: Parser;
  /** Of what is committed. */
  readonly world: () => Promise<World>;
  readonly lines: () => Promise<CatalogLines>;
  /** SQLSTATEs that are to be foreseen always: a refusal with one of them that no rule speaks of is a difference. */
  readonly foreseen: ReadonlySet<string>;
}

/** What is asked between statements is asked beside them, or on the only session that there is. */
export async function openLab(server: Server, parser: Parser, foreseen: ReadonlySet<string> = new Set()): Promise<Lab> {
  const { connect, version } = server;
  const connection = keepingPlans(server.connection);
  const beside = (await connect?.()) ?? connection;
  return {
    server: connect ? server : { ...server, connection },
    parser,
    world: await prepareWorld(beside, version),
    lines: await prepareLinesThere(beside, version),
    foreseen,
  };
}

/** A new connection in all but its prepared statements. */
function keepingPlans(connection: Connection): Connection {
  return { ...connection, run: (sql) => connection.run(sql === 'DISCARD ALL' ? discardTheRest : sql) };
}

/** Source: the documentation of DISCARD, without `DISCARD PLANS`; `DEALLOCATE ALL` but for what is asked between statements. */
const discardTheRest =
  "DO $$ DECLARE one text; BEGIN FOR one IN SELECT name FROM pg_prepared_statements WHERE from_sql AND name NOT IN ('world', 'lines_there') LOOP EXECUTE format('DEALLOCATE %I', one); END LOOP; END $$; " +
  'CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD SEQUENCES; DISCARD TEMP';
