// The models of all apps between two operations, and what stands around them in the project.

import { plainText, type Value } from '../../../tree/value.ts';
import { isForeignKey, isManyToMany, textArgument, type Field } from '../fields/field.ts';
import type { ProjectSettings } from '../project/settings.ts';
import { Unread } from '../unread.ts';
import type { Model, Models } from './model.ts';
import { columnName, columnOf, columnsOf, keyColumn, ownManyToMany, throughOf, type Column } from './table.ts';

/** A model, and a field of it. */
export interface Owned {
  readonly model: Model;
  readonly column: Column;
}

export class Apps {
  readonly models: Models;
  readonly settings: ProjectSettings;

  constructor(models: Models, settings: ProjectSettings) {
    this.models = models;
    this.settings = settings;
  }

  with(models: Models): Apps {
    return new Apps(models, this.settings);
  }

  /** The model that a field points to. Throws where it is not known. */
  targetOf(owner: Model, field: Field): Model {
    const [app, name] = this.labelOf(owner, field.args.get('to'));
    return this.models.get(app, name);
  }

  labelOf({ app, name }: Model, value: Value | undefined): readonly [app: string, name: string] {
    const text = value?.kind === 'imported' && /(?:^|\.)settings\.AUTH_USER_MODEL$/.test(value.path) ? this.settings.userModel : plainText(value);
    if (text === undefined) throw new Unread(value?.kind === 'imported' ? `it is not known what ${value.path.replace(/^.*\.(?=settings\.)/, '')} is` : 'only a run knows which model is meant');
    if (text === 'self') return [app, name];
    const parts = text.split('.');
    return parts.length === 2 ? [parts[0] ?? '', parts[1] ?? ''] : [app, text];
  }

  /** The column that a foreign key points to. */
  targetColumn(owner: Model, field: Field): Owned {
    const model = this.targetOf(owner, field);
    const to = textArgument(field, 'to_field');
    return { model, column: to === undefined ? keyColumn(model, this) : columnOf(model, to, this) };
  }

  /** Foreign keys that point to a column, those of tables between models too, in the order in which Django takes them. */
  pointingTo(model: Model, column: Column): readonly Owned[] {
    const points = ({ model: owner, column: { field } }: Owned): boolean => {
      if (!isForeignKey(field)) return false;
      const target = ifRead(() => this.targetColumn(owner, field));
      return target?.model === model && target.column.name === column.name;
    };
    return this.#columnsAround(model).filter(points).toSorted((left, right) => (reverseName(left) < reverseName(right) ? -1 : 1));
  }

  #columnsAround(target: Model): readonly Owned[] {
    const known = this.models.around(target).filter(({ unread }) => unread === undefined);
    const between = known.flatMap((owner) => ownManyToMany(owner).flatMap((one) => ifRead(() => throughOf(owner, one, this).model) ?? []));
    return [...known, ...between].flatMap((model) => (ifRead(() => columnsOf(model, this)) ?? []).map((column) => ({ model, column })));
  }

  /** Foreign keys, and fields with a table of their own, that point to a model and can be followed back. */
  relatedTo(model: Model): readonly Owned[] {
    const known = this.models.around(model).filter(({ unread }) => unread === undefined);
    const columnsFirst = (fields: Model['fields']): readonly (readonly [string, Field])[] => [...fields].toSorted(([, left], [, right]) => Number(isManyToMany(left)) - Number(isManyToMany(right)));
    const all = known.flatMap((owner) => columnsFirst(owner.fields).map(([name, field]): Owned => ({ model: owner, column: { name, field, column: name } })));
    const points = ({ model: owner, column: { field } }: Owned): boolean => {
      const isFollowed = isManyToMany(field) || (isForeignKey(field) && !(textArgument(field, 'related_name') ?? '').endsWith('+'));
      return isFollowed && ifRead(() => this.targetOf(owner, field)) === model;
    };
    return all.filter(points).map(({ model: owner, column }) => ({ model: owner, column: { ...column, column: columnName(column.name, column.field) } }));
  }
}

function ifRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unread) return undefined;
    throw error;
  }
}

/** By which the other model knows it. */
function reverseName({ model, column: { field } }: Owned): string {
  return textArgument(field, 'related_query_name') ?? textArgument(field, 'related_name') ?? model.name.toLowerCase();
}
