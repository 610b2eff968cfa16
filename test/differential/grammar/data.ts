// Rows: INSERT, UPDATE, DELETE, MERGE, COPY and queries, through views too, with CTEs.

import { anyOf, column, maybe, mostly, named, oneOf, rarely, relation, type Production, type Scene } from './scene.ts';
import { condition, constant, familyOf, literal } from './values.ts';
import type { WorldColumn, WorldRelation } from '../world.ts';

function isWritten({ generated, identity }: WorldColumn): boolean {
  return generated === '' && identity !== 'a';
}

/** What is written to: a view that hides nothing now and then. */
function target(scene: Scene): WorldRelation | undefined {
  if (rarely(scene, 8)) return relation(scene, 'v');
  return mostly(scene, scene.world.relations.filter(({ kind }) => kind === 'r' || kind === 'p'), ({ kind, children }) => kind === 'r' || children.length > 0);
}

function values(scene: Scene, { columns }: WorldRelation): string {
  const written = columns.filter((one) => isWritten(one) && (!one.hasDefault || rarely(scene, 2)));
  return written.length === 0 ? 'DEFAULT VALUES' : `(${written.map(({ name }) => name).join(', ')}) VALUES (${written.map((one) => literal(scene, one)).join(', ')})`;
}

/** Several rows, each with its own numbers. */
function manyRows(scene: Scene, { columns }: WorldRelation): string {
  const written = columns.filter((one) => isWritten(one) && !one.hasDefault);
  const item = (one: WorldColumn): string => {
    const family = familyOf(scene, one.type);
    if (family === 'number' && !one.type.includes('.')) return `n::${one.type}`;
    if (one.type === 'uuid') return 'gen_random_uuid()';
    if (family === 'moment' && !one.type.includes('.')) return `('2026-01-01'::date + n)::${one.type}`;
    if (family === 'text' && /^(?:text|character varying)$/.test(one.type)) return "'t' || n";
    return `${constant(scene, one.type)}::${one.type}`;
  };
  return written.length === 0 ? 'DEFAULT VALUES' : `(${written.map(({ name }) => name).join(', ')}) SELECT ${written.map(item).join(', ')} FROM generate_series(${scene.random.pick(['1, 3', '10, 30', '1, 50', '1, 500', '0, 69'])}) n`;
}

const insert: Production = (scene) => {
  const of = target(scene);
  if (of === undefined || of.columns.length === 0) return undefined;
  return `INSERT INTO ${named(scene, of)} ${rarely(scene, 2) ? values(scene, of) : manyRows(scene, of)}${of.kind === 'v' ? '' : maybe(scene, 'ON CONFLICT DO NOTHING', 3)}${maybe(scene, 'RETURNING *', 6)}`;
};

/** Many rows at once, into a table that has few columns to fill. */
const fill: Production = (scene) => {
  const of = mostly(scene, scene.world.relations.filter(({ kind }) => kind === 'r'), ({ isPartition, columns }) => !isPartition && columns.length < 6);
  return of && of.columns.length > 0 ? `INSERT INTO ${named(scene, of)} ${manyRows(scene, of)} ON CONFLICT DO NOTHING` : undefined;
};

const update: Production = (scene) => {
  const of = target(scene);
  const found = of && column(scene, of, (one) => isWritten(one) && !(of.key?.columns.includes(one.name) ?? false));
  if (of === undefined || found === undefined) return undefined;
  const other = relation(scene, 'r', 'p');
  const from = other && other.sql !== of.sql && rarely(scene, 5) ? ` FROM ${named(scene, other)} o` : '';
  return `UPDATE ${maybe(scene, 'ONLY', 12).trim()} ${named(scene, of)} ${from ? 'AS x ' : ''}SET ${found.name} = ${scene.random.pick([literal(scene, found), 'DEFAULT', found.name])}${from}${from ? '' : maybe(scene, `WHERE ${condition(scene, of)}`, 2)}`.replace(/ {2,}/g, ' ');
};

const remove: Production = (scene) => {
  const of = target(scene);
  return of && `DELETE FROM ${maybe(scene, 'ONLY', 12).trim()} ${named(scene, of)}${maybe(scene, `WHERE ${condition(scene, of)}`, 2)}`.replace('  ', ' ');
};

