// What hangs on a table: triggers, policies, rules, statistics, publications, comments, privileges.

import { anyOf, column, freshName, maybe, mostly, named, oneOf, rarely, relation, table, type Production, type Scene } from './scene.ts';
import { condition, isOrdered } from './values.ts';
import type { WorldRelation } from '../world.ts';

const createTrigger: Production = (scene) => {
  const { random, world } = scene;
  const of = table(scene);
  const trigger = anyOf(scene, world.functions.filter(({ returns, arguments: all }) => returns === 'trigger' && all.length === 0));
  if (of === undefined || trigger === undefined) return undefined;
  const found = column(scene, of, ({ generated }) => generated === '');
  const [moment, event, level] = [random.pick(['BEFORE', 'AFTER']), random.pick(['INSERT', 'UPDATE', ...(found ? [`UPDATE OF ${found.name}`] : []), 'INSERT OR DELETE']), random.pick(['ROW', 'ROW', 'STATEMENT'])];
  const when = level === 'ROW' && found && !event.includes('DELETE') ? maybe(scene, `WHEN (NEW.${found.name} IS NOT NULL)`) : '';
  if (rarely(scene, 8)) return `CREATE CONSTRAINT TRIGGER ${freshName(scene, 't')} AFTER ${event} ON ${named(scene, of)}${maybe(scene, 'DEFERRABLE INITIALLY DEFERRED')} FOR EACH ROW${when} EXECUTE FUNCTION ${trigger.sql}`;
  const transition = moment === 'AFTER' && event === 'INSERT' && of.kind !== 'p' && !of.isPartition && of.parents.length === 0 ? maybe(scene, 'REFERENCING NEW TABLE AS added', 6) : '';
  return `CREATE${maybe(scene, 'OR REPLACE', 4)} TRIGGER ${freshName(scene, 't')} ${moment} ${event} ON ${named(scene, of)}${transition} FOR EACH ${level}${when} EXECUTE ${random.pick(['FUNCTION', 'PROCEDURE'])} ${trigger.sql}`;
};

/** Of what has one. */
function withOne(scene: Scene, namesOf: (relation: WorldRelation) => readonly string[]): { readonly on: string; readonly name: string; readonly of: WorldRelation } | undefined {
  const of = anyOf(scene, scene.world.relations.filter((one) => namesOf(one).length > 0));
  const name = of && anyOf(scene, namesOf(of));
  return of && name !== undefined ? { of, on: named(scene, of), name } : undefined;
}

const onTrigger: Production = (scene) => {
  const found = withOne(scene, ({ triggers }) => triggers);
  return found && scene.random.pick([`DROP TRIGGER${maybe(scene, 'IF EXISTS')} ${found.name} ON ${found.on}${maybe(scene, 'CASCADE', 6)}`, `ALTER TRIGGER ${found.name} ON ${found.on} RENAME TO ${freshName(scene, 't')}`, `COMMENT ON TRIGGER ${found.name} ON ${found.on} IS 'x'`]);
};

const policies: Production = (scene) => {
  const of = table(scene);
  const found = withOne(scene, ({ policies: all }) => all);
  if (of === undefined) return undefined;
  const command = scene.random.pick(['', '', ' FOR SELECT', ' FOR ALL TO PUBLIC', ' AS RESTRICTIVE FOR DELETE']);
  return scene.random.pick([
    `CREATE POLICY ${freshName(scene, 'p')} ON ${named(scene, of)}${command} USING (${condition(scene, of)})`,
    `CREATE POLICY ${freshName(scene, 'p')} ON ${named(scene, of)} FOR INSERT WITH CHECK (${condition(scene, of)})`,
    ...(found ? [`DROP POLICY${maybe(scene, 'IF EXISTS')} ${found.name} ON ${found.on}`, `ALTER POLICY ${found.name} ON ${found.on} ${scene.random.pick([`RENAME TO ${freshName(scene, 'p')}`, 'TO PUBLIC', 'TO CURRENT_USER'])}`] : []),
  ]);
};

const rewriteRules: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'v', 'p');
  const other = table(scene);
  const found = withOne(scene, ({ rules }) => rules);
  if (of === undefined) return undefined;
  return scene.random.pick([
    `CREATE${maybe(scene, 'OR REPLACE', 4)} RULE ${freshName(scene, 'r')} AS ON ${scene.random.pick(['INSERT', 'UPDATE', 'DELETE'])} TO ${named(scene, of)} DO ${scene.random.pick(['ALSO', 'INSTEAD'])} NOTHING`,
    ...(other ? [`CREATE RULE ${freshName(scene, 'r')} AS ON DELETE TO ${named(scene, of)} DO ALSO DELETE FROM ${other.sql}`] : []),
    ...(found ? [`DROP RULE${maybe(scene, 'IF EXISTS')} ${found.name} ON ${found.on}${maybe(scene, 'CASCADE', 6)}`, `ALTER RULE ${found.name} ON ${found.on} RENAME TO ${freshName(scene, 'r')}`] : []),
  ]);
};

