// Words about objects, who may do what with them, and whom they belong to.

import { anyOf, column, oneOf, relation, type Production } from './scene.ts';

const kindWords: Readonly<Record<string, string>> = { v: 'VIEW', m: 'MATERIALIZED VIEW', S: 'SEQUENCE', f: 'FOREIGN TABLE' };

const comment: Production = (scene) => {
  const { random, world } = scene;
  const of = relation(scene, 'r', 'r', 'v', 'p', 'm', 'S', 'f');
  if (of === undefined) return undefined;
  const found = column(scene, of);
  const constraint = anyOf(scene, of.constraints);
  const index = anyOf(scene, of.indexes);
  const type = anyOf(scene, world.types);
  const called = anyOf(scene, world.functions);
  const words = random.pick(["'x'", 'NULL', "E'it\\'s'", "'größe'"]);
  const things = [
    `${kindWords[of.kind] ?? 'TABLE'} ${of.sql}`,
    ...(found && of.kind !== 'S' ? [`COLUMN ${of.sql}.${found.name}`] : []),
    ...(constraint ? [`CONSTRAINT ${constraint.name} ON ${of.sql}`] : []),
    ...(index && of.persistence !== 't' ? [`INDEX ${of.schema}.${index.name}`] : []),
    ...(of.policies[0] === undefined ? [] : [`POLICY ${of.policies[0]} ON ${of.sql}`]),
    ...(of.rules[0] === undefined ? [] : [`RULE ${of.rules[0]} ON ${of.sql}`]),
    ...(of.triggers[0] === undefined ? [] : [`TRIGGER ${of.triggers[0]} ON ${of.sql}`]),
    ...(type ? [`${type.kind === 'd' ? 'DOMAIN' : 'TYPE'} ${type.sql}`] : []),
    ...(called ? [`${called.kind === 'p' ? 'PROCEDURE' : 'FUNCTION'} ${called.sql}`] : []),
    `SCHEMA ${anyOf(scene, world.schemas) ?? 'public'}`,
    'EXTENSION plpgsql',
  ];
  return `COMMENT ON ${random.pick(things)} IS ${words}`;
};

const grant: Production = (scene) => {
  const { random, world } = scene;
  const of = relation(scene, 'r', 'r', 'p', 'v', 'm', 'S', 'f');
  if (of === undefined) return undefined;
  const found = column(scene, of);
  const space = anyOf(scene, world.schemas) ?? 'public';
  const type = anyOf(scene, world.types);
  const called = anyOf(scene, world.functions);
  const [word, to] = random.pick([['GRANT', 'TO'], ['GRANT', 'TO'], ['REVOKE', 'FROM']]);
  const whom = random.pick(['PUBLIC', 'clerk', 'clerk']);
  const what = random.pick([
    of.kind === 'S' ? `USAGE ON SEQUENCE ${of.sql}` : `SELECT, INSERT ON ${random.pick(['', 'TABLE '])}${of.sql}`,
    of.kind === 'S' ? `ALL ON SEQUENCE ${of.sql}` : `ALL PRIVILEGES ON ${of.sql}`,
    ...(found && of.kind !== 'S' ? [`SELECT (${found.name}) ON ${of.sql}`, `UPDATE (${found.name}), REFERENCES ON ${of.sql}`] : []),
    `SELECT ON ALL TABLES IN SCHEMA ${space}`,
    `USAGE ON ALL SEQUENCES IN SCHEMA ${space}`,
    `EXECUTE ON ALL FUNCTIONS IN SCHEMA ${space}`,
    `USAGE, CREATE ON SCHEMA ${space}`,
    ...(type ? [`USAGE ON TYPE ${type.sql}`] : []),
    ...(called ? [`EXECUTE ON ${called.kind === 'p' ? 'PROCEDURE' : 'FUNCTION'} ${called.sql}`] : []),
    'USAGE ON LANGUAGE plpgsql',
  ]);
  return `${word} ${what} ${to} ${whom}${word === 'REVOKE' ? random.pick(['', '', ' CASCADE']) : whom === 'clerk' ? random.pick(['', '', ' WITH GRANT OPTION']) : ''}`;
};

const byDefault: Production = ({ random }) => {
  const where = random.pick(['', ' IN SCHEMA public', ' FOR ROLE CURRENT_USER']);
  return `ALTER DEFAULT PRIVILEGES${where} ${random.pick(['GRANT SELECT ON TABLES TO PUBLIC', 'REVOKE SELECT ON TABLES FROM PUBLIC', 'GRANT USAGE ON SEQUENCES TO clerk', 'GRANT EXECUTE ON FUNCTIONS TO clerk', 'REVOKE ALL ON TYPES FROM PUBLIC'])}`;
};

export const privileges = oneOf([3, comment], [3, grant], [1, byDefault]);
