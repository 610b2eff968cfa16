// What the line says that begins a changeset: `--changeset ann:1 runInTransaction:false`.
// Source: AbstractFormattedChangeLogParser and DatabaseList.definitionMatches() in liquibase/liquibase.

import type { Occurrence, TransactionMode } from '../../../../model/migration.ts';

export interface ChangesetLine {
  readonly author: string;
  readonly id: string;
  /** Undefined where the line says nothing of it. */
  readonly transaction: TransactionMode | undefined;
  /** Undefined: a semicolon, or GO or a slash on a line of its own. */
  readonly delimiter: string | undefined;
  /** `never`: it is for other databases, or to be ignored. */
  readonly runs: Occurrence | 'never';
  /** Of the file, where it has another name in the history of the database. */
  readonly logicalFilePath: string | undefined;
}

const pattern = /^\s*--\s*changeset\s+("[^"]+"|[^:]+):\s*("[^"]+"|\S+)(.*)$/i;

/** Undefined for any other line. */
export function changesetLine(line: string): ChangesetLine | undefined {
  const [, author, id, attributes = ''] = pattern.exec(line) ?? [];
  if (author === undefined || id === undefined) return undefined;
  const delimiter = valueOf(attributes, /(?:^|\s)endDelimiter:(\S+)/i);
  return {
    author: unquoted(author.trim()),
    id: unquoted(id),
    transaction: isFalse(attributes, 'runInTransaction') ? (isFalse(attributes, 'splitStatements') ? 'batch' : 'statement') : undefined,
    delimiter: delimiter === ';' ? undefined : delimiter,
    runs: occurrenceOf(attributes),
    logicalFilePath: valueOf(attributes, /\blogicalFilePath:(\S+)/i),
  };
}

/** `--preconditions onFail:MARK_RAN`: where they are not met, the changeset is passed over, and the others are run. */
export function passesOver(line: string): boolean {
  return /^\s*--\s*preconditions\b/i.test(line) && /\bon(?:Fail|Error):(?:MARK_RAN|CONTINUE)\b/i.test(line);
}

function unquoted(text: string): string {
  return /^"(.*)"$/.exec(text)?.[1] ?? text;
}

function valueOf(attributes: string, attribute: RegExp): string | undefined {
  const value = attribute.exec(attributes)?.[1];
  return value === undefined ? undefined : unquoted(value);
}

function isTrue(attributes: string, name: string): boolean {
  return new RegExp(`\\b${name}:["']?true\\b`, 'i').test(attributes);
}

function isFalse(attributes: string, name: string): boolean {
  return new RegExp(`\\b${name}:["']?(?!true\\b)\\w+`, 'i').test(attributes);
}

/** Contexts and labels are chosen when Liquibase is run; where it fails and may, the others are run all the same. */
function occurrenceOf(attributes: string): ChangesetLine['runs'] {
  if (isForOthers(attributes)) return 'never';
  if (isFalse(attributes, 'failOnError')) return 'perhaps';
  if (/\b(?:context|contextFilter|labels):["']?\s*[^\s"']/i.test(attributes)) return 'somewhere';
  return isTrue(attributes, 'runAlways') ? 'always' : 'once';
}

const ours: ReadonlySet<string> = new Set(['postgresql', 'edb', 'all']);

function isForOthers(attributes: string): boolean {
  return isTrue(attributes, 'ignore') || !runsOnPostgres(/\bdbms:["']?([\w!,]+)/i.exec(attributes)?.[1] ?? '');
}

/** `dbms`: `postgresql,h2`, or `!oracle`; empty for all. */
export function runsOnPostgres(dbms: string): boolean {
  const names = dbms.toLowerCase().split(',').map((name) => name.trim()).filter(Boolean);
  const only = names.filter((name) => !name.startsWith('!'));
  return only.length > 0 ? only.some((name) => ours.has(name)) : !names.includes('!postgresql');
}
