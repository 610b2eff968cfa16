// Whether a path or a glob leads to a file.

import { isAbsolute } from 'node:path';
import { advanced, alternativesOf, closed, literalSegments, matchesName, segmentsOf, type Glob, type GlobSegment } from '../../text/glob.ts';

/** Both are absolute but for the path or glob, with forward slashes. A directory leads to all that is below it. */
export function covers(path: string, directory: string, file: string): boolean {
  const names = file.split('/');
  return known(path, directory).some((glob) => leadsTo(glob, names));
}

/** From the root on, without braces; of braces that stand for too much, nothing. */
export function globsAt(path: string, directory: string): readonly Glob[] {
  return (alternativesOf(path) ?? []).map((one) => {
    const segments: GlobSegment[] = [...literalSegments(isAbsolute(one) ? '' : directory.replace(/\/$/, ''))];
    for (const segment of segmentsOf(one)) {
      const text = segment.kind === 'literal' ? segment.text : undefined;
      if (text === '..' && segments.length > 1) segments.pop();
      else if (text !== '' && text !== '.' && text !== '..') segments.push(segment);
    }
    return segments;
  });
}

/** Each file is asked about each path. */
const read = new Map<string, readonly Glob[]>();

function known(path: string, directory: string): readonly Glob[] {
  const key = `${directory}\0${path}`;
  const globs = read.get(key) ?? globsAt(path, directory);
  read.set(key, globs);
  return globs;
}

function leadsTo(glob: Glob, names: readonly string[]): boolean {
  let positions = closed(glob, new Set([0]));
  for (const name of names) {
    if (positions.size === 0) return false;
    positions = advanced(glob, positions, name, matchesName);
    if (positions.has(glob.length)) return true;
  }
  return false;
}
