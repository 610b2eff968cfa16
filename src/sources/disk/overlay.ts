// A disk as it would be if some texts were written to it.

import { dirname, basename } from 'node:path';
import { BEGINNING, type Disk, type DiskEntry } from './disk.ts';

/** `texts`: by absolute path; of files that are there already, and of others. */
export function overlaid(disk: Disk, texts: ReadonlyMap<string, string>): Disk {
  const added = entriesOf(texts.keys());
  const entriesIn = (path: string): readonly DiskEntry[] => {
    const there = disk.entriesIn(path);
    const names = new Set(there.map(({ name }) => name));
    return [...there, ...[...(added.get(path)?.values() ?? [])].filter(({ name }) => !names.has(name))];
  };
  return {
    entriesIn,
    exists: (path) => texts.has(path) || added.has(path) || disk.exists(path),
    textOf: (path) => texts.get(path) ?? disk.textOf(path),
    beginningOf: (path) => texts.get(path)?.slice(0, BEGINNING) ?? disk.beginningOf(path),
  };
}

export const emptyDisk: Disk = { entriesIn: () => [], exists: () => false, textOf: () => undefined, beginningOf: () => '' };

/** What lies in each folder above the files, by name. */
function entriesOf(files: Iterable<string>): ReadonlyMap<string, ReadonlyMap<string, DiskEntry>> {
  const folders = new Map<string, Map<string, DiskEntry>>();
  for (const file of files) {
    let isFolder = false;
    for (let path = file; dirname(path) !== path; path = dirname(path)) {
      const entries = folders.get(dirname(path)) ?? new Map<string, DiskEntry>();
      folders.set(dirname(path), entries);
      if (entries.has(basename(path))) break;
      entries.set(basename(path), { name: basename(path), isFolder, isLink: false });
      isFolder = true;
    }
  }
  return folders;
}
