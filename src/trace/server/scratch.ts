// A database of its own on a server, with a role of its own that can do no harm beyond it. Both are dropped in the end.

import { randomBytes } from 'node:crypto';
import { UserError } from '../../model/user-error.ts';
import type { Address, Login, Way } from '../address/address.ts';
import { withoutRole } from '../address/without-role.ts';
import { connect, identityOf, messageOf, placeName, type Reached } from './client.ts';
import type { Connection, Server } from '../connection.ts';
import { leavingWith } from './interrupted.ts';
import { dropping, traceName } from './left-over.ts';
import { scramVerifier } from './scram.ts';
import { strengthsOf } from './strengths.ts';

export interface ScratchOptions {
  /** The migrations run as who is logged in, and no role is made. */
  readonly isAsIs: boolean;
  /** What is done there: a trace where nothing else is said. */
  readonly purpose?: Purpose;
  readonly say: (sentence: string) => void;
}

type Purpose = 'trace' | 'recording';

const doing: Readonly<Record<Purpose, string>> = { trace: 'tracing', recording: 'recording' };

/** The server, and how its database is entered. */
export interface ScratchServer extends Server {
  readonly way: Way;
}

/** `reached`: a connection to any database of the server; it is ended with the rest. */
export async function openScratch(reached: Reached, address: Address, { isAsIs, purpose = 'trace', say }: ScratchOptions): Promise<ScratchServer> {
  const name = traceName();
  const { version, name: product } = await identityOf(reached.connection);
  const { way } = reached;
  const { login } = way;
  const own: Login = isAsIs ? { ...login, database: name } : roleLogin(name, login);
  const where = `${product} at ${placeName(way.place)}`;
  say(
    isAsIs
      ? `${doing[purpose]} on ${where}, as ${login.user}, in a database of its own that is dropped afterwards (${name}); nothing keeps the migrations from what ${login.user} may do elsewhere`
      : `${doing[purpose]} on ${where}, logged in as ${login.user}, in a database of its own that is dropped afterwards, with a role of its own that is no superuser (both are called ${name})`,
  );
  const connections: Connection[] = [];
  const leaving = leavingWith(() => undo(reached, address, { name, isAsIs, own, connections }), say);
  const make = (what: string, sql: string): Promise<void> => leaving.step(() => made(reached.connection, `${what} for the ${purpose}`, sql));
  const open = (): Promise<Connection> =>
    leaving.step(async () => {
      const connection = await enter({ place: way.place, login: own }, address, isAsIs);
      connections.push(connection);
      return connection;
    });
  try {
    if (!isAsIs) await makeRole(own, version, reached.connection, make);
    await make('a database', `CREATE DATABASE ${name} TEMPLATE template0${isAsIs ? '' : ` OWNER ${name}`}`);
    await make('a database', `REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    if (!isAsIs && version < 15) await leaving.step(() => giveSchema(way, own, address));
    return { version, name: product, connection: await open(), connect: open, way: { place: way.place, login: own }, stop: () => leaving.leave() };
  } catch (error) {
    await leaving.leave();
    throw error;
  }
}

function roleLogin(name: string, { options }: Login): Login {
  return {
    user: name,
    database: name,
    password: { kind: 'known', text: randomBytes(24).toString('base64url') },
    options: withoutRole(options),
  };
}

type Make = (what: string, sql: string) => Promise<void>;

/** Whoever is no superuser has to be a member of a role to give it a database. */
async function makeRole({ user: name, password }: Login, version: number, admin: Connection, make: Make): Promise<void> {
  const until = new Date(Date.now() + LONGEST).toISOString();
  await make('a role', `CREATE ROLE ${name} LOGIN PASSWORD '${verifierOf(password)}' VALID UNTIL '${until}'`);
  if (await isSuperuser(admin)) return;
  await make('a role', `GRANT ${name} TO CURRENT_USER${version < 16 ? '' : ' WITH INHERIT TRUE, SET TRUE'}`);
}

function verifierOf(password: Login['password']): string {
  return scramVerifier(password.kind === 'known' ? password.text : '');
}

/** In milliseconds: a role that is left of a killed run lets nobody in after a day. */
const LONGEST = 24 * 60 * 60 * 1000;

async function isSuperuser(admin: Connection): Promise<boolean> {
  const [row] = await admin.rows<{ readonly is: boolean }>("SELECT current_setting('is_superuser') = 'on' AS is");
  return row?.is === true;
}

async function made(admin: Connection, what: string, sql: string): Promise<void> {
  try {
    await admin.run(sql);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const inPlace = what.endsWith('the trace') ? ', or add --yes to trace in the database itself' : '';
    const instead = what.startsWith('a role') ? 'name a role that may create roles, or add --as-is to run the migrations as the role that you name' : `name a role that may create databases${inPlace}`;
    throw new UserError(`${what} can't be made (${messageOf(error)}); ${instead}`);
  }
}

/** Before version 15, the schema public belongs to who made the server, so its owner there may not change it. */
async function giveSchema({ place, login }: Way, own: Login, address: Address): Promise<void> {
  const connection = await connect({ place, login: { ...login, database: own.database } }, address);
  try {
    if (await isSuperuser(connection)) await connection.run(`ALTER SCHEMA public OWNER TO ${own.user}`);
  } finally {
    await connection.end();
  }
}

/** A connection that is where it should be, as who it should be: asked of the server, before anything else runs. */
async function enter(way: Way, address: Address, isAsIs: boolean): Promise<Connection> {
  const connection = await logIn(way, address, isAsIs);
  try {
    await refuseElsewhere(connection, way.login, isAsIs);
    return connection;
  } catch (error) {
    await connection.end();
    throw error;
  }
}

async function logIn(way: Way, address: Address, isAsIs: boolean): Promise<Connection> {
  try {
    return await connect(way, address);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const said = messageOf(error);
    if (isAsIs) throw new UserError(`no connection to the database that was made for it: ${said}`);
    throw new UserError(
      `the role that was made for it can't log in (${said}); let it in with a password in pg_hba.conf, or add --as-is to run the migrations as the role that you name`,
    );
  }
}

async function refuseElsewhere(connection: Connection, { user, database }: Login, isAsIs: boolean): Promise<void> {
  const [row] = await connection.rows<{ readonly database: string; readonly session: string; readonly current: string }>(
    'SELECT pg_catalog.current_database() AS database, session_user AS session, current_user AS current',
  );
  if (row?.database !== database) throw new UserError(`the server led to another database than the one that was made for it (${database}); nothing was run`);
  if (isAsIs) return;
  if (row.session !== user || row.current !== user) throw new UserError(`the server let it in as another role than the one that was made for it (${user}); nothing was run`);
  const [strength] = await strengthsOf(connection);
  if (strength !== undefined) throw new UserError(`the role that was made for it (${user}) ${strength}; nothing was run`);
}

interface Made {
  readonly name: string;
  readonly isAsIs: boolean;
  readonly own: Login;
  readonly connections: readonly Connection[];
}

/** Throws a `UserError` with the commands that do what could not be done. */
async function undo({ connection, way }: Reached, address: Address, { name, isAsIs, own, connections }: Made): Promise<void> {
  await Promise.all(connections.map((one) => one.end().catch(() => undefined)));
  const admin = (await isAlive(connection)) ? connection : await connect(way, address);
  try {
    if (await isDatabase(admin, name)) {
      await asOwner(admin, isAsIs ? undefined : name, async () => {
        await admin.run(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true CONNECTION LIMIT -1 IS_TEMPLATE false`);
        await admin.run(`GRANT CONNECT ON DATABASE ${name} TO ${isAsIs ? 'CURRENT_USER' : name}`);
      });
      await rollBackPrepared(admin, { place: way.place, login: { ...own, options: '-c statement_timeout=0' } }, address, isAsIs);
      await asOwner(admin, isAsIs ? undefined : name, () => admin.run(`DROP DATABASE ${name} WITH (FORCE)`));
    }
    if (!isAsIs && (await isRole(admin, name))) await admin.run(`DROP ROLE ${name}`);
  } catch (error) {
    const commands = dropping({ database: true, role: !isAsIs }, name);
    throw new UserError(`what was made can't be dropped (${messageOf(error)}); drop it with: ${commands}`);
  } finally {
    await admin.end();
  }
}

async function isAlive(connection: Connection): Promise<boolean> {
  return connection.run('SELECT 1').then(
    () => true,
    () => false,
  );
}

/** They outlive their sessions, and keep a database from being dropped. They can be ended only from their database, by who prepared them. */
async function rollBackPrepared(admin: Connection, way: Way, address: Address, isAsIs: boolean): Promise<void> {
  const { user, database, password } = way.login;
  const prepared = await admin.rows<{ readonly command: string }>(
    "SELECT format('ROLLBACK PREPARED %L', gid) AS command FROM pg_prepared_xacts WHERE database = $1",
    [database],
  );
  if (prepared.length === 0) return;
  if (!isAsIs) await admin.run(`ALTER ROLE ${user} PASSWORD '${verifierOf(password)}'`);
  const connection = await connect(way, address);
  try {
    for (const { command } of prepared) await connection.run(command);
  } finally {
    await connection.end();
  }
}

/** The owner may end what its own role has left connected; whoever is no superuser may do so only as the owner. */
async function asOwner(admin: Connection, owner: string | undefined, run: () => Promise<unknown>): Promise<void> {
  const becomes = owner !== undefined && !(await isSuperuser(admin));
  if (becomes) await admin.run(`SET ROLE ${owner}`);
  try {
    await run();
  } finally {
    if (becomes) await admin.run('RESET ROLE');
  }
}

async function isDatabase(admin: Connection, name: string): Promise<boolean> {
  return (await admin.rows('SELECT FROM pg_database WHERE datname = $1', [name])).length > 0;
}

async function isRole(admin: Connection, name: string): Promise<boolean> {
  return (await admin.rows('SELECT FROM pg_roles WHERE rolname = $1', [name])).length > 0;
}
