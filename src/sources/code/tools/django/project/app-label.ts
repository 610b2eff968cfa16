// The label of an app: what its folder is called, unless it says otherwise.

import type { Directory } from '../../../../disk/directory.ts';

/** `migrations`: the folder of its migrations. */
export function appOf(migrations: Directory): string {
  const app = migrations.parent;
  const own = /^[ \t]{1,20}label[ \t]{0,9}=[ \t]{0,9}["'](\w{1,99})["']/m.exec(app?.has('apps.py') ? app.beginning('apps.py') : '')?.[1];
  return own ?? app?.name ?? '';
}
