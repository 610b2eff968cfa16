// Indexes: CREATE INDEX in its forms, and what is done to them.

import { anyOf, freshName, maybe, mostly, named, rarely, relation, some, table, type Production, type Scene } from './scene.ts';
import { condition, familyOf, isOrdered } from './values.ts';
import type { WorldColumn, WorldIndex, WorldRelation } from '../world.ts';

export const createIndex: Production = (scene) => {
  const { random, version } = scene;
  const of = rarely(scene, 6) ? relation(scene, 'm') : table(scene);
  if (of === undefined) return undefined;
  const stored = of.columns.filter(({ generated }) => generated !== 'v');
  const method = methodFor(scene, stored);
  const usable = stored.filter((one) => method.holds(scene, one));
  if (usable.length === 0) return undefined;
  const isUnique = method.name === '' && rarely(scene, 3);
  const list = method.isOfOne ? some(scene, usable, 1) : some(scene, usable, 3);
  const keys = isUnique && of.key && !rarely(scene, 10) ? [...list, ...usable.filter(({ name }) => of.key?.columns.includes(name) && !list.some((one) => one.name === name))] : list;
  const elements = keys.map((one) => (isUnique && of.key ? one.name : element(scene, one, method.name))).join(', ');
  const included = method.name === '' && rarely(scene, 8) ? ` INCLUDE (${random.pick(stored).name})` : '';
  const extra = [
    included,
    version >= 15 && isUnique ? scene.random.pick(['', '', '', '', ' NULLS NOT DISTINCT', ' NULLS DISTINCT']) : '',
    rarely(scene, 12) && method.name === '' ? ' WITH (fillfactor = 70)' : '',
    maybe(scene, 'TABLESPACE elsewhere', 20),
    rarely(scene, 5) ? ` WHERE ${condition(scene, of, true)}` : '',
  ].join('');
  const name = rarely(scene, 4) ? '' : `${maybe(scene, 'IF NOT EXISTS', 6)} ${freshName(scene, 'i')}`;
  const concurrently = of.kind === 'p' ? maybe(scene, 'CONCURRENTLY', 25) : maybe(scene, 'CONCURRENTLY', 8);
  return `CREATE${isUnique ? ' UNIQUE' : ''} INDEX${concurrently}${name} ON${of.kind === 'p' ? maybe(scene, 'ONLY', 5) : maybe(scene, 'ONLY', 20)} ${named(scene, of)}${method.name} (${elements})${extra}`.replace(/ {2,}/g, ' ');
};

interface Method {
  readonly name: string;
  readonly isOfOne?: boolean;
  readonly holds: (scene: Scene, column: WorldColumn) => boolean;
}

const ordered: Method['holds'] = (scene, { type }) => isOrdered(scene, type);

const methods: readonly Method[] = [
  { name: '', holds: ordered },
  { name: '', holds: ordered },
  { name: '', holds: ordered },
  { name: '', holds: ordered },
  { name: '', holds: ordered },
  { name: ' USING btree', holds: ordered },
  { name: ' USING hash', isOfOne: true, holds: (scene, { type }) => ['number', 'text', 'uuid', 'moment', 'boolean'].includes(familyOf(scene, type)) },
  { name: ' USING brin', holds: (scene, { type }) => ['number', 'text', 'uuid', 'moment'].includes(familyOf(scene, type)) },
  { name: ' USING gin', holds: (_, { type }) => /^(?:jsonb|tsvector)$|\[\]$/.test(type) && !type.includes('.') },
  { name: ' USING gist', holds: (_, { type }) => /^(?:point|box|polygon|circle|.*range|tsvector|tsquery)$/.test(type) && !type.includes('.') },
  { name: ' USING spgist', isOfOne: true, holds: (_, { type }) => /^(?:point|box|polygon|text|inet|(?:int4|int8|num|ts|tstz|date)range)$/.test(type) },
];

function methodFor(scene: Scene, columns: readonly WorldColumn[]): Method {
  const usable = methods.filter(({ holds }) => columns.some((one) => holds(scene, one)));
  return anyOf(scene, usable) ?? { name: '', holds: () => true };
}

