// Whether one field becomes another without a change of its column.
// Source: _field_should_be_altered() in django/db/backends/base/schema.py, and Field.deconstruct(), of Django 5.2.

import { plainText, type Value } from '../../../tree/value.ts';
import { isNothing } from '../../../tree/given.ts';
import { flagOf, hasIndex, isNull, isPrimaryKey, textArgument, type Field } from './field.ts';

/** Whatever is not said of it, Django writes into no migration: only these decide whether a foreign key is dropped and made anew. */
export function isSameForeignKey(old: Field, next: Field): boolean {
  const isSame = (of: (field: Field) => unknown): boolean => of(old) === of(next);
  return (
    isSame(({ kind }) => kind) &&
    isSame(({ path }) => path) &&
    isSame(isNull) &&
    isSame(isPrimaryKey) &&
    isSame((field) => flagOf(field, 'unique')) &&
    isSame(hasIndex) &&
    isSame((field) => flagOf(field, 'db_constraint', true)) &&
    isSame((field) => flagOf(field, 'parent_link')) &&
    isSame((field) => flagOf(field, 'auto_created')) &&
    isSame((field) => textArgument(field, 'to_field')) &&
    isSameValue(old.args.get('default'), next.args.get('default')) &&
    isSameValue(old.args.get('db_default'), next.args.get('db_default'))
  );
}

/** As far as it can be read. */
export function isSameValue(one: Value | undefined, other: Value | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const [text, another] = [plainText(one), plainText(other)];
  if (text !== undefined || another !== undefined) return text === another;
  if (one.kind === 'constant' && other.kind === 'constant') return one.value === other.value;
  if (one.kind === 'imported' && other.kind === 'imported') return one.path === other.path;
  if (one.kind === 'list' && other.kind === 'list') return one.items.length === other.items.length && one.items.every((item, index) => isSameValue(item, other.items[index]));
  if (one.kind === 'record' && other.kind === 'record') return one.entries.size === other.entries.size && [...one.entries].every(([key, value]) => isSameValue(value, other.entries.get(key)));
  if (one.kind === 'made' && other.kind === 'made') return one.path === other.path && isSameArguments(one.call, other.call);
  return isNothing(one) && isNothing(other);
}

type Arguments = Extract<Value, { readonly kind: 'made' }>['call'];

function isSameArguments(one: Arguments, other: Arguments): boolean {
  const positions = one.args.length === other.args.length && one.args.every((value, index) => isSameValue(value, other.args[index]));
  return positions && one.named.size === other.named.size && [...one.named].every(([name, value]) => isSameValue(value, other.named.get(name)));
}
