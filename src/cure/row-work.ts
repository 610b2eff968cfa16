// An UPDATE or DELETE of many rows: what it does, and the same in batches.

import type { Withheld } from '../model/cure.ts';
import type { Relation } from '../model/relation.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import type { Token } from '../text/sql-tokens.ts';
import { batchLoop } from './batch-loop.ts';
import { lineEndIn } from './edits.ts';
import { quoted, type Hand } from './hand.ts';
import { nameOf } from '../text/definitions.ts';
import { isWord, tokensOf } from './tokens-of.ts';

/** What is done to the rows of one table. */
export interface RowWork {
  /** As it is written, without ONLY: `public.orders`. */
  readonly table: string;
  readonly isOnly: boolean;
  /** What its columns are named by, with the dot; empty where their names alone are clear. */
  readonly prefix: string;
  /** `UPDATE orders SET state = 'open'`: up to WHERE. */
  readonly head: string;
  readonly condition: string | undefined;
}

/** The same in batches of the primary key. */
export function inBatches({ head, condition, ...work }: RowWork, { constraints, columns }: Relation, source: SourceText, sql: Hand): string | Withheld {
  const key = constraints.find(({ type }) => type === 'primary-key');
  if (key?.type !== 'primary-key' || key.columns.length === 0) return { why: 'the table has no primary key that is known, by which its rows could be taken in batches' };
  const more = condition === undefined ? '' : sql` AND ` + (/\bor\b/i.test(condition) ? `(${condition})` : condition);
  const command = (rows: string): string => head + lineEndIn(source) + sql`      WHERE ${rows}` + more;
  return batchLoop({ ...work, key: key.columns.map(quoted), command, isColumn: (name) => columns.has(name) }, sql, lineEndIn(source));
}

/** Of a statement that is nothing but an UPDATE or DELETE of one table. */
export function rowWorkIn(source: SourceText, statement: Span, relation: Relation): RowWork | Withheld {
  const tokens = tokensOf(source, statement);
  const isUpdate = isWord(tokens[0], 'UPDATE', source);
  const isDelete = isWord(tokens[0], 'DELETE', source) && isWord(tokens[1], 'FROM', source);
  if (!isUpdate && !isDelete) return { why: 'the rows are written by a part of a larger statement' };
  const first = isUpdate ? 1 : 2;
  const isOnly = isWord(tokens[first], 'ONLY', source);
  const start = first + (isOnly ? 1 : 0);
  const nameEnd = start + (isDot(tokens[start + 1], source) ? 3 : 1);
  const outer = outermost(tokens, source);
  const clause = (word: string): number => tokens.findIndex((token, index) => outer[index] === true && isWord(token, word, source));
  const [where, returning] = [clause('WHERE'), clause('RETURNING')];
  if (returning >= 0 || isWord(tokens[where + 1], 'CURRENT', source)) return { why: 'the statement gives rows back, or goes by a cursor' };
  const set = isUpdate ? clause('SET') : where < 0 ? tokens.length : where;
  const [from, to] = [tokens[start], tokens[nameEnd - 1]];
  const last = tokens[where < 0 ? tokens.length - 1 : where - 1];
  if (from === undefined || to === undefined || last === undefined || set < nameEnd) return { why: 'the statement is written in a form that can’t be taken apart' };
  const isReadAgain = tokens.some((token, index) => index >= nameEnd && nameOf(token, source.text) === relation.name.name && !isDot(tokens[index + 1], source));
  if (isReadAgain) return { why: 'the statement reads the table that it writes, so that one batch would see what another has written' };
  const isAssigned = (index: number): boolean => index > set && (where < 0 || index < where) && outer[index] === true;
  const keys = new Set(relation.constraints.flatMap((one) => (one.type === 'primary-key' ? one.columns : [])));
  const textAt = (index: number): string | undefined => source.text[tokens[index]?.start ?? source.text.length];
  const isSet = tokens.some((token, index) => isAssigned(index) && keys.has(nameOf(token, source.text) ?? '') && textAt(index + 1) === '=');
  const isRowSet = textAt(set + 1) === '(' || tokens.some((_, index) => isAssigned(index) && textAt(index) === ',' && textAt(index + 1) === '(');
  if (isUpdate && (isSet || isRowSet)) return { why: 'the statement writes the key by which its rows would be taken in batches' };
  const alias = tokens.slice(nameEnd, set).find((token) => !isWord(token, 'AS', source) && !isWord(token, 'USING', source) && source.slice(token) !== '*');
  const isJoined = isUpdate ? clause('FROM') >= 0 : clause('USING') >= 0;
  const prefix = alias && !isWord(tokens[nameEnd], 'USING', source) ? `${source.slice(alias)}.` : isJoined ? `${quoted(relation.name.name)}.` : '';
  const condition = tokens[where + 1];
  return {
    table: source.slice({ start: from.start, end: to.end }),
    isOnly,
    prefix,
    head: source.slice({ start: statement.start, end: last.end }),
    condition: where < 0 || condition === undefined ? undefined : source.slice({ start: condition.start, end: statement.end }),
  };
}

function isDot(token: Token | undefined, source: SourceText): boolean {
  return token !== undefined && source.slice(token) === '.';
}

/** For each token, whether it stands in no parentheses. */
function outermost(tokens: readonly Token[], source: SourceText): readonly boolean[] {
  let depth = 0;
  return tokens.map((token) => {
    const text = token.kind === 'symbol' ? source.slice(token) : '';
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    return depth === 0;
  });
}
