// Constraints, as SQLAlchemy prints them. Source: DDLCompiler in sqlalchemy/sql/compiler.py.

import { Given, textsOf } from '../../tree/given.ts';
import { plainText, type Made, type Value } from '../../tree/value.ts';
import { clauseOf } from './clause.ts';
import { quoted, quotedAll } from './identifiers.ts';

export interface TableConstraint {
  readonly isKey: boolean;
  readonly isForeignKey: boolean;
  readonly sql: string;
  /** Of a key. */
  readonly columns: readonly string[];
}

/** `CONSTRAINT x `, or nothing for one without a name. */
export function named(name: string | undefined): string {
  return name === undefined ? '' : `CONSTRAINT ${quoted(name)} `;
}

/** Undefined for what is no constraint, or one of which something is not known here. Of `ForeignKey`, its column is `%`. */
export function constraintOf(value: Value | undefined): TableConstraint | undefined {
  if (value?.kind !== 'made') return undefined;
  const name = /^sqlalchemy(?:\.\w+){0,3}\.(\w+)$/.exec(value.path)?.[1] ?? '';
  return kinds[name]?.(value);
}

const kinds: Readonly<Record<string, (made: Made) => TableConstraint | undefined>> = {
  PrimaryKeyConstraint: (made) => columnsConstraint(made, 'PRIMARY KEY'),
  UniqueConstraint: (made) => columnsConstraint(made, 'UNIQUE'),
  CheckConstraint: check,
  ForeignKeyConstraint: foreignKey,
  ForeignKey: columnForeignKey,
};

function columnsConstraint({ call }: Made, words: string): TableConstraint | undefined {
  const given = new Given(call, []);
  const columns = textsOf({ kind: 'list', items: call.args });
  const name = given.text('name');
  const late = deferrability(given);
  if (columns === undefined || !given.isUnderstood) return undefined;
  return { isKey: words === 'PRIMARY KEY', isForeignKey: false, columns, sql: `${named(name)}${words} (${quotedAll(columns)})${late}` };
}

function check({ call }: Made): TableConstraint | undefined {
  const given = new Given(call, ['sqltext', 'name']);
  const value = given.take('sqltext');
  const sql = plainText(value) ?? clauseOf(value);
  const name = given.text('name');
  return sql === undefined || !given.isUnderstood ? undefined : { isKey: false, isForeignKey: false, columns: [], sql: `${named(name)}CHECK (${sql})` };
}

function foreignKey({ call }: Made): TableConstraint | undefined {
  const given = new Given(call, ['columns', 'refcolumns', 'name']);
  const [columns, targets] = [given.texts('columns'), given.texts('refcolumns')];
  const name = given.text('name');
  const actions = actionsOf(given);
  const target = targetOf(targets ?? []);
  if (columns === undefined || target === undefined || !given.isUnderstood) return undefined;
  return { isKey: false, isForeignKey: true, columns: [], sql: `${named(name)}FOREIGN KEY(${quotedAll(columns)}) REFERENCES ${target}${actions}` };
}

function columnForeignKey({ call }: Made): TableConstraint | undefined {
  const given = new Given(call, ['column']);
  const column = given.text('column');
  const name = given.text('name');
  const actions = actionsOf(given);
  const target = targetOf(column === undefined ? [] : [column]);
  return target === undefined || !given.isUnderstood ? undefined : { isKey: false, isForeignKey: true, columns: [], sql: `${named(name)}FOREIGN KEY(%) REFERENCES ${target}${actions}` };
}

/** `orders.id`, `shop.orders.id`. */
function targetOf(targets: readonly string[]): string | undefined {
  const parts = targets.map((target) => target.split('.'));
  const [first] = parts;
  if (first === undefined || parts.some((part) => part.length < 2 || part.length > 3)) return undefined;
  const table = first.slice(0, -1).map(quoted).join('.');
  return `${table} (${parts.map((part) => quoted(part.at(-1) ?? '')).join(', ')})`;
}

export function actionsOf(given: Given): string {
  const [match, deleted, updated] = [given.text('match'), given.text('ondelete'), given.text('onupdate')];
  given.pass('use_alter', 'link_to_name');
  const words = [match === undefined ? '' : ` MATCH ${match}`, deleted === undefined ? '' : ` ON DELETE ${deleted}`, updated === undefined ? '' : ` ON UPDATE ${updated}`];
  return `${words.join('')}${deferrability(given)}${given.flag('postgresql_not_valid') === true ? ' NOT VALID' : ''}`;
}

export function deferrability(given: Given): string {
  const is = given.flag('deferrable');
  const initially = given.text('initially');
  return `${is === undefined ? '' : is ? ' DEFERRABLE' : ' NOT DEFERRABLE'}${initially === undefined ? '' : ` INITIALLY ${initially}`}`;
}
