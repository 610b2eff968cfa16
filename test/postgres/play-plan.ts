// A plan is done on tables with rows, step by step, while running code goes on: nothing of it fails, each question says what is true,
// each way back leads back, and the schema in the end is that of the migration, but for what the plan says.

import type { Plan, PlanStep, Question } from '../../src/model/plan.ts';
import type { Parser } from '../../src/parser/parser.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { Refusal, type Connection, type Server } from '../../src/trace/connection.ts';
import { observeInside } from '../../src/trace/observe.ts';
import { judge, tablesOf } from './good-form.ts';
import { outcomeOf } from './scene.ts';
import type { PlanFixture } from './plan-fixture.ts';
import { schemaLines } from './schema-lines.ts';
import { startTraffic } from './traffic.ts';

/** `fresh`: an empty database each time. What did not happen as it should, in sentences. */
export async function playPlan(plan: Plan, fixture: PlanFixture, parser: Parser, fresh: () => Promise<Server>): Promise<readonly string[]> {
  const server = await fresh();
  const failures: string[] = [];
  let schema: readonly string[] = [];
  try {
    await prepare(server, fixture, parser);
    failures.push(...(await play(plan, fixture, parser, server)));
    schema = await schemaLines(server.connection);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [...failures, `PostgreSQL does not run it: ${error.code}, ${error.message}`];
  } finally {
    await server.stop();
  }
  return failures.length > 0 ? failures : differences(schema, await schemaBehind(fixture, parser, fresh), fixture);
}

async function prepare({ connection }: Server, { history, rows }: PlanFixture, parser: Parser): Promise<void> {
  await connection.run('CREATE SEQUENCE ids START 100001');
  await connection.run("CREATE OR REPLACE TEMPORARY VIEW pg_stat_statements AS SELECT 0 AS calls, '' AS query");
  for (const sql of [...history.map((one) => one.sql), rows]) await runAll(connection, sql, parser);
}

/** That of the migration as it was written, on empty tables. */
async function schemaBehind({ history, migration }: PlanFixture, parser: Parser, fresh: () => Promise<Server>): Promise<readonly string[]> {
  const server = await fresh();
  try {
    await server.connection.run('CREATE SEQUENCE ids START 100001');
    for (const { sql } of [...history, migration]) await runAll(server.connection, sql, parser);
    return await schemaLines(server.connection);
  } finally {
    await server.stop();
  }
}

async function play(plan: Plan, fixture: PlanFixture, parser: Parser, server: Server): Promise<string[]> {
  const { connection } = server;
  const failures: string[] = [];
  const questions = plan.questions.map((question) => ({ ...question, sql: filledIn(question.sql, fixture) }));
  failures.push(...(await askInTheWay(questions, fixture, parser, connection)), ...(await askReady(questions, connection)));
  for (const [index, step] of plan.steps.entries()) {
    const code = fixture.code.findLast(({ from }) => from <= index)?.statements ?? [];
    const filled = { ...step, statements: step.statements.map((sql) => filledIn(sql, fixture)), undo: step.undo.map((sql) => filledIn(sql, fixture)), questions: step.questions.map((one) => ({ ...one, sql: filledIn(one.sql, fixture) })) };
    failures.push(...(await playStep(filled, code, server)).map((failure) => `step ${index + 1}: ${failure}`));
    if (failures.length > 0) return failures;
  }
  const code = fixture.code.at(-1)?.statements ?? [];
  failures.push(...(await runCode(code, connection)).map((failure) => `in the end: ${failure}`));
  for (const question of fixture.holds) {
    const [row] = await connection.rows<Record<string, unknown>>(question);
    if (Object.values(row ?? {})[0] !== true) failures.push(`this does not hold: ${question}`);
  }
  return failures;
}

function filledIn(sql: string, { decisions }: PlanFixture): string {
  let filled = sql;
  for (const [slot, text] of decisions) filled = filled.replaceAll(slot, text);
  return filled;
}

