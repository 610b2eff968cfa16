// The type of a field's column. Source: Field.db_parameters() and rel_db_type() in django/db/models/fields/ of Django 5.2.

import { isNothing } from '../../../tree/given.ts';
import type { Apps } from '../models/apps.ts';
import type { Model } from '../models/model.ts';
import { quoted } from '../schema-editor/names.ts';
import { Unread } from '../unread.ts';
import { classOf, fieldOf, isForeignKey, numberArgument, shortName, textArgument, type Field } from './field.ts';

/** As Django writes it: `varchar(200)`. Throws where it is not known. */
export function columnType(field: Field, model: Model, apps: Apps): string {
  if (isForeignKey(field)) {
    const target = apps.targetColumn(model, field);
    return columnType(target.column.field, target.model, apps);
  }
  if (field.kind === 'ArrayField') return `${columnType(baseField(field, apps), model, apps)}[${numberArgument(field, 'size') ?? ''}]`;
  if (field.kind === 'GeneratedField') return columnType(fieldOf(field.args.get('output_field'), apps.settings), model, apps);
  return plainType(field);
}

export function baseField(field: Field, { settings }: Apps): Field {
  return fieldOf(field.args.get('base_field'), settings);
}

function plainType(field: Field): string {
  const { type, length } = classOf(field);
  if (type === undefined) throw new Unread(`what ${shortName(field.path)} makes of a column is not known here`);
  if (type === 'varchar(N)') return varchar(field, length);
  if (type === 'numeric(P, S)') return numeric(field);
  return type;
}

function varchar(field: Field, otherwise: number | undefined): string {
  const length = isNothing(field.args.get('max_length')) ? undefined : (numberArgument(field, 'max_length') ?? otherwise);
  return length === undefined ? 'varchar' : `varchar(${length})`;
}

function numeric(field: Field): string {
  const [digits, places] = [numberArgument(field, 'max_digits'), numberArgument(field, 'decimal_places')];
  return digits === undefined || places === undefined ? 'numeric' : `numeric(${digits}, ${places})`;
}

/** Undefined where nothing is said. */
export function collationOf(field: Field, model: Model, apps: Apps): string | undefined {
  if (isForeignKey(field)) {
    const target = apps.targetColumn(model, field);
    return collationOf(target.column.field, target.model, apps);
  }
  return textArgument(field, 'db_collation');
}

/** Between two fields with the same one nothing has to be cast. Django has a function for the type of a CharField, and texts for all others. */
export function dataType(field: Field, model: Model, apps: Apps): string {
  if (isForeignKey(field)) return columnType(field, model, apps);
  const { type, internal } = classOf(field);
  return (internal ?? field.kind) === 'CharField' ? 'CharField' : (type ?? columnType(field, model, apps));
}

/** Of what stands in an array, however deep. */
export function baseDataType(field: Field, model: Model, apps: Apps): string {
  const base = baseField(field, apps);
  return base.kind === 'ArrayField' ? baseDataType(base, model, apps) : dataType(base, model, apps);
}

/** What PostgreSQL checks of each row; undefined: nothing. */
export function checkOf(field: Field, column: string): string | undefined {
  return !isForeignKey(field) && field.kind !== undefined && classOf(field).isPositive ? `"${column}" >= 0` : undefined;
}

export function collateClause(collation: string | undefined): string {
  return collation === undefined ? '' : ` COLLATE ${quoted(collation)}`;
}
