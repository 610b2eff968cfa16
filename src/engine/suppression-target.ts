// What a suppression speaks of: the statement behind or before it, one line of a statement, or a statement in a DO block.

import { runsIn } from '../model/block.ts';
import type { Draft } from '../model/finding.ts';
import type { Statement } from '../model/statement.ts';
import { contains, type Span } from '../text/span.ts';
import type { SourceText } from '../text/source-text.ts';
import { skipTrivia } from '../text/sql-tokens.ts';

export interface Target {
  readonly statement: Span;
  /** 1-based; only what is found on it, or of the statement as a whole. Undefined: all of the statement. */
  readonly line: number | undefined;
}

/** `unread`: what could not be read; a comment before or behind it speaks of it. Undefined where nothing is left to speak of. */
export function targetOf(comment: Span, statements: readonly Statement[], unread: readonly Span[], source: SourceText): Target | undefined {
  const around = statements.find(({ span }) => contains(span, comment));
  if (around?.kind === 'block') return targetOf(comment, runsIn(around.body), [], source);
  if (around) return inside(comment, around, source);
  return beside(comment, statements, unread, source);
}

/** A draft that spans several lines is found on each of them. */
export function covers({ statement, line }: Target, { span }: Draft, source: SourceText): boolean {
  if (!contains(statement, span)) return false;
  if (line === undefined) return true;
  return lineOf(source, span.start) <= line && line <= lineOf(source, span.end);
}

function inside(comment: Span, statement: Statement, source: SourceText): Target {
  const next = skipTrivia(source.text, comment.end, statement.span.end);
  return onLine(lineOf(source, isFirstOnLine(source.text, comment.start) ? next : comment.start), statement, source);
}

/** On the first and the last line, where mostly the whole statement is meant, only if an action stands there. */
function onLine(line: number, statement: Statement, source: SourceText): Target {
  const [first, last] = [lineOf(source, statement.span.start), lineOf(source, statement.span.end)];
  const isMiddle = first < line && line < last;
  const actions = statement.kind === 'schema' ? statement.changes.filter(({ span }) => span.start > statement.span.start) : [];
  const holdsAction = actions.some(({ span }) => lineOf(source, span.start) === line);
  return { statement: statement.span, line: isMiddle || holdsAction ? line : undefined };
}

function beside(comment: Span, statements: readonly Statement[], unread: readonly Span[], source: SourceText): Target | undefined {
  const places = [...statements.map(({ span }) => span), ...unread];
  const before = places.filter(({ end }) => end <= comment.start).toSorted((left, right) => right.end - left.end)[0];
  const behind = places.filter(({ start }) => comment.end <= start).toSorted((left, right) => left.start - right.start)[0];
  const leads = behind !== undefined && lineOf(source, behind.start) === lineOf(source, comment.end);
  if (before && !leads && lineOf(source, before.end) === lineOf(source, comment.start)) return behindIt(before, statements, source);
  return behind && { statement: behind, line: undefined };
}

function behindIt(place: Span, statements: readonly Statement[], source: SourceText): Target {
  const statement = statements.find(({ span }) => span === place);
  return statement ? onLine(lineOf(source, place.end), statement, source) : { statement: place, line: undefined };
}

function lineOf(source: SourceText, offset: number): number {
  return source.lineOf(offset);
}

function isFirstOnLine(text: string, offset: number): boolean {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return text.slice(start, offset).trim() === '';
}
