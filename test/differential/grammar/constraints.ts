// Constraints in their forms and states.

import { anyOf, freshName, isTried, maybe, named, rarely, some, tables, type Scene } from './scene.ts';
import { condition, isOrdered } from './values.ts';
import type { WorldColumn, WorldRelation } from '../world.ts';

/** Of a table as it is, or as it will be. */
export type Subject = Pick<WorldRelation, 'columns'> & Partial<Pick<WorldRelation, 'key' | 'constraints' | 'persistence' | 'kind' | 'isPartition' | 'isTyped'>>;

export function columnConstraints(scene: Scene, of: string): string {
  const { random, version } = scene;
  const key = isOrdered(scene, of) ? ' UNIQUE' : '';
  return random.pick(['', '', '', '', '', ' NOT NULL', ' NOT NULL', key, key === '' ? '' : ` CONSTRAINT ${freshName(scene, 'u')} UNIQUE DEFERRABLE`, ' CHECK (true)', ` CONSTRAINT ${freshName(scene, 'c')} CHECK (true) NO INHERIT`, ' NULL', version >= 18 ? ` CONSTRAINT ${freshName(scene, 'nn')} NOT NULL` : ' NOT NULL', references(scene, of)]);
}

/** The columns of a key of a table that others may refer to. */
function keysOf({ constraints }: WorldRelation): (readonly string[])[] {
  return constraints.filter(({ type }) => type === 'p' || type === 'u').map(({ columns }) => columns);
}

function actions(scene: Scene): string {
  const act = scene.random.pick(['', '', '', '', ' ON DELETE CASCADE', ' ON DELETE SET NULL', ' ON UPDATE CASCADE', ' ON DELETE RESTRICT', ' MATCH FULL', ' ON DELETE SET DEFAULT ON UPDATE SET NULL', ' MATCH SIMPLE ON UPDATE RESTRICT', ' ON DELETE NO ACTION']);
  return `${act}${deferral(scene, 6)}`;
}

function deferral(scene: Scene, times: number): string {
  return maybe(scene, scene.random.pick(['DEFERRABLE', 'DEFERRABLE INITIALLY DEFERRED', 'NOT DEFERRABLE']), times);
}

/** A key of one column of the type, with the table that it is in. */
function targetsOf(scene: Scene, type: string, persistence = 'p'): { readonly table: WorldRelation; readonly key: string }[] {
  return tables(scene, (one) => (one.persistence === 't') === (persistence === 't') && (persistence === 'u' || one.persistence !== 'u')).flatMap((table) =>
    keysOf(table).flatMap((key) => (key.length === 1 && key[0] !== undefined && table.columns.some((column) => column.name === key[0] && column.type === type) ? [{ table, key: key[0] }] : [])),
  );
}

function references(scene: Scene, of: string): string {
  const target = anyOf(scene, targetsOf(scene, of === 'int' ? 'integer' : of));
  if (target === undefined) return '';
  const isPrimary = target.table.constraints.some(({ type, columns }) => type === 'p' && columns[0] === target.key && columns.length === 1);
  return ` REFERENCES ${named(scene, target.table)}${isPrimary && rarely(scene, 2) ? '' : ` (${target.key})`}${actions(scene)}`;
}

export function foreignKey(scene: Scene, of: Subject): string | undefined {
  const pair = rarely(scene, 3) ? pairKey(scene, of) : undefined;
  if (pair !== undefined) return pair;
  const fitting = of.columns.filter(({ generated }) => generated === '').flatMap((mine) => targetsOf(scene, mine.type, of.persistence).map((target) => ({ mine, ...target })));
  const found = anyOf(scene, fitting);
  if (found === undefined) return undefined;
  const isPrimary = found.table.constraints.some(({ type, columns }) => type === 'p' && columns[0] === found.key && columns.length === 1);
  return `FOREIGN KEY (${found.mine.name}) REFERENCES ${named(scene, found.table)}${isPrimary && rarely(scene, 2) ? '' : ` (${found.key})`}${actions(scene)}`;
}

/** To a key of two columns. */
function pairKey(scene: Scene, of: Subject): string | undefined {
  const mine = (type: string | undefined): string | undefined => anyOf(scene, of.columns.filter((one) => one.type === type && one.generated === ''))?.name;
  const found = tables(scene, ({ persistence }) => persistence === (of.persistence ?? 'p')).flatMap((target) =>
    keysOf(target).filter((key) => key.length === 2).map((key) => ({ target, key, own: key.map((name) => mine(target.columns.find((one) => one.name === name)?.type)) })),
  );
  const fitting = anyOf(scene, found.filter(({ own }) => own.every((name) => name !== undefined) && own[0] !== own[1]));
  if (fitting === undefined) return undefined;
  const act = scene.version >= 15 && rarely(scene, 3) ? ` ON DELETE SET NULL (${String(fitting.own[0])})` : actions(scene);
  return `FOREIGN KEY (${fitting.own.join(', ')}) REFERENCES ${named(scene, fitting.target)} (${fitting.key.join(', ')})${act}`;
}

