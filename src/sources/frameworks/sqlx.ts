// The files of sqlx: 20240101_x.sql, or .up.sql and .down.sql. Source: docs.rs/sqlx, macro.migrate.

import { uncut } from './cut.ts';
import type { Framework } from './framework.ts';
import { byNumber } from './places.ts';

export const sqlx: Framework = {
  name: 'sqlx',
  title: 'sqlx',
  layout: 'flat',
  rootOf: (directory) => {
    if (!directory.sqlFiles.some((name) => /^\d+_/.test(name))) return undefined;
    const isCrate = /^\s*sqlx\b|\bdependencies\.sqlx\b/m.test(directory.nearest('Cargo.toml'));
    return isCrate || [...directory.upwards()].some((above) => above.has('.sqlx') || above.has('sqlx.toml')) ? directory : undefined;
  },
  transaction: () => 'file',
  places: () => byNumber,
  cut: (file, transaction) => uncut(file, file.text.startsWith('-- no-transaction') ? 'batch' : transaction),
};
