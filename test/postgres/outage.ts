// The outage itself, and what spares it: the examples of a rule's document, played with several sessions on a real server.

import { rules } from '../../rules/index.ts';
import type { Statement } from '../../src/model/statement.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { lintText } from '../../src/project/index.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { connectToScratch } from './server-at.ts';
import { examples, parseFixture, read, type FixtureMigration } from '../fixture.ts';
import { playBad } from './bad-form.ts';
import { playGood } from './good-form.ts';
import type { Example, Scene } from './scene.ts';
import { sideBySide } from './side-by-side.ts';

/** One example of one rule. */
export interface Outage {
  readonly rule: string;
  /** `bad 1`, `good 2`. */
  readonly example: string;
  /** What did not happen as it should, in sentences; empty where all did. */
  readonly failures: readonly string[];
}

/** Played at a time on one server. Who gives up after a second must have been seen to wait before, so they are few. */
const mostOutages = 2;

/** `url`: of any database on the server; each example is played in one of its own. */
export async function playOutages(url: string, version: number, parser: Parser): Promise<Outage[]> {
  const all = rules.filter(({ meta }) => meta.category === 'locking').flatMap(({ meta: { id } }) => examplesOf(id).filter(({ text }) => (parseFixture(text).options.postgres ?? 0) <= version));
  return sideBySide(all, mostOutages, async ({ rule, kind, number, text }): Promise<Outage> => {
    return { rule, example: `${kind} ${number}`, failures: await playExample(url, rule, kind, text, parser) };
  });
}

interface NumberedExample {
  readonly rule: string;
  readonly kind: 'bad' | 'good';
  /** From 1, in the order of the document. */
  readonly number: number;
  readonly text: string;
}

function examplesOf(rule: string): readonly NumberedExample[] {
  const document = read(`rules/locking/${rule}.md`);
  return (['bad', 'good'] as const).flatMap((kind) => examples(document, kind).map((text, index) => ({ rule, kind, number: index + 1, text })));
}

/** The last migration of an example is what it is about; those before it, and `fixtures/outages/RULE.sql`, are there already. */
async function playExample(url: string, rule: string, kind: 'good' | 'bad', text: string, parser: Parser): Promise<string[]> {
  const { migrations } = parseFixture(text);
  const [migration] = migrations.slice(-1);
  if (migration === undefined) return ['the example is empty'];
  const server = await connectToScratch(url);
  const needed = migrations.flatMap(({ path, sql }) => parser.parse(new SourceText(path, sql)).statements.flatMap(({ features }) => features));
  if (needed.some(({ since }) => since > server.version)) return server.stop().then(() => []);
  try {
    const before = [...setupOf(rule, migrations), ...migrations.slice(0, -1)];
    for (const { sql } of before) {
      const source = new SourceText('', sql);
      for (const { span } of parser.parse(source).statements) await server.connection.run(source.slice(span));
    }
    const scene: Scene = { server, connect: server.connect ?? (() => Promise.reject(new Error('one session only'))) };
    const source = new SourceText(migration.path, migration.sql);
    const { statements } = parser.parse(source);
    // Advice in several transactions is played beside running code, by advice.ts.
    if (kind === 'good' && statements.some((one) => one.kind === 'transaction')) return [];
    if (kind === 'good') return await playGood(scene, statements.map(({ span }) => source.slice(span)));
    const found = await foundStatement(rule, migration, migrations, statements, source);
    return found ? await playBad(scene, exampleOf(source, statements, found)) : ['the rule finds nothing in it'];
  } finally {
    await server.stop();
  }
}

function exampleOf(source: SourceText, statements: readonly Statement[], found: Statement): Example {
  const before = statements.slice(0, statements.indexOf(found));
  return {
    before: before.map(({ span }) => source.slice(span)),
    isInTransaction: before.some((statement) => statement.kind === 'transaction' && statement.action.kind === 'begin'),
    sql: source.slice(found.span),
  };
}

/** An example that begins with its tables needs no others. */
function setupOf(rule: string, migrations: readonly FixtureMigration[]): FixtureMigration[] {
  const [first] = migrations;
  return migrations.length > 1 && first?.sql.includes('CREATE TABLE') ? [] : [{ path: 'setup.sql', sql: read(`fixtures/outages/${rule}.sql`) }];
}

/** The statement of the example that the rule speaks about. */
async function foundStatement(
  rule: string,
  { path, sql }: FixtureMigration,
  migrations: readonly FixtureMigration[],
  statements: readonly Statement[],
  source: SourceText,
): Promise<Statement | undefined> {
  const { findings } = await lintText(sql, { path, history: migrations.slice(0, -1) });
  const found = findings.find((finding) => finding.rule === rule)?.statement;
  return statements.find(({ span }) => {
    const { line, column } = source.positionOf(span.start);
    return line === found?.line && column === found.column;
  });
}

