// Operations that are about an index or a constraint with a name.
// Source: django/db/migrations/operations/models.py and django/contrib/postgres/operations.py of Django 5.2.

import { Given } from '../../../tree/given.ts';
import { textOf, type Made, type Value } from '../../../tree/value.ts';
import type { Apps } from '../models/apps.ts';
import { together, type Model, type Models, type Named } from '../models/model.ts';
import { columnOf, isMigrated, tableOf } from '../models/table.ts';
import { withIndexRenamed } from '../schema-editor/catalog.ts';
import { createConstraint, dropNamed } from '../schema-editor/constraints.ts';
import type { SchemaEditor } from '../schema-editor/editor.ts';
import { createIndex, dropIndex } from '../schema-editor/indexes.ts';
import { quoted } from '../schema-editor/names.ts';
import { composedName } from '../schema-editor/together.ts';
import { Unread } from '../unread.ts';
import { nameIn, namedOf, type MakeOperation } from './model-operations.ts';
import { onlyState, type Operation } from './operation.ts';

type Kind = 'indexes' | 'constraints';

function changed(apps: Apps, app: string, name: string, kind: Kind, change: (all: readonly Named[]) => readonly Named[]): Models {
  const model = apps.models.get(app, name);
  return apps.models.with({ ...model, [kind]: change(model[kind]) });
}

/** Throws where the model has no such one. */
function find(model: Model, kind: Kind, name: string): Named {
  const found = model[kind].find((one) => one.name === name);
  if (found === undefined) throw new Unread(`no ${kind === 'indexes' ? 'index' : 'constraint'} "${name}" of ${model.app}.${model.name} stands in the migrations before it`);
  return found;
}

/** `work` on a model, unless Django leaves its table alone. */
function onMigrated(apps: Apps, app: string, name: string, work: (model: Model) => void): void {
  const model = apps.models.get(app, name);
  if (isMigrated(model, apps)) work(model);
}

function addIndexOperation(concurrently: boolean): MakeOperation {
  return (call, app) => {
    const given = new Given(call, ['model_name', 'index']);
    const name = nameIn(given, 'model_name');
    const index = namedOf(given.take('index'));
    return {
      state: (apps) => changed(apps, app, name, 'indexes', (all) => [...all, index]),
      forwards: (_, to, editor) => onMigrated(to, app, name, (model) => createIndex(index, model, to, editor, concurrently ? 'concurrently' : 'now')),
      backwards: (from, _, editor) => onMigrated(from, app, name, () => dropIndex(index.name, editor, concurrently ? ' CONCURRENTLY' : '')),
    };
  };
}

function removeIndexOperation(concurrently: boolean): MakeOperation {
  return (call, app) => {
    const given = new Given(call, ['model_name', 'name']);
    const [name, index] = [nameIn(given, 'model_name'), nameIn(given, 'name')];
    return {
      state: (apps) => changed(apps, app, name, 'indexes', (all) => all.filter((one) => one.name !== index)),
      forwards: (from, _, editor) => onMigrated(from, app, name, (model) => dropIndex(find(model, 'indexes', index).name, editor, concurrently ? ' CONCURRENTLY' : '')),
      backwards: (_, to, editor) => onMigrated(to, app, name, (model) => createIndex(find(model, 'indexes', index), model, to, editor, concurrently ? 'concurrently' : 'now')),
    };
  };
}

export const addIndex = addIndexOperation(false);
export const addIndexConcurrently = addIndexOperation(true);
export const removeIndex = removeIndexOperation(false);
export const removeIndexConcurrently = removeIndexOperation(true);

const nowhere = { start: 0, end: 0 };

export const renameIndex: MakeOperation = (call, app) => {
  const given = new Given(call, ['model_name', 'new_name', 'old_name', 'old_fields']);
  const [name, next, old] = [nameIn(given, 'model_name'), nameIn(given, 'new_name'), given.text('old_name')];
  const fields = given.take('old_fields');
  return old === undefined ? nameIndex(app, name, next, fields) : renameNamed(app, name, old, next);
};

