// Views, views over views, and materialized views.

import { anyOf, cascade, column, fresh, freshName, maybe, mostly, named, newColumn, oneOf, rarely, relation, schema, some, type Production, type Scene } from './scene.ts';
import { condition, defaultFor, isOrdered } from './values.ts';
import type { WorldRelation } from '../world.ts';

export function query(scene: Scene): string | undefined {
  const of = relation(scene, 'r', 'r', 'r', 'p', 'v', 'm');
  if (of === undefined || of.columns.length === 0) return undefined;
  const list = rarely(scene, 4) ? '*' : some(scene, of.columns, 3).map(({ name }) => name).join(', ');
  const where = rarely(scene, 3) ? ` WHERE ${condition(scene, of)}` : '';
  const from = named(scene, of);
  const other = relation(scene, 'r', 'p', 'v', 'm');
  const ordered = column(scene, of, ({ type }) => isOrdered(scene, type));
  const call = anyOf(scene, scene.world.functions.filter(({ kind, arguments: all, returns }) => kind === 'f' && all.length === 1 && all[0] === ordered?.type && returns !== 'trigger'));
  return scene.random.pick([
    `SELECT ${list} FROM ${from}${where}`,
    `SELECT ${list} FROM ${from}${where}`,
    `SELECT ${list} FROM ${from}${where}`,
    `SELECT count(*) AS n FROM ${from}${where}`,
    ...(ordered ? [`SELECT DISTINCT ${ordered.name} FROM ${from}`, `SELECT ${ordered.name}, count(*) AS n FROM ${from} GROUP BY ${ordered.name}`, `SELECT ${ordered.name} FROM ${from} ORDER BY ${ordered.name} LIMIT 5`] : []),
    `WITH w AS (SELECT * FROM ${from}) SELECT ${list} FROM w`,
    `SELECT 1 AS one FROM ${from} WHERE EXISTS (SELECT FROM ${from}${where})`,
    ...(other ? [`SELECT x.${of.columns[0]?.name ?? '*'} FROM ${from} x CROSS JOIN ${named(scene, other)} y`, `SELECT count(*) AS n FROM ${from} UNION ALL SELECT count(*) FROM ${named(scene, other)}`] : []),
    ...(call && ordered ? [`SELECT ${call.name}(${ordered.name}) AS made FROM ${from}`] : []),
    `SELECT ${from.includes('.') ? 'x' : from} AS whole FROM ${from}${from.includes('.') ? ' x' : ''}`,
    `SELECT * FROM (SELECT ${list} FROM ${from}) s`,
  ]);
}

const viewNames = ['v1', 'v2', 'v3', '"View 4"', 'v5', 'übersicht'];
const materializedNames = ['m0', 'm1', 'm2', '"Sum"'];

const createView: Production = (scene) => {
  const select = query(scene);
  if (select === undefined) return undefined;
  const taken = scene.world.relations.map(({ name }) => name);
  const space = schema(scene);
  if (rarely(scene, 3)) return `CREATE MATERIALIZED VIEW${maybe(scene, 'IF NOT EXISTS', 6)} ${space}${fresh(scene, materializedNames, taken)} AS ${select}${maybe(scene, 'WITH NO DATA', 4)}`;
  const isTemporary = rarely(scene, 14);
  const options = maybe(scene, `WITH (${scene.random.pick(['security_barrier', ...(scene.version >= 15 ? ['security_invoker'] : [])])})`, 12);
  if (rarely(scene, 8)) return otherView(scene, space, taken);
  return `CREATE${maybe(scene, 'OR REPLACE', 4)}${isTemporary ? ' TEMPORARY' : ''} VIEW ${isTemporary ? '' : space}${fresh(scene, viewNames, taken)}${options} AS ${select}`;
};