async function askInTheWay(questions: readonly Question[], { inTheWay }: PlanFixture, parser: Parser, connection: Connection): Promise<string[]> {
  const strict = questions.filter(({ kind }) => kind === 'no-rows');
  if (strict.length === 0) return [];
  const failures: string[] = [];
  await connection.run('BEGIN');
  await runAll(connection, inTheWay, parser);
  for (const { sql } of strict) if ((await connection.rows(sql)).length === 0) failures.push(`it finds nothing of what stands in the way: ${sql}`);
  await connection.run('ROLLBACK');
  return failures;
}

/** Of those that people look at, only that they can be asked. */
async function askReady(questions: readonly Question[], connection: Connection): Promise<string[]> {
  const failures: string[] = [];
  for (const { kind, sql } of questions) {
    const rows = await connection.rows(sql);
    if (kind === 'no-rows' && rows.length > 0) failures.push(`it is not ready: ${sql}`);
  }
  return failures;
}

async function playStep(step: PlanStep, code: readonly string[], server: Server): Promise<string[]> {
  const { connection } = server;
  const failures: string[] = [];
  const isMoved = step.statements.length > 0 && step.questions.some(({ kind }) => kind === 'no-rows');
  if (isMoved) {
    for (const { kind, sql } of step.questions) if (kind === 'no-rows' && (await connection.rows(sql)).length === 0) failures.push(`it finds nothing before the step: ${sql}`);
  }
  const before = await schemaLines(connection);
  const traffic = server.connect === undefined ? undefined : await startTraffic({ server, connect: server.connect }, code);
  try {
    failures.push(...(await runStep(step, code, server)));
    if (step.undo.length > 0 && failures.length === 0) {
      failures.push(...(await runStep({ ...step, statements: step.undo }, [], server)));
      if ((await schemaLines(connection)).join('\n') !== before.join('\n')) failures.push('the way back leads elsewhere');
      failures.push(...(await runStep(step, code, server)));
    }
  } finally {
    failures.push(...((await traffic?.stop()) ?? []));
  }
  return [...failures, ...(await askReady(step.questions, connection))];
}

async function runStep({ place, statements }: PlanStep, code: readonly string[], server: Server): Promise<string[]> {
  const failures: string[] = [];
  const { connection, connect } = server;
  const visitor = await connect?.();
  const tables = await tablesOf(connection);
  await visitor?.run("SET lock_timeout = '1s'");
  if (place === 'transaction') await connection.run('BEGIN');
  for (const sql of statements) {
    if (place === 'each') await connection.run('BEGIN');
    if (place === 'outside' || visitor === undefined) await connection.run(sql);
    else {
      const complaints = await judge(await observeInside(connection, sql), tables, visitor);
      failures.push(...complaints.map((complaint) => `${sql}: ${complaint}`));
    }
    if (place === 'each') await connection.run('COMMIT');
    if (connect === undefined && place !== 'transaction') failures.push(...(await runCode(code, connection)));
  }
  if (place === 'transaction') await connection.run('COMMIT');
  await visitor?.end();
  return [...failures, ...(connect === undefined ? await runCode(code, connection) : [])];
}

async function runCode(code: readonly string[], connection: Connection): Promise<string[]> {
  const failures: string[] = [];
  for (const sql of code) {
    const outcome = await outcomeOf(connection.run(sql));
    if (outcome !== 'done') failures.push(`running code fails with ${outcome}: ${sql}`);
  }
  return failures;
}

function differences(made: readonly string[], wanted: readonly string[], { differs }: PlanFixture): string[] {
  const found = [...made.filter((line) => !wanted.includes(line)).map((line) => `+ ${line}`), ...wanted.filter((line) => !made.includes(line)).map((line) => `- ${line}`)];
  return [
    ...found.filter((line) => !differs.includes(line)).map((line) => `the schema differs: ${line}`),
    ...differs.filter((line) => !found.includes(line)).map((line) => `the schema does not differ so: ${line}`),
  ];
}

async function runAll(connection: Connection, text: string, parser: Parser): Promise<void> {
  const source = new SourceText('', text);
  for (const { span } of parser.parse(source).statements) await connection.run(source.slice(span));
}
