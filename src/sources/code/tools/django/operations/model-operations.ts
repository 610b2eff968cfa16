// Operations that are about a model. Source: django/db/migrations/operations/models.py of Django 5.2.

import { Given, isNothing } from '../../../tree/given.ts';
import { plainText, type Call, type Value } from '../../../tree/value.ts';
import { textLiteral } from '../expressions/literal.ts';
import { fieldOf, type Field } from '../fields/field.ts';
import type { Apps } from '../models/apps.ts';
import { optionText, together, type Model, type Models, type Named } from '../models/model.ts';
import { renamedModel } from '../models/renamed-model.ts';
import { columnOf, isMigrated, ownManyToMany, tableOf, throughOf } from '../models/table.ts';
import type { SchemaEditor } from '../schema-editor/editor.ts';
import { addColumn, dropColumn } from '../schema-editor/fields.ts';
import { quoted } from '../schema-editor/names.ts';
import { renameModel } from '../schema-editor/rename-model.ts';
import { alterTogether } from '../schema-editor/together.ts';
import { createTable, dropModel, renameTable } from '../schema-editor/tables.ts';
import { Unread } from '../unread.ts';
import { bothWays, onlyState, type Operation } from './operation.ts';

export type MakeOperation = (call: Call, app: string) => Operation;

/** Throws where only a run knows it. */
export function nameIn(given: Given, name: string): string {
  const text = given.text(name);
  if (text === undefined) throw new Unread(`only a run knows what "${name}" of it is`);
  return text;
}

export const createModel: MakeOperation = (call, app) => {
  const given = new Given(call, ['name', 'fields', 'options', 'bases', 'managers']);
  const name = nameIn(given, 'name');
  const create: Operation['forwards'] = (_, to, editor) => {
    const model = to.models.get(app, name);
    if (!isMigrated(model, to)) return;
    createTable(model, to, editor);
    alterTogether(model, to, [], together(model.options.get('index_together')), 'index', editor);
  };
  const remove: Operation['forwards'] = (from, _, editor) => dropMigrated(from.models.get(app, name), from, editor);
  return { state: (apps) => apps.models.with(modelOf(given, app, name, apps)), forwards: create, backwards: remove };
};

function dropMigrated(model: Model, apps: Apps, editor: SchemaEditor): void {
  if (isMigrated(model, apps)) dropModel(model, apps, editor);
}

function modelOf(given: Given, app: string, name: string, { settings }: Apps): Model {
  const [fields, options, bases] = [given.take('fields'), given.take('options'), given.take('bases')];
  const nothing: Model = { app, name, fields: new Map(), options: new Map(), bases: [], indexes: [], constraints: [] };
  if (fields?.kind !== 'list' || (options !== undefined && options.kind !== 'record' && !isNothing(options))) return { ...nothing, unread: `only a run knows which fields ${app}.${name} has` };
  const written = fields.items.map((pair): [string, Field] | undefined => {
    const [key, value] = pair.kind === 'list' ? pair.items : [];
    const own = plainText(key);
    return own === undefined ? undefined : [own, fieldOf(value, settings)];
  });
  const entries = options?.kind === 'record' ? options.entries : new Map<string, Value>();
  const isKnown = !written.includes(undefined) && (options?.kind !== 'record' || options.isWhole);
  if (!isKnown) return { ...nothing, unread: `only a run knows which fields ${app}.${name} has` };
  return {
    ...nothing,
    fields: new Map(written.flatMap((pair) => (pair ? [pair] : []))),
    options: entries,
    bases: bases?.kind === 'list' ? bases.items : [],
    indexes: namedIn(entries.get('indexes')),
    constraints: namedIn(entries.get('constraints')),
  };
}

function namedIn(value: Value | undefined): readonly Named[] {
  if (value === undefined) return [];
  if (value.kind !== 'list') throw new Unread('only a run knows which indexes and constraints there are');
  return value.items.map(namedOf);
}

export function namedOf(value: Value | undefined): Named {
  const name = value?.kind === 'made' ? plainText(value.call.named.get('name')) : undefined;
  if (value?.kind !== 'made' || name === undefined) throw new Unread('only a run knows what is added');
  return { name, made: value };
}

export const deleteModel: MakeOperation = (call, app) => {
  const name = nameIn(new Given(call, ['name']), 'name');
  return {
    state: (apps) => apps.models.without(app, name),
    forwards: (from, _, editor) => dropMigrated(from.models.get(app, name), from, editor),
    backwards: (_, to, editor) => {
      const model = to.models.get(app, name);
      if (isMigrated(model, to)) createTable(model, to, editor);
    },
  };
};

