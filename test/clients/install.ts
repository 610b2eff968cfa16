// Where a client is installed: once for each package.json, in npm's usual folder for caches, and no script of it is run.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Its `node_modules`. `project`: its folder in fixtures/clients. */
export function installed(project: string): string {
  const wanted = join(project, 'package.json');
  const version = createHash('sha256').update(readFileSync(wanted)).digest('hex').slice(0, 12);
  const folder = resolve('node_modules/.cache/clients', version);
  if (existsSync(folder)) return join(folder, 'node_modules');
  const unfinished = `${folder}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  copyFileSync(wanted, join(unfinished, 'package.json'));
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], { cwd: unfinished, stdio: 'inherit', shell: process.platform === 'win32' });
  renameSync(unfinished, folder);
  return join(folder, 'node_modules');
}
