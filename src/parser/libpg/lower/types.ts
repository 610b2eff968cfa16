// Type names as the grammar has them: it turns `int` and `timestamp with time zone` into pg_catalog names itself.

import type { Node, TypeName } from '@pgsql/types';
import type { ColumnType } from '../../../model/column-type.ts';
import { nameOfList } from './names.ts';

export function lowerType(type: TypeName | undefined): ColumnType {
  const name = nameOfList(type?.names);
  return {
    name: name.schema === 'pg_catalog' ? { ...name, schema: undefined } : name,
    modifiers: (type?.typmods ?? []).flatMap(integerOf),
    isArray: (type?.arrayBounds?.length ?? 0) > 0,
  };
}

function integerOf(node: Node): number[] {
  const constant = 'A_Const' in node ? node.A_Const : undefined;
  return constant?.ival === undefined ? [] : [constant.ival.ival ?? 0];
}
