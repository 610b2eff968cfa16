// A field of a model, as a migration writes it: its class, and what that is given.

import { isNothing } from '../../../tree/given.ts';
import { plainText, type Value } from '../../../tree/value.ts';
import { Unread } from '../unread.ts';
import { classes, type FieldClass } from './classes.ts';

export interface Field {
  /** Of its class: `django.db.models.CharField`. */
  readonly path: string;
  /** As Django calls its class: `CharField`; undefined for a class that is not known here. */
  readonly kind: string | undefined;
  /** By name, where Django has names for them. */
  readonly args: ReadonlyMap<string, Value>;
}

/** Which of Django's classes a class of the project or of a library is as good as; undefined where nobody knows. */
export type ResolveClass = (path: string) => string | undefined;

/** What a field is read with. */
export interface Reading {
  readonly resolveClass: ResolveClass;
  readonly settingOf: (name: string) => Value | undefined;
}

const related = ['to', 'on_delete', 'related_name', 'related_query_name', 'limit_choices_to', 'parent_link', 'to_field', 'db_constraint'];

const positions: Readonly<Record<string, readonly string[]>> = {
  ForeignKey: related,
  OneToOneField: ['to', 'on_delete', 'to_field'],
  ManyToManyField: ['to', 'related_name', 'related_query_name', 'limit_choices_to', 'symmetrical', 'through', 'through_fields', 'db_constraint', 'db_table'],
  ArrayField: ['base_field', 'size'],
};

const usual = ['verbose_name', 'name', 'primary_key', 'max_length', 'unique', 'blank', 'null', 'db_index'];

export function fieldOf(value: Value | undefined, { resolveClass, settingOf }: Reading): Field {
  if (value?.kind !== 'made') return { path: 'a class that is chosen while it runs', kind: undefined, args: new Map() };
  const { path, call } = value;
  const kind = djangoClass(path) ?? resolveClass(path);
  const names = positions[kind ?? ''] ?? usual;
  const said = (one: Value): Value => {
    const setting = one.kind === 'imported' ? /^django\.conf\.settings\.(\w+)$/.exec(one.path)?.[1] : undefined;
    return setting === undefined ? one : (settingOf(setting) ?? one);
  };
  const written = [...call.args.map((one, index): [string, Value] => [names[index] ?? `${index}`, one]), ...call.named];
  const args = new Map(written.map(([name, one]): [string, Value] => [name, name === 'to' ? one : said(one)]));
  return { path, kind: call.isWhole ? kind : undefined, args };
}

/** `django.db.models.fields.related.ForeignKey`, `django.contrib.gis.db.models.CharField`, `django.contrib.postgres.fields.ArrayField`. */
export function djangoClass(path: string): string | undefined {
  const name = /^django\.(?:db\.models|contrib\.gis\.db\.models|contrib\.postgres\.(?:fields|search))\b(?:\.\w+){0,3}?\.(\w+)$/.exec(path)?.[1];
  return name !== undefined && name in classes ? name : undefined;
}

/** Throws where the class is not known. */
export function classOf({ kind, path }: Field): FieldClass {
  const found = classes[kind ?? ''];
  if (found === undefined) throw new Unread(`what ${shortName(path)} makes of a column is not known here`);
  return found;
}

/** `saleor.core.db.fields.MoneyField` is a MoneyField. */
export function shortName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Throws where only a run knows it. */
export function flagOf(field: Field, name: string, otherwise = false): boolean {
  const value = field.args.get(name);
  if (value === undefined) return otherwise;
  if (value.kind !== 'constant') throw new Unread(`only a run knows what "${name}" of a ${shortName(field.path)} is`);
  return Boolean(value.value);
}

/** Undefined where it is not said; throws where only a run knows it. */
export function textArgument(field: Field, name: string): string | undefined {
  const value = field.args.get(name);
  const text = plainText(value);
  if (value !== undefined && text === undefined && !isNothing(value)) throw new Unread(`only a run knows what "${name}" of a ${shortName(field.path)} is`);
  return text;
}

export function numberArgument(field: Field, name: string): number | undefined {
  const value = field.args.get(name);
  if (value === undefined || isNothing(value)) return undefined;
  if (value.kind !== 'constant' || typeof value.value !== 'number') throw new Unread(`only a run knows what "${name}" of a ${shortName(field.path)} is`);
  return value.value;
}

export function isNull(field: Field): boolean {
  return field.kind === 'NullBooleanField' || flagOf(field, 'null');
}

export function isPrimaryKey(field: Field): boolean {
  return flagOf(field, 'primary_key');
}

/** A key is unique too. */
export function isUnique(field: Field): boolean {
  return flagOf(field, 'unique', classOf(field).isUnique ?? false) || isPrimaryKey(field);
}

export function hasIndex(field: Field): boolean {
  return flagOf(field, 'db_index', classOf(field).isIndexed ?? false);
}

export function isForeignKey({ kind }: Field): boolean {
  return kind === 'ForeignKey' || kind === 'OneToOneField';
}

export function hasForeignKey(field: Field): boolean {
  return isForeignKey(field) && flagOf(field, 'db_constraint', true);
}

export function isManyToMany({ kind }: Field): boolean {
  return kind === 'ManyToManyField';
}

/** As it is called in a migration that gives it other arguments. */
export function withArguments(field: Field, args: Iterable<readonly [string, Value]>): Field {
  return { ...field, args: new Map([...field.args, ...args]) };
}

export function withoutArgument(field: Field, name: string): Field {
  return { ...field, args: new Map([...field.args].filter(([key]) => key !== name)) };
}
