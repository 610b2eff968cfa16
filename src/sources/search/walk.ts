// All folders of a project in which migrations may lie.

import type { Directory } from '../disk/directory.ts';

/** What tools install, build and throw away. */
const passedOver: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'third_party',
  'Pods',
  'site-packages',
  '__pycache__',
  'venv',
  '_build',
  'target',
  'build',
  'dist',
  'out',
  'coverage',
  'tmp',
  'temp',
]);

/** No project that people work on has as many. */
const MOST = 100_000;

/** The folder itself first, then what is nearer before what is deeper; ends where a project is too large to be searched. */
export function* foldersBelow(top: Directory): Generator<Directory> {
  const pending = [top];
  for (let index = 0; index < Math.min(pending.length, MOST); index += 1) {
    const folder = pending[index];
    if (folder === undefined) return;
    yield folder;
    for (const below of folder.folders) if (!below.name.startsWith('.') && !passedOver.has(below.name)) pending.push(below);
  }
}
