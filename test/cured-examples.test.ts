// The bad examples of all rule documents whose findings have a cure: it is offered, or there is a reason not to, and what it writes is run on the
// embedded PostgreSQL: the schema and the rows behind it are those behind the example, unless PostgreSQL refuses that.

import { rules } from '../rules/index.ts';
import { isCurable, levelsOf } from '../src/cure/index.ts';
import { cureTexts, type Text } from '../src/project/texts.ts';
import { ruleOverrides } from '../src/project/settings/rule-overrides.ts';
import type { TransactionMode } from '../src/model/migration.ts';
import { isPostgresVersion } from '../src/model/version.ts';
import type { Server } from '../src/trace/connection.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import { examples, parseFixture, read } from './fixture.ts';
import { tablesOf } from './postgres/advice-fixture.ts';
import { migrationsOf } from './cured-project.ts';
import { behind, type Behind } from './postgres/behind.ts';

jest.setTimeout(60_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set());
});

afterAll(() => server.stop());

const levels = new Set(['safe', 'files', 'unsafe'] as const);

const ids = rules.map(({ meta }) => meta.id);

const cases = rules
  .filter(({ meta }) => isCurable(meta.id))
  .flatMap(({ meta }) => examples(read(`rules/${meta.category}/${meta.id}.md`), 'bad').map((sql, index) => ({ meta, sql, name: `${meta.id} ${index + 1}`, number: index + 1 })));

/** Why there is no cure. */
const withheld: Readonly<Record<string, string>> = {
  'lock-upgrade 2': 'the fix would bring a finding of not-retry-safe',
  'missing-object 1': 'nothing that is there is called nearly so',
  'rewriting-column 3': 'the values of a stored column are computed for each row, whatever is done: only a plain column that a trigger fills spares that',
  'several-tables-locked 1': 'the fix would bring a finding of not-retry-safe',
  'unexplained-blocking-work 1': 'no form of it is known that keeps nobody waiting',
};

/** What is different behind the cure. */
const different: Readonly<Record<string, { readonly part: 'lines' | 'rows'; readonly why: string }>> = {
  'blocking-partition-detach 1': { part: 'lines', why: 'a CHECK of its old bounds stays on the partition' },
  'hidden-invalid-index 1': { part: 'lines', why: 'the index is valid behind the cure' },
  'unsplittable-constraint 1': { part: 'lines', why: 'PostgreSQL 18 takes what 14 refuses, and leaves it without its validation' },
  'char-column 1': { part: 'lines', why: 'the type' },
  'json-column 1': { part: 'lines', why: 'the type' },
  'limited-varchar 1': { part: 'lines', why: 'the type' },
  'mismatched-foreign-key-type 1': { part: 'lines', why: 'the type' },
  'money-column 1': { part: 'lines', why: 'the type' },
  'redundant-index 1': { part: 'lines', why: 'one index less is there' },
  'serial-column 1': { part: 'lines', why: 'the sequence is an identity’s' },
  'small-integer-key 1': { part: 'lines', why: 'the type' },
  'timestamp-without-time-zone 1': { part: 'lines', why: 'the type' },
  'unindexed-foreign-key 1': { part: 'lines', why: 'an index is there' },
  'volatile-default 1': { part: 'rows', why: 'each run gives other tokens' },
};

/** Where an example is played on other tables than the advice of its document. */
const tables: Readonly<Record<string, string>> = {
  'blocking-reindex 2': 'CREATE TABLE orders (id bigint PRIMARY KEY, status text); CREATE INDEX orders_status_idx ON orders (status);',
  'concurrent-index-on-partitioned-table 1': '',
  'pending-trigger-events 1': 'CREATE TABLE old_orders (id bigint, customer_id bigint);',
  'security-definer-without-search-path 1': 'CREATE SCHEMA sales; CREATE TABLE sales.orders (id bigint, closed boolean);',
  'work-while-locked 2': 'CREATE TABLE invoices (id bigint); CREATE TABLE archive (id bigint); CREATE TABLE orders (note text); INSERT INTO invoices VALUES (1);',
};

/** What these speak of, a history that is whole would show. */
const hidden: ReadonlySet<string> = new Set(['hidden-invalid-index 1']);

/** Beside those of rules about what fails. */
const refused: ReadonlySet<string> = new Set(['ineffective-timeout 2']);

test.each(cases)('$name', async ({ meta, sql, name, number }) => {
  const { options, migrations } = parseFixture(sql);
  const made = (tables[name] ?? tablesOf(meta.id, number))?.replaceAll('30000', '300');
  const earlier: Text[] = [...migrations.slice(0, -1), ...(made === undefined ? [] : [{ path: '0001_z_tables.sql', sql: made }])];
  const text = { path: '0009_example.sql', sql: migrations.at(-1)?.sql ?? '' };
  const overrides = {
    postgres: isPostgresVersion(options.postgres) ? options.postgres : undefined,
    framework: undefined,
    transaction: options.transaction,
    rules: ruleOverrides({ [meta.id]: meta.severity }, ids),
  };
  const shown = hidden.has(name) ? [] : earlier;
  const done = await cureTexts(text, shown, overrides, rules, levels);
  const found = done.report.findings.filter(({ rule }) => rule === meta.id);
  const [offered] = found.flatMap(({ fingerprint }) => done.cures.get(fingerprint) ?? []);
  expect(found).not.toEqual([]);
  if (name in withheld) {
    expect(done.withheld.filter(({ finding }) => finding.rule === meta.id).map(({ why }) => why)).toEqual([withheld[name]]);
    return;
  }
  expect(levelsOf(meta.id)).toContain(offered?.level);
  const again = await cureTexts({ path: text.path, sql: done.text }, shown, overrides, rules, levels);
  expect(again.report.findings.filter(({ rule }) => rule === meta.id)).toEqual([]);
  expect(again.text).toBe(done.text);
  const cured = [...earlier, { path: text.path, sql: done.text }, ...done.files.map((file) => ({ path: file.path, sql: file.text }))];
  const behindCured = await behindAll(cured, options.transaction);
  const behindGiven = await behindAll([...earlier, text], options.transaction).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (behindGiven instanceof Error) {
    expect(meta.category === 'failing' || refused.has(name)).toBe(true);
    return;
  }
  for (const part of ['lines', 'rows'] as const) {
    if (different[name]?.part === part) expect(behindCured[part]).not.toEqual(behindGiven[part]);
    else expect(behindCured[part]).toEqual(behindGiven[part]);
  }
});

async function behindAll(texts: readonly Text[], transaction: TransactionMode | undefined): Promise<Behind> {
  return behind(await migrationsOf({ framework: undefined, transaction, files: new Map(texts.map(({ path, sql }) => [path, sql])) }), server);
}
