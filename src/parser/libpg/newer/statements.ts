// Statements that PostgreSQL 19 brings, and the parser's grammar does not know.
// Source: src/backend/parser/gram.y and doc/src/sgml/ref of PostgreSQL 19.

import type { Change } from '../../../model/change.ts';
import { culprit } from '../../../model/culprit.ts';
import type { FeatureName } from '../../../postgres/features.ts';
import type { Span } from '../../../text/span.ts';
import type { StatementBody } from '../lower/context.ts';
import { lowerMovedRows, type Source } from './partitions.ts';
import { beginsWith, closing, findWords, itemsIn, spanOf } from './words.ts';

export interface Newer {
  readonly name: FeatureName;
  readonly body: StatementBody;
}

/** Undefined where it is none. */
export function newerStatement(source: Source, span: Span): Newer | undefined {
  return readers.map((read) => read(source, span)).find((newer) => newer !== undefined);
}

const readers: readonly ((source: Source, span: Span) => Newer | undefined)[] = [repack, movedRows, propertyGraph, waitFor, replication, createSchema];

/** REPACK [(options)] [table [(columns)] [USING INDEX [index]]], REPACK [(options)] USING INDEX. */
function repack(source: Source, span: Span): Newer | undefined {
  const { words } = source;
  if (!beginsWith(words, 'repack')) return undefined;
  const behind = words[1]?.text === '(' ? closing(words, 1) + 1 : 1;
  if (behind === 0) return undefined;
  const options = behind > 1 ? itemsIn(words, 1) : [];
  if (options.some(([name]) => !repackOptions.has(name?.text ?? ''))) return undefined;
  const isOn = (option: string): boolean => options.some(([name, value]) => name?.text === option && !/^'?(?:off|false|0|no)'?$/.test(value?.text ?? ''));
  const rest = words.slice(behind);
  const using = findWords(rest, 'using index');
  const end = [rest.findIndex(({ text }) => text === '('), using, rest.length].filter((at) => at >= 0);
  const name = rest.slice(0, Math.min(...end));
  if (using >= 0 && rest.length > using + 3) return undefined;
  const table = name.length === 0 ? undefined : tableNamed(source, spanOf(name, span));
  if (name.length > 0 && table === undefined) return undefined;
  const change: Change = { kind: 'repack', span, table, concurrently: isOn('concurrently'), analyze: isOn('analyze') || isOn('analyse') };
  return { name: 'REPACK', body: { kind: 'schema', command: 'REPACK', changes: [change] } };
}

const repackOptions: ReadonlySet<string> = new Set(['analyse', 'analyze', 'concurrently', 'verbose']);

function tableNamed({ text, read }: Source, { start, end }: Span): Extract<Change, { kind: 'cluster' }>['table'] {
  const statement = read(`CLUSTER ${text.slice(start, end)}`);
  const change = statement?.kind === 'schema' ? statement.changes[0] : undefined;
  return change?.kind === 'cluster' ? change.table : undefined;
}

function movedRows(source: Source, span: Span): Newer | undefined {
  const change = lowerMovedRows(source);
  if (change === undefined) return undefined;
  const name = change.kind === 'split-partition' ? 'ALTER TABLE … SPLIT PARTITION' : 'ALTER TABLE … MERGE PARTITIONS';
  return { name, body: { kind: 'schema', command: 'ALTER TABLE', changes: [{ ...change, span }] } };
}

/** A property graph is like a view: it holds no rows. */
function propertyGraph({ words }: Source, span: Span): Newer | undefined {
  const at = findWords(words.slice(0, 4), 'property graph');
  return at >= 1 && beginsWith(words, 'create|alter|drop') ? catalogOnly('a property graph', `${words[0]?.text.toUpperCase()} PROPERTY GRAPH`, span) : undefined;
}

function waitFor({ words }: Source): Newer | undefined {
  return beginsWith(words, 'wait for lsn') ? { name: 'WAIT FOR', body: { kind: 'harmless', command: 'WAIT' } } : undefined;
}

function replication({ words }: Source, span: Span): Newer | undefined {
  if (beginsWith(words, 'alter subscription') && findWords(words, 'refresh sequences') === 3) {
    return catalogOnly('ALTER SUBSCRIPTION … REFRESH SEQUENCES', 'ALTER SUBSCRIPTION', span);
  }
  if (beginsWith(words, 'create subscription') && words[3]?.text === 'server') return catalogOnly('CREATE SUBSCRIPTION … SERVER', 'CREATE SUBSCRIPTION', span);
  if (beginsWith(words, 'create publication') && findWords(words, 'all tables except') > 0) {
    return catalogOnly('a publication of ALL TABLES EXCEPT', 'CREATE PUBLICATION', span);
  }
  if (!beginsWith(words, 'alter publication') || findWords(words, 'set all') !== 3) return undefined;
  return catalogOnly('ALTER PUBLICATION … SET ALL', 'ALTER PUBLICATION', span);
}

/** CREATE SCHEMA shop CREATE TYPE …: 19 makes functions, types and the rest there too. What they are is not read. */
function createSchema({ words }: Source): Newer | undefined {
  if (!beginsWith(words, 'create schema') || findWords(words, 'create aggregate|collation|domain|function|operator|procedure|text|type', 2) < 0) return undefined;
  return { name: 'more in CREATE SCHEMA', body: { kind: 'opaque', command: 'CREATE SCHEMA', culprit: culprit({ kind: 'unnamed-objects', command: 'CREATE SCHEMA' }) } };
}

function catalogOnly(name: FeatureName, command: string, span: Span): Newer {
  return { name, body: { kind: 'schema', command, changes: [{ kind: 'catalog-only', span }] } };
}
