// The passes in which PostgreSQL runs the actions of one ALTER TABLE. Source: AlterTablePass in src/backend/commands/tablecmds.c.

import type { PostgresVersion } from './version.ts';

/** `made-again`: what a change of type has taken away comes back · `reading`: what ADD CONSTRAINT says of a key is read · `rest`: all others. */
export const passes = ['drop', 'type', 'column', 'expression', 'made-again', 'reading', 'set-not-null', 'not-null', 'key-over-index', 'key', 'other', 'rest'] as const;

export type Pass = (typeof passes)[number];

/** Before 17, what is taken away comes back before there are new columns. */
export function placeOfPass(pass: Pass, version: PostgresVersion): number {
  return pass === 'made-again' && version < 17 ? passes.indexOf('type') + 0.5 : passes.indexOf(pass);
}
