// "Do this instead": what a document tells to do is done on tables with rows, while sessions read and write them as running code does.

import { rules } from '../../rules/index.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { Refusal, type Connection } from '../../src/trace/connection.ts';
import { observeInside } from '../../src/trace/observe.ts';
import { adviceOf, type Advice } from './advice-fixture.ts';
import { judge, tablesOf } from './good-form.ts';
import type { Outage } from './outage.ts';
import { outcomeOf, type Scene, type Table } from './scene.ts';
import { connectToScratch } from './server-at.ts';
import { sideBySide } from './side-by-side.ts';
import { startTraffic } from './traffic.ts';

/** Played at a time on one server: most of the time, all of them wait. */
const mostScenes = 3;

/** `url`: of any database on the server; each piece of advice is played in one of its own. */
export async function playAdvice(url: string, version: number, parser: Parser): Promise<Outage[]> {
  const all = rules.flatMap(({ meta }) => adviceOf(meta.id, meta.category)).filter(({ since }) => since <= version);
  return sideBySide(all, mostScenes, async (advice): Promise<Outage> => {
    return { rule: advice.rule, example: `advice ${advice.number}`, failures: await playOne(url, advice, parser) };
  });
}

async function playOne(url: string, advice: Advice, parser: Parser): Promise<string[]> {
  const taken = await inScratch(url, advice, parser, (scene) => takeAdvice(scene, advice, parser));
  if (advice.hazard === undefined || taken.failures.length > 0) return [...taken.failures];
  const hazardous = await inScratch(url, advice, parser, (scene) => doHarm(scene, advice.hazard ?? '', advice, parser));
  return [...hazardous.failures, ...(advice.differs === undefined ? differences(taken.schema, hazardous.schema) : [])];
}

interface Ending {
  readonly failures: readonly string[];
  /** A line for each column, constraint and index; undefined where PostgreSQL refused the way there. */
  readonly schema: readonly string[] | undefined;
}

