// Where a project of Django begins: the apps below it depend on each other.

import type { Directory } from '../../../disk/directory.ts';

/** Where `manage.py` lies, or all of the repository. */
export function projectOfDjango(folder: Directory): Directory | undefined {
  const above = [...folder.upwards()];
  return above.find((one) => one.has('manage.py')) ?? above.at(-1);
}
