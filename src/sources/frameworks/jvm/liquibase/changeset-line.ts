// What the line says that begins a changeset: `--changeset ann:1 runInTransaction:false`. Attributes are looked for in the whole line, and
// of several of one name the last one counts.
// Source: AbstractFormattedChangeLogParser and DatabaseList.definitionMatches() in liquibase/liquibase, 4.33.

import type { LeftOutKind } from '../../../../model/left-out.ts';
import type { Occurrence, TransactionMode } from '../../../../model/migration.ts';

export interface ChangesetLine {
  readonly author: string;
  readonly id: string;
  /** Undefined where the line says nothing of it. */
  readonly transaction: TransactionMode | undefined;
  /** Undefined: a semicolon, or GO or a slash on a line of its own. */
  readonly delimiter: string | undefined;
  /** Why it is run on no PostgreSQL. */
  readonly leftOut: Exclude<LeftOutKind, 'down'> | undefined;
  readonly runs: Occurrence;
  /** It is run again when it has changed, or in each run. */
  readonly isRepeated: boolean;
  /** Of the file, where it has another name in the history of the database. */
  readonly logicalFilePath: string | undefined;
}

const pattern = /^\s*--\s*changeset\s+(?=\S)("[^"]+"|[^:]+):(\s*)("[^"]+"|\S+).*$/i;

/** `refused`: Liquibase stops at it. Undefined for any other line. */
export function changesetLine(line: string): ChangesetLine | 'refused' | undefined {
  const [, author, space, id] = pattern.exec(line) ?? [];
  if (author === undefined || id === undefined) return /^\s*--\s*changeset|^-\s*changeset\s/i.test(line) ? 'refused' : undefined;
  if (space !== '' || /^[: ]*$/.test(unquoted(id))) return 'refused';
  const delimiter = lastOf(line, /\bendDelimiter:(\S*)/gi);
  return {
    author: unquoted(author.trim()),
    id: unquoted(id),
    transaction: saysFalse(line, 'runInTransaction') ? (saysFalse(line, 'splitStatements') ? 'batch' : 'statement') : undefined,
    delimiter: delimiter === undefined || delimiter === ';' ? undefined : unquoted(delimiter),
    leftOut: leftOutOf(line),
    runs: occurrenceOf(line),
    isRepeated: ['runOnChange', 'runAlways'].some((name) => valueOf(line, name, String.raw`\w+`)?.toLowerCase() === 'true'),
    logicalFilePath: valueOf(line, 'logicalFilePath', String.raw`\S*`),
  };
}

/** `--preconditions onFail:MARK_RAN`: where they are not met, the changeset is passed over, and the others are run. */
export function passesOver(line: string): boolean {
  return /^\s*--\s*preconditions\b/i.test(line) && /\bon(?:Fail|Error):(?:MARK_RAN|CONTINUE)\b/i.test(line);
}

function unquoted(text: string): string {
  return /^"(.*)"$/.exec(text)?.[1] ?? text;
}

/** The attribute may stand within another word: Liquibase looks for `.*name:(…).*`, whose first part takes as much as it can. */
function valueOf(line: string, name: string, value: string): string | undefined {
  return lastOf(line, new RegExp(`(?<=${name}:)(${value})`, 'gi'));
}

function lastOf(line: string, attribute: RegExp): string | undefined {
  return [...line.matchAll(attribute)].at(-1)?.[1];
}

/** What is no word, such as something in quotation marks, says nothing; whatever is no "true" is false. */
function saysFalse(line: string, name: string): boolean {
  const value = valueOf(line, name, String.raw`\w+`);
  return value !== undefined && value.toLowerCase() !== 'true';
}

/** Contexts and labels are chosen when Liquibase is run; where it fails and may, the others are run all the same. */
function occurrenceOf(line: string): Occurrence {
  if (saysFalse(line, 'failOnError')) return 'perhaps';
  if (/(?:context|contextFilter|labels):["']?\s*[^\s"']/i.test(line)) return 'somewhere';
  return valueOf(line, 'runAlways', String.raw`\w+`)?.toLowerCase() === 'true' ? 'always' : 'once';
}

function leftOutOf(line: string): ChangesetLine['leftOut'] {
  if (valueOf(line, 'ignore', String.raw`\w*`)?.toLowerCase() === 'true') return 'ignored';
  return runsOnPostgres(valueOf(line, 'dbms', String.raw`[^,][\w!,]+`) ?? '') ? undefined : 'elsewhere';
}

/** `dbms`: `postgresql,h2`, or `!oracle`; empty for all. EnterpriseDB's is PostgreSQL too. */
export function runsOnPostgres(dbms: string): boolean {
  const names = dbms.toLowerCase().split(',').map((name) => name.trim()).filter(Boolean);
  if (names.includes('all')) return true;
  if (names.includes('none') || names.includes('!postgresql')) return false;
  const only = names.filter((name) => !name.startsWith('!'));
  return only.length === 0 || only.includes('postgresql') || only.includes('edb');
}