async function inScratch(url: string, advice: Advice, parser: Parser, play: (scene: Scene) => Promise<Ending>): Promise<Ending> {
  const server = await connectToScratch(url);
  try {
    await server.connection.run('CREATE SEQUENCE ids START 100001');
    for (const { sql } of advice.before) await runAll(server.connection, sql, parser);
    return await play({ server, connect: server.connect ?? (() => Promise.reject(new Error('one session only'))) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { failures: [`PostgreSQL does not run it: ${error.message}`], schema: undefined };
  } finally {
    await server.stop();
  }
}

/** Each migration in a session of its own, as tools do. */
async function takeAdvice(scene: Scene, { steps, isInTransaction, code, holds }: Advice, parser: Parser): Promise<Ending> {
  const traffic = await startTraffic(scene, code);
  const tables = await tablesOf(scene.server.connection);
  const failures: string[] = [];
  try {
    for (const { sql } of steps) {
      const migrator = await scene.connect();
      const visitor = await scene.connect();
      await visitor.run("SET lock_timeout = '1s'");
      try {
        if (isInTransaction) await migrator.run('BEGIN');
        failures.push(...(await runSteps({ migrator, visitor, tables }, statementsIn(sql, parser), isInTransaction)));
        if (isInTransaction) await migrator.run('COMMIT');
      } finally {
        await Promise.all([migrator.end(), visitor.end()]);
      }
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    failures.push(`PostgreSQL does not run it: ${error.code}, ${error.message}`);
  } finally {
    failures.push(...(await traffic.stop()));
  }
  for (const question of holds) {
    const [row] = await scene.server.connection.rows<Record<string, unknown>>(question);
    if (Object.values(row ?? {})[0] !== true) failures.push(`this does not hold: ${question}`);
  }
  return { failures, schema: await schemaOf(scene.server.connection) };
}

interface Sessions {
  readonly migrator: Connection;
  readonly visitor: Connection;
  /** Those that were there before: nobody uses what is new. */
  readonly tables: readonly Table[];
}

/** What stands in no transaction is looked at while its locks are held: rows are worked on only while others go on. */
async function runSteps(sessions: Sessions, statements: readonly string[], isInTransaction: boolean): Promise<string[]> {
  const { migrator } = sessions;
  const complaints: string[] = [];
  let isOpen = isInTransaction;
  for (const statement of statements) {
    const bound = /^(?:BEGIN|COMMIT)\b/i.exec(statement)?.[0].toUpperCase();
    if (bound !== undefined) isOpen = isInTransaction || bound === 'BEGIN';
    for (const sql of await batchesOf(statement, migrator)) {
      if (isOpen || bound !== undefined) await migrator.run(sql);
      else complaints.push(...(await runAlone(sessions, sql)));
    }
  }
  return complaints;
}

async function runAlone({ migrator, visitor, tables }: Sessions, sql: string): Promise<string[]> {
  await migrator.run('BEGIN');
  const observation = await observeInside(migrator, sql);
  if (observation.kind === 'refused') {
    await migrator.run('ROLLBACK');
    const outcome = await outcomeOf(migrator.run(sql));
    // 2D000: a loop that commits.
    const isForbidden = (observation.code === '25001' || observation.code === '2D000') && outcome === 'done';
    return isForbidden ? [] : [`${sql}: PostgreSQL does not run it: ${outcome}, ${observation.message}`];
  }
  const complaints = await judge(observation, tables, visitor);
  await migrator.run('COMMIT');
  return complaints.map((complaint) => `${sql}: ${complaint}`);
}

/** `id BETWEEN 1 AND 10000` is the first batch of as many as there are. */
async function batchesOf(sql: string, connection: Connection): Promise<string[]> {
  const batch = /^(?:UPDATE|DELETE FROM|INSERT INTO) ([\w.]+)[\s\S]*?\bid BETWEEN (\d+) AND (\d+)/.exec(sql);
  if (batch === null) return [sql];
  const [, target = '', from = '', to = ''] = batch;
  const source = /^INSERT INTO [\s\S]*? FROM ([\w.]+)/.exec(sql)?.[1] ?? target;
  const [row] = await connection.rows<{ readonly last: string }>(`SELECT coalesce(max(id), 0)::text AS last FROM ${source}`);
  const size = Number(to) - Number(from) + 1;
  const count = Math.ceil(Number(row?.last ?? 0) / size);
  return Array.from({ length: count }, (_, index) => sql.replace(`BETWEEN ${from} AND ${to}`, `BETWEEN ${index * size + 1} AND ${(index + 1) * size}`));
}

/** The hazardous form, with nobody around; where it breaks running code, the code must be what it breaks. */
async function doHarm({ server: { connection } }: Scene, hazard: string, { category, code }: Advice, parser: Parser): Promise<Ending> {
  const outcomes: string[] = [];
  for (const sql of statementsIn(hazard, parser)) outcomes.push(await outcomeOf(connection.run(sql)));
  await connection.run('ROLLBACK');
  const isRefused = outcomes.some((outcome) => outcome !== 'done');
  if (isRefused !== (category === 'failing')) return { failures: [isRefused ? `PostgreSQL refuses the hazardous form: ${outcomes.join(', ')}` : 'PostgreSQL runs the hazardous form'], schema: undefined };
  const broken: string[] = [];
  if (category === 'compatibility') for (const sql of code) broken.push(await outcomeOf(connection.run(sql)));
  const isHarmless = category === 'compatibility' && broken.every((outcome) => outcome === 'done');
  return { failures: isHarmless ? ['the hazardous form breaks nothing of what stands for running code'] : [], schema: isRefused ? undefined : await schemaOf(connection) };
}

async function schemaOf(connection: Connection): Promise<string[]> {
  const rows = await connection.rows<{ readonly line: string }>(schemaQuestion);
  return rows.map(({ line }) => line);
}

/** Relations by their names; of an index also whether it is valid. */
const schemaQuestion = `
  WITH tables AS (SELECT c.oid, c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'm', 'v') AND nspname NOT IN ('pg_catalog', 'information_schema') AND nspname !~ '^pg_')
  SELECT concat_ws(' ', name, attname, format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END, pg_get_expr(adbin, adrelid), NULLIF(attidentity, '')) AS line
    FROM tables JOIN pg_attribute a ON attrelid = tables.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped
  UNION ALL SELECT concat_ws(' ', name, conname, pg_get_constraintdef(c.oid)) FROM tables JOIN pg_constraint c ON conrelid = tables.oid WHERE contype <> 'n' AND contype <> 't'
  UNION ALL SELECT concat_ws(' ', pg_get_indexdef(indexrelid), CASE WHEN NOT indisvalid THEN 'INVALID' END) FROM tables JOIN pg_index ON indrelid = tables.oid
  UNION ALL SELECT concat_ws(' ', name, pg_get_triggerdef(t.oid)) FROM tables JOIN pg_trigger t ON tgrelid = tables.oid WHERE NOT tgisinternal
  ORDER BY 1`;

function differences(taken: readonly string[] | undefined, hazardous: readonly string[] | undefined): string[] {
  if (taken === undefined || hazardous === undefined) return [];
  const only = (these: readonly string[], those: readonly string[]): string[] => these.filter((line) => !those.includes(line));
  return [
    ...only(taken, hazardous).map((line) => `only the advice ends with: ${line}`),
    ...only(hazardous, taken).map((line) => `only the hazardous form ends with: ${line}`),
  ];
}

async function runAll(connection: Connection, text: string, parser: Parser): Promise<void> {
  for (const sql of statementsIn(text, parser)) await connection.run(sql);
}

function statementsIn(text: string, parser: Parser): string[] {
  const source = new SourceText('', text);
  return parser.parse(source).statements.map(({ span }) => source.slice(span));
}