/** Columns for a key: of a partitioned table, those that its rows are dealt out by among them. */
export function keyColumns(scene: Scene, { columns, key }: Subject, most: number): string | undefined {
  const ordered = columns.filter(({ type, generated }) => generated !== 'v' && isOrdered(scene, type));
  if (ordered.length === 0) return undefined;
  const picked = some(scene, ordered, most).map(({ name }) => name);
  const needed = rarely(scene, 10) ? [] : (key?.columns ?? []).filter((name) => !picked.includes(name));
  return [...picked, ...needed].join(', ');
}

/** Of a table as it is or will be. */
export function tableConstraint(scene: Scene, of: Subject): string | undefined {
  const { random } = scene;
  const name = rarely(scene, 2) ? `CONSTRAINT ${freshName(scene, 'k')} ` : '';
  const columns = keyColumns(scene, of, 2);
  const hasPrimary = of.constraints?.some(({ type }) => type === 'p') === true || of.isPartition === true;
  const nullable = anyOf(scene, of.columns.filter(({ notNull }) => !notNull)) ?? anyOf(scene, of.columns);
  const forms: readonly (readonly [number, () => string | undefined])[] = [
    [4, () => `CHECK (${condition(scene, of)})${of.kind === 'p' || of.isPartition ? '' : maybe(scene, 'NO INHERIT', 8)}${notEnforced(scene)}`],
    [3, () => columns && `UNIQUE${isTried(scene, 15) ? maybe(scene, 'NULLS NOT DISTINCT', 8) : ''} (${columns})${included(scene, of)}${deferral(scene, 8)}`],
    [hasPrimary ? 0 : 2, () => columns && `PRIMARY KEY (${columns})${included(scene, of)}${deferral(scene, 10)}`],
    [5, () => { const key = foreignKey(scene, of); return key && `${key}${/DEFERR/.test(key) ? '' : notEnforced(scene)}`; }],
    [isTried(scene, 18) ? 2 : 0, () => nullable && `NOT NULL ${nullable.name}${of.kind === 'p' || of.isPartition ? '' : maybe(scene, 'NO INHERIT', 8)}`],
    [of.key ? 0 : 1, () => columns && `EXCLUDE USING btree (${columns.split(', ').map((one) => `${one} WITH =`).join(', ')})${maybe(scene, `WHERE (${condition(scene, of, true)})`, 4)}`],
    [of.key ? 0 : 1, () => { const range = anyOf(scene, of.columns.filter(({ type }) => /^(?:int4range|tstzrange)$/.test(type))); return range && `EXCLUDE USING gist (${range.name} WITH &&)${deferral(scene, 6)}`; }],
    [hasPrimary ? 1 : 0, () => columns && `PRIMARY KEY (${columns})`],
  ];
  const form = random.pick(forms.flatMap(([weight, write]) => Array.from({ length: weight }, () => write)))();
  return form === undefined ? undefined : `${name}${form}`;
}

function included(scene: Scene, { columns }: Subject): string {
  const found = anyOf(scene, columns.filter(({ generated }) => generated !== 'v'));
  return found && rarely(scene, 12) ? ` INCLUDE (${found.name})` : '';
}

function notEnforced(scene: Scene): string {
  return isTried(scene, 18) ? maybe(scene, 'NOT ENFORCED', 8) : '';
}

/** With NOT VALID now and then, where it may stand. */
export function addedConstraint(scene: Scene, of: WorldRelation): string | undefined {
  const constraint = tableConstraint(scene, of);
  if (constraint === undefined) return undefined;
  const isNotNull = /\bNOT NULL\b/.test(constraint) && /^(?:CONSTRAINT \w+ )?NOT NULL/.test(constraint);
  const isKeyOfParted = of.kind === 'p' && scene.version < 18 && constraint.includes('FOREIGN KEY');
  const mayBeOpen = /\b(?:CHECK|FOREIGN KEY)\b/.test(constraint) || isNotNull;
  return `${constraint}${mayBeOpen && !/NOT ENFORCED/.test(constraint) && !isKeyOfParted ? maybe(scene, 'NOT VALID', 3) : ''}`;
}

/** A column that is not there yet. */
export function futureColumn(name: string, type: string): WorldColumn {
  return { name, type, notNull: false, hasDefault: false, identity: '', generated: '', isInherited: false, isUsed: false };
}
