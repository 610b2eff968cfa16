// Indexes that can't become a key. Source: transformIndexConstraint() in src/backend/parser/parse_utilcmd.c.

import type { IndexConstraint } from '../model/constraint.ts';
import { isSameName } from '../model/names.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Index, Relation } from '../model/relation.ts';
import type { PostgresVersion } from '../model/version.ts';
import { nameOf, refuse, whole, type RefusalFacts } from './facts.ts';

/** `own`: the table before the statement. */
export function usingIndexRefusal(key: IndexConstraint, own: Relation, { before, version }: RefusalFacts): Impossibility | undefined {
  if (key.usingIndex === undefined) return undefined;
  const name = { schema: own.name.schema, name: key.usingIndex };
  const table = before.tableOfIndex(name);
  if (typeof table === 'string') return undefined;
  const owner = whole(table, before);
  if (owner === undefined) return undefined;
  if (!isSameName(table, own.name)) return unusable('55000', `${key.usingIndex} is an index of ${nameOf(owner)}, and not of ${nameOf(own)}`);
  const index = own.indexes.get(key.usingIndex);
  if (index === undefined) return undefined;
  const flaw = flawOf(index, key, own, version);
  return flaw && unusable(flaw.code, `${index.name} ${flaw.words}, so it can't become a key of ${nameOf(own)}`);
}

interface Flaw {
  readonly code: string;
  readonly words: string;
}

/** 55000: what the index is for. 42809: "is not a unique index", "is a partial index", "… does not have default sorting behavior". */
function flawOf(index: Index, { type }: IndexConstraint, own: Relation, version: PostgresVersion): Flaw | undefined {
  if (own.constraints.some((one) => 'deferrable' in one && one.type !== 'foreign-key' && one.name === index.name)) {
    return { code: '55000', words: 'is the index of a key already' };
  }
  if (!index.valid) return { code: '55000', words: 'is not valid' };
  if (!index.unique) return { code: '42809', words: 'is not unique' };
  if (index.expressions.length > 0) return { code: '42809', words: 'is over an expression' };
  if (index.predicate !== undefined) return { code: '42809', words: 'holds a part of the rows, those of its WHERE' };
  if (index.reordered) return { code: '42809', words: 'is not in plain order (DESC or NULLS FIRST)' };
  if (type === 'primary-key' && index.nullsNotDistinct && version >= 16) return { code: '42P16', words: 'is NULLS NOT DISTINCT' };
  return own.kind === 'partitioned-table' ? { code: '0A000', words: 'is of a partitioned table' } : undefined;
}

function unusable(code: string, message: string): Impossibility {
  return refuse('impossible-key', code, message, {
    pass: 'reading',
    help: 'Build the index as CREATE UNIQUE INDEX CONCURRENTLY over plain columns, without WHERE, DESC and NULLS FIRST, and use that',
  });
}
