// Operations that are about a field. Source: django/db/migrations/operations/fields.py of Django 5.2, and ProjectState in state.py.

import { Given } from '../../../tree/given.ts';
import { textOf, type Value } from '../../../tree/value.ts';
import { fieldOf, textArgument, withArguments, withoutArgument, type Field } from '../fields/field.ts';
import type { Apps } from '../models/apps.ts';
import { together, type Model, type Models } from '../models/model.ts';
import { columnName, columnOf, isMigrated, type Column } from '../models/table.ts';
import { changeField } from '../schema-editor/alter-field.ts';
import type { Side } from '../schema-editor/alter-type.ts';
import type { SchemaEditor } from '../schema-editor/editor.ts';
import { addColumn, dropColumn } from '../schema-editor/fields.ts';
import { Unread } from '../unread.ts';
import { nameIn, type MakeOperation } from './model-operations.ts';

/** `preserve_default=False`: the default is for the rows that are there, and for nothing behind them. */
function isDefaultKept(given: Given): boolean {
  return given.flag('preserve_default') ?? true;
}

function withField(apps: Apps, app: string, name: string, field: string, value: Field): Models {
  const model = apps.models.get(app, name);
  return apps.models.with({ ...model, fields: new Map([...model.fields, [field, value]]) });
}

/** As it stands in a model, be it a column or a table between models. */
function columnIn(model: Model, name: string, apps: Apps): Column {
  const found = Array.from(model.fields).find(([own]) => own.toLowerCase() === name.toLowerCase());
  if (found === undefined) return columnOf(model, name, apps);
  return { name: found[0], field: found[1], column: columnName(found[0], found[1]) };
}

export const addField: MakeOperation = (call, app) => {
  const given = new Given(call, ['model_name', 'name', 'field', 'preserve_default']);
  const [model, name] = [nameIn(given, 'model_name'), nameIn(given, 'name')];
  const value = given.take('field');
  return {
    state: (apps) => {
      const field = fieldOf(value, apps.settings);
      return withField(apps, app, model, name, isDefaultKept(given) ? field : withoutArgument(field, 'default'));
    },
    forwards: (_, to, editor) => {
      const own = to.models.get(app, model);
      const field = fieldOf(value, to.settings);
      if (field.kind === undefined) throw new Unread(`what ${field.path} makes of a column is not known here`);
      if (isMigrated(own, to)) addColumn(own, { name, field, column: columnName(name, field) }, to, editor);
    },
    backwards: (from, _, editor) => removeFrom(from, app, model, name, editor),
  };
};

function removeFrom(apps: Apps, app: string, model: string, name: string, editor: SchemaEditor): void {
  const own = apps.models.get(app, model);
  if (isMigrated(own, apps)) dropColumn(own, columnIn(own, name, apps), apps, editor);
}

export const removeField: MakeOperation = (call, app) => {
  const given = new Given(call, ['model_name', 'name']);
  const [model, name] = [nameIn(given, 'model_name'), nameIn(given, 'name')];
  return {
    state: (apps) => {
      const own = apps.models.get(app, model);
      return apps.models.with({ ...own, fields: new Map([...own.fields].filter(([key]) => key !== name)) });
    },
    forwards: (from, _, editor) => removeFrom(from, app, model, name, editor),
    backwards: (_, to, editor) => {
      const own = to.models.get(app, model);
      if (isMigrated(own, to)) addColumn(own, columnIn(own, name, to), to, editor);
    },
  };
};

export const alterField: MakeOperation = (call, app) => {
  const given = new Given(call, ['model_name', 'name', 'field', 'preserve_default']);
  const [model, name] = [nameIn(given, 'model_name'), nameIn(given, 'name')];
  const value = given.take('field');
  const change = (from: Apps, to: Apps, editor: SchemaEditor, field: Field | undefined): void => {
    const [old, next] = [sideOf(from, app, model, name), sideOf(to, app, model, name)];
    if (isMigrated(next.model, to)) changeField(old, field ? { ...next, column: { ...next.column, field } } : next, editor);
  };
  return {
    state: (apps) => {
      const field = fieldOf(value, apps.settings);
      return withField(apps, app, model, name, isDefaultKept(given) ? field : withoutArgument(field, 'default'));
    },
    forwards: (from, to, editor) => change(from, to, editor, fieldOf(value, to.settings)),
    backwards: (from, to, editor) => change(from, to, editor, undefined),
  };
};

function sideOf(apps: Apps, app: string, name: string, field: string): Side {
  const model = apps.models.get(app, name);
  return { model, column: columnIn(model, field, apps), apps };
}

export const renameField: MakeOperation = (call, app) => {
  const given = new Given(call, ['model_name', 'old_name', 'new_name']);
  const [model, old, next] = [nameIn(given, 'model_name'), nameIn(given, 'old_name'), nameIn(given, 'new_name')];
  return {
    state: (apps) => renamed(apps, app, model, old, next),
    forwards: (from, to, editor) => renameColumn(sideOf(from, app, model, old), sideOf(to, app, model, next), editor),
    backwards: (from, to, editor) => renameColumn(sideOf(from, app, model, next), sideOf(to, app, model, old), editor),
  };
};

function renameColumn(old: Side, next: Side, editor: SchemaEditor): void {
  if (isMigrated(next.model, next.apps)) changeField(old, next, editor);
}

const nowhere = { start: 0, end: 0 };

/** Lists of fields speak of it by its new name, and so do foreign keys that point to it. */
function renamed(apps: Apps, app: string, name: string, old: string, next: string): Models {
  const model = apps.models.get(app, name);
  const field = model.fields.get(old);
  if (field === undefined) throw new Unread(`no field "${old}" of ${app}.${name} stands in the migrations before it`);
  const options = new Map(Array.from(model.options, ([key, value]): [string, Value] => [key, /_together$/.test(key) ? renamedIn(value, old, next) : value]));
  const own: Model = { ...model, options, fields: new Map([...[...model.fields].filter(([key]) => key !== old), [next, field]]) };
  const pointing = apps.relatedTo(model).filter((one) => textArgument(one.column.field, 'to_field') === old);
  return pointing.reduce((models, { model: owner, column }) => {
    const current = models.get(owner.app, owner.name);
    return models.with({ ...current, fields: new Map([...current.fields, [column.name, withArguments(column.field, [['to_field', textOf(next, nowhere)]])]]) });
  }, apps.models.with(own));
}

function renamedIn(value: Value, old: string, next: string): Value {
  return { kind: 'list', items: together(value).map((names) => ({ kind: 'list', items: names.map((name) => textOf(name === old ? next : name, nowhere)) })) };
}
