// Where runs leave for later ones what they have read: with the user's other caches, never beside what a commit can bring.

import { statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { CheckpointPlace } from '../project/reading/checkpoints.ts';
import { repositoryRoot } from '../sources/disk/repository-path.ts';
import type { Arguments } from './arguments.ts';
import { packageVersion } from './package.ts';
import type { Terminal } from './terminal.ts';

/** Undefined: nobody wants anything kept. */
export function checkpointPlace(args: Arguments, terminal: Terminal): CheckpointPlace | undefined {
  return args.cache ? { build: build(), where: whereOf(args, terminal) } : undefined;
}

function whereOf({ cacheLocation }: Arguments, { cwd, env }: Terminal): CheckpointPlace['where'] {
  const caches = cachesOfUser(env, process.platform);
  if (caches === undefined) return { kind: 'nowhere', why: "the environment does not say where the user's cache folder is" };
  const keyFolder = join(caches, 'pgmigrate-lint');
  const place = cacheLocation === undefined ? { path: join(keyFolder, 'checkpoints'), ownNames: 2 } : { path: resolve(cwd, cacheLocation), ownNames: 1 };
  return { kind: 'folder', ...place, keyFolder, checkout: repositoryRoot(cwd) ?? cwd };
}

/** Absolute: a path that starts at the working directory would be the project's. Source: the XDG Base Directory Specification. */
export function cachesOfUser(env: Terminal['env'], platform: NodeJS.Platform): string | undefined {
  const home = env['HOME'] ?? '';
  const ofSystem = platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
  return [env['XDG_CACHE_HOME'], env['LOCALAPPDATA'], home && ofSystem].find((path) => path !== undefined && isAbsolute(path));
}

/** A build under development keeps its version. */
function build(): string {
  const { size, mtimeMs } = statSync(__filename);
  return `${packageVersion()} ${size} ${mtimeMs}`;
}
