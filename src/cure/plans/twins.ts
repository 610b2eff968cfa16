// The indexes and constraints of a column, made once more for the column that takes its place.

import { truncateName } from '../../model/names.ts';
import type { Decision } from '../../model/plan.ts';
import type { Index } from '../../model/relation.ts';
import { renameColumns } from '../../model/predicate.ts';
import { conditionOf } from '../condition.ts';
import { literal, quoted, quotedList } from '../hand.ts';
import type { ColumnDependents, KeyConstraint, PlacedKey } from './column-dependents.ts';
import { foreignKeySql } from './foreign-key-sql.ts';
import { large } from './large.ts';
import { beside, type Target } from './target.ts';

export interface Twins {
  readonly decisions: readonly Decision[];
  /** CREATE INDEX CONCURRENTLY, with what drops it. */
  readonly indexes: readonly { readonly built: string; readonly dropped: string }[];
  /** On the table itself: actions of ALTER TABLE. */
  readonly added: readonly { readonly action: string; readonly name: string }[];
  /** Each on a table of its own: statements. */
  readonly foreignKeys: readonly { readonly added: string; readonly dropped: string; readonly shown: string }[];
  readonly validated: readonly string[];
  /** The twins in the place of what they are made after: what is dropped first, then what takes the names. */
  readonly dropped: readonly string[];
  readonly named: readonly string[];
}

export function twinsOf({ keys, indexes, checks, foreignKeys }: ColumnDependents, { target, old, fresh }: { readonly target: Target; readonly old: string; readonly fresh: string }): Twins {
  const now = (column: string): string => (column === old ? fresh : column);
  const { sql } = target;
  const keyTwins = keys.map((key) => keyTwin(key, target, now));
  const indexTwins = indexes.map((index) => indexTwin(index, target, { old, fresh }));
  const checkTwins = checks.map((check) => {
    const condition = conditionOf(renameColumns(check.predicate, now), large);
    const slot = `<condition of ${check.name}>`;
    return {
      check,
      twin: twinName(check.name),
      condition: condition ?? slot,
      decisions: condition === undefined ? [{ slot, meaning: `the condition of ${quoted(check.name)}, with ${quoted(fresh)} in the place of ${quoted(old)}` }] : [],
    };
  });
  const keyTwinsOfOthers = foreignKeys.map((placed) => ({ ...placed, twin: twinName(placed.key.name), sql: foreignKeySql(moved(placed, target, now), ' NOT VALID') }));
  const table = `ALTER TABLE ${sql}`;
  return {
    decisions: [...indexTwins.flatMap(({ decisions }) => decisions), ...checkTwins.flatMap(({ decisions }) => decisions)],
    indexes: [...keyTwins, ...indexTwins].map(({ built, twin }) => ({ built, dropped: `DROP INDEX CONCURRENTLY IF EXISTS ${beside(target, twin)}` })),
    added: checkTwins.map(({ check, twin, condition }) => ({
      action: `ADD CONSTRAINT ${quoted(twin)} CHECK (${condition})${check.noInherit ? ' NO INHERIT' : ''}${check.enforced ? ' NOT VALID' : ' NOT ENFORCED'}`,
      name: twin,
    })),
    foreignKeys: keyTwinsOfOthers.map(({ on, key, twin, sql: definition }) => ({
      added: `ALTER TABLE ${on.sql} ADD CONSTRAINT ${quoted(twin)} ${definition}`,
      dropped: `ALTER TABLE ${on.sql} DROP CONSTRAINT ${quoted(twin)}`,
      shown: key.name,
    })),
    validated: [
      ...checkTwins.flatMap(({ check, twin }) => (check.valid && check.enforced ? [`${table} VALIDATE CONSTRAINT ${quoted(twin)}`] : [])),
      ...keyTwinsOfOthers.flatMap(({ on, key, twin }) => (key.valid && key.enforced ? [`ALTER TABLE ${on.sql} VALIDATE CONSTRAINT ${quoted(twin)}`] : [])),
    ],
    dropped: [
      ...keyTwinsOfOthers.map(({ on, key }) => `ALTER TABLE ${on.sql} DROP CONSTRAINT ${quoted(key.name)}`),
      ...[...checks, ...keys].map(({ name }) => `${table} DROP CONSTRAINT ${quoted(name)}`),
      ...indexes.map(({ name }) => `DROP INDEX ${beside(target, name)}`),
    ],
    named: [
      ...keyTwins.map(({ key, twin }) => `${table} ADD CONSTRAINT ${quoted(key.name)} ${kinds[key.type]} USING INDEX ${quoted(twin)}${key.deferrable ? ' DEFERRABLE' : ''}`),
      ...indexTwins.map(({ index, twin }) => `ALTER INDEX ${beside(target, twin)} RENAME TO ${quoted(index.name)}`),
      ...checkTwins.map(({ check, twin }) => `${table} RENAME CONSTRAINT ${quoted(twin)} TO ${quoted(check.name)}`),
      ...keyTwinsOfOthers.map(({ on, key, twin }) => `ALTER TABLE ${on.sql} RENAME CONSTRAINT ${quoted(twin)} TO ${quoted(key.name)}`),
    ],
  };
}

