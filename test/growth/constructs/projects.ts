// Files, folders, configuration, and reports.

import { lines, list, project, sql, type Construct } from '../construct.ts';

const alter = (i: number): string => `ALTER TABLE orders_${i} ALTER COLUMN id TYPE bigint;`;
const number = (i: number): string => String(i).padStart(6, '0');
const file = (i: number, text: string): readonly [string, string] => [`migrations/${number(i)}_step.sql`, text];
const files = (count: number, text: (i: number) => string): (readonly [string, string])[] => Array.from({ length: count }, (_, i) => file(i, text(i)));
const configuration = (text: string): readonly [string, string] => ['.pgmigrate-lint.yml', text];

/** Ten findings a statement. */
const reported = (format: string): Construct =>
  project(`findings as ${format}`, (n) => [file(1, lines(n, alter))], 8000, ['lint', `--format=${format}`, '--no-cache', 'migrations']);

const baseline = (count: number): string =>
  JSON.stringify({ version: 1, findings: Array.from({ length: count }, (_, i) => ({ path: 'migrations/000001_step.sql', rule: 'rewritten-column-type', message: `orders_${i}`, fingerprint: String(i) })) });

export const projects: readonly Construct[] = [
  project('files', (n) => files(n, (i) => `CREATE TABLE orders_${i} (id bigint);`), 4000),
  project('files about one table', (n) => files(n, (i) => `ALTER TABLE orders ADD COLUMN c${i} text;`), 4000),
  project('files with comments', (n) => files(n, (i) => `-- pgmigrate-lint-ignore rewritten-column-type: tried\n${alter(i)}`), 4000),
  project('files with mistakes', (n) => files(n, () => 'ALTER TABEL orders ADD COLUMN c int;'), 2000),
  project('files, the last of which is linted', (n) => files(n, (i) => `CREATE TABLE orders_${i} (id bigint); ALTER TABLE orders_${i >> 1} ADD COLUMN c${i} int;`), 4000, ['lint', '--format=json', '--no-cache', '--no-history', `migrations/${number(0)}_step.sql`]),
  project('files with the same content', (n) => files(n, () => 'CREATE INDEX ON orders (id);'), 4000),
  project('folders in folders', (n) => [[`${'migrations/'.repeat(n)}0001_step.sql`, alter(0)]], 400, ['lint', '--format=json', '--no-cache']),
  project('folders beside each other', (n) => Array.from({ length: n }, (_, i) => [`services/s${i}/migrations/0001_step.sql`, alter(i)] as const), 1500, ['lint', '--format=json', '--no-cache']),
  project('files of a tool', (n) => [['go.mod', 'module shop\nrequire github.com/pressly/goose/v3 v3.0.0\n'], ...files(n, (i) => `-- +goose Up\n${alter(i)}\n-- +goose Down\nSELECT 1;`)], 4000),
  project('changesets of one file', (n) => [['db/changelog.sql', `--liquibase formatted sql\n${lines(n, (i) => `--changeset a:${i}\n${alter(i)}\n--rollback SELECT 1;`)}`]], 4000, ['lint', '--format=json', '--no-cache', '--framework=liquibase', 'db']),
  project('changesets with equal statements', (n) => [['db/changelog.sql', `--liquibase formatted sql\n${lines(n, (i) => `--changeset a:${i}\nCREATE INDEX ON orders (id);`)}`]], 4000, ['lint', '--format=json', '--no-cache', '--framework=liquibase', 'db']),
  project('files that a file includes', (n) => [['migrations/0001_all.sql', lines(n, (i) => `\\ir ../parts/p${i}.sql`)], ...Array.from({ length: n }, (_, i) => [`parts/p${i}.sql`, alter(i)] as const)], 2000),
  project('files, each including the next', (n) => [['migrations/0001_all.sql', '\\ir ../parts/p0.sql\n'], ...Array.from({ length: n }, (_, i) => [`parts/p${i}.sql`, `${alter(i)}\n\\ir p${i + 1}.sql\n`] as const)], 2000),
  project('overrides, and files', (n) => [configuration(`overrides:\n${lines(n, (i) => `  - paths: ['migrations/${number(i)}*']\n    rules: { rewritten-column-type: off }`)}`), ...files(n, alter)], 1000),
  project('exclusions, and files', (n) => [configuration(`exclude:\n${lines(n, (i) => `  - 'migrations/${number(i)}_*.sql'`)}`), ...files(n * 2, alter)], 1000),
  project('sizes of tables', (n) => [configuration(`tables:\n  sizes: sizes.txt\n`), ['sizes.txt', `schema,table,bytes\n${lines(n, (i) => `public,orders_${i},${i}`)}\n`], file(1, lines(n, alter))], 8000),
  project('settings of a session', (n) => [configuration(`session:\n${lines(n, (i) => `  a.b${i}: '1'`)}`), file(1, lines(20, alter))], 8000),
  project('lists in lists of YAML', (n) => [configuration(`exclude: ${'['.repeat(n)}${']'.repeat(n)}`), file(1, alter(0))], 20_000),
  project('braces of YAML that nobody closes', (n) => [configuration('{'.repeat(n)), file(1, alter(0))], 20_000),
  project('keys of YAML that nobody knows', (n) => [configuration(lines(n, (i) => `key_${i}: 1`)), file(1, alter(0))], 8000),
  project('entries of a baseline', (n) => [['.pgmigrate-lint-baseline.json', baseline(n)], file(1, lines(n, alter))], 8000),
  project('findings kept in a baseline', (n) => [file(1, lines(n, alter))], 8000, ['baseline', '--no-cache', 'migrations']),
  project('statements explained', (n) => [file(1, lines(n, alter))], 8000, ['explain', '--format=json', '--no-cache', 'migrations']),
  project('statements explained to people', (n) => [file(1, lines(n, alter))], 8000, ['explain', '--no-cache', 'migrations']),
  ...['pretty', 'json', 'sarif', 'github', 'gitlab', 'junit', 'unix', 'markdown'].map(reported),
  project('findings of one line', (n) => [file(1, list(n, alter, ' '))], 8000, ['lint', '--no-cache', 'migrations']),
  project('findings of one long statement', (n) => [file(1, `ALTER TABLE orders ${list(n, (i) => `ALTER COLUMN c${i} TYPE bigint`)};`)], 8000, ['lint', '--no-cache', 'migrations']),
  project('findings of one long statement of lines', (n) => [file(1, `ALTER TABLE orders\n${list(n, (i) => `ALTER COLUMN c${i} TYPE bigint`, ',\n')};`)], 8000, ['lint', '--no-cache', 'migrations']),
  project('findings beside long lines', (n) => [file(1, lines(200, (i) => `${alter(i)} SELECT '${'x'.repeat(n)}';`))], 20_000, ['lint', '--no-cache', 'migrations']),
  project('findings of files', (n) => files(n, alter), 2000, ['lint', '--no-cache', 'migrations']),
  project('findings with wide letters', (n) => [file(1, list(n, (i) => `ALTER TABLE "客户_${i}" ALTER COLUMN id TYPE bigint;`, ' '))], 8000, ['lint', '--no-cache', 'migrations']),
  sql('statements about names that are nearly right', (n) => `${lines(n, (i) => `CREATE TABLE orders_${i} (id int);`)}\n${lines(n, (i) => `ALTER TABLE order_${i} ADD COLUMN c int;`)}`, 4000),
];