/** With names of its own, a check, or itself. */
function otherView(scene: Scene, space: string, taken: readonly string[]): string | undefined {
  const of = relation(scene, 'r', 'p', 'v');
  const found = of && column(scene, of);
  const name = `${space}${fresh(scene, viewNames, taken)}`;
  return of && found && scene.random.pick([
    `CREATE VIEW ${name} (x) AS SELECT ${found.name} FROM ${named(scene, of)}`,
    `CREATE VIEW ${name} AS SELECT * FROM ${named(scene, of)} WHERE ${condition(scene, of)} WITH ${scene.random.pick(['', 'LOCAL ', 'CASCADED '])}CHECK OPTION`,
    `CREATE RECURSIVE VIEW ${name} (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM ${name} WHERE n < 3`,
    `CREATE VIEW ${name} AS VALUES (1, 'a'), (2, 'b')`,
    `CREATE VIEW ${name} AS SELECT x.${found.name}, row_number() OVER (ORDER BY 1) AS place FROM ${named(scene, of)} x LEFT JOIN LATERAL (SELECT 1 AS one) l ON true`,
    `CREATE VIEW ${name} AS SELECT ${found.name} AS x, CASE WHEN ${found.name} IS NULL THEN 1 END AS y FROM ${named(scene, of)} EXCEPT SELECT NULL, NULL`,
  ]);
}

/** With a column more, or the same ones from elsewhere. */
const replaceView: Production = (scene) => {
  const view = relation(scene, 'v');
  const source = relation(scene, 'r', 'p', 'm');
  if (view === undefined || source === undefined) return undefined;
  const same = view.columns.map(({ name, type }) => `NULL::${type} AS ${name}`).join(', ');
  return `CREATE OR REPLACE VIEW ${named(scene, view)} AS SELECT ${same}${maybe(scene, `, 1 AS ${freshName(scene, 'more')}`, 3)} FROM ${named(scene, source)}`;
};

const onView: Production = (scene) => {
  const view = relation(scene, 'v', 'm');
  if (view === undefined) return undefined;
  const kind = view.kind === 'm' ? 'MATERIALIZED VIEW' : 'VIEW';
  const is = maybe(scene, 'IF EXISTS', 6);
  const name = named(scene, view);
  const found = anyOf(scene, view.columns);
  const space = view.persistence === 't' ? undefined : anyOf(scene, scene.world.schemas);
  return scene.random.pick([
    `DROP ${kind}${is} ${name}${cascade(scene, view.isUsed)}`,
    `ALTER ${kind}${is} ${name} RENAME TO ${fresh(scene, [...viewNames, ...materializedNames], [])}`,
    ...(found ? [`ALTER ${kind}${is} ${name} RENAME COLUMN ${found.name} TO ${newColumn(scene, view)}`] : []),
    ...(space ? [`ALTER ${kind}${is} ${name} SET SCHEMA ${space}`] : []),
    `ALTER ${kind} ${name} OWNER TO CURRENT_USER`,
    ...(view.kind === 'v' ? ofView(scene, view, name) : ofMaterialized(scene, view, name)),
  ]);
};

function ofView(scene: Scene, view: WorldRelation, name: string): string[] {
  const found = anyOf(scene, view.columns);
  return [
    ...(found ? [`ALTER VIEW ${name} ALTER COLUMN ${found.name} SET DEFAULT ${defaultFor(scene, found.type)}`, `ALTER VIEW ${name} ALTER ${found.name} DROP DEFAULT`] : []),
    `ALTER VIEW ${name} ${scene.random.pick(['SET (security_barrier = true)', 'RESET (security_barrier)'])}`,
  ];
}

function ofMaterialized(scene: Scene, view: WorldRelation, name: string): string[] {
  const index = mostly(scene, view.indexes, ({ isPlain }) => isPlain);
  const isUnique = view.indexes.some((one) => one.isUnique && one.isPlain);
  const found = anyOf(scene, view.columns);
  return [
    ...Array.from({ length: 4 }, () => `REFRESH MATERIALIZED VIEW${isUnique ? maybe(scene, 'CONCURRENTLY', 2) : maybe(scene, 'CONCURRENTLY', 20)} ${name}`),
    `REFRESH MATERIALIZED VIEW ${name} WITH NO DATA`,
    `ALTER MATERIALIZED VIEW ${name} ${scene.random.pick(['SET TABLESPACE elsewhere', 'SET (fillfactor = 80)', 'SET WITHOUT CLUSTER', ...(index ? [`CLUSTER ON ${index.name}`] : []), ...(found ? [`ALTER COLUMN ${found.name} SET STATISTICS 100`] : [])])}`,
  ];
}

export const views = oneOf([5, createView], [1, replaceView], [5, onView]);