const withParts: Production = (scene) => {
  const of = target(scene);
  const other = relation(scene, 'r', 'p', 'v', 'm');
  if (of === undefined || other === undefined) return undefined;
  const found = column(scene, of, isWritten);
  return scene.random.pick([
    `WITH gone AS (DELETE FROM ${named(scene, of)} RETURNING *) SELECT count(*) FROM gone`,
    `WITH s AS (SELECT * FROM ${named(scene, other)}) DELETE FROM ${named(scene, of)} WHERE EXISTS (SELECT FROM s)`,
    ...(found ? [`WITH changed AS (UPDATE ${named(scene, of)} SET ${found.name} = ${literal(scene, found)} RETURNING *) SELECT count(*) FROM changed`] : []),
    `DELETE FROM ${named(scene, of)} x USING ${named(scene, other)} y WHERE x IS NULL`,
  ]);
};

/** The columns of a key that ON CONFLICT can name. */
function conflictOf(scene: Scene, of: WorldRelation): string {
  const key = anyOf(scene, of.constraints.filter(({ type, columns }) => (type === 'p' || type === 'u') && columns.length > 0));
  const changed = column(scene, of, ({ name, ...rest }) => isWritten({ name, ...rest }) && key?.columns.includes(name) !== true && of.key?.columns.includes(name) !== true);
  if (key === undefined) return 'ON CONFLICT DO NOTHING';
  const target = scene.random.pick([`(${key.columns.join(', ')})`, `ON CONSTRAINT ${key.name}`]);
  return `ON CONFLICT ${target} ${changed ? scene.random.pick(['DO NOTHING', `DO UPDATE SET ${changed.name} = EXCLUDED.${changed.name}`, `DO UPDATE SET ${changed.name} = DEFAULT WHERE false`]) : 'DO NOTHING'}`;
}

const upsert: Production = (scene) => {
  const of = mostly(scene, scene.world.relations.filter(({ kind }) => kind === 'r' || kind === 'p'), ({ constraints }) => constraints.some(({ type }) => type === 'p' || type === 'u'));
  return of && of.columns.length > 0 ? `INSERT INTO ${named(scene, of)} ${rarely(scene, 2) ? values(scene, of) : manyRows(scene, of)} ${conflictOf(scene, of)}${maybe(scene, 'RETURNING 1', 6)}` : undefined;
};

/** Rows from one table to another, in one statement. */
const moved: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'p');
  const other = relation(scene, 'r', 'r', 'p');
  const mine = of && column(scene, of, isWritten);
  const theirs = other && mine && column(scene, other, ({ type, ...rest }) => type === mine.type && isWritten({ type, ...rest }));
  if (of === undefined || other === undefined || mine === undefined || theirs === undefined) return undefined;
  const rest = other.columns.filter((one) => one.name !== theirs.name && one.notNull && !one.hasDefault && isWritten(one));
  const names = [theirs.name, ...rest.map(({ name }) => name)].join(', ');
  const items = [mine.name, ...rest.map((one) => `${constant(scene, one.type)}::${one.type}`)].join(', ');
  const [from, to] = [named(scene, of), named(scene, other)];
  return scene.random.pick([
    `INSERT INTO ${to} (${names}) SELECT ${items} FROM ${from}${maybe(scene, 'LIMIT 5')}`,
    `WITH gone AS (DELETE FROM ${from} RETURNING ${mine.name}) INSERT INTO ${to} (${names}) SELECT ${items} FROM gone`,
    `WITH made AS (INSERT INTO ${to} (${names}) SELECT ${items} FROM ${from} RETURNING *), gone AS (DELETE FROM ${from} WHERE false) SELECT count(*) FROM made`,
    `WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3), changed AS (UPDATE ${from} SET ${mine.name} = ${mine.name} RETURNING 1) SELECT count(*) FROM t, changed`,
    `INSERT INTO ${to} (${names}) TABLE ${from}`,
    `UPDATE ${to} SET ${theirs.name} = (SELECT ${mine.name} FROM ${from} LIMIT 1)`,
    `UPDATE ${to} SET (${theirs.name}) = (SELECT ${mine.name} FROM ${from} LIMIT 1) WHERE EXISTS (SELECT FROM ${from})`,
  ]);
};

