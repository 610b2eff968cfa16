// What hangs on a table: triggers, policies, rules, statistics, publications, comments, privileges.

import { anyOf, column, freshName, isTried, maybe, mostly, named, oneOf, rarely, relation, table, type Production, type Scene } from './scene.ts';
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
  if (rarely(scene, 6)) return onOther(scene, trigger.sql);
  const transition = moment === 'AFTER' && event === 'INSERT' && of.kind !== 'p' && !of.isPartition && of.parents.length === 0 ? maybe(scene, 'REFERENCING NEW TABLE AS added', 6) : '';
  return `CREATE${maybe(scene, 'OR REPLACE', 4)} TRIGGER ${freshName(scene, 't')} ${moment} ${event} ON ${named(scene, of)}${transition} FOR EACH ${level}${when} EXECUTE ${random.pick(['FUNCTION', 'PROCEDURE'])} ${trigger.sql}`;
};

/** Instead of what a view can't do, on TRUNCATE, and with the rows before and behind. */
function onOther(scene: Scene, run: string): string | undefined {
  const view = relation(scene, 'v');
  const of = table(scene);
  return scene.random.pick([
    ...(view ? [`CREATE TRIGGER ${freshName(scene, 't')} INSTEAD OF ${scene.random.pick(['INSERT', 'UPDATE', 'INSERT OR UPDATE OR DELETE'])} ON ${named(scene, view)} FOR EACH ROW EXECUTE FUNCTION ${run}`] : []),
    ...(of ? [`CREATE TRIGGER ${freshName(scene, 't')} ${scene.random.pick(['BEFORE', 'AFTER'])} TRUNCATE ON ${named(scene, of)} FOR EACH STATEMENT EXECUTE FUNCTION ${run}`, `CREATE TRIGGER ${freshName(scene, 't')} AFTER UPDATE ON ${named(scene, of)} REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT EXECUTE FUNCTION ${run}`, `CREATE TRIGGER ${freshName(scene, 't')} BEFORE UPDATE ON ${named(scene, of)} FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION ${run}`] : []),
  ]);
}

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
    ...(found ? [`DROP POLICY${maybe(scene, 'IF EXISTS')} ${found.name} ON ${found.on}`, `ALTER POLICY ${found.name} ON ${found.on} ${scene.random.pick([`RENAME TO ${freshName(scene, 'p')}`, 'TO PUBLIC', 'TO CURRENT_USER', 'TO clerk', `USING (${condition(scene, found.of)})`])}`] : []),
  ]);
};

const rewriteRules: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'v', 'p');
  const other = table(scene);
  const found = withOne(scene, ({ rules }) => rules);
  if (of === undefined) return undefined;
  return scene.random.pick([
    `CREATE${maybe(scene, 'OR REPLACE', 4)} RULE ${freshName(scene, 'r')} AS ON ${scene.random.pick(['INSERT', 'UPDATE', 'DELETE'])} TO ${named(scene, of)} DO ${scene.random.pick(['ALSO', 'INSTEAD'])} NOTHING`,
    ...(other && found ? [`CREATE RULE ${freshName(scene, 'r')} AS ON UPDATE TO ${named(scene, of)} WHERE false DO ${scene.random.pick(['ALSO', 'INSTEAD'])} (DELETE FROM ${other.sql} WHERE false; SELECT 1)`, `CREATE RULE ${freshName(scene, 'r')} AS ON INSERT TO ${named(scene, of)} DO ALSO NOTIFY changed`] : []),
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
    `CREATE STATISTICS ${freshName(scene, 's')} ON ${pair.map(({ name }) => name).join(', ')}, (${usable[0]?.name ?? 'a'} IS NOT NULL) FROM ${named(scene, of)}`,
    ...(isTried(scene, 16) ? [`CREATE STATISTICS ON ${pair.map(({ name }) => name).join(', ')} FROM ${named(scene, of)}`] : []),
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
  const another = table(scene, ({ persistence, sql }) => persistence === 'p' && sql !== of.sql);
  const other = another && named(scene, another);
  return random.pick([
    `CREATE PUBLICATION ${new_} FOR TABLE ${maybe(scene, 'ONLY', 6).trim()} ${on}`.replace('  ', ' '),
    `CREATE PUBLICATION ${new_}${random.pick(['', '', ' FOR ALL TABLES'])}${maybe(scene, "WITH (publish = 'insert')", 3)}`,
    ...(version >= 15 ? [`CREATE PUBLICATION ${new_} FOR TABLES IN SCHEMA ${space ?? 'public'}`, ...(key ? [`CREATE PUBLICATION ${new_} FOR TABLE ${on} (${key})`] : []), `CREATE PUBLICATION ${new_} FOR TABLE ${on} WHERE (true) WITH (publish = 'insert')`, ...(other ? [`CREATE PUBLICATION ${new_} FOR TABLE ${on}, TABLES IN SCHEMA ${space ?? 'public'}`, `CREATE PUBLICATION ${new_} FOR TABLE ${on}${key ? ` (${key})` : ''}, TABLE ${other} WHERE (true)`, `CREATE PUBLICATION ${new_} FOR TABLE ${on}, ${other} WITH (publish_via_partition_root)`] : [])] : []),
    ...(found ? [`ALTER PUBLICATION ${found.name} ${has ? random.pick(['DROP', 'SET']) : random.pick(['ADD', 'SET'])} TABLE ${on}`, `ALTER PUBLICATION ${found.name} SET (publish = '${random.pick(['insert', 'insert, update', 'truncate'])}')`, `DROP PUBLICATION${maybe(scene, 'IF EXISTS')} ${found.name}`] : []),
    ...(found && version >= 15 && space ? [`ALTER PUBLICATION ${found.name} ${random.pick(['ADD', 'SET'])} TABLES IN SCHEMA ${space}`] : []),
  ]);
};

export const attached = oneOf([5, createTrigger], [3, onTrigger], [3, policies], [3, rewriteRules], [3, statistics], [4, publications]);
