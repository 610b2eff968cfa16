// What Django knows of a model between two operations.

import { PersistentMap } from '../../../../../model/persistent-map.ts';
import { plainText, type Made, type Value } from '../../../tree/value.ts';
import type { Field } from '../fields/field.ts';
import { Unread } from '../unread.ts';

export interface Model {
  readonly app: string;
  /** As it is written: `OrderLine`. */
  readonly name: string;
  /** In the order in which Django makes their columns. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly options: ReadonlyMap<string, Value>;
  readonly bases: readonly Value[];
  readonly indexes: readonly Named[];
  readonly constraints: readonly Named[];
  /** Why no more of it is known. */
  readonly unread?: string;
}

/** An index or a constraint. */
export interface Named {
  readonly name: string;
  readonly made: Made;
}

/** The models of all apps. */
export class Models {
  readonly #models: PersistentMap<Model>;
  /** Why something of an app is not known, by app. */
  readonly #gaps: PersistentMap<string>;

  constructor(models = PersistentMap.empty<Model>(), gaps = PersistentMap.empty<string>()) {
    this.#models = models;
    this.#gaps = gaps;
  }

  /** In the order of their names. */
  get all(): readonly Model[] {
    return this.#models.entries().toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, model]) => model);
  }

  find(app: string, name: string): Model | undefined {
    return this.#models.get(keyOf(app, name));
  }

  /** Throws where it is not known. */
  get(app: string, name: string): Model {
    const model = this.find(app, name);
    const why = model?.unread ?? this.#gaps.get(app);
    if (why !== undefined) throw new Unread(why);
    if (model === undefined) throw new Unread(`the model ${app}.${name} does not stand in the migrations before it`);
    return model;
  }

  with(model: Model): Models {
    return new Models(this.#models.with(keyOf(model.app, model.name), model), this.#gaps);
  }

  without(app: string, name: string): Models {
    return new Models(this.#models.without(keyOf(app, name)), this.#gaps);
  }

  /** Nothing of the app is known from here on. */
  withGap(app: string, why: string): Models {
    return new Models(this.#models, this.#gaps.with(app, why));
  }
}

export function keyOf(app: string, name: string): string {
  return `${app}.${name.toLowerCase()}`;
}

/** Throws where only a run knows it. */
export function optionText({ options, name: model }: Model, name: string): string | undefined {
  const value = options.get(name);
  if (value === undefined || (value.kind === 'constant' && value.value === null)) return undefined;
  const text = plainText(value);
  if (text === undefined) throw new Unread(`only a run knows what "${name}" of ${model} is`);
  return text === '' ? undefined : text;
}

export function optionFlag({ options, name: model }: Model, name: string, otherwise: boolean): boolean {
  const value = options.get(name);
  if (value === undefined) return otherwise;
  if (value.kind !== 'constant') throw new Unread(`only a run knows what "${name}" of ${model} is`);
  return Boolean(value.value);
}

/** `unique_together`, `index_together`: a list of lists, or one list. */
export function together(value: Value | undefined): readonly (readonly string[])[] {
  if (value === undefined || (value.kind === 'constant' && value.value === null)) return [];
  if (value.kind !== 'list') throw new Unread('only a run knows which fields are meant');
  const [first] = value.items;
  const lists = first?.kind === 'text' ? [value] : value.items;
  return lists.map((list) => (list.kind === 'list' ? list.items.map(nameIn) : [nameIn(list)]));
}

function nameIn(value: Value): string {
  const name = plainText(value);
  if (name === undefined) throw new Unread('only a run knows which fields are meant');
  return name;
}
