// Where a project begins: its apps, its settings and what it needs lie there or below.

import type { Directory } from '../../../../disk/directory.ts';

/** `manage.py` lies at the top. Without one, all of the history's root is the project, or all of the repository where that is one app's alone. */
export function projectTop(directory: Directory, root: Directory): Directory {
  const above = [...directory.upwards()];
  const managed = above.find((one) => one.has('manage.py'));
  return managed ?? (root.name === 'migrations' ? (above.at(-1) ?? root) : root);
}
