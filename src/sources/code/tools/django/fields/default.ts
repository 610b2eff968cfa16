// The value that rows get which are there already, when a field is added.
// Source: BaseDatabaseSchemaEditor.effective_default() in django/db/backends/base/schema.py of Django 5.2.

import { isNothing } from '../../../tree/given.ts';
import { plainText, type Value } from '../../../tree/value.ts';
import { jsonOf } from '../expressions/json.ts';
import { numberLiteral, placeholder, textLiteral } from '../expressions/literal.ts';
import type { Apps } from '../models/apps.ts';
import type { Model } from '../models/model.ts';
import { classOf, flagOf, isForeignKey, isNull, shortName, type Field } from './field.ts';

export function hasDefault({ args }: Field): boolean {
  return args.has('default');
}

export function hasDatabaseDefault({ args }: Field): boolean {
  return args.has('db_default');
}

/** A literal, or a placeholder for what only a run knows; undefined: there is none. */
export function effectiveDefault(field: Field, model: Model, apps: Apps): string | undefined {
  const given = field.args.get('default');
  if (given !== undefined) return isNothing(given) ? undefined : valueLiteral(given, valueField(field, model, apps));
  const { values, hasEmptyText } = classOf(field);
  if (field.kind === 'GeneratedField') return undefined;
  if (!isNull(field) && flagOf(field, 'blank') && hasEmptyText) return values === 'bytes' ? "'\\x'::bytea" : "''";
  return flagOf(field, 'auto_now') || flagOf(field, 'auto_now_add') ? placeholder('now') : undefined;
}

/** A foreign key holds values of the field that it points to. */
function valueField(field: Field, model: Model, apps: Apps): Field {
  if (!isForeignKey(field)) return field;
  const target = apps.targetColumn(model, field);
  return valueField(target.column.field, target.model, apps);
}

/** As the field hands it to PostgreSQL. */
export function valueLiteral(value: Value, field: Field): string {
  const { values } = classOf(field);
  return literalOf(value, values) ?? emptyLiteral(value, field) ?? placeholder(value.kind === 'imported' ? shortName(value.path) : 'value');
}

/** `default=list` is called for each row, and gives the same each time. */
function emptyLiteral(value: Value, field: Field): string | undefined {
  if (field.kind === 'ArrayField') return isEmpty(value, 'list') ? "'{}'" : undefined;
  return field.kind === 'HStoreField' && isEmpty(value, 'dict') ? "''::hstore" : undefined;
}

function isEmpty(value: Value, kind: 'list' | 'dict'): boolean {
  if (value.kind === 'imported') return value.path === kind;
  return kind === 'list' ? value.kind === 'list' && value.items.length === 0 : value.kind === 'record' && value.isWhole && value.entries.size === 0;
}

function literalOf(value: Value, values: ReturnType<typeof classOf>['values']): string | undefined {
  if (values === 'json') return jsonLiteral(value);
  const written = value.kind === 'made' && /^decimal\.Decimal$/.test(value.path) ? value.call.args[0] : value;
  const text = plainText(written);
  if (text !== undefined) return ofText(text, values);
  return written?.kind === 'constant' && written.value !== null ? ofConstant(written.value, values) : undefined;
}

function ofText(text: string, values: ReturnType<typeof classOf>['values']): string | undefined {
  if (values === 'text') return textLiteral(text);
  if (values === 'uuid') return `${textLiteral(text)}::uuid`;
  return /^(?:integer|decimal|float)$/.test(values) && /^-?\d{1,30}(?:\.\d{1,30})?$/.test(text) ? text : undefined;
}

function ofConstant(value: number | boolean, values: ReturnType<typeof classOf>['values']): string | undefined {
  switch (values) {
    case 'text':
      return textLiteral(typeof value === 'number' ? String(value) : value ? 'True' : 'False');
    case 'boolean':
      return String(Boolean(value));
    case 'integer':
      return numberLiteral(Math.trunc(Number(value)));
    case 'decimal':
      return numberLiteral(Number(value));
    case 'float':
      return Number.isInteger(Number(value)) ? `${Number(value)}.0` : String(value);
    default:
      return undefined;
  }
}

function jsonLiteral(value: Value): string | undefined {
  if (value.kind === 'imported' && (value.path === 'dict' || value.path === 'list')) return value.path === 'dict' ? "'{}'::jsonb" : "'[]'::jsonb";
  const json = jsonOf(value);
  return json === undefined ? undefined : `${textLiteral(json)}::jsonb`;
}
