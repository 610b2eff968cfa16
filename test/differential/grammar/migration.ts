// How the statements of a migration share a session: most are alone, some follow a setting, some are in a transaction with savepoints.

import type { Random } from '../../fuzz/random.ts';
import { anyOf, rarely, type Scene } from './scene.ts';
import { nextStatement } from './statement.ts';

/** Each statement is made when its turn comes. */
export type Plan = readonly ((scene: Scene) => string)[];

export function migrationPlan(random: Random): Plan {
  const any = (most: number): Plan => Array.from({ length: 1 + random.number(most) }, () => nextStatement);
  const say = (...choices: readonly string[]): Plan => [() => random.pick(choices)];
  const ends = say('COMMIT', 'COMMIT', 'ROLLBACK');
  const dice = random.number(100);
  if (dice < 82) return [nextStatement];
  if (dice < 87) return [setting, ...any(3)];
  if (dice < 90) return [...say('BEGIN', 'START TRANSACTION'), ...any(3), ...ends];
  if (dice < 92) return [...say('BEGIN'), localSetting, ...any(2), ...ends];
  if (dice < 97) return [...say('BEGIN'), ...any(2), ...say('SAVEPOINT one'), ...any(2), ...say('ROLLBACK TO one', 'ROLLBACK TO SAVEPOINT one', 'RELEASE one'), ...any(2), ...ends];
  return [...say('BEGIN'), ...say('SAVEPOINT one'), ...any(2), ...say('SAVEPOINT two'), ...any(2), ...say('ROLLBACK TO two', 'ROLLBACK TO one', 'RELEASE two'), ...any(1), ...say('COMMIT')];
}

/** Schemas that are there, or none. */
function searchPath(scene: Scene): string {
  const own = anyOf(scene, scene.world.schemas.filter((one) => one !== 'public'));
  if (own === undefined) return rarely(scene, 3) ? "''" : 'public';
  return scene.random.pick([`${own}, public`, `${own}, public`, own, `public, ${own}`]);
}

function setting(scene: Scene): string {
  const path = searchPath(scene);
  return scene.random.pick([
    `SET search_path = ${path}`, `SET search_path TO ${path}`, `SET SESSION search_path = ${path}`, 'SET search_path TO DEFAULT',
    ...(path === "''" || path.includes('"') ? [] : [`SELECT pg_catalog.set_config('search_path', '${path}', false)`]),
    "SET timezone = 'Europe/Berlin'", "SET timezone = 'UTC'", "SET default_tablespace = 'elsewhere'", 'SET check_function_bodies = off', 'SET session_replication_role = replica',
  ]);
}

function localSetting(scene: Scene): string {
  return scene.random.pick([`SET LOCAL search_path = ${searchPath(scene)}`, "SET LOCAL lock_timeout = '1s'", 'SET CONSTRAINTS ALL DEFERRED', "SET LOCAL timezone = 'Europe/Berlin'"]);
}
