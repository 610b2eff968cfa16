// EF Core, through the script that it prints: `dotnet ef migrations script`, with and without --idempotent. It says START TRANSACTION
// and COMMIT itself, and each migration ends where its row of the history is written.
// Source: Migrator.GenerateScript() in dotnet/efcore, NpgsqlHistoryRepository in npgsql/efcore.pg.

import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import { splitStatements } from '../../../text/split-statements.ts';
import { uncut } from '../files/cut.ts';
import { headed, type Heading } from '../files/headed.ts';
import { inNameOrder } from '../files/places.ts';
import { unknownDialect } from '../dialect.ts';
import type { Framework, Several, SqlFile } from '../framework.ts';

/** The table and its columns may have other names, but not other meanings: `public.__ef_migrations_history (migration_id, …)`. */
const id = String.raw`"?migration_?id"?`;
const row = new RegExp(String.raw`\bINSERT\s+INTO\s+[^\s(]{1,200}\s*\(\s*${id}\s*,\s*"?product_?version"?\s*\)\s*VALUES\s*\(\s*'([^']*)'`, 'i');
const noRow = new RegExp(String.raw`\bDELETE\s+FROM\s+[^\s(]{1,200}\s+WHERE\s+${id}\s*=\s*'([^']*)'`, 'i');
/** Around each statement of an idempotent script: it is run where the migration was not, or was. */
const guard = new RegExp(String.raw`\bIF\s+(?:NOT\s+)?EXISTS\s*\(\s*SELECT\s+1\s+FROM\s+[^\s(]{1,200}\s+WHERE\s+${id}\s*=\s*'([^']*)'\s*\)\s*THEN\b`, 'i');

export const efcore: Framework = {
  name: 'efcore',
  title: 'EF Core',
  dialect: unknownDialect,
  leaving: 'migrationBuilder.Sql(…, suppressTransaction: true)',
  layout: 'nested',
  rootOf: () => undefined,
  marks: new RegExp(`${row.source}|${guard.source}`, 'i'),
  transaction: () => 'statement',
  remembers: 'contents',
  places: () => inNameOrder,
  cut: uncut,
  migrationsIn,
  isPrinted: true,
};

function migrationsIn({ text }: SqlFile, transaction: TransactionMode): Several {
  const statements = Array.from(splitStatements(text), ({ start, end }) => wordsIn(text.slice(start, end), start));
  const blanks = statements.flatMap(({ guards }) => guards);
  return { ...headed(text, headingsOf(statements), transaction), blanks };
}

interface ScriptStatement {
  readonly start: number;
  readonly isCommit: boolean;
  /** The migration that it speaks of. */
  readonly name: string | undefined;
  /** Behind it, its migration is done. */
  readonly isLast: boolean;
  readonly guards: readonly Span[];
}

function wordsIn(statement: string, start: number): ScriptStatement {
  const [done, undone, guarded] = [row, noRow, guard].map((pattern) => pattern.exec(statement));
  return {
    start,
    isCommit: /^COMMIT$/i.test(statement),
    name: done?.[1] ?? undone?.[1] ?? guarded?.[1],
    isLast: Boolean(done ?? undone),
    guards: guarded ? guardsAround(statement, guarded, start) : [],
  };
}

/** Of a block that is nothing else: within its migration, the answer is certain. */
function guardsAround(statement: string, { 0: words, index }: RegExpExecArray, start: number): Span[] {
  const ending = /\bEND\s+IF\s*;(?=\s*END\s*;?\s*\$\w*\$$)/i.exec(statement.slice(-ENDING));
  if (!ending || !/^DO\s+\$\w*\$\s*BEGIN\s*$/i.test(statement.slice(0, index))) return [];
  const close = start + statement.length - Math.min(ENDING, statement.length) + ending.index;
  return [
    { start: start + index, end: start + index + words.length },
    { start: close, end: close + ending[0].length },
  ];
}

/** Characters in which the end of a block stands, however it is spaced. */
const ENDING = 200;

/** A COMMIT behind a migration is its own. */
function headingsOf(statements: readonly ScriptStatement[]): Heading[] {
  const parts: ScriptStatement[][] = [];
  for (const [index, statement] of statements.entries()) {
    const before = statements[index - 1];
    const part = parts.at(-1);
    const isOther = statement.name !== undefined && part?.some(({ name }) => name !== undefined && name !== statement.name);
    const isBehind = part?.some(({ isLast }) => isLast) && !(statement.isCommit && before?.isLast);
    if (part === undefined || isOther || isBehind) parts.push([statement]);
    else part.push(statement);
  }
  return joinedRest(parts).map((part) => {
    const { name } = part.find((statement) => statement.name !== undefined) ?? {};
    return { start: part[0]?.start ?? 0, name, aliases: timeStampOf(name) };
  });
}

/** `20220806071539_Index` is known by its time as well. */
function timeStampOf(name: string | undefined): readonly string[] {
  const stamp = /^\d{14}(?=_)/.exec(name ?? '')?.[0];
  return stamp === undefined ? [] : [stamp];
}

/** What stands behind the last migration and names none is a part of it: a COMMIT of all, or what somebody has added. */
function joinedRest(parts: readonly (readonly ScriptStatement[])[]): readonly (readonly ScriptStatement[])[] {
  const last = parts.at(-1);
  const isRest = parts.length > 1 && last?.every(({ name }) => name === undefined);
  return isRest ? [...parts.slice(0, -2), [...(parts.at(-2) ?? []), ...(last ?? [])]] : parts;
}