function element(scene: Scene, { name, type }: WorldColumn, method: string): string {
  if (method !== '' || !rarely(scene, 4)) return name;
  const isText = familyOf(scene, type) === 'text' && type !== 'name';
  const own = anyOf(scene, scene.world.functions.filter(({ volatility, arguments: all, kind, returns }) => kind === 'f' && volatility === 'i' && all.length === 1 && all[0] === type && returns !== 'void'));
  return scene.random.pick([
    isText ? `lower(${name}::text)` : `(${name} IS NULL)`,
    `${name} DESC NULLS LAST`,
    `${name} ASC NULLS FIRST`,
    isText ? `${name} COLLATE "C"` : name,
    isText && type === 'text' ? `${name} text_pattern_ops` : name,
    isNumberType(type) ? `(${name} + 1)` : `(${name} IS NOT NULL) DESC`,
    type === 'jsonb' ? `(${name} ->> 'a')` : name,
    isText ? `(${name} || 'x')` : `coalesce(${name}, ${name})`,
    own ? `${own.name}(${name})` : name,
    own ? `${own.name}(${name})` : name,
  ]);
}

function isNumberType(type: string): boolean {
  return ['integer', 'bigint', 'smallint', 'numeric'].includes(type);
}

interface Found {
  readonly of: WorldRelation;
  readonly index: WorldIndex;
  /** With its schema. */
  readonly name: string;
}

function index(scene: Scene, isWanted: (index: WorldIndex, of: WorldRelation) => boolean = () => true): Found | undefined {
  const all = scene.world.relations.flatMap((of) => of.indexes.map((one) => ({ of, index: one, name: `${of.persistence === 't' ? 'pg_temp' : of.schema}.${one.name}` })));
  return mostly(scene, all, (one) => isWanted(one.index, one.of));
}

const drop: Production = (scene) => {
  const found = index(scene, ({ isOwned, isPart }) => !isOwned && !isPart);
  const second = rarely(scene, 8) ? index(scene, ({ isOwned, isPart }) => !isOwned && !isPart) : undefined;
  if (found && second && second.name !== found.name) return `DROP INDEX${maybe(scene, 'IF EXISTS', 5)} ${found.name}, ${second.name}${cascade(scene)}`;
  return found && `DROP INDEX${found.of.kind === 'p' ? '' : maybe(scene, 'CONCURRENTLY', 8)}${maybe(scene, 'IF EXISTS', 5)} ${found.name}${cascade(scene)}`;
};

function cascade(scene: Scene): string {
  return maybe(scene, 'CASCADE', 8);
}

const alter: Production = (scene) => {
  const found = index(scene);
  if (found === undefined) return undefined;
  const { name, index: one } = found;
  const isExpression = one.columns.length === 0;
  return scene.random.pick([
    `ALTER INDEX${maybe(scene, 'IF EXISTS', 6)} ${name} RENAME TO ${freshName(scene, 'i')}`,
    `ALTER INDEX${maybe(scene, 'IF EXISTS', 6)} ${name} RENAME TO ${freshName(scene, 'i')}`,
    ...(one.isPlain && found.of.kind !== 'p' ? [`ALTER INDEX ${name} ${scene.random.pick(['SET (fillfactor = 90)', 'RESET (fillfactor)'])}`] : []),
    `ALTER INDEX ${name} SET TABLESPACE ${scene.random.pick(['elsewhere', 'pg_default'])}`,
    ...(isExpression ? [`ALTER INDEX ${name} ALTER COLUMN 1 SET STATISTICS 100`] : []),
    `COMMENT ON INDEX ${name} IS 'x'`,
    `ALTER INDEX ${name} ${scene.random.pick(['DEPENDS ON EXTENSION plpgsql', 'NO DEPENDS ON EXTENSION plpgsql'])}`,
    `ALTER TABLE ${name} RENAME TO ${freshName(scene, 'i')}`,
  ]);
};

const reindex: Production = (scene) => {
  const found = index(scene);
  return found && `REINDEX ${scene.random.pick(['', '', '', '(VERBOSE) '])}INDEX${maybe(scene, 'CONCURRENTLY', 12)} ${found.name}`;
};

export const onIndex: Production = (scene) => scene.random.pick([drop, drop, drop, alter, alter, reindex])(scene);
