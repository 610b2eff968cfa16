// TRUNCATE, LOCK, REINDEX, ANALYZE, VACUUM and CLUSTER.

import { anyOf, maybe, mostly, named, oneOf, rarely, relation, some, tables, type Production } from './scene.ts';

const truncate: Production = (scene) => {
  const found = some(scene, tables(scene), rarely(scene, 4) ? 2 : 1);
  const isUsed = found.some((one) => one.isUsed);
  return found.length === 0 ? undefined : `TRUNCATE${maybe(scene, 'TABLE', 2)}${maybe(scene, 'ONLY', 20)} ${found.map((one) => named(scene, one)).join(', ')}${maybe(scene, 'RESTART IDENTITY', 3)}${isUsed ? maybe(scene, 'CASCADE', 2) : maybe(scene, 'CASCADE', 6)}`;
};

const modes = ['ACCESS EXCLUSIVE', 'SHARE', 'ROW EXCLUSIVE', 'EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE ROW EXCLUSIVE', 'ROW SHARE', 'ACCESS SHARE'];

const lock: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'p', 'v', 'v');
  return of && `LOCK${maybe(scene, 'TABLE', 2)}${of.kind === 'v' ? '' : maybe(scene, 'ONLY', 8)} ${named(scene, of)}${maybe(scene, `IN ${scene.random.pick(modes)} MODE`, 1)}${maybe(scene, 'NOWAIT', 8)}`;
};

const reindex: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'p', 'm');
  return scene.random.pick([
    ...(of ? [`REINDEX TABLE${maybe(scene, 'CONCURRENTLY', 10)} ${named(scene, of)}`, `REINDEX TABLE ${named(scene, of)}`, `REINDEX (TABLESPACE elsewhere) TABLE ${named(scene, of)}`] : []),
    ...(rarely(scene, 6) ? [`REINDEX SCHEMA ${anyOf(scene, scene.world.schemas) ?? 'public'}`] : []),
  ].concat(of || !rarely(scene, 6) ? [] : ['REINDEX SCHEMA public']).concat(of ? [] : ['ANALYZE']));
};

const analyze: Production = (scene) => {
  const of = relation(scene, 'r', 'p', 'm');
  const found = of && anyOf(scene, of.columns.filter(({ generated }) => generated !== 'v'));
  return of && `ANALYZE ${named(scene, of)}${found && rarely(scene, 3) ? ` (${found.name})` : ''}`;
};

const vacuum: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'p', 'm');
  return of && `VACUUM${scene.random.pick(['', '', ' FULL', ' (FULL)', ' (ANALYZE)', ' (FREEZE)', ' (TRUNCATE false)', ' (INDEX_CLEANUP off)'])} ${named(scene, of)}`;
};

const cluster: Production = (scene) => {
  const of = mostly(scene, scene.world.relations.filter(({ indexes }) => indexes.length > 0), ({ kind }) => kind !== 'p');
  const index = of && mostly(scene, of.indexes, ({ isPlain }) => isPlain);
  return of && index && `CLUSTER ${named(scene, of)} USING ${index.name}`;
};

export const maintenance = oneOf([6, truncate], [6, lock], [4, reindex], [4, analyze], [1, vacuum], [3, cluster]);
