// Keys that run out.

import { catalogBehind, definedColumns, overMigration, printName, type ColumnType } from '../../src/rule/index.ts';

export default overMigration({
  id: 'small-integer-key',
  category: 'schema',
  summary: 'The primary key of a new table is an integer of four bytes or two',
  hazard: 'Behind 2 147 483 647 every INSERT fails, and the way to bigint rewrites the table and all that refer to it',
  remedy: 'Use bigint',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  *check(timeline) {
    const end = catalogBehind(timeline);
    for (const act of [...(timeline.acts.get('create-table') ?? []), ...(timeline.acts.get('add-column') ?? [])]) {
      const { change, step, after } = act;
      if (end === undefined || !('table' in change) || change.table === undefined) continue;
      const table = end.find(after.qualify(change.table));
      if (typeof table === 'string' || table.persistence === 'temporary' || table.partitionOf) continue;
      const [key] = table.constraints.filter(({ type }) => type === 'primary-key');
      const [name, ...others] = key && key.type !== 'check' ? key.columns : [];
      const column = name === undefined || others.length > 0 ? undefined : table.columns.get(name);
      const isOfOther = table.constraints.some((one) => one.type === 'foreign-key' && String(one.columns) === name);
      if (column === undefined || isOfOther || largest(column.type) === undefined) continue;
      if (!definedColumns(act).some((one) => one.name === name)) continue;
      yield { step, span: change.span, message: `${column.name} of ${printName(table.name)} runs out at ${largest(column.type) ?? ''}` };
    }
  },
});

function largest({ name: { schema, name }, isArray }: ColumnType): string | undefined {
  return schema === undefined && !isArray ? limits[name] : undefined;
}

const [four, two] = ['2 147 483 647', '32 767'];

const limits: Readonly<Record<string, string>> = { int4: four, serial: four, serial4: four, int2: two, smallserial: two, serial2: two };
