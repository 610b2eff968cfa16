// The diagram in the Markdown report: when there is one, what it says, and that no name is more than a name to Mermaid.

import { explainTexts } from '../src/project/texts.ts';
import { ganttLines } from '../src/reporters/gantt.ts';
import type { ExplainedMigration } from '../src/model/report.ts';
import { rules } from '../rules/index.ts';
import { hostileNames } from './hostile-names.ts';

async function explained(sql: string, path = 'db/1.sql', transaction: 'file' | 'statement' = 'file'): Promise<readonly ExplainedMigration[]> {
  return (await explainTexts({ path, sql }, [], { transaction }, rules)).migrations;
}

const addColumn = (table: string): string => `ALTER TABLE ${table} ADD COLUMN note text;\n`;

test('is drawn where more than one table is locked, a section for each', async () => {
  const sql = `${addColumn('orders')}CREATE INDEX ON customers (email);\nUPDATE invoices SET paid = true;\nSELECT 1;\n`;
  expect(ganttLines(await explained(sql))).toEqual([
    '```mermaid',
    '%%{init: {"gantt": {"leftPadding": 142}}}%%',
    'gantt',
    '  title Who waits, from statement to statement (order, not time)',
    '  dateFormat x',
    '  axisFormat .',
    '  todayMarker off',
    '  section public.orders',
    '  reads and writes wait (line 1) :crit, 0, 4',
    '  section public.customers',
    '  writes wait (line 2) :active, 1, 4',
    '  section public.invoices',
    '  nobody waits (line 3) :done, 2, 4',
    '```',
  ]);
});

test('is drawn where one table is locked in several transactions, and names the files where there are several', async () => {
  const sql = addColumn('orders') + addColumn('orders');
  expect(ganttLines(await explained(sql, 'db/1.sql', 'statement')).slice(7, -1)).toEqual(['  section public.orders', '  reads and writes wait (line 1) :crit, 0, 1', '  reads and writes wait (line 2) :crit, 1, 2']);
  const [one, other] = await Promise.all([explained(addColumn('orders'), 'db/1.sql', 'statement'), explained(addColumn('orders'), 'db/2.sql', 'statement')]);
  expect(ganttLines([...one, ...other]).slice(8, -1)).toEqual(['  reads and writes wait (1.sql, line 1) :crit, 0, 1', '  reads and writes wait (2.sql, line 1) :crit, 1, 2']);
});

test.each([
  ['one table is locked in one transaction', addColumn('orders') + addColumn('orders')],
  ['nobody waits', 'UPDATE orders SET note = 1;\nUPDATE customers SET note = 1;'],
  ['only new tables are locked', `CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n${addColumn('a')}${addColumn('b')}`],
  ['nothing is read', ''],
])('is not drawn where %s', async (_, sql) => {
  expect(ganttLines(await explained(sql))).toEqual([]);
});

test('has thirty bars, those that most wait for, and says how many more there are', async () => {
  const writes = Array.from({ length: 20 }, (_, index) => `UPDATE t${index} SET a = 1;\n`).join('');
  const changes = Array.from({ length: 25 }, (_, index) => addColumn(`u${index}`)).join('');
  const lines = ganttLines(await explained(writes + changes));
  expect(lines.filter((line) => line.includes(':crit'))).toHaveLength(25);
  expect(lines.filter((line) => line.includes(':done'))).toHaveLength(5);
  expect(lines.slice(-3)).toEqual(['```', '', '15 more locks not drawn here.']);
});

test.each(hostileNames)('the name %j is a name, and no more', async (name) => {
  const table = `"${name.replaceAll('"', '""')}"`;
  const lines = ganttLines(await explained(addColumn(table) + addColumn(`s.${table}`) + addColumn(`${table}.t`), `db/${name}.sql`));
  const sections = lines.filter((line) => line.startsWith('  section '));
  const bars = lines.filter((line) => line.includes(' wait ('));
  expect(sections).toHaveLength(3);
  for (const line of sections) expect(line).toMatch(/^ {2}section [^\n!"#$%&'*+:;<=>?@[\\\]^`{|}~]+$/);
  for (const line of bars) expect(line).toMatch(/^ {2}reads and writes wait \(line \d+\) :crit, \d+, \d+$/);
  expect(lines).toHaveLength(7 + 2 * 3 + 1);
  expect(lines.join('\n')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
});
