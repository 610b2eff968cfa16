// TRUNCATE, LOCK, REINDEX, ANALYZE, VACUUM and CLUSTER.

import { anyOf, maybe, mostly, named, oneOf, rarely, relation, some, tables, type Production } from './scene.ts';

const truncate: Production = (scene) => {
  const found = some(scene, tables(scene), rarely(scene, 4) ? 3 : 1);
  const isUsed = found.some((one) => one.isUsed);
  return found.length === 0 ? undefined : `TRUNCATE${maybe(scene, 'TABLE', 2)}${maybe(scene, 'ONLY', 20)} ${found.map((one) => named(scene, one)).join(', ')}${maybe(scene, 'RESTART IDENTITY', 3)}${isUsed ? maybe(scene, 'CASCADE', 2) : maybe(scene, 'CASCADE', 6)}`;
};

const modes = ['ACCESS EXCLUSIVE', 'SHARE', 'ROW EXCLUSIVE', 'EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE ROW EXCLUSIVE', 'ROW SHARE', 'ACCESS SHARE'];

const lock: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'p', 'v', 'v');
  return of && `LOCK${maybe(scene, 'TABLE', 2)}${of.kind === 'v' ? '' : maybe(scene, 'ONLY', 8)} ${named(scene, of)}${maybe(scene, `IN ${scene.random.pick(modes)} MODE`, 1)}${maybe(scene, 'NOWAIT', 8)}`;
};

const lockSeveral: Production = (scene) => {
  const found = some(scene, scene.world.relations.filter(({ kind }) => ['r', 'p', 'v'].includes(kind)), 3);
  return found.length < 2 ? undefined : `LOCK TABLE ${found.map((one) => `${maybe(scene, 'ONLY', 10).trim()} ${named(scene, one)}`.trim()).join(', ')} IN ${scene.random.pick(modes)} MODE`;
};

/** Of all tables. */
const everything: Production = ({ random }) => random.pick(['ANALYZE', 'ANALYZE', 'VACUUM', 'VACUUM (ANALYZE)', 'VACUUM (FULL)', 'CLUSTER', 'REINDEX SCHEMA public', 'ANALYZE (VERBOSE false)', 'VACUUM (SKIP_LOCKED)']);

const several: Production = (scene) => {
  const found = some(scene, scene.world.relations.filter(({ kind }) => ['r', 'p', 'm'].includes(kind)), 3);
  return found.length === 0 ? undefined : `${scene.random.pick(['VACUUM', 'ANALYZE', 'VACUUM (FULL, ANALYZE)', 'VACUUM FULL', 'VACUUM (DISABLE_PAGE_SKIPPING)'])} ${found.map((one) => named(scene, one)).join(', ')}`;
};

const reindex: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'p', 'm');
  return scene.random.pick([
    ...(of ? [`REINDEX TABLE${maybe(scene, 'CONCURRENTLY', 10)} ${named(scene, of)}`, `REINDEX TABLE ${named(scene, of)}`, `REINDEX (TABLESPACE elsewhere) TABLE ${named(scene, of)}`, `REINDEX (CONCURRENTLY) TABLE ${named(scene, of)}`] : []),
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
  return of && index && scene.random.pick([`CLUSTER ${named(scene, of)} USING ${index.name}`, `CLUSTER ${named(scene, of)} USING ${index.name}`, `CLUSTER ${index.name} ON ${named(scene, of)}`, `CLUSTER (VERBOSE) ${named(scene, of)} USING ${index.name}`, `CLUSTER ${named(scene, of)}`]);
};

export const maintenance = oneOf([6, truncate], [6, lock], [4, reindex], [4, analyze], [1, vacuum], [3, cluster], [2, lockSeveral], [1, everything], [1, several]);
