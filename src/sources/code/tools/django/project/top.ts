// Where a project begins: its apps, its settings and what it needs lie there or below.

import type { Directory } from '../../../../disk/directory.ts';

/** `manage.py` lies at the top; without one, the project is all of the repository. */
export function projectTop(directory: Directory): Directory {
  const above = [...directory.upwards()];
  return above.find((one) => one.has('manage.py')) ?? above.at(-1) ?? directory;
}
