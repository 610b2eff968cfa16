// A field becomes another. Source: alter_field() and _alter_field() in django/db/backends/base/schema.py and postgresql/schema.py of Django 5.2.

import { databaseDefault } from '../expressions/expression.ts';
import { effectiveDefault, hasDatabaseDefault, hasDefault } from '../fields/default.ts';
import { hasForeignKey, hasIndex, isForeignKey, isManyToMany, isNull, isPrimaryKey, isUnique, textArgument, type Field } from '../fields/field.ts';
import { isSameForeignKey, isSameValue } from '../fields/same-field.ts';
import { checkOf } from '../fields/column-type.ts';
import { isAutomatic, tableOf, withTable } from '../models/table.ts';
import { Unread } from '../unread.ts';
import { alterType, collation, losesTextIndex, typeOf, type Side } from './alter-type.ts';
import { found, withColumnRenamed, withoutConstraint, type Constraint } from './catalog.ts';
import { dropConstraint } from './constraints.ts';
import type { SchemaEditor } from './editor.ts';
import { dropForeignKeys } from './fields.ts';
import { columnIndex, dropIndex, foreignKey, likeIndex, uniqueConstraint } from './indexes.ts';
import { alterManyToMany } from './many-to-many.ts';
import { indexName, quoted } from './names.ts';
import { dropPointing, keyChange, recreatePointing } from './pointing.ts';

export function changeField(old: Side, next: Side, editor: SchemaEditor): void {
  const fields = [old.column.field, next.column.field];
  const unknown = fields.find(({ kind }) => kind === undefined);
  if (unknown) throw new Unread(`what ${unknown.path} makes of a column is not known here`);
  if (fields.every(isManyToMany)) {
    if (fields.every(isAutomatic)) alterManyToMany(old, next, editor);
    else if (fields.some(isAutomatic)) throw new Unread('Django refuses to give a table of its own another model');
    return;
  }
  if (fields.some(isManyToMany)) throw new Unread('Django refuses to make a column of a table, or a table of a column');
  if (fields.some(({ kind }) => kind === 'GeneratedField')) {
    if (old.column.column !== next.column.column || fields.some(({ kind }) => kind !== 'GeneratedField')) throw new Unread('Django does not change generated columns');
    return;
  }
  alterColumn(old, next, editor);
}

function alterColumn(old: Side, next: Side, editor: SchemaEditor): void {
  const table = tableOf(old.model);
  const [before, behind] = [old.column.field, next.column.field];
  const isForeignDropped = hasForeignKey(before) && isAltered(old, next) && dropForeignKeys(table, old.column.column, editor);
  if (isUnique(before) && (!isUnique(behind) || becomesKey(old, next))) for (const { name } of onColumn(old, editor, isUniqueOne)) dropConstraint(table, name, editor);
  const isKeyChanged = keyChange(old, next);
  if (isKeyChanged) dropPointing(old, next, editor);
  if (hasIndex(before) && !isUnique(before) && (!hasIndex(behind) || isUnique(behind))) for (const { name } of onColumn(old, editor, isOwnIndex)) dropIndex(name, editor);
  const [check, otherCheck] = [checkOf(before, 'x'), checkOf(behind, 'x')];
  if (check !== undefined && otherCheck === undefined) for (const { name } of onColumn(old, editor, ({ kind }) => kind === 'check')) dropConstraint(table, name, editor);
  renameColumn(old, next, editor);
  alterDefinition(old, next, editor);
  if (isPrimaryKey(before) && !isPrimaryKey(behind)) for (const { name } of found(editor.catalog, table, ({ kind }) => kind === 'primary')) dropConstraint(table, name, editor);
  if (!isPrimaryKey(behind) && isUnique(behind) && (!isUnique(before) || isPrimaryKey(before))) editor.run(uniqueConstraint(table, [next.column.column]));
  if ((!hasIndex(before) || isUnique(before)) && hasIndex(behind) && !isUnique(behind)) editor.run(columnIndex(table, [next.column.column], ''));
  if (becomesKey(old, next)) createKey(table, next.column.column, editor);
  if (isKeyChanged || becomesKey(old, next)) recreatePointing(old, next, editor, 'types');
  if (isForeignKey(behind) && (isForeignDropped || !isForeignKey(before) || !hasForeignKey(before)) && hasForeignKey(behind)) editor.run(foreignKey(withTable(next.model, table), next.column, next.apps));
  if (isKeyChanged) recreatePointing(old, next, editor, 'keys');
  if (check === undefined && otherCheck !== undefined) addCheck(table, next, editor);
  if (needsDefault(old, next)) editor.execute(`ALTER TABLE ${quoted(table)} ALTER COLUMN ${quoted(next.column.column)} DROP DEFAULT`);
  alterLikeIndex(old, next, editor);
}

function isAltered(old: Side, next: Side): boolean {
  if (old.column.column !== next.column.column || !isForeignKey(next.column.field)) return true;
  const [before, behind] = [old, next].map(({ model, column, apps }) => tableOf(apps.targetOf(model, column.field)));
  return before !== behind || !isSameForeignKey(old.column.field, next.column.field);
}

function becomesKey(old: Side, next: Side): boolean {
  return !isPrimaryKey(old.column.field) && isPrimaryKey(next.column.field);
}

/** Of the column alone, under a name that is not that of a constraint or an index of the model. */
function onColumn({ model, column: { column } }: Side, editor: SchemaEditor, isMeant: (one: Constraint) => boolean): readonly Constraint[] {
  const own = new Set([...model.constraints, ...model.indexes].map(({ name }) => name));
  return found(editor.catalog, tableOf(model), (one) => one.columns.length === 1 && one.columns[0] === column && isMeant(one) && !own.has(one.name));
}

