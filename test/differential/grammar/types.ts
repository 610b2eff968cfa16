// Enums, composites, ranges, and domains over domains.

import { anyOf, cascade, fresh, freshName, maybe, mostly, newColumn, oneOf, rarely, schema, type Production, type Scene } from './scene.ts';
import { constant, neighbour, type } from './values.ts';
import type { WorldType } from '../world.ts';

const typeNames = ['mood', 'state', 'price', 'address', '"My Type"', 'größenart', 'level', 'span'];

const createType: Production = (scene) => {
  const { random, world } = scene;
  const name = `${schema(scene)}${fresh(scene, typeNames, world.types.map(({ sql }) => sql.replace(/^.*?\./, '')))}`;
  const below = anyOf(scene, world.types.filter(({ kind }) => kind !== 'r'));
  const base = random.pick(['int', 'text', 'varchar(20)', 'numeric(10,2)', 'int[]', below?.sql ?? 'int', below?.sql ?? 'text']);
  const condition = random.pick(['VALUE IS NOT NULL', 'true', base === 'int' || base.startsWith('numeric') ? 'VALUE > 0' : 'VALUE IS NOT NULL OR VALUE IS NULL']);
  return random.pick([
    `CREATE TYPE ${name} AS ENUM ('x', 'y', 'z')`,
    `CREATE TYPE ${name} AS ENUM ('${random.pick(['neu', 'new'])}')`,
    `CREATE TYPE ${name} AS (street ${type(scene)}, number int)`,
    `CREATE TYPE ${name} AS RANGE (subtype = ${random.pick(['int', 'timestamptz', 'float8'])})`,
    `CREATE DOMAIN ${name} AS ${base}${maybe(scene, `DEFAULT ${constant(scene, base)}`, 6)}${maybe(scene, 'NOT NULL', 8)}${maybe(scene, `${maybe(scene, `CONSTRAINT ${freshName(scene, 'd')}`, 2)} CHECK (${condition})`.trim(), 3)}`,
    `CREATE DOMAIN ${name} AS ${base}${maybe(scene, `CHECK (${condition})`, 3)}`,
    `CREATE DOMAIN ${name} AS ${type(scene)} CHECK (true) CHECK (VALUE IS NULL OR true)`,
    `CREATE TYPE ${name} AS (street ${type(scene)}, inner_one ${below?.sql ?? 'text'}, number int[])`,
    `CREATE TYPE ${name} AS ENUM ()`,
    `CREATE TYPE ${name} AS RANGE (subtype = int, multirange_type_name = ${freshName(scene, 'many')})`,
    `CREATE TYPE ${name} AS ()`,
    `CREATE TYPE ${name}`,
  ]);
};

const forms: Readonly<Record<string, (scene: Scene, one: WorldType) => readonly string[]>> = {
  e: (scene, { sql, labels }) => {
    if (labels.length === 0) return [`ALTER TYPE ${sql} ADD VALUE 'first'`];
    const place = maybe(scene, `${scene.random.pick(['BEFORE', 'AFTER'])} '${scene.random.pick(labels)}'`);
    return [
      `ALTER TYPE ${sql} ADD VALUE${maybe(scene, 'IF NOT EXISTS')} 'w${scene.random.number(60)}'${place}`,
      `ALTER TYPE ${sql} ADD VALUE 'v${scene.random.number(60)}'`,
      `ALTER TYPE ${sql} RENAME VALUE '${scene.random.pick(labels)}' TO 'u${scene.random.number(60)}'`,
    ];
  },
  c: (scene, { sql, attributes, isUsed }) => {
    const attribute = anyOf(scene, attributes);
    const follow = isUsed ? maybe(scene, 'CASCADE', 2) : maybe(scene, 'CASCADE');
    return [
      `ALTER TYPE ${sql} ADD ATTRIBUTE ${newColumn(scene, { columns: attributes.map(({ name }) => ({ ...nothing, name })) })} ${type(scene)}${follow}`,
      ...(attribute
        ? [
            `ALTER TYPE ${sql} DROP ATTRIBUTE${maybe(scene, 'IF EXISTS')} ${attribute.name}${follow}`,
            `ALTER TYPE ${sql} ALTER ATTRIBUTE ${attribute.name} ${scene.random.pick(['', 'SET DATA '])}TYPE ${neighbour(scene, attribute.type)}${follow}`,
            `ALTER TYPE ${sql} RENAME ATTRIBUTE ${attribute.name} TO ${newColumn(scene)}${follow}`,
            `ALTER TYPE ${sql} ADD ATTRIBUTE ${freshName(scene, 'z')} int, DROP ATTRIBUTE ${attribute.name}${follow}`,
          ]
        : []),
    ];
  },
  d: (scene, { sql, constraints, base }) => {
    const constraint = anyOf(scene, constraints);
    return [
      `ALTER DOMAIN ${sql} SET NOT NULL`,
      `ALTER DOMAIN ${sql} DROP NOT NULL`,
      `ALTER DOMAIN ${sql} ${scene.random.pick([`SET DEFAULT ${constant(scene, base ?? 'text')}`, 'DROP DEFAULT'])}`,
      `ALTER DOMAIN ${sql} ADD${maybe(scene, `CONSTRAINT ${freshName(scene, 'd')}`, 2)} CHECK (${scene.random.pick(['VALUE IS NOT NULL', 'VALUE IS NULL OR true'])})${maybe(scene, 'NOT VALID')}`,
      `ALTER DOMAIN ${sql} ADD CONSTRAINT ${freshName(scene, 'd')} CHECK (VALUE IS NOT NULL OR VALUE IS NULL)${maybe(scene, 'NOT VALID')}`,
      `ALTER DOMAIN ${sql} DROP CONSTRAINT IF EXISTS nothing`,
      ...(constraint ? [`ALTER DOMAIN ${sql} VALIDATE CONSTRAINT ${constraint}`, `ALTER DOMAIN ${sql} RENAME CONSTRAINT ${constraint} TO ${freshName(scene, 'd')}`, `ALTER DOMAIN ${sql} DROP CONSTRAINT${maybe(scene, 'IF EXISTS')} ${constraint}${cascade(scene)}`] : []),
    ];
  },
  r: () => [],
};

const nothing = { name: '', type: '', notNull: false, hasDefault: false, identity: '', generated: '', isInherited: false, isUsed: false };

const onType: Production = (scene) => {
  const { random, world } = scene;
  const found = anyOf(scene, world.types);
  if (found === undefined) return undefined;
  const { sql, kind, isUsed } = found;
  const word = kind === 'd' ? random.pick(['DOMAIN', 'DOMAIN', 'TYPE']) : 'TYPE';
  const special = forms[kind]?.(scene, found) ?? [];
  return random.pick([
    ...special,
    ...special,
    ...(isUsed && !rarely(scene, 3) ? [] : [`DROP ${word}${maybe(scene, 'IF EXISTS')} ${sql}${cascade(scene, isUsed)}`]),
    `ALTER ${word} ${sql} RENAME TO ${fresh(scene, typeNames, [])}`,
    `ALTER ${word} ${sql} SET SCHEMA ${mostly(scene, world.schemas, (one) => !sql.startsWith(`${one}.`)) ?? 'public'}`,
    `ALTER ${word} ${sql} OWNER TO CURRENT_USER`,
  ]);
};

export const types = oneOf([3, createType], [4, onType]);
