// ALTER TABLE … SPLIT PARTITION and MERGE PARTITIONS of PostgreSQL 19, read by way of statements that older grammars know.

import type { Change, ChangeOf } from '../../../model/change.ts';
import type { Statement } from '../../../model/statement.ts';
import { beginsWith, closing, findWords, itemsIn, spanOf, type Word } from './words.ts';

/** Reads other SQL in place of the statement. Undefined where it can't be read. */
export type ReadInstead = (sql: string) => Statement | undefined;

export interface Source {
  readonly text: string;
  readonly words: readonly Word[];
  readonly read: ReadInstead;
}

export type Moved = ChangeOf<'split-partition'> | ChangeOf<'merge-partitions'>;

/** Undefined where it is neither, or can't be read. */
export function lowerMovedRows(source: Source): Moved | undefined {
  const { words } = source;
  if (!beginsWith(words, 'alter table')) return undefined;
  const split = findWords(words, 'split partition');
  if (split > 0) return lowerSplit(source, split);
  const merge = findWords(words, 'merge partitions (');
  return merge > 0 ? lowerMerge(source, merge) : undefined;
}

function lowerSplit(source: Source, at: number): Moved | undefined {
  const { words } = source;
  const open = findWords(words, 'into (', at);
  if (open < 0 || closing(words, open + 1) !== words.length - 1) return undefined;
  const old = detached(source, at, words.slice(at + 2, open));
  const into = whole(itemsIn(words, open + 1).map((item) => (item[0]?.text === 'partition' ? created(source, at, item.slice(1), 'bound') : undefined)));
  if (old === undefined || into === undefined) return undefined;
  return { kind: 'split-partition', span: old.span, table: old.table, partition: old.partition, into };
}

function lowerMerge(source: Source, at: number): Moved | undefined {
  const { words } = source;
  const end = closing(words, at + 2);
  if (end < 0 || words[end + 1]?.text !== 'into') return undefined;
  const old = whole(itemsIn(words, at + 2).map((name) => detached(source, at, name)));
  const into = created(source, at, words.slice(end + 2), 'name');
  const [first] = old ?? [];
  if (into === undefined || old === undefined || first === undefined) return undefined;
  return { kind: 'merge-partitions', span: first.span, table: first.table, partitions: old.map(({ partition }) => partition), into };
}

/** Undefined where one of them can't be read. */
function whole<T>(all: readonly (T | undefined)[]): readonly T[] | undefined {
  const read = all.flatMap((one) => one ?? []);
  return read.length > 0 && read.length === all.length ? (read) : undefined;
}

function detached(source: Source, at: number, name: readonly Word[]): ChangeOf<'detach-partition'> | undefined {
  return name.length === 0 ? undefined : changeIn('detach-partition', source, `${written(source, source.words.slice(0, at))} DETACH PARTITION ${written(source, name)}`);
}

/** The new partition: a name with its bound, or alone; then the history knows the bound. */
function created(source: Source, at: number, partition: readonly Word[], form: 'bound' | 'name'): ChangeOf<'create-table'> | undefined {
  const bound = partition.findIndex(({ text, depth }) => depth <= (partition[0]?.depth ?? 0) && (text === 'for' || text === 'default'));
  if (bound < 0 === (form === 'bound')) return undefined;
  const name = bound < 0 ? partition : partition.slice(0, bound);
  const rest = bound < 0 ? 'DEFAULT' : written(source, partition.slice(bound));
  const table = source.words.slice(0, at).filter(({ text }, index) => !(index < 2 || /^(?:if|exists|only)$/.test(text)));
  return name.length === 0 ? undefined : changeIn('create-table', source, `CREATE TABLE ${written(source, name)} PARTITION OF ${written(source, table)} ${rest}`);
}

function written({ text }: Source, words: readonly Word[]): string {
  const { start, end } = spanOf(words, { start: 0, end: 0 });
  return text.slice(start, end);
}

function changeIn<K extends Change['kind']>(kind: K, { read }: Source, sql: string): ChangeOf<K> | undefined {
  const statement = read(sql);
  const change = statement?.kind === 'schema' ? statement.changes[0] : undefined;
  return change !== undefined && isOf(kind, change) ? change : undefined;
}

function isOf<K extends Change['kind']>(kind: K, change: Change): change is ChangeOf<K> {
  return change.kind === kind;
}
