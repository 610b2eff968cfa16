// How the statements of a migration share a session: most are alone, some follow a setting, some are in a transaction with savepoints.

import type { Random } from '../../fuzz/random.ts';

/** Statements as they are, and undefined for any of the grammar. */
export type Plan = readonly (string | undefined)[];

export function migrationPlan(random: Random): Plan {
  const any = (most: number): undefined[] => Array.from({ length: 1 + random.number(most) }, () => undefined);
  const dice = random.number(100);
  if (dice < 82) return [undefined];
  if (dice < 87) return [random.pick(settings), ...any(3)];
  if (dice < 90) return ['BEGIN', ...any(3), random.pick(['COMMIT', 'COMMIT', 'ROLLBACK'])];
  if (dice < 92) return ['BEGIN', random.pick(localSettings), ...any(2), random.pick(['COMMIT', 'ROLLBACK'])];
  if (dice < 97) return ['BEGIN', ...any(2), 'SAVEPOINT one', ...any(2), random.pick(['ROLLBACK TO one', 'ROLLBACK TO SAVEPOINT one', 'RELEASE one']), ...any(2), random.pick(['COMMIT', 'COMMIT', 'ROLLBACK'])];
  return ['BEGIN', 'SAVEPOINT one', ...any(2), 'SAVEPOINT two', ...any(2), random.pick(['ROLLBACK TO two', 'ROLLBACK TO one', 'RELEASE two']), ...any(1), 'COMMIT'];
}

const settings: readonly string[] = [
  'SET search_path = app, public', 'SET search_path = audit, app, public', "SET search_path = ''", 'SET search_path = public, app', 'SET search_path TO DEFAULT', "SELECT pg_catalog.set_config('search_path', 'app, public', false)",
  "SET timezone = 'Europe/Berlin'", 'SET constraint_exclusion = on', "SET default_tablespace = 'elsewhere'", 'SET check_function_bodies = off', 'SET session_replication_role = replica',
];

const localSettings: readonly string[] = ['SET LOCAL search_path = app, public', "SET LOCAL lock_timeout = '1s'", 'SET CONSTRAINTS ALL DEFERRED', 'SET LOCAL search_path = audit'];
