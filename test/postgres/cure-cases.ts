// What cures are proven with: the fixtures of cures, and the bad examples of the rules' documents, each as it was given and as it is written.

import type { ParsedMigration } from '../../src/engine/parsed-migration.ts';
import { isCurable } from '../../src/cure/index.ts';
import type { CureLevel } from '../../src/model/cure.ts';
import type { FrameworkName } from '../../src/model/framework.ts';
import type { TransactionMode } from '../../src/model/migration.ts';
import { isPostgresVersion, type PostgresVersion } from '../../src/model/version.ts';
import { ruleOverrides } from '../../src/project/settings/rule-overrides.ts';
import { cureTexts, type CuredText, type Text } from '../../src/project/texts.ts';
import { rules } from '../../rules/index.ts';
import { readCureFixture } from '../cure-fixture.ts';
import { migrationsOf } from '../cured-project.ts';
import { examples, filesBelow, parseFixture, read } from '../fixture.ts';
import { tablesOf } from './advice-fixture.ts';

export interface CureCase {
  /** `fixtures/cures/goose.sql`, `unsplit-constraint 1`. */
  readonly name: string;
  /** Whose findings have to be cured. */
  readonly cures: readonly string[];
  readonly postgres: PostgresVersion | undefined;
  readonly framework: FrameworkName | undefined;
  readonly transaction: TransactionMode | undefined;
  /** Rules that are on beside others. */
  readonly on: readonly string[];
  readonly levels: ReadonlySet<CureLevel>;
  readonly earlier: readonly Text[];
  /** What history shows of that. */
  readonly shown: readonly Text[];
  readonly beside: readonly Text[];
  readonly given: Text;
  /** What is different behind the cure. */
  readonly differs: readonly ('lines' | 'rows')[];
  /** PostgreSQL refuses it as it was given, with this SQLSTATE or any. */
  readonly refused: string | undefined;
  /** See `Filling`. */
  readonly values: ReadonlyMap<string, string>;
  readonly empty: ReadonlyMap<string, string>;
}

/** All that is written in the project. */
export function cure({ given, shown, beside, postgres, framework, transaction, on, levels }: CureCase): Promise<CuredText> {
  const severities = rules.filter(({ meta }) => on.includes(meta.id)).map(({ meta }) => [meta.id, meta.severity] as const);
  const overrides = { postgres, framework, transaction, rules: ruleOverrides(Object.fromEntries(severities), rules.map(({ meta }) => meta.id)) };
  return cureTexts(given, shown, overrides, rules, levels, beside);
}

export interface CaseMigrations {
  readonly earlier: readonly ParsedMigration[];
  readonly given: readonly ParsedMigration[];
  readonly cured: readonly ParsedMigration[];
}

/** As the tool finds them where `written` are the files that were, by path. */
export async function migrationsOfCase({ framework, transaction, earlier, beside, given }: CureCase, written: ReadonlyMap<string, string>): Promise<CaseMigrations> {
  const lying = [...earlier, ...beside].map(({ path, sql }) => [path, sql] as const);
  const found = (files: readonly (readonly [string, string])[]): Promise<readonly ParsedMigration[]> => migrationsOf({ framework, transaction, files: new Map([...lying, ...files]) });
  const [asGiven, asCured] = [await found([[given.path, given.sql]]), await found([...written])];
  const before = asGiven.findIndex(({ source }) => source.path === given.path);
  return { earlier: asGiven.slice(0, before), given: asGiven.slice(before), cured: asCured.slice(before) };
}

export function writtenIn({ given }: CureCase, { text, files }: Pick<CuredText, 'text' | 'files'>): ReadonlyMap<string, string> {
  return new Map([[given.path, text], ...files.map((file) => [file.path, file.text] as const)]);
}

/** Whose findings are all cured. */
export function rulesCured({ report, withheld, left, cures }: CuredText): readonly string[] {
  const found = report.findings.filter(({ fingerprint }) => cures.has(fingerprint)).map(({ rule }) => rule);
  const kept = new Set([...withheld.map(({ finding }) => finding.rule), ...left.findings.map(({ rule }) => rule)]);
  return [...new Set(found)].filter((rule) => !kept.has(rule));
}

/** Why an example has no cure. */
export const withheldFrom: Readonly<Record<string, string>> = {
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
  'security-definer-without-search-path 1': { part: 'lines', why: 'the function has a search_path of its own' },
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

/** Rows as these need them: `TABLE.COLUMN = EXPRESSION` over n, the number of a row. */
const filled: Readonly<Record<string, readonly string[]>> = {
  'unproven-partition 1': ["public.invoices_2026.issued = date '2026-01-01' + n % 300"],
};

/** Tables that can't have rows before these, and why. */
const unfilled: Readonly<Record<string, readonly string[]>> = {
  'pending-trigger-events 1': ['public.old_orders: there are no customers whom an order could be of'],
};

function pairs(lines: readonly string[], between: string): ReadonlyMap<string, string> {
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(between)), line.slice(line.indexOf(between) + between.length)]));
}

export const fixtureCases: readonly CureCase[] = filesBelow('fixtures/cures', '.sql').map((name) => {
  const { head, remarks, framework, transaction, given, beside } = readCureFixture(read(name));
  const listed = (key: string): readonly string[] => head.get(key)?.split(', ') ?? [];
  const earlier = given.slice(0, -1);
  const postgres = Number(head.get('postgres') ?? 14);
  return {
    name,
    cures: listed('cures'),
    postgres: isPostgresVersion(postgres) ? postgres : undefined,
    framework,
    transaction,
    on: listed('rules'),
    levels: new Set(head.get('unsafe') === 'true' ? (['safe', 'files', 'unsafe'] as const) : (['safe', 'files'] as const)),
    earlier,
    shown: earlier,
    beside,
    given: given.at(-1) ?? { path: '', sql: '' },
    differs: head.has('differs') ? ['lines', 'rows'] : [],
    refused: head.get('refused'),
    values: pairs(remarks('rows'), ' = '),
    empty: pairs(remarks('empty'), ': '),
  };
});

/** The bad examples of documents, by rules whose findings have a cure. */
export const exampleCases: readonly CureCase[] = rules.filter(({ meta }) => isCurable(meta.id)).flatMap(({ meta }) =>
  examples(read(`rules/${meta.category}/${meta.id}.md`), 'bad').map((sql, index): CureCase => {
    const name = `${meta.id} ${index + 1}`;
    const { options, migrations } = parseFixture(sql);
    const made = (tables[name] ?? tablesOf(meta.id, index + 1))?.replaceAll('30000', '300');
    const earlier: readonly Text[] = [...migrations.slice(0, -1), ...(made === undefined ? [] : [{ path: '0001_z_tables.sql', sql: made }])];
    return {
      name,
      cures: name in withheldFrom ? [] : [meta.id],
      postgres: isPostgresVersion(options.postgres) ? options.postgres : undefined,
      framework: undefined,
      transaction: options.transaction,
      on: [meta.id],
      levels: new Set(['safe', 'files', 'unsafe']),
      earlier,
      shown: hidden.has(name) ? [] : earlier,
      beside: [],
      given: { path: '0009_example.sql', sql: migrations.at(-1)?.sql ?? '' },
      differs: [different[name]?.part ?? []].flat(),
      refused: meta.category === 'failing' || refused.has(name) ? 'any' : undefined,
      values: pairs(filled[name] ?? [], ' = '),
      empty: pairs(unfilled[name] ?? [], ': '),
    };
  }),
);