export const renameModelOperation: MakeOperation = (call, app) => {
  const given = new Given(call, ['old_name', 'new_name']);
  const [old, next] = [nameIn(given, 'old_name'), nameIn(given, 'new_name')];
  return {
    state: (apps) => renamedModel(apps, app, old, next),
    forwards: (from, to, editor) => renameModel(app, { old, next }, from, to, editor),
    backwards: (from, to, editor) => renameModel(app, { old: next, next: old }, from, to, editor),
  };
};

/** Other options of a model; `take`: those that are gone where they are not said. */
function withOptions(apps: Apps, app: string, name: string, options: Iterable<readonly [string, Value]>, gone: readonly string[] = []): Models {
  const model = apps.models.get(app, name);
  return apps.models.with({ ...model, options: new Map([...[...model.options].filter(([key]) => !gone.includes(key)), ...options]) });
}

/** The options that AlterModelOptions sets, and takes away where it does not say them. */
const altered = ['base_manager_name', 'default_manager_name', 'default_related_name', 'get_latest_by', 'managed', 'ordering', 'permissions', 'default_permissions', 'select_on_save', 'verbose_name', 'verbose_name_plural'];

export const alterModelOptions: MakeOperation = (call, app) => {
  const given = new Given(call, ['name', 'options']);
  const name = nameIn(given, 'name');
  return onlyState((apps) => {
    const options = given.take('options');
    if (options?.kind !== 'record' || !options.isWhole) throw new Unread(`only a run knows which options ${app}.${name} has`);
    return withOptions(apps, app, name, options.entries, altered);
  });
};

export const alterModelTable: MakeOperation = (call, app) => {
  const given = new Given(call, ['name', 'table']);
  const name = nameIn(given, 'name');
  return bothWays(
    (apps) => withOptions(apps, app, name, [['db_table', given.take('table') ?? { kind: 'unknown' }]]),
    (from, to, editor) => {
      const [old, next] = [from.models.get(app, name), to.models.get(app, name)];
      if (!isMigrated(next, to)) return;
      renameTable(tableOf(old), tableOf(next), editor);
      const others = ownManyToMany(next);
      for (const [index, one] of ownManyToMany(old).entries()) {
        const other = others[index];
        if (other) renameTable(tableOf(throughOf(old, one, from).model), tableOf(throughOf(next, other, to).model), editor);
      }
    },
  );
};

export const alterModelTableComment: MakeOperation = (call, app) => {
  const given = new Given(call, ['name', 'table_comment']);
  const name = nameIn(given, 'name');
  return bothWays(
    (apps) => withOptions(apps, app, name, [['db_table_comment', given.take('table_comment') ?? { kind: 'unknown' }]]),
    (_, to, editor) => {
      const model = to.models.get(app, name);
      if (isMigrated(model, to)) editor.execute(`COMMENT ON TABLE ${quoted(tableOf(model))} IS ${textLiteral(optionText(model, 'db_table_comment') ?? '')}`);
    },
  );
};

function alterTogetherOperation(option: 'unique_together' | 'index_together'): MakeOperation {
  return (call, app) => {
    const given = new Given(call, ['name', option]);
    const name = nameIn(given, 'name');
    return bothWays(
      (apps) => withOptions(apps, app, name, [[option, given.take(option) ?? { kind: 'unknown' }]]),
      (from, to, editor) => {
        const model = to.models.get(app, name);
        const [old, next] = [from.models.get(app, name), model].map(({ options }) => together(options.get(option)));
        if (isMigrated(model, to)) alterTogether(model, to, old ?? [], next ?? [], option === 'unique_together' ? 'unique' : 'index', editor);
      },
    );
  };
}

export const alterUniqueTogether = alterTogetherOperation('unique_together');
export const alterIndexTogether = alterTogetherOperation('index_together');

export const alterOrderWithRespectTo: MakeOperation = (call, app) => {
  const given = new Given(call, ['name', 'order_with_respect_to']);
  const name = nameIn(given, 'name');
  return bothWays(
    (apps) => withOptions(apps, app, name, [['order_with_respect_to', given.take('order_with_respect_to') ?? { kind: 'unknown' }]]),
    (from, to, editor) => {
      const [old, next] = [from.models.get(app, name), to.models.get(app, name)];
      if (!isMigrated(next, to)) return;
      const [was, is] = [old, next].map((model) => optionText(model, 'order_with_respect_to') !== undefined);
      if (was && !is) dropColumn(old, columnOf(old, '_order', from), from, editor);
      if (!is || was) return;
      const order = columnOf(next, '_order', to);
      addColumn(next, { ...order, field: { ...order.field, args: new Map([['default', { kind: 'constant', value: 0 }]]) } }, to, editor);
    },
  );
};
