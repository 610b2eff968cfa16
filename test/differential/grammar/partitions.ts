// Bounds of partitions, ATTACH and DETACH.

import { anyOf, maybe, mostly, named, newName, rarely, tables, type Production, type Scene } from './scene.ts';
import { condition, familyOf } from './values.ts';
import type { WorldRelation } from '../world.ts';

/** A bound that none of its partitions has; undefined where there is no room. */
export function boundFor(scene: Scene, parent: WorldRelation): string | undefined {
  const { key } = parent;
  if (key === null) return undefined;
  const taken = scene.world.relations.filter(({ sql }) => parent.children.includes(sql)).map(({ bound }) => bound ?? '');
  const choices = [...boundsOf(scene, parent, key.strategy), ...(key.strategy === 'h' || rarely(scene, 2) ? [] : ['DEFAULT'])];
  return mostly(scene, choices, (choice) => !taken.includes(choice));
}

/** As PostgreSQL prints them. */
function boundsOf(scene: Scene, { columns, key }: WorldRelation, strategy: string): string[] {
  if (strategy === 'h') return [0, 1, 2, 3].map((rest) => `FOR VALUES WITH (modulus 4, remainder ${rest})`);
  const isExpression = key?.columns.length === 0;
  const families = isExpression ? ['number'] : (key?.columns ?? []).map((name) => familyOf(scene, columns.find((one) => one.name === name)?.type ?? 'text'));
  const value = (at: number): string => families.map((family) => (family === 'moment' ? `'20${20 + at}-01-01 00:00:00+00'` : family === 'text' ? `'k${at}'` : `${at * 10}`)).join(', ');
  const places = [0, 1, 2, 3, 4, 5, 6];
  if (strategy === 'l') return places.map((at) => `FOR VALUES IN (${value(at)})`);
  return places.map((at) => `FOR VALUES FROM (${value(at)}) TO (${value(at + 1)})`);
}

const detach: Production = (scene) => {
  const parent = anyOf(scene, tables(scene, ({ kind, children }) => kind === 'p' && children.length > 1));
  const part = parent && anyOf(scene, tables(scene, ({ sql }) => parent.children.includes(sql)));
  if (parent === undefined || part === undefined) return undefined;
  const hasDefault = scene.world.relations.some(({ sql, bound }) => parent.children.includes(sql) && bound === 'DEFAULT');
  return `ALTER TABLE ${named(scene, parent)} DETACH PARTITION ${named(scene, part)}${maybe(scene, rarely(scene, 12) ? 'FINALIZE' : 'CONCURRENTLY', hasDefault ? 20 : 4)}`;
};

const attach: Production = (scene) => {
  const parent = anyOf(scene, tables(scene, ({ kind }) => kind === 'p'));
  if (parent === undefined) return undefined;
  const shape = shapeOf(parent);
  const fitting = tables(scene, (one) => one.parents.length === 0 && one.sql !== parent.sql && one.persistence === parent.persistence && !one.isTyped && shapeOf(one) === shape);
  const lone = anyOf(scene, fitting);
  const bound = boundFor(scene, parent);
  return lone && bound && `ALTER TABLE ${named(scene, parent)} ATTACH PARTITION ${named(scene, lone)} ${bound}`;
};

function shapeOf({ columns }: WorldRelation): string {
  return columns.map(({ name, type }) => `${name} ${type}`).toSorted().join();
}

/** A table that could be attached, with a CHECK that proves its bounds or not. */
const attachable: Production = (scene) => {
  const parent = anyOf(scene, tables(scene, ({ kind, persistence }) => kind === 'p' && persistence !== 't'));
  if (parent === undefined) return undefined;
  const check = rarely(scene, 2) ? `, CHECK (${scene.random.pick([condition(scene, parent), 'id >= 10 AND id < 20', 'id IS NOT NULL AND id >= 10 AND id < 20'])})` : '';
  return `CREATE TABLE ${newName(scene)} (LIKE ${named(scene, parent)}${scene.random.pick([' INCLUDING ALL', ' INCLUDING DEFAULTS INCLUDING CONSTRAINTS', '', ' INCLUDING INDEXES'])}${check})`;
};

/** Of an index of a partition to one of its parent. */
const attachIndex: Production = (scene) => {
  const part = anyOf(scene, tables(scene, ({ isPartition, indexes }) => isPartition && indexes.length > 0));
  const parent = part && scene.world.relations.find(({ sql }) => sql === part.parents[0]);
  const above = parent && anyOf(scene, parent.indexes);
  const below = above && part && mostly(scene, part.indexes, ({ columns, isPart, isUnique }) => !isPart && columns.join() === above.columns.join() && isUnique === above.isUnique);
  return below && parent && `ALTER INDEX ${parent.schema}.${above.name} ATTACH PARTITION ${part.schema}.${below.name}`;
};

export const attachments: Production = (scene) => scene.random.pick([detach, attach, attach, attachable, attachIndex])(scene);
