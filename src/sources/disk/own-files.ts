// The files of pgmigrate-lint's own in a project: the configuration, and what lies beside it or is named in it. On the disk, or in a commit.

import { UserError } from '../../model/user-error.ts';
import type { Disk } from './disk.ts';
import { isThere, readNamed } from './read-beside.ts';

export interface OwnFiles {
  /** `file`: absolute. */
  readonly isThere: (file: string) => boolean;
  /** `name`: what errors show; `most`: bytes. Throws a `UserError` where it can't be read. */
  readonly read: (file: string, name: string, what?: string, most?: number) => string;
}

export const filesOnDisk: OwnFiles = { isThere, read: readNamed };

/** `base`: as people call the commit. */
export function filesIn({ exists, textOf }: Disk, base: string): OwnFiles {
  return {
    isThere: exists,
    read: (file, name, what = 'file') => {
      const text = textOf(file);
      if (text === undefined) throw new UserError(`the ${what} "${name}" can't be read: ${base} has none`);
      return text;
    },
  };
}
