// Foreign keys whose columns are of another type than what they refer to.

import { addedKeys, isSerial, overMigration, printName, type AddedKey, type Catalog, type ColumnType } from '../../src/rule/index.ts';

export default overMigration({
  id: 'mismatched-foreign-key-type',
  category: 'schema',
  summary: 'A column of a foreign key has another type than the column that it refers to',
  hazard: 'It can’t hold all keys that are there, or every join converts one of the two',
  remedy: 'Give the column the type of the one that it refers to',
  severity: 'warning',
  preset: 'strict',
  since: '0.1.0',
  *check(timeline) {
    for (const added of addedKeys(timeline)) {
      const { act, span, key, table } = added;
      if (act.impossibility !== undefined) continue;
      for (const { own, other, columns } of mismatches(added)) {
        const message = `${columns.own} of ${printName(table.name)} is ${own}, and ${columns.other} of ${printName(key.references)}, which it refers to, is ${other}`;
        yield { step: act.step, span, message };
      }
    }
  },
});

interface Mismatch {
  readonly own: string;
  readonly other: string;
  readonly columns: { readonly own: string; readonly other: string };
}

function mismatches({ key, table, end }: AddedKey): Mismatch[] {
  return key.columns.flatMap((name, place) => {
    const referenced = key.referencedColumns[place] ?? '';
    const [column, target] = [table.columns.get(name), end.column(key.references, referenced)];
    if (column === undefined || typeof target === 'string') return [];
    const [own, other] = [typeName(column.type, end), typeName(target.type, end)];
    return own === other ? [] : [{ own, other, columns: { own: name, other: referenced } }];
  });
}

/** What is stored alike has one name; a domain has that of its base. */
function typeName(type: ColumnType, catalog: Catalog): string {
  const info = catalog.type(type.name);
  if (info?.kind === 'domain') return typeName(info.base, catalog);
  return alike[type.name.name] ?? (isSerial(type) ? 'integer' : printName(type.name));
}

const alike: Readonly<Record<string, string>> = {
  bigserial: 'bigint',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  serial2: 'smallint',
  serial8: 'bigint',
  smallserial: 'smallint',
  varchar: 'text',
};
