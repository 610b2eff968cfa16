// What a branch does to migrations that have run, and where its own come among them: git tells, and no rule sees it.

import type { RuleMeta } from '../model/rule.ts';

export const historyRules = {
  'edited-migration': {
    id: 'edited-migration',
    category: 'history',
    summary: 'A migration that may have run is changed, renamed or gone',
    hazard: 'Databases in which it has run keep what it did, others get something else, or the migration tool refuses to run',
    remedy: 'Leave the file as it was, and write the change in a new migration',
    severity: 'error',
    since: '0.1.0',
  },
  'out-of-order-migration': {
    id: 'out-of-order-migration',
    category: 'history',
    summary: 'A new migration sorts before one that may have run',
    hazard: 'The migration tool never runs it, refuses to run, or runs it in another order than on a new database',
    remedy: 'Rename it so that it sorts behind the newest one',
    severity: 'error',
    since: '0.1.0',
  },
  'duplicate-version': {
    id: 'duplicate-version',
    category: 'history',
    summary: 'A new migration has the version of another one',
    hazard: 'The migration tool refuses to run, or runs one of the two and never the other',
    remedy: 'Give it a version of its own, behind the newest one',
    severity: 'error',
    since: '0.1.0',
  },
  'never-validated-constraint': {
    id: 'never-validated-constraint',
    category: 'history',
    summary: 'A constraint is added NOT VALID, and no migration validates it',
    hazard: 'Rows that were there before may break it, and PostgreSQL proves and plans nothing with it',
    remedy: 'VALIDATE CONSTRAINT in a migration of its own, when the rows are right',
    severity: 'warning',
    since: '0.1.0',
    options: { after: { type: 'count', default: '10', description: 'It is information until so many migrations have come behind it' } },
  },
  'irreversible-migration': {
    id: 'irreversible-migration',
    category: 'history',
    summary: 'A migration loses data and has no way down, or its way down does not undo it',
    hazard: 'When a deployment has to be taken back, nobody knows how, or the schema is neither the old one nor the new one',
    remedy: 'Let the way down take back all that the way up does, in the opposite order',
    severity: 'warning',
    preset: 'strict',
    since: '0.1.0',
  },
} as const satisfies Record<string, RuleMeta>;

/** When a history is told: what comments say of it is not known before. */
export function isFoundLater(id: string): boolean {
  return id === 'never-validated-constraint' || id === 'irreversible-migration';
}
