// Where runs leave for later ones what they have read: beside the packages of the project, or with the user's other caches.

import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CheckpointPlace } from '../project/reading/checkpoints.ts';
import type { Arguments } from './arguments.ts';
import { packageVersion } from './package.ts';
import type { Terminal } from './terminal.ts';

/** Undefined: nowhere. */
export function checkpointPlace({ cache, cacheLocation }: Arguments, { cwd, env }: Terminal): CheckpointPlace | undefined {
  if (!cache) return undefined;
  const folder = cacheLocation === undefined ? (besidePackages(cwd) ?? ofUser(env)) : resolve(cwd, cacheLocation);
  return folder === undefined ? undefined : { folder, build: build() };
}

function besidePackages(cwd: string): string | undefined {
  for (let directory = cwd; ; directory = dirname(directory)) {
    const packages = join(directory, 'node_modules');
    if (existsSync(packages)) return join(packages, '.cache', 'pgmigrate-lint');
    if (directory === dirname(directory)) return undefined;
  }
}

function ofUser(env: Terminal['env']): string | undefined {
  const caches = env['XDG_CACHE_HOME'] || env['LOCALAPPDATA'] || (env['HOME'] && join(env['HOME'], '.cache'));
  return caches ? join(caches, 'pgmigrate-lint') : undefined;
}

/** A build under development keeps its version. */
function build(): string {
  const { size, mtimeMs } = statSync(__filename);
  return `${packageVersion()} ${size} ${mtimeMs}`;
}
