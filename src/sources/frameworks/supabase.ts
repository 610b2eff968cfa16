// Supabase CLI: supabase/migrations/<time>_x.sql, sent together.

import { uncut } from './cut.ts';
import type { Framework } from './framework.ts';
import { byName } from './places.ts';

export const supabase: Framework = {
  name: 'supabase',
  title: 'Supabase CLI',
  layout: 'flat',
  rootOf: (directory) => {
    const isThere = directory.name === 'migrations' && (directory.parent?.name === 'supabase' || directory.parent?.has('config.toml'));
    return isThere && directory.sqlFiles.some((name) => /^\d{14}_/.test(name)) ? directory : undefined;
  },
  transaction: () => 'batch',
  places: () => byName,
  cut: uncut,
};
