// What a branch writes into the settings of its tools, to keep us busy: whatever it is, a run comes to its end, and lints what it was asked to lint.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openProject } from '../src/project/index.ts';

jest.setTimeout(240_000);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  mkdirSync(join(folder, '.git'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** Characters. Whoever tries a text in as many ways as it has pairs of letters needs minutes for it. */
const LENGTH = 300_000;

const pumped = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length));

const pieces: readonly string[] = [
  ...[' ', '\n', '\t', 'a', '0', '-', '.', '"', "'", '{', '[', '(', '<', '#', '*', ',', ':', '=', '$', '\\', '_', '/*', "'\\", '-c ', '&&', '\r'],
  ...['flyway:\n', 'flyway.locations=[', 'locations=a(', 'variables:\n', 'pgSettings:{', 'datasource a{', 'features=[', 'options=', 'SET ', 'set_config(', '<include ', '<changeSet a="', 'a:\n', '- a', '"a": '],
  ...['postgres:\n', 'image: postgres:${A:-', 'repository: postgres\n', 'engine = "', 'tag: 1', 'goose ', 'migrate ', '"dialect": ', 'CHARSET ', '?lock_timeout=', '- include:\n', '&a ', '*a '],
];

/** The files of one kind of project, each with the same text. */
const projects: Readonly<Record<string, readonly string[]>> = {
  Flyway: ['flyway.conf', 'flyway.toml', 'pom.xml', 'build.gradle', 'gradle.properties', 'src/main/resources/application.yml', 'src/main/resources/application.properties', 'db/V1__a.sql.conf'],
  Liquibase: ['liquibase.properties', 'application.yml', 'db/changelog.xml', 'db/changelog.yaml', 'db/changelog.json', 'db/db.changelog-master.xml'],
  Node: ['package.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'knexfile.js', '.gmrc', 'db/meta/_journal.json', 'drizzle.config.ts', 'database.json', 'schema.prisma'],
  others: ['Cargo.toml', 'go.mod', 'atlas.hcl', 'sqlc.yaml', 'dbconfig.yml', 'sqitch.conf', 'sqitch.plan', 'config/database.yml', 'alembic.ini', 'alembic/env.py', 'manage.py', 'yoyo.ini', '.env', 'diesel.toml'],
  versions: ['docker-compose.yml', 'compose.yaml', 'Dockerfile', '.github/workflows/ci.yml', '.gitlab-ci.yml', '.circleci/config.yml', 'main.tf', 'mise.toml', 'flake.nix', 'values.yaml', 'app.json', 'Makefile', 'supabase/config.toml'],
};

describe.each(Object.entries(projects))('files of %s', (_, files) => {
  test.each(pieces)('that repeat %j', async (piece) => {
    write('db/V1__a.sql', 'DROP TABLE orders;');
    const beginning = piece.startsWith('<') ? '<databaseChangeLog>' : '';
    for (const file of files) write(file, `${beginning}${pumped(piece)}\n`);
    for (const file of files.filter((name) => /changelog/.test(name))) write(file, `databaseChangeLog${pumped(piece)}\n`);
    const { findings } = await (await openProject({ cwd: folder })).lint(['db/V1__a.sql']);
    expect(findings.map(({ rule }) => rule)).toContain('dropped-table');
  });
});
