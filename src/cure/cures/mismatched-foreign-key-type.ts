// The type of what a foreign key refers to, for a column that the same migration makes.

import { isSameName } from '../../model/names.ts';
import type { Act } from '../../model/timeline.ts';
import { definitionsIn } from '../../text/definitions.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import type { Ailment, Remedy } from '../ailment.ts';
import { columnPartsIn } from '../column-parts.ts';
import { quoted } from '../hand.ts';
import { mismatchIn, type Mismatch } from '../mismatch.ts';
import { typeSql } from '../type-sql.ts';

export const mismatchedForeignKeyType: Remedy = (ailment) => {
  const mismatch = mismatchIn(ailment);
  if (mismatch === undefined) return { why: 'which column is meant is not certain' };
  const { source } = ailment.timeline;
  const definition = definitionIn(mismatch, ailment);
  if (definition === undefined) return { why: 'the column is there already, and to change its type is another matter' };
  const type = columnPartsIn(source, definition).find(({ kind }) => kind === 'type');
  const wanted = typeSql(mismatch.type);
  if (type === undefined || wanted === undefined) return { why: 'the type is written in a form that can’t be taken apart' };
  if (/serial|\[|\barray\b/i.test(source.slice(type))) return { why: 'the column numbers its rows itself, or is an array' };
  return { title: `Make ${quoted(mismatch.column)} ${wanted}, as what it refers to is`, isUnsafe: true, edits: [{ span: type, text: wanted }], about: [] };
};

/** Where the migration makes the column. */
function definitionIn({ table, column }: Mismatch, { timeline: { source, steps } }: Ailment): Span | undefined {
  const acts = steps.flatMap((step) => step.acts).filter(({ change, after }) => 'table' in change && change.table !== undefined && isSameName(after.qualify(change.table), table));
  return acts.flatMap((act) => definedBy(act, column, source) ?? []).at(-1);
}

function definedBy({ change }: Act, column: string, source: SourceText): Span | undefined {
  if (change.kind === 'create-table' && change.columns.some(({ name }) => name === column)) return definitionsIn(source, change.span).get(column);
  return change.kind === 'add-column' && change.column.name === column ? change.span : undefined;
}
