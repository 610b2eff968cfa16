// Which files cures leave as they are: those that may have run somewhere, whose tool keeps a checksum of them, and those that are not ours to write.

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../model/user-error.ts';
import { newbornIn, type Newborn } from '../../sources/git/newborn.ts';
import { topOf } from '../../sources/git/base-commit.ts';
import { listSome } from '../../text/list.ts';
import type { Site } from '../site.ts';

export interface Guard {
  /** By the path that reports show; undefined: it may be edited. `isPartlyNew`: it is known which of the migrations in it are new, and nothing else of it is changed. */
  readonly why: (path: string, isPartlyNew?: boolean) => string | undefined;
  /** The same of another file of the tool. A list of all migrations may well be an old one, because it has to change with them; a way down may not. */
  readonly whyKept: (path: string, isWayDown: boolean) => string | undefined;
  /** Throws a `UserError` where all that was named has to stay as it is. `--since` and `--staged` may well find nothing. */
  readonly refuseIfNone: (linted: ReadonlySet<string>) => void;
}

export function untouchable(site: Site): Guard {
  const { cwd, since, staged = false, stdin } = site.options;
  const { texts } = site;
  if (stdin !== undefined) return ofInput(site);
  const newborn = newbornIn(cwd, '--fix', since);
  const isAsked = since !== undefined || staged;
  const whyBusy = (file: string): string | undefined => {
    if (isReadOnly(file)) return 'it is read-only';
    return texts.changes?.staged(file) === undefined ? undefined : 'it has changes that are not staged';
  };
  const why = (path: string, isPartlyNew = false): string | undefined => {
    const file = resolve(cwd, path);
    if (!isAsked && !texts.isOnCommandLine(file)) return notNamed;
    const reason = newborn.whyNot(file);
    return (isPartlyNew && reason?.kind === 'old' ? undefined : reason?.says) ?? whyBusy(file);
  };
  return {
    why,
    whyKept: (path, isWayDown) => {
      const reason = newborn.whyNot(resolve(cwd, path));
      return reason?.kind === 'elsewhere' || (isWayDown && reason !== undefined) ? reason.says : whyBusy(resolve(cwd, path));
    },
    refuseIfNone: (linted) => {
      const reasons = Array.from(linted, (path) => [path, why(path)] as const);
      if (!isAsked && reasons.length > 0 && reasons.every(([, reason]) => reason !== undefined)) throw new UserError(refusal(reasons, newborn));
    },
  };
}

const notNamed = 'only its folder is named';

/** Nothing on the disk is written: an editor has the text. What the base has, is left as it is all the same. */
function ofInput({ options: { cwd, stdin, since } }: Site): Guard {
  const file = stdin?.path === undefined ? undefined : resolve(cwd, stdin.path);
  const reason = file === undefined || !isInRepository(cwd) ? undefined : newbornIn(cwd, '--fix', since).whyNot(file);
  return {
    why: () => undefined,
    whyKept: () => undefined,
    refuseIfNone: () => {
      if (reason?.kind === 'old') throw new UserError(`nothing is fixed, because what may have run somewhere must not change: "${stdin?.path}" (${reason.says}); write another migration`);
    },
  };
}

function isInRepository(cwd: string): boolean {
  try {
    return topOf(cwd, '--fix') !== '';
  } catch {
    return false;
  }
}

/** Of a file that nobody may write, but for root. */
function isReadOnly(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && (stats.mode & 0o222) === 0;
}

function refusal(reasons: readonly (readonly [string, string | undefined])[], { base, isShallow }: Newborn): string {
  const named = reasons.filter(([, reason]) => reason !== notNamed);
  const unshallow = isShallow ? '. This clone is shallow, so git may not know what is new: run "git fetch --unshallow" first' : '';
  if (named.length === 0) return `--fix changes only migrations that are new, and a folder does not say which ones are: name the files, or add --since ${base} or --staged${unshallow}`;
  const those = listSome(named.map(([path, reason]) => `"${path}" (${reason})`));
  return `nothing is fixed, because what may have run somewhere must not change: ${those}; write another migration, or say which ones are new with --since${unshallow}`;
}
