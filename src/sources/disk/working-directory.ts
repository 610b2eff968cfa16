// Where the process is, which may have been deleted under it.

import { UserError } from '../../model/user-error.ts';

/** Absolute. Throws a `UserError` where it is gone, or can't be looked up. */
export function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    throw new UserError("the working directory is gone, or can't be read: change into one that is there, and run this again");
  }
}
