// Constraints in their forms and states.

import { anyOf, condition, freshName, maybe, named, rarely, some, table, type Scene } from './scene.ts';
import type { WorldColumn, WorldRelation } from '../world.ts';

export function columnConstraints(scene: Scene): string {
  const { random, version } = scene;
  return random.pick(['', '', '', '', '', ' NOT NULL', ' NOT NULL', ' UNIQUE', ' CHECK (true)', ' NULL', version >= 18 ? ' CONSTRAINT nn NOT NULL' : ' NOT NULL', references(scene)]);
}

/** The columns of a key of a table. */
function keyOf({ constraints }: WorldRelation): readonly string[] {
  return constraints.find(({ type }) => type === 'p' || type === 'u')?.columns ?? [];
}

function actions(scene: Scene): string {
  const { random } = scene;
  const act = random.pick(['', '', '', ' ON DELETE CASCADE', ' ON DELETE SET NULL', ' ON UPDATE CASCADE']);
  return `${act}${maybe(scene, random.pick(['DEFERRABLE', 'DEFERRABLE INITIALLY DEFERRED', 'NOT DEFERRABLE']), 6)}`;
}

function references(scene: Scene): string {
  const target = table(scene, (one) => keyOf(one).length === 1);
  if (target === undefined) return '';
  return ` REFERENCES ${named(scene, target)}${rarely(scene, 2) ? ` (${keyOf(target).join(', ')})` : ''}${actions(scene)}`;
}

export function foreignKey(scene: Scene, of: Pick<WorldRelation, 'columns'>): string | undefined {
  const target = table(scene, (one) => keyOf(one).length === 1);
  if (target === undefined) return undefined;
  const [key] = keyOf(target);
  const type = target.columns.find(({ name }) => name === key)?.type;
  const fitting = of.columns.filter((column) => column.type === type);
  const mine = anyOf(scene, fitting.length > 0 && !rarely(scene, 8) ? fitting : of.columns);
  if (mine === undefined) return undefined;
  return `FOREIGN KEY (${mine.name}) REFERENCES ${named(scene, target)}${rarely(scene, 2) ? ` (${String(key)})` : ''}${actions(scene)}`;
}

/** Of a table as it is or will be: its columns are all that matters. */
export function tableConstraint(scene: Scene, of: Pick<WorldRelation, 'columns'>): string {
  const { random, version } = scene;
  const columns = (most: number): string => some(scene, of.columns, most).map(({ name }: WorldColumn) => name).join(', ');
  const name = rarely(scene, 2) ? `CONSTRAINT ${freshName(scene, 'k')} ` : '';
  const key = foreignKey(scene, of);
  const forms = [
    `CHECK (${condition(scene, { ...noRelation, columns: of.columns })})${maybe(scene, 'NO INHERIT', 8)}${version >= 18 ? maybe(scene, 'NOT ENFORCED', 10) : ''}`,
    `UNIQUE${version >= 15 ? maybe(scene, 'NULLS NOT DISTINCT', 8) : ''} (${columns(2)})${maybe(scene, 'DEFERRABLE', 8)}`,
    `PRIMARY KEY (${columns(2)})`,
    ...(key === undefined ? [] : [`${key}${version >= 18 ? maybe(scene, 'NOT ENFORCED', 10) : ''}`, key]),
    ...(version >= 18 ? [`NOT NULL ${columns(1)}${maybe(scene, 'NO INHERIT', 6)}`] : []),
    `EXCLUDE USING btree (${columns(1)} WITH =)`,
  ];
  return `${name}${random.pick(forms)}`;
}

/** With NOT VALID now and then, where it may stand. */
export function addedConstraint(scene: Scene, of: WorldRelation): string {
  const constraint = tableConstraint(scene, of);
  const mayBeOpen = /\b(?:CHECK|FOREIGN KEY|NOT NULL)\b/.test(constraint) && !/NOT ENFORCED/.test(constraint);
  return `${constraint}${mayBeOpen ? maybe(scene, 'NOT VALID', 3) : ''}`;
}

const noRelation: WorldRelation = {
  sql: '', schema: '', name: '', kind: 'r', persistence: 'p', isPartition: false, parent: null, strategy: null,
  columns: [], constraints: [], indexes: [], triggers: [], policies: [], rules: [],
};
