// How the statements of a migration share a session: most are alone, some follow a setting, some are in a transaction with savepoints.

import type { Random } from '../../fuzz/random.ts';
import { afterwards, prepared, withCursor } from './prepared.ts';
import { anyOf, rarely, type Scene } from './scene.ts';
import { nextStatement } from './statement.ts';

/** Each statement is made when its turn comes. */
export type Plan = readonly ((scene: Scene) => string)[];

export function migrationPlan(random: Random): Plan {
  const any = (most: number): Plan => Array.from({ length: 1 + random.number(most) }, () => nextStatement);
  const say = (...choices: readonly string[]): Plan => [() => random.pick(choices)];
  const begins = say('BEGIN', 'BEGIN', 'START TRANSACTION', 'BEGIN WORK', 'BEGIN ISOLATION LEVEL SERIALIZABLE', 'BEGIN TRANSACTION READ WRITE');
  const ends = say('COMMIT', 'COMMIT', 'END', 'COMMIT WORK', 'ROLLBACK', 'ABORT');
  const dice = random.number(100);
  if (dice < 78) return [nextStatement];
  if (dice < 83) return [setting, ...any(3)];
  if (dice < 87) return [...begins, ...any(4), ...ends];
  if (dice < 89) return [...begins, localSetting, ...any(2), ...ends];
  if (dice < 93) return [...begins, ...any(2), ...say('SAVEPOINT one'), ...any(2), ...say('ROLLBACK TO one', 'ROLLBACK TO SAVEPOINT one', 'RELEASE one'), ...any(2), ...ends];
  if (dice < 95) return [...begins, ...say('SAVEPOINT one'), ...any(2), ...say('SAVEPOINT two'), ...any(2), ...say('ROLLBACK TO two', 'ROLLBACK TO one', 'RELEASE two', 'RELEASE one'), ...any(1), ...say('COMMIT')];
  if (dice < 96) return [...begins, ...say('SAVEPOINT one'), ...any(1), ...say('SAVEPOINT one'), ...any(2), ...say('ROLLBACK TO one'), ...any(1), ...say('RELEASE one', 'ROLLBACK TO one'), ...any(1), ...ends];
  if (dice < 97) return [...begins, ...any(2), ...say('COMMIT AND CHAIN', 'ROLLBACK AND CHAIN'), ...any(2), ...ends];
  if (dice < 98) return [...begins, ...withCursor, ...any(1), ...ends];
  const name = `p${random.number(1_000_000)}`;
  return [prepared(name), ...(random.number(2) === 0 ? any(1) : []), ...afterwards(name)];
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
    "SET timezone = 'Europe/Berlin'", "SET timezone = 'UTC'", "SET default_tablespace = 'elsewhere'", 'SET check_function_bodies = off', 'SET session_replication_role = replica', "SET lock_timeout = '5s'", "SET statement_timeout TO '1min'", 'SET ROLE postgres', 'SET row_security = off', 'SET client_min_messages = warning', 'RESET ALL', 'SET TIME ZONE LOCAL', "SET default_table_access_method = 'heap'",
  ]);
}

function localSetting(scene: Scene): string {
  return scene.random.pick([`SET LOCAL search_path = ${searchPath(scene)}`, "SET LOCAL lock_timeout = '1s'", 'SET CONSTRAINTS ALL DEFERRED', 'SET CONSTRAINTS ALL IMMEDIATE', "SET LOCAL ROLE postgres", "SELECT set_config('lock_timeout', '3s', true)", "SET LOCAL timezone = 'Europe/Berlin'"]);
}