const merge: Production = (scene) => {
  const of = target(scene);
  const other = relation(scene, 'r', 'p', 'v', 'm');
  if (!(scene.version >= 15 || rarely(scene, 30)) || of === undefined || other === undefined || (of.kind === 'v' && scene.version < 17)) return undefined;
  const found = column(scene, of, (one) => isWritten(one) && !(of.key?.columns.includes(one.name) ?? false));
  const is17 = scene.version >= 17 || rarely(scene, 30);
  const insert = values(scene, of).replace(/^DEFAULT VALUES$/, '').replace(/^\((.*?)\) VALUES/, '($1) VALUES');
  const branches = [
    'WHEN MATCHED THEN DELETE',
    'WHEN MATCHED THEN DO NOTHING',
    'WHEN MATCHED AND false THEN DELETE',
    ...(found ? [`WHEN MATCHED THEN UPDATE SET ${found.name} = ${literal(scene, found)}`, `WHEN MATCHED AND t.${found.name} IS NULL THEN UPDATE SET ${found.name} = DEFAULT`] : []),
    'WHEN NOT MATCHED THEN DO NOTHING',
    `WHEN NOT MATCHED THEN INSERT ${insert || 'DEFAULT VALUES'}`,
    ...(is17 ? ['WHEN NOT MATCHED BY SOURCE THEN DELETE', 'WHEN NOT MATCHED BY SOURCE THEN DO NOTHING', ...(found ? [`WHEN NOT MATCHED BY SOURCE THEN UPDATE SET ${found.name} = DEFAULT`] : [])] : []),
  ];
  const chosen = rarely(scene, 3) ? [scene.random.pick(branches), scene.random.pick(branches)] : [scene.random.pick(branches)];
  const source = scene.random.pick([named(scene, other), named(scene, other), `(SELECT * FROM ${named(scene, other)})`]);
  return `MERGE INTO ${maybe(scene, 'ONLY', 12).trim()} ${named(scene, of)} t USING ${source} s ON t IS NULL AND s IS NULL ${chosen.join(' ')}${is17 ? maybe(scene, 'RETURNING merge_action()', 6) : ''}`.replace('INTO  ', 'INTO ');
};

const copy: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'p', 'v', 'm');
  if (of === undefined) return undefined;
  const found = column(scene, of, isWritten);
  const on = named(scene, of);
  return scene.random.pick([
    `COPY ${on}${found ? maybe(scene, `(${found.name})`) : ''} FROM '/dev/null'${maybe(scene, 'WITH (FORMAT csv, HEADER)')}`,
    `COPY ${on} FROM '/dev/null'${maybe(scene, 'WHERE true', 4)}`,
    `COPY ${on}${found ? maybe(scene, `(${found.name})`) : ''} TO '/dev/null'`,
    `COPY (SELECT count(*) FROM ${on}) TO STDOUT WITH CSV`,
    `COPY (DELETE FROM ${on} RETURNING *) TO STDOUT`,
  ]);
};

const read: Production = (scene) => {
  const of = relation(scene, 'r', 'r', 'p', 'v', 'm');
  if (of === undefined) return undefined;
  const lock = scene.random.pick(['FOR UPDATE', 'FOR SHARE', 'FOR NO KEY UPDATE', 'FOR KEY SHARE', 'FOR UPDATE SKIP LOCKED', 'FOR SHARE NOWAIT']);
  const other = relation(scene, 'r', 'p');
  return scene.random.pick([
    ...(of.kind === 'm' ? [] : [`SELECT * FROM ${named(scene, of)} ${lock}`]),
    ...(other && of.kind === 'r' ? [`SELECT 1 FROM ${named(scene, of)} x, ${named(scene, other)} y ${scene.random.pick(['FOR UPDATE', 'FOR NO KEY UPDATE', 'FOR KEY SHARE'])} OF x`] : []),
    `SELECT count(*) FROM ${named(scene, of)}`,
    ...(of.kind === 'r' ? [`COPY ${named(scene, of)} TO STDOUT`] : [`COPY (SELECT * FROM ${named(scene, of)}) TO STDOUT`]),
    `EXPLAIN ${scene.random.pick(['', 'ANALYZE '])}SELECT * FROM ${named(scene, of)}`,
    `TABLE ${named(scene, of)}`,
  ]);
};

const explained: Production = (scene) => {
  const inner = anyOf(scene, [insert, update, remove])?.(scene);
  return inner && `EXPLAIN ${scene.random.pick(['', 'ANALYZE ', '(COSTS off) '])}${inner}`;
};

export const data = oneOf([6, insert], [4, fill], [3, upsert], [3, moved], [3, copy], [3, update], [2, remove], [2, withParts], [4, merge], [2, read], [1, explained]);
