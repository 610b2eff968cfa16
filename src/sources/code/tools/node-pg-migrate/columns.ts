// Columns, as node-pg-migrate writes them into CREATE TABLE and ALTER TABLE.
// Source: parseColumns() and parseReferences() in src/operations/tables/shared.ts, and src/operations/sequences/shared.ts of its source, 8.0.

import { isRecord, type Plain, type PlainRecord } from '../../script/plain-value.ts';
import { escaped, quoted } from './literals.ts';
import { applied } from './types.ts';

export interface Columns {
  readonly lines: readonly string[];
  /** Of a primary key of several columns. */
  readonly primaryKey: readonly string[] | undefined;
  readonly comments: readonly string[];
}

export function columnsOf(table: Plain, columns: PlainRecord, shorthands: PlainRecord): Columns {
  const all = Object.entries(columns).map(([name, options]): readonly [string, PlainRecord] => [name, applied(options, shorthands)]);
  const primary = all.filter(([, { primaryKey }]) => Boolean(primaryKey)).map(([name]) => name);
  const isShared = primary.length > 1;
  const comments = all.flatMap(([name, { comment }]) => (comment === undefined ? [] : [commentOn('COLUMN', `${quoted(table)}.${quoted(name)}`, comment)]));
  const ofReferences = all.flatMap(([name, options]) => {
    const { references, referencesConstraintComment: comment } = options;
    return references && comment ? [commentOn(`CONSTRAINT ${quoted(nameOfReference(table, name, options))} ON`, quoted(table), comment)] : [];
  });
  return { lines: all.map(([name, options]) => lineOf(table, name, options, isShared, shorthands)), primaryKey: isShared ? primary : undefined, comments: [...comments, ...ofReferences] };
}

export function commentOn(object: string, name: string, text: Plain): string {
  return `COMMENT ON ${object} ${name} IS ${escaped(text ?? null)};`;
}

function lineOf(table: Plain, name: string, options: PlainRecord, isKeyShared: boolean, shorthands: PlainRecord): string {
  const { type, collation, default: byDefault, unique, primaryKey, notNull, check, references, deferrable, sequenceGenerated, expressionGenerated } = options;
  const reference = nameOfReference(table, name, options);
  const parts = [
    collation ? `COLLATE ${String(collation)}` : '',
    byDefault === undefined ? '' : `DEFAULT ${escaped(byDefault)}`,
    unique ? 'UNIQUE' : '',
    primaryKey && !isKeyShared ? 'PRIMARY KEY' : '',
    notNull ? 'NOT NULL' : '',
    check ? `CHECK (${String(check)})` : '',
    references ? `${reference === '' ? '' : `CONSTRAINT ${quoted(reference)} `}${referencesOf(options)}` : '',
    deferrable ? deferrableOf(options) : '',
    isRecord(sequenceGenerated) ? identityOf(sequenceGenerated, shorthands) : '',
    expressionGenerated ? `GENERATED ALWAYS AS (${String(expressionGenerated)}) STORED` : '',
  ];
  return [`${quoted(name)} ${isRecord(type) ? quoted(type) : String(type)}`, ...parts.filter((part) => part !== '')].join(' ');
}

function nameOfReference(table: Plain, column: string, { referencesConstraintName, referencesConstraintComment }: PlainRecord): string {
  if (referencesConstraintName) return String(referencesConstraintName);
  return referencesConstraintComment ? `${isRecord(table) ? '[object Object]' : String(table)}_fk_${column}` : '';
}

export function referencesOf({ references, match, onDelete, onUpdate }: PlainRecord): string {
  const isWritten = typeof references === 'string' && (references.startsWith('"') || references.endsWith(')'));
  return [
    `REFERENCES ${isWritten ? references : quoted(references)}`,
    ...(match ? [`MATCH ${String(match)}`] : []),
    ...(onDelete ? [`ON DELETE ${String(onDelete)}`] : []),
    ...(onUpdate ? [`ON UPDATE ${String(onUpdate)}`] : []),
  ].join(' ');
}

export function deferrableOf({ deferred }: PlainRecord): string {
  return `DEFERRABLE INITIALLY ${deferred ? 'DEFERRED' : 'IMMEDIATE'}`;
}

export function identityOf(options: PlainRecord, shorthands: PlainRecord): string {
  const clauses = sequenceOptions(options, shorthands).join(' ');
  return `GENERATED ${String(options['precedence'])} AS IDENTITY${clauses === '' ? '' : ` (${clauses})`}`;
}

export function sequenceOptions({ type, increment, minvalue, maxvalue, start, cache, cycle, owner }: PlainRecord, shorthands: PlainRecord): readonly string[] {
  const isNone = (value: Plain): boolean => value === null || value === false;
  return [
    type ? `AS ${String(applied(type, shorthands)['type'])}` : '',
    increment ? `INCREMENT BY ${String(increment)}` : '',
    minvalue ? `MINVALUE ${String(minvalue)}` : isNone(minvalue) ? 'NO MINVALUE' : '',
    maxvalue ? `MAXVALUE ${String(maxvalue)}` : isNone(maxvalue) ? 'NO MAXVALUE' : '',
    start ? `START WITH ${String(start)}` : '',
    cache ? `CACHE ${String(cache)}` : '',
    cycle ? 'CYCLE' : cycle === false ? 'NO CYCLE' : '',
    owner ? `OWNED BY ${String(owner)}` : isNone(owner) ? 'OWNED BY NONE' : '',
  ].filter((clause) => clause !== '');
}
