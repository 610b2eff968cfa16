// ADD COLUMN … NOT NULL without a value for the rows that are there.

import { isSerial, onChange, printName } from '../../src/rule/index.ts';

export default onChange({
  id: 'required-column-without-default',
  category: 'failing',
  summary: 'A NOT NULL column without a default is added to an existing table',
  hazard: 'PostgreSQL refuses it as soon as the table holds a row',
  remedy: 'Give it a default that is the same for all rows; or add it without NOT NULL, fill it, and demand it then',
  severity: 'error',
  since: '0.1.0',
  on: 'add-column',
  when: ({ table, column, ifNotExists }, { before }) => {
    const isThere = before.column(table, column.name);
    const domain = before.type(column.type.name);
    const hasValue =
      (column.default !== undefined && !column.default.isNull) ||
      isSerial(column.type) ||
      column.identity ||
      column.generated !== undefined ||
      (domain?.kind === 'domain' && domain.default !== undefined);
    return column.notNull && !hasValue && before.isLive(table) && !(ifNotExists && typeof isThere !== 'string');
  },
  message: ({ table, column }, { before }) =>
    `Adding ${column.name} fails if ${printName(before.qualify(table))} holds a row: it is NOT NULL and has no value for it`,
});
