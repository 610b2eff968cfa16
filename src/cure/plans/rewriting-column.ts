// A column that PostgreSQL would compute for each row while nobody gets to the table.

import { isSerial } from '../../model/column-type.ts';
import { computedColumn } from './computed-column.ts';
import { domainColumn } from './domain-column.ts';
import { numberedColumn } from './numbered-column.ts';
import type { Planner } from './planner.ts';

export const rewritingColumn: Planner = (ailment) => {
  const { act } = ailment;
  if (act?.change.kind !== 'add-column') return undefined;
  const { column } = act.change;
  if (column.generated !== undefined) return computedColumn(ailment, act.change);
  return column.identity || isSerial(column.type) ? numberedColumn(ailment, act.change) : domainColumn(ailment, act.change);
};
