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
  /** The keys of models with fields that point to a model, by its key, or by `AUTH_USER_MODEL`. */
  readonly #pointing: PersistentMap<readonly string[]>;

  constructor(models = PersistentMap.empty<Model>(), gaps = PersistentMap.empty<string>(), pointing = PersistentMap.empty<readonly string[]>()) {
    this.#models = models;
    this.#gaps = gaps;
    this.#pointing = pointing;
  }

  /** Itself and those with fields that may point to it, in the order of their names. */
  around(model: Model): readonly Model[] {
    const own = keyOf(model.app, model.name);
    const keys = new Set([own, ...(this.#pointing.get(own) ?? []), ...(this.#pointing.get(USER) ?? [])]);
    return [...keys].toSorted().flatMap((key) => this.#models.get(key) ?? []);
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
    return new Models(this.#models.with(keyOf(model.app, model.name), model), this.#gaps, this.#repointed(keyOf(model.app, model.name), model));
  }

  without(app: string, name: string): Models {
    return new Models(this.#models.without(keyOf(app, name)), this.#gaps, this.#repointed(keyOf(app, name), undefined));
  }

  /** Nothing of the app is known from here on. */
  withGap(app: string, why: string): Models {
    return new Models(this.#models, this.#gaps.with(app, why), this.#pointing);
  }

  #repointed(key: string, next: Model | undefined): PersistentMap<readonly string[]> {
    const [before, behind] = [targetsOf(this.#models.get(key)), targetsOf(next)];
    const gone = [...before].filter((target) => !behind.has(target));
    const come = [...behind].filter((target) => !before.has(target));
    const without = gone.reduce((map, target) => map.with(target, (map.get(target) ?? []).filter((one) => one !== key)), this.#pointing);
    return come.reduce((map, target) => map.with(target, [...(map.get(target) ?? []), key]), without);
  }
}

/** What stands for the user that the settings name. */
const USER = 'AUTH_USER_MODEL';

/** The keys of the models that fields of it point to, as far as they can be read. */
function targetsOf(model: Model | undefined): ReadonlySet<string> {
  const values = [...(model?.fields.values() ?? [])].flatMap((field) => ['to', 'through'].flatMap((name) => field.args.get(name) ?? []));
  return new Set(values.flatMap((value) => {
    if (value.kind === 'imported') return /AUTH_USER_MODEL$/.test(value.path) ? [USER] : [];
    const label = plainText(value);
    if (label === undefined || model === undefined || label === 'self') return [];
    return [label.includes('.') ? label.toLowerCase() : keyOf(model.app, label)];
  }));
}

export function keyOf(app: string, name: string): string {
  return `${app}.${name}`.toLowerCase();
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