const statistics: Production = (scene) => {
  const of = rarely(scene, 8) ? relation(scene, 'm') : table(scene);
  const usable = of?.columns.filter(({ type, generated }) => generated !== 'v' && isOrdered(scene, type)) ?? [];
  const made = anyOf(scene, scene.world.statistics);
  const drop = made === undefined ? [] : [`DROP STATISTICS${maybe(scene, 'IF EXISTS')} ${made}`];
  if (of === undefined || usable.length < 2) return drop[0];
  const pair = usable.length === 2 ? usable : usable.slice(0, 2 + scene.random.number(usable.length - 2));
  return scene.random.pick([
    `CREATE STATISTICS${maybe(scene, 'IF NOT EXISTS', 5)} ${freshName(scene, 's')}${scene.random.pick(['', ' (dependencies)', ' (ndistinct, mcv)'])} ON ${pair.map(({ name }) => name).join(', ')} FROM ${named(scene, of)}`,
    `CREATE STATISTICS ${freshName(scene, 's')} ON (${usable[0]?.name ?? 'a'} IS NULL) FROM ${named(scene, of)}`,
    ...drop,
  ]);
};

const publications: Production = (scene) => {
  const { random, world, version } = scene;
  const fitting = (one: WorldRelation): boolean => one.persistence === 'p';
  const of = mostly(scene, world.relations.filter(({ kind }) => kind === 'r' || kind === 'p'), fitting);
  if (of === undefined) return undefined;
  const on = named(scene, of);
  const key = of.constraints.find(({ type }) => type === 'p')?.columns.join(', ');
  const new_ = freshName(scene, 'pub');
  const found = mostly(scene, world.publications, ({ isForAll }) => !isForAll);
  const has = found?.tables.includes(of.sql) === true;
  const space = anyOf(scene, world.schemas);
  return random.pick([
    `CREATE PUBLICATION ${new_} FOR TABLE ${maybe(scene, 'ONLY', 6).trim()} ${on}`.replace('  ', ' '),
    `CREATE PUBLICATION ${new_}${random.pick(['', '', ' FOR ALL TABLES'])}${maybe(scene, "WITH (publish = 'insert')", 3)}`,
    ...(version >= 15 ? [`CREATE PUBLICATION ${new_} FOR TABLES IN SCHEMA ${space ?? 'public'}`, ...(key ? [`CREATE PUBLICATION ${new_} FOR TABLE ${on} (${key})`] : []), `CREATE PUBLICATION ${new_} FOR TABLE ${on} WHERE (true) WITH (publish = 'insert')`] : []),
    ...(found ? [`ALTER PUBLICATION ${found.name} ${has ? random.pick(['DROP', 'SET']) : random.pick(['ADD', 'SET'])} TABLE ${on}`, `ALTER PUBLICATION ${found.name} SET (publish = '${random.pick(['insert', 'insert, update', 'truncate'])}')`, `DROP PUBLICATION${maybe(scene, 'IF EXISTS')} ${found.name}`] : []),
    ...(found && version >= 15 && space ? [`ALTER PUBLICATION ${found.name} ${random.pick(['ADD', 'SET'])} TABLES IN SCHEMA ${space}`] : []),
  ]);
};

const words: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'v', 'p', 'm', 'S');
  if (of === undefined) return undefined;
  const found = column(scene, of);
  const constraint = anyOf(scene, of.constraints);
  const kind = { v: 'VIEW', m: 'MATERIALIZED VIEW', S: 'SEQUENCE' }[of.kind] ?? 'TABLE';
  return scene.random.pick([
    `COMMENT ON ${kind} ${of.sql} IS 'x'`,
    ...(found && of.kind !== 'S' ? [`COMMENT ON COLUMN ${of.sql}.${found.name} IS 'x'`] : []),
    ...(constraint ? [`COMMENT ON CONSTRAINT ${constraint.name} ON ${of.sql} IS 'x'`] : []),
    `GRANT ${of.kind === 'S' ? 'USAGE ON SEQUENCE' : 'SELECT ON'} ${of.sql} TO PUBLIC`,
    `REVOKE ALL ON ${of.sql} FROM PUBLIC`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA ${anyOf(scene, scene.world.schemas) ?? 'public'} TO PUBLIC`,
    'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC',
  ]);
};

export const attached = oneOf([5, createTrigger], [3, onTrigger], [3, policies], [3, rewriteRules], [3, statistics], [4, publications], [3, words]);