function renameNamed(app: string, name: string, old: string, next: string): Operation {
  const rename = (apps: Apps, from: string, to: string, editor: SchemaEditor): void => onMigrated(apps, app, name, () => renameInDatabase(from, to, editor));
  return {
    state: (apps) => changed(apps, app, name, 'indexes', (all) => all.map((one) => (one.name === old ? { ...one, name: next } : one))),
    forwards: (_, to, editor) => rename(to, old, next, editor),
    backwards: (_, to, editor) => rename(to, next, old, editor),
  };
}

function renameInDatabase(from: string, to: string, editor: SchemaEditor): void {
  if (from === to) return;
  editor.execute(`ALTER INDEX ${quoted(from)} RENAME TO ${quoted(to)}`);
  editor.catalog = withIndexRenamed(editor.catalog, from, to);
}

/** An index of `index_together` gets a name. */
function nameIndex(app: string, name: string, next: string, fields: Value | undefined): Operation {
  const [names = []] = together(fields);
  const made: Made = { kind: 'made', path: 'django.db.models.Index', of: undefined, call: { args: [], named: new Map([['fields', fields ?? { kind: 'unknown' }], ['name', textOf(next, nowhere)]]), isWhole: true, place: nowhere, step: nowhere, isAlone: false } };
  return {
    state: (apps) => {
      const model = apps.models.get(app, name);
      const left = together(model.options.get('index_together')).filter((one) => one.join() !== names.join());
      const lists: Value = { kind: 'list', items: left.map((one) => ({ kind: 'list', items: one.map((field) => textOf(field, nowhere)) })) };
      return apps.models.with({ ...model, indexes: [...model.indexes, { name: next, made }], options: new Map([...model.options, ['index_together', lists]]) });
    },
    forwards: (from, _, editor) => onMigrated(from, app, name, (model) => renameInDatabase(composedName(model, names.map((field) => columnOf(model, field, from).column), 'index', editor), next, editor)),
    backwards: () => undefined,
  };
}

function addConstraintOperation(ending: string): MakeOperation {
  return (call, app) => {
    const given = new Given(call, ['model_name', 'constraint']);
    const name = nameIn(given, 'model_name');
    const constraint = namedOf(given.take('constraint'));
    return {
      state: (apps) => changed(apps, app, name, 'constraints', (all) => [...all, constraint]),
      forwards: (_, to, editor) => onMigrated(to, app, name, (model) => createConstraint(constraint, model, to, editor, ending)),
      backwards: (from, _, editor) => onMigrated(from, app, name, (model) => dropNamed(constraint, model, editor)),
    };
  };
}

export const addConstraint = addConstraintOperation('');
export const addConstraintNotValid = addConstraintOperation(' NOT VALID');

export const removeConstraint: MakeOperation = (call, app) => {
  const given = new Given(call, ['model_name', 'name']);
  const [name, constraint] = [nameIn(given, 'model_name'), nameIn(given, 'name')];
  return {
    state: (apps) => changed(apps, app, name, 'constraints', (all) => all.filter((one) => one.name !== constraint)),
    forwards: (from, _, editor) => onMigrated(from, app, name, (model) => dropNamed(find(model, 'constraints', constraint), model, editor)),
    backwards: (_, to, editor) => onMigrated(to, app, name, (model) => createConstraint(find(model, 'constraints', constraint), model, to, editor)),
  };
};

export const alterConstraint: MakeOperation = (call, app) => {
  const given = new Given(call, ['model_name', 'name', 'constraint']);
  const [name, old] = [nameIn(given, 'model_name'), nameIn(given, 'name')];
  const constraint = namedOf(given.take('constraint'));
  return onlyState((apps) => changed(apps, app, name, 'constraints', (all) => all.map((one) => (one.name === old ? constraint : one))));
};

export const validateConstraint: MakeOperation = (call, app) => {
  const given = new Given(call, ['model_name', 'name']);
  const [name, constraint] = [nameIn(given, 'model_name'), nameIn(given, 'name')];
  return {
    state: ({ models }) => models,
    forwards: (from, _, editor) => onMigrated(from, app, name, (model) => editor.execute(`ALTER TABLE ${quoted(tableOf(model))} VALIDATE CONSTRAINT ${quoted(constraint)}`)),
    backwards: () => undefined,
  };
};
