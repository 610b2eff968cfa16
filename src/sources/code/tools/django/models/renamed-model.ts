// A model under another name, and all fields that point to it.
// Source: ProjectState.rename_model() in django/db/migrations/state.py of Django 5.2.

import { textOf, type Value } from '../../../tree/value.ts';
import { withArguments, type Field } from '../fields/field.ts';
import { Unread } from '../unread.ts';
import type { Apps } from './apps.ts';
import type { Model, Models } from './model.ts';

export function renamedModel(apps: Apps, app: string, old: string, next: string): Models {
  const { models } = apps;
  const renamed = { ...models.get(app, old), name: next };
  const label: Value = textOf(`${app}.${next}`, { start: 0, end: 0 });
  const isMeant = (owner: Model, value: Value): boolean => {
    const [targetApp, name] = labelOrNone(apps, owner, value);
    return targetApp === app && name?.toLowerCase() === old.toLowerCase();
  };
  const repointed = (model: Model): Model => {
    const fields = Array.from(model.fields, ([name, field]): [string, Field] => {
      const changed = ['to', 'through'].flatMap((key): [string, Value][] => {
        const value = field.args.get(key);
        return value !== undefined && isMeant(model, value) ? [[key, label]] : [];
      });
      return [name, changed.length > 0 ? withArguments(field, changed) : field];
    });
    return fields.every(([name, field]) => model.fields.get(name) === field) ? model : { ...model, fields: new Map(fields) };
  };
  const all = models.without(app, old).with(renamed);
  return models.all.reduce((behind, model) => {
    const isItself = model.app === app && model.name.toLowerCase() === old.toLowerCase();
    const own = repointed(model);
    return own === model && !isItself ? behind : behind.with(isItself ? { ...own, name: next } : own);
  }, all);
}

function labelOrNone(apps: Apps, owner: Model, value: Value): readonly string[] {
  try {
    return apps.labelOf(owner, value);
  } catch (error) {
    if (error instanceof Unread) return [];
    throw error;
  }
}
