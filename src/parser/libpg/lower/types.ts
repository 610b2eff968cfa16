// Type names as the grammar has them: it turns `int` and `timestamp with time zone` into pg_catalog names itself.

import type { CollateClause, Node, TypeName } from '@pgsql/types';
import type { ColumnType } from '../../../model/column-type.ts';
import { nameOfList, strings } from './names.ts';

export function lowerType(type: TypeName | undefined): ColumnType {
  const name = nameOfList(type?.names);
  return {
    name: name.schema === 'pg_catalog' ? { ...name, schema: undefined } : name,
    modifiers: (type?.typmods ?? []).flatMap(modifierOf),
    isArray: (type?.arrayBounds?.length ?? 0) > 0,
  };
}

/** Types of extensions take words, whatever their case. */
function modifierOf(node: Node): (number | string)[] {
  if ('ColumnRef' in node) return [strings(node.ColumnRef.fields).join('.').toLowerCase()];
  const constant = 'A_Const' in node ? node.A_Const : undefined;
  if (constant?.sval !== undefined) return [(constant.sval.sval ?? '').toLowerCase()];
  return constant?.ival === undefined ? [] : [constant.ival.ival ?? 0];
}

/** What COLLATE names; undefined for the collation of the database, which is that of types that say nothing. */
export function lowerCollation(clause: CollateClause | undefined): string | undefined {
  const name = clause && collationName(clause.collname ?? []);
  return name === 'default' ? undefined : name;
}

/** PostgreSQL's own are named without their schema. */
export function collationName(names: readonly Node[]): string {
  const { schema, name } = nameOfList(names);
  return schema === undefined || schema === 'pg_catalog' ? name : `${schema}.${name}`;
}
