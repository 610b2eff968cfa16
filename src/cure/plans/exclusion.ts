// An exclusion constraint, which PostgreSQL neither takes NOT VALID nor from an index that is there.

import type { Question } from '../../model/plan.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import { copiedTable } from './copied-table.ts';
import type { Planner } from './planner.ts';
import { targetOf, type Target } from './target.ts';
import { parenthesizedBehind } from './written.ts';

export const exclusion: Planner = (ailment) => {
  const { act, timeline: { source } } = ailment;
  if (act?.change.kind !== 'add-constraint' || act.change.constraint.type !== 'exclusion') return undefined;
  const { table, span } = act.change;
  const target = targetOf(table, act.before);
  return copiedTable(ailment, target, source.slice(span), pairsQuestion(source, span, target));
};

/** Where it is about plain columns: `(room WITH =, period WITH &&)`. */
function pairsQuestion(source: SourceText, span: Span, { sql, key, decisions }: Target): readonly Question[] {
  const written = parenthesizedBehind(source, span, 'EXCLUDE');
  const isWhole = written !== undefined && !/\bWHERE\b/i.test(source.slice({ start: written.end, end: span.end }));
  const elements = written && source.slice(written).split(',').map((element) => /^\s*("[^"]+"|\w+)\s+WITH\s+(\S+)\s*$/i.exec(element));
  if (!isWhole || decisions.length > 0 || elements === undefined || elements.includes(null)) return [];
  const conditions = elements.map((match) => `one.${match?.[1]} ${match?.[2]} other.${match?.[1]}`);
  const tuple = (table: string): string => `(${key.map((column) => `${table}.${column}`).join(', ')})`;
  const shown = ['one', 'other'].flatMap((table) => key.map((column) => `${table}.${column}`)).join(', ');
  return [{ kind: 'no-rows', shows: `rows of ${sql} that exclude each other (on a large table, ask a copy: it holds rows against rows)`, sql: `SELECT ${shown} FROM ${sql} one JOIN ${sql} other ON ${[...conditions, `${tuple('one')} < ${tuple('other')}`].join(' AND ')} LIMIT 10` }];
}
