// The table of a model, and what stands in it.
// Source: Options.contribute_to_class() and _prepare() in django/db/models/options.py, and create_many_to_many_intermediary_model() in
// fields/related.py, of Django 5.2.

import { textOf, type Value } from '../../../tree/value.ts';
import { isForeignKey, isManyToMany, isPrimaryKey, textArgument, type Field } from '../fields/field.ts';
import { Unread } from '../unread.ts';
import { truncated } from '../schema-editor/names.ts';
import { optionFlag, optionText, type Model } from './model.ts';
import type { Apps } from './apps.ts';

/** A field with a column. */
export interface Column {
  readonly name: string;
  readonly column: string;
  readonly field: Field;
}

const nowhere = { start: 0, end: 0 };

export function tableOf(model: Model): string {
  const own = optionText(model, 'db_table');
  return truncated(own ?? `${model.app}_${model.name.toLowerCase()}`);
}

/** As it is before or behind an operation that gives its table another name. */
export function withTable(model: Model, table: string): Model {
  return { ...model, options: new Map([...model.options, ['db_table', textOf(table, nowhere)]]) };
}

/** Django makes and changes its table. */
export function isMigrated(model: Model, { settings }: Apps): boolean {
  const swappable = optionText(model, 'swappable');
  if (swappable === 'AUTH_USER_MODEL' && settings.userModel !== undefined && settings.userModel.toLowerCase() !== `${model.app}.${model.name}`.toLowerCase()) return false;
  return optionFlag(model, 'managed', true) && !optionFlag(model, 'proxy', false);
}

const implicitOrder: Field = { path: 'django.db.models.IntegerField', kind: 'IntegerField', args: new Map() };

/** With the key that Django adds, in the order of the table. */
export function columnsOf(model: Model, { settings }: Apps): readonly Column[] {
  const own = Array.from(model.fields, ([name, field]) => ({ name, field })).filter(({ field }) => !isManyToMany(field) && field.kind !== 'GenericForeignKey');
  const hasKey = own.some(({ field }) => field.kind !== undefined && isPrimaryKey(field));
  const key = hasKey ? [] : [{ name: 'id', field: autoField(settings.autoField) }];
  const order = optionText(model, 'order_with_respect_to') === undefined ? [] : [{ name: '_order', field: implicitOrder }];
  return [...key, ...own, ...order].map(({ name, field }) => ({ name, field, column: columnName(name, field) }));
}

function autoField(kind: string): Field {
  return { path: `django.db.models.${kind}`, kind, args: new Map<string, Value>([['primary_key', { kind: 'constant', value: true }]]) };
}

export function columnName(name: string, field: Field): string {
  return textArgument(field, 'db_column') ?? (isForeignKey(field) ? `${name}_id` : name);
}

/** Throws where the model has no such column. */
export function columnOf(model: Model, name: string, apps: Apps): Column {
  const columns = columnsOf(model, apps);
  const found = name === 'pk' ? keyColumn(model, apps) : columns.find((one) => one.name === name || one.column === name);
  if (found === undefined) throw new Unread(`no field "${name}" of ${model.app}.${model.name} stands in the migrations before it`);
  return found;
}

export function keyColumn(model: Model, apps: Apps): Column {
  const key = columnsOf(model, apps).find(({ field }) => field.kind !== undefined && isPrimaryKey(field));
  if (key === undefined) throw new Unread(`the key of ${model.app}.${model.name} is not known here`);
  return key;
}

export interface ManyToMany {
  readonly name: string;
  readonly field: Field;
}

/** Those whose tables Django makes by itself. */
export function ownManyToMany(model: Model): readonly ManyToMany[] {
  return Array.from(model.fields, ([name, field]) => ({ name, field })).filter(({ field }) => isManyToMany(field) && isAutomatic(field));
}

export function isAutomatic(field: Field): boolean {
  const through = field.args.get('through');
  return through === undefined || (through.kind === 'constant' && through.value === null);
}

/** The model between the two, and its fields that point to them. */
export interface Through {
  readonly model: Model;
  readonly from: string;
  readonly to: string;
}

export function throughOf(owner: Model, { name, field }: ManyToMany, apps: Apps): Through {
  const target = apps.targetOf(owner, field);
  const [here, there] = [owner.name.toLowerCase(), target.name.toLowerCase()];
  const isSame = here === there && owner.app === target.app;
  const [from, to] = isSame || here === there ? [`from_${there}`, `to_${there}`] : [here, there];
  const table = textArgument(field, 'db_table') ?? truncated(`${bareOrWhole(tableOf(owner))}_${name}`);
  const constraint = hasConstraint(field);
  const points = (model: Model): Field => ({ path: 'django.db.models.ForeignKey', kind: 'ForeignKey', args: new Map<string, Value>([['to', textOf(`${model.app}.${model.name}`, nowhere)], ['db_constraint', { kind: 'constant', value: constraint }], ['related_name', textOf(`${owner.name}_${name}+`, nowhere)]]) });
  const model: Model = {
    app: owner.app,
    name: `${owner.name}_${name}`,
    fields: new Map([['id', autoField(apps.settings.autoField)], [from, points(owner)], [to, points(target)]]),
    options: new Map<string, Value>([['db_table', textOf(table, nowhere)], ['unique_together', { kind: 'list', items: [textOf(from, nowhere), textOf(to, nowhere)] }]]),
    bases: [],
    indexes: [],
    constraints: [],
  };
  return { model, from, to };
}

function bareOrWhole(table: string): string {
  return table.startsWith('"') && table.endsWith('"') ? table.slice(1, -1) : table;
}

function hasConstraint(field: Field): boolean {
  const value = field.args.get('db_constraint');
  if (value !== undefined && value.kind !== 'constant') throw new Unread('only a run knows whether there are foreign keys');
  return value === undefined || Boolean(value.value);
}