const kinds: Readonly<Record<KeyConstraint['type'], string>> = { unique: 'UNIQUE', 'primary-key': 'PRIMARY KEY', exclusion: 'EXCLUDE' };

function twinName(name: string): string {
  return `${truncateName(name, 63 - '_new'.length)}_new`;
}

function keyTwin(key: KeyConstraint, target: Target, now: (column: string) => string): { readonly key: KeyConstraint; readonly twin: string; readonly built: string } {
  const twin = twinName(key.name);
  const index = target.relation?.indexes.get(key.name);
  const built = `CREATE UNIQUE INDEX CONCURRENTLY ${quoted(twin)} ON ${target.sql} (${quotedList(key.columns.map(now))})${included(index, now)}${index?.nullsNotDistinct ? ' NULLS NOT DISTINCT' : ''}`;
  return { key, twin, built };
}

function included(index: Index | undefined, now: (column: string) => string): string {
  return index === undefined || index.included.length === 0 ? '' : ` INCLUDE (${quotedList(index.included.map(now))})`;
}

interface IndexTwin {
  readonly index: Index;
  readonly twin: string;
  readonly built: string;
  readonly decisions: readonly Decision[];
}

function indexTwin(index: Index, target: Target, { old, fresh }: { readonly old: string; readonly fresh: string }): IndexTwin {
  const now = (column: string): string => (column === old ? fresh : column);
  const twin = twinName(index.name);
  const head = `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY ${quoted(twin)} ON ${target.sql}`;
  if (index.plain && index.expressions.length === 0 && index.predicate === undefined) {
    const method = index.method === 'btree' ? '' : ` USING ${quoted(index.method)}`;
    return { index, twin, built: `${head}${method} (${quotedList(index.columns.map(now))})${included(index, now)}${index.nullsNotDistinct ? ' NULLS NOT DISTINCT' : ''}`, decisions: [] };
  }
  const slot = `<definition of ${index.name}>`;
  const shown = `SELECT pg_get_indexdef(${literal(beside(target, index.name)).trim()}::regclass)`;
  return { index, twin, built: `${head} ${slot}`, decisions: [{ slot, meaning: `what stands behind the table's name in ${shown}, with ${quoted(fresh)} in the place of ${quoted(old)}` }] };
}

/** The key with the new column in the place of the old one, on the side where that stands. */
function moved(placed: PlacedKey, target: Target, now: (column: string) => string): PlacedKey {
  const { key, on, to, referencedColumns } = placed;
  const isReferenced = to === target && referencedColumns.some((column) => now(column) !== column);
  const isOwn = on === target && !isReferenced;
  return { ...placed, key: isOwn ? { ...key, columns: key.columns.map(now) } : key, referencedColumns: isReferenced ? referencedColumns.map(now) : referencedColumns };
}
