// What a branch may have read for it without anybody naming it: what lies in its own repository, but for git's own files and for what is no
// file on a disk. What is put in place of a file between this question and the reading of it is not found out.

import { realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';

/** Behind all links; what is not there yet, by the directory that it would lie in. `roots`: absolute directories or files. */
export function isInside(path: string, roots: readonly string[]): boolean {
  const target = targetOf(path);
  if (target === undefined || isOfSystem(target)) return false;
  return roots.some((root) => {
    const below = relative(targetOf(root) ?? root, target);
    return below !== '..' && !below.startsWith(`..${sep}`) && !below.split(sep).some((name) => name.toLowerCase() === '.git');
  });
}

/** What links lead to, as far as it is there. Undefined where they go round in a circle, or where nobody may look. */
export function targetOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (!isAbsence(error) || dirname(path) === path) return undefined;
    const directory = targetOf(dirname(path));
    return directory === undefined ? undefined : join(directory, basename(path));
  }
}

function isAbsence(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** What the system makes up when it is read: a process has its secrets there. */
function isOfSystem(target: string): boolean {
  return /^\/(?:proc|sys|dev)(?:\/|$)/.test(target);
}
