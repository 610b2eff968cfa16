// ALTER TABLE with one action, and with several.

import type { Edit } from '../model/cure.ts';
import type { Ailment } from './ailment.ts';
import { indentationAt, lineEndIn } from './edits.ts';
import { tokensOf } from './tokens-of.ts';
import type { Span } from '../text/span.ts';

/** The action goes, with the comma beside it; where it is the only one, other SQL takes the place of the statement. */
export function actionRemoved({ act, step, timeline: { source } }: Ailment, instead: string): readonly Edit[] {
  const { span } = step.statement;
  if (act === undefined || step.acts.length === 1) return [{ span, text: instead }];
  const tokens = tokensOf(source, span);
  const before = tokens.findLast(({ end }) => end <= act.change.span.start);
  const behind = tokens.find(({ start }) => start >= act.change.span.end);
  const isComma = (token: Span | undefined): token is Span => token !== undefined && source.slice(token) === ',';
  const removed = isComma(before) ? { start: before.start, end: act.change.span.end } : { start: act.change.span.start, end: isComma(behind) ? skipSpace(source.text, behind.end) : act.change.span.end };
  return [{ span: removed, text: '' }, ...(instead === '' ? [] : [{ span: { start: span.end, end: span.end }, text: `;${lineEndIn(source)}${indentationAt(span.start, source)}${instead}` }])];
}

function skipSpace(text: string, offset: number): number {
  let end = offset;
  while (/\s/.test(text[end] ?? '')) end += 1;
  return end;
}
