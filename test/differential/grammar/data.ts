// Rows: INSERT, UPDATE, DELETE, MERGE, COPY and queries, through views too, with CTEs.

import { anyOf, column, maybe, mostly, named, oneOf, rarely, relation, type Production, type Scene } from './scene.ts';
import { condition, constant, familyOf, literal } from './values.ts';
import type { WorldColumn, WorldRelation } from '../world.ts';

function isWritten({ generated, identity }: WorldColumn): boolean {
  return generated === '' && identity !== 'a';
}

/** What is written to: a view that hides nothing now and then. */
function target(scene: Scene): WorldRelation | undefined {
  if (rarely(scene, 8)) return relation(scene, 'v');
  return mostly(scene, scene.world.relations.filter(({ kind }) => kind === 'r' || kind === 'p'), ({ kind, children }) => kind === 'r' || children.length > 0);
}

function values(scene: Scene, { columns }: WorldRelation): string {
  const written = columns.filter((one) => isWritten(one) && (!one.hasDefault || rarely(scene, 2)));
  return written.length === 0 ? 'DEFAULT VALUES' : `(${written.map(({ name }) => name).join(', ')}) VALUES (${written.map((one) => literal(scene, one)).join(', ')})`;
}

/** Several rows, each with its own numbers. */
function manyRows(scene: Scene, { columns }: WorldRelation): string {
  const written = columns.filter((one) => isWritten(one) && !one.hasDefault);
  const item = (one: WorldColumn): string => {
    const family = familyOf(scene, one.type);
    if (family === 'number' && !one.type.includes('.')) return `(n % 50)::${one.type}`;
    if (family === 'text' && /^(?:text|character varying)$/.test(one.type)) return "'t' || n";
    return `${constant(scene, one.type)}::${one.type}`;
  };
  return written.length === 0 ? 'DEFAULT VALUES' : `(${written.map(({ name }) => name).join(', ')}) SELECT ${written.map(item).join(', ')} FROM generate_series(${scene.random.pick(['1, 3', '10, 30', '1, 50'])}) n`;
}

const insert: Production = (scene) => {
  const of = target(scene);
  if (of === undefined || of.columns.length === 0) return undefined;
  return `INSERT INTO ${named(scene, of)} ${rarely(scene, 2) ? values(scene, of) : manyRows(scene, of)}${of.kind === 'v' ? '' : maybe(scene, 'ON CONFLICT DO NOTHING', 3)}${maybe(scene, 'RETURNING *', 6)}`;
};

const update: Production = (scene) => {
  const of = target(scene);
  const found = of && column(scene, of, (one) => isWritten(one) && !(of.key?.columns.includes(one.name) ?? false));
  if (of === undefined || found === undefined) return undefined;
  const other = relation(scene, 'r', 'p');
  const from = other && other.sql !== of.sql && rarely(scene, 5) ? ` FROM ${named(scene, other)} o` : '';
  return `UPDATE ${maybe(scene, 'ONLY', 12).trim()} ${named(scene, of)} ${from ? 'AS x ' : ''}SET ${found.name} = ${scene.random.pick([literal(scene, found), 'DEFAULT', found.name])}${from}${from ? '' : maybe(scene, `WHERE ${condition(scene, of)}`, 2)}`.replace(/ {2,}/g, ' ');
};

const remove: Production = (scene) => {
  const of = target(scene);
  return of && `DELETE FROM ${maybe(scene, 'ONLY', 12).trim()} ${named(scene, of)}${maybe(scene, `WHERE ${condition(scene, of)}`, 2)}`.replace('  ', ' ');
};

const withParts: Production = (scene) => {
  const of = target(scene);
  const other = relation(scene, 'r', 'p', 'v', 'm');
  if (of === undefined || other === undefined) return undefined;
  const found = column(scene, of, isWritten);
  return scene.random.pick([
    `WITH gone AS (DELETE FROM ${named(scene, of)} RETURNING *) SELECT count(*) FROM gone`,
    `WITH s AS (SELECT * FROM ${named(scene, other)}) DELETE FROM ${named(scene, of)} WHERE EXISTS (SELECT FROM s)`,
    ...(found ? [`WITH changed AS (UPDATE ${named(scene, of)} SET ${found.name} = ${literal(scene, found)} RETURNING *) SELECT count(*) FROM changed`] : []),
    `DELETE FROM ${named(scene, of)} x USING ${named(scene, other)} y WHERE x IS NULL`,
  ]);
};

const merge: Production = (scene) => {
  const of = target(scene);
  const other = relation(scene, 'r', 'p', 'v', 'm');
  if (scene.version < 15 || of === undefined || other === undefined || (of.kind === 'v' && scene.version < 17)) return undefined;
  const found = column(scene, of, (one) => isWritten(one) && !(of.key?.columns.includes(one.name) ?? false));
  const matched = scene.random.pick(['WHEN MATCHED THEN DELETE', 'WHEN MATCHED THEN DO NOTHING', ...(found ? [`WHEN MATCHED THEN UPDATE SET ${found.name} = ${literal(scene, found)}`] : []), 'WHEN NOT MATCHED THEN DO NOTHING']);
  return `MERGE INTO ${named(scene, of)} t USING ${named(scene, other)} s ON t IS NULL AND s IS NULL ${matched}`;
};

const read: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'p', 'v', 'm');
  if (of === undefined) return undefined;
  const lock = scene.random.pick(['FOR UPDATE', 'FOR SHARE', 'FOR NO KEY UPDATE', 'FOR KEY SHARE']);
  return scene.random.pick([
    ...(of.kind === 'm' ? [] : [`SELECT * FROM ${named(scene, of)} ${lock}`]),
    `SELECT count(*) FROM ${named(scene, of)}`,
    ...(of.kind === 'r' ? [`COPY ${named(scene, of)} TO STDOUT`] : [`COPY (SELECT * FROM ${named(scene, of)}) TO STDOUT`]),
    `EXPLAIN ${scene.random.pick(['', 'ANALYZE '])}SELECT * FROM ${named(scene, of)}`,
    `TABLE ${named(scene, of)}`,
  ]);
};

const explained: Production = (scene) => {
  const inner = anyOf(scene, [insert, update, remove])?.(scene);
  return inner && `EXPLAIN ${scene.random.pick(['', 'ANALYZE ', '(COSTS off) '])}${inner}`;
};

export const data = oneOf([8, insert], [3, update], [2, remove], [2, withParts], [2, merge], [2, read], [1, explained]);
