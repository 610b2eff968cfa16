// RENAME, SET SCHEMA and OWNER TO of everything that has them.

import { anyOf, fresh, freshName, maybe, mostly, named, newColumn, newName, oneOf, relation, table, type Production } from './scene.ts';

const newSchema: Production = (scene) => anyOf(scene, scene.world.schemas);

const renamedColumn: Production = (scene) => {
  const of = table(scene);
  const found = of && mostly(scene, of.columns, ({ isInherited }) => !isInherited && !of.isTyped);
  return found && `ALTER TABLE${maybe(scene, 'IF EXISTS', 10)} ${named(scene, of)} RENAME ${maybe(scene, 'COLUMN', 1).trim()} ${found.name} TO ${newColumn(scene, of)}`;
};

const renamedTable: Production = (scene) => {
  const of = table(scene);
  return of && `ALTER TABLE${maybe(scene, 'IF EXISTS', 10)} ${named(scene, of)} RENAME TO ${newName(scene)}`;
};

const movedTable: Production = (scene) => {
  const of = table(scene, ({ persistence }) => persistence !== 't');
  const space = of && mostly(scene, scene.world.schemas, (one) => one !== of.schema);
  return space && `ALTER TABLE${maybe(scene, 'IF EXISTS', 10)} ${named(scene, of)} SET SCHEMA ${space}`;
};

const renamedConstraint: Production = (scene) => {
  const of = table(scene);
  const found = of && mostly(scene, of.constraints, ({ isInherited }) => !isInherited);
  return found && `ALTER TABLE ${named(scene, of)} RENAME CONSTRAINT ${found.name} TO ${freshName(scene, 'k')}`;
};

/** Of an index, a view or a sequence by the words of another kind, as PostgreSQL allows it. */
const asTable: Production = (scene) => {
  const of = relation(scene, 'v', 'm', 'S');
  return of && `ALTER TABLE ${named(scene, of)} RENAME TO ${freshName(scene, 'w')}`;
};

const publication: Production = (scene) => {
  const found = anyOf(scene, scene.world.publications);
  return found && `ALTER PUBLICATION ${found.name} ${scene.random.pick([`RENAME TO ${freshName(scene, 'pub')}`, 'OWNER TO CURRENT_USER'])}`;
};

const statistics: Production = (scene) => {
  const found = anyOf(scene, scene.world.statistics);
  return found && `ALTER STATISTICS ${found} ${scene.random.pick([`RENAME TO ${freshName(scene, 's')}`, `SET SCHEMA ${newSchema(scene) ?? 'public'}`, 'SET STATISTICS 200', 'OWNER TO CURRENT_USER'])}`;
};

const ownSchema: Production = (scene) => {
  const found = anyOf(scene, scene.world.schemas.filter((one) => one !== 'public'));
  return found && `ALTER SCHEMA ${found} ${scene.random.pick([`RENAME TO ${fresh(scene, ['app', 'audit', 'old', '"My Schema"'], scene.world.schemas)}`, 'OWNER TO CURRENT_USER'])}`;
};

const allInTablespace: Production = (scene) => `ALTER ${scene.random.pick(['TABLE', 'TABLE', 'INDEX', 'MATERIALIZED VIEW'])} ALL IN TABLESPACE ${scene.random.pick(['elsewhere SET TABLESPACE pg_default', 'pg_default SET TABLESPACE elsewhere', 'elsewhere OWNED BY CURRENT_USER SET TABLESPACE pg_default'])}`;

export const renames = oneOf([8, renamedColumn], [8, renamedTable], [5, movedTable], [4, renamedConstraint], [1, asTable], [1, publication], [1, statistics], [2, ownSchema], [1, allInTablespace]);
