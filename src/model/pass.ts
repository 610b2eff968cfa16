// The passes in which PostgreSQL runs the actions of one ALTER TABLE. Source: AlterTablePass in src/backend/commands/tablecmds.c.

import type { PostgresVersion } from './version.ts';

/**
 * Of 17 and newer. `type-end`: what a change of type has taken away is read again · `made-again`: it comes back · `reading`: what ADD CONSTRAINT
 * says of a key is read · `rest`: all others.
 */
export const passes = ['drop', 'type', 'type-end', 'column', 'expression', 'made-again', 'reading', 'set-not-null', 'not-null', 'key-over-index', 'key', 'other', 'rest'] as const;

export type Pass = (typeof passes)[number];

/** Up to 16, what a change of type has taken away comes back before columns are added. */
const olderPasses: readonly Pass[] = ['drop', 'type', 'type-end', 'made-again', ...passes.slice(3).filter((pass) => pass !== 'made-again')];

export function placeOfPass(pass: Pass, version: PostgresVersion): number {
  return (version < 17 ? olderPasses : passes).indexOf(pass);
}