function isUniqueOne({ kind, isUniqueIndex = false }: Constraint): boolean {
  return kind === 'unique' || isUniqueIndex;
}

function isOwnIndex({ kind, isPlain = false }: Constraint): boolean {
  return kind === 'index' && isPlain;
}

function renameColumn(old: Side, next: Side, editor: SchemaEditor): void {
  const table = tableOf(old.model);
  const [from, to] = [old.column.column, next.column.column];
  if (from === to) return;
  editor.execute(`ALTER TABLE ${quoted(table)} RENAME COLUMN ${quoted(from)} TO ${quoted(to)}`);
  editor.catalog = withColumnRenamed(editor.catalog, table, from, to);
  const renamed = (own: string, column: string): string => (own === table && column === from ? to : column);
  editor.rename((refers) => ({
    ...refers,
    columns: refers.columns.map((column) => renamed(refers.table, column)),
    ...(refers.to ? { to: { ...refers.to, column: renamed(refers.to.table, refers.to.column) } } : {}),
  }));
}

/** Type, default and NOT NULL, in one ALTER TABLE where that is possible. */
function alterDefinition(old: Side, next: Side, editor: SchemaEditor): void {
  const table = quoted(tableOf(old.model));
  const column = quoted(next.column.column);
  const [before, behind] = [old.column.field, next.column.field];
  const isOtherType = typeOf(old) !== typeOf(next) || counts(old) !== counts(next) || collation(old) !== collation(next) || textArgument(before, 'db_comment') !== textArgument(behind, 'db_comment');
  const type = isOtherType ? alterType(old, next, editor) : undefined;
  const clauses = type ? [type.clause] : [];
  if (hasDatabaseDefault(behind)) {
    if (!isSameValue(before.args.get('db_default'), behind.args.get('db_default'))) clauses.push(`ALTER COLUMN ${column} SET DEFAULT ${databaseDefault(behind, next.model, next.apps)}`);
  } else if (hasDatabaseDefault(before)) clauses.push(`ALTER COLUMN ${column} DROP DEFAULT`);
  if (needsDefault(old, next)) clauses.push(`ALTER COLUMN ${column} SET DEFAULT ${effectiveDefault(behind, next.model, next.apps) ?? ''}`);
  const nullClause = isNull(before) === isNull(behind) ? [] : [`ALTER COLUMN ${column} ${isNull(behind) ? 'DROP' : 'SET'} NOT NULL`];
  const inFourSteps = (hasDefault(behind) || hasDatabaseDefault(behind)) && isNull(before) && !isNull(behind);
  if (!inFourSteps) clauses.push(...nullClause);
  if (clauses.length > 0) editor.execute(`ALTER TABLE ${table} ${clauses.join(', ')}`);
  if (inFourSteps) {
    const value = hasDatabaseDefault(behind) ? databaseDefault(behind, next.model, next.apps) : (effectiveDefault(behind, next.model, next.apps) ?? 'NULL');
    editor.execute(`UPDATE ${table} SET ${column} = ${value} WHERE ${column} IS NULL; SET CONSTRAINTS ALL IMMEDIATE`);
    for (const clause of nullClause) editor.execute(`ALTER TABLE ${table} ${clause}`);
  }
  for (const text of type?.behind ?? []) editor.execute(text);
}

function counts({ column: { field } }: Side): boolean {
  return /^(?:Big|Small)?AutoField$/.test(field.kind ?? '');
}

/** Rows that come in while the column is filled get it too. */
function needsDefault(old: Side, next: Side): boolean {
  const [before, behind] = [old.column.field, next.column.field];
  if (!isNull(before) || isNull(behind) || hasDatabaseDefault(behind)) return false;
  const value = effectiveDefault(behind, next.model, next.apps);
  return value !== undefined && (value !== effectiveDefault(before, old.model, old.apps) || isAlwaysOther(behind, value));
}

/** Of two documents, and of two values that a clock or chance gives, Django never says that they are the same. */
function isAlwaysOther({ kind }: Field, value: string): boolean {
  return kind === 'JSONField' || /^\$\{(?:now|utcnow|today|uuid[14])\}$/.test(value);
}

function createKey(table: string, column: string, editor: SchemaEditor): void {
  const name = indexName(table, [column], '_pk');
  editor.execute(`ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(name)} PRIMARY KEY (${quoted(column)})`);
  editor.add(table, { name, kind: 'primary', columns: [column] });
}

function addCheck(table: string, { column: { column, field } }: Side, editor: SchemaEditor): void {
  const name = indexName(table, [column], '_check');
  editor.execute(`ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(name)} CHECK (${checkOf(field, column) ?? ''})`);
  editor.catalog = withoutConstraint(editor.catalog, table, name);
  editor.add(table, { name, kind: 'check', columns: [column] });
}

function alterLikeIndex(old: Side, next: Side, editor: SchemaEditor): void {
  const table = tableOf(old.model);
  const [before, behind] = [old.column.field, next.column.field];
  const isNew = (!hasIndex(before) && !isUnique(before) && hasIndex(behind)) || (!isUnique(before) && isUnique(behind)) || (next.apps.settings.version >= 5 && losesTextIndex(old, next));
  const like = isNew ? likeIndex(withTable(next.model, table), next.column, next.apps) : undefined;
  if (like) editor.run(like);
  if (isUnique(before) && !hasIndex(behind) && !isUnique(behind)) dropIndex(indexName(table, [old.column.column], '_like'), editor);
}
