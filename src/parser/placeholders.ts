// What tools fill in before PostgreSQL sees the text. Something of the same length takes its place that the grammar accepts there, a
// name or a part of a string; when the statement has been read, what the author wrote takes the place of that. Which forms there are,
// src/model/dialect.ts says; what is a placeholder in a name, src/model/placeholder.ts.
//
// The text is cut into the tokens of SQL first. A placeholder is a part of one token, or holds whole tokens and no semicolon: so whatever
// a tool without it would run, is read.

import type { Dialect } from '../model/dialect.ts';
import type { Span } from '../text/span.ts';
import type { Fork } from './branches.ts';
import { placeholdersIn, type Placeholder } from './placeholders-in.ts';
import { StandIns } from './stand-ins.ts';

export interface FilledText {
  /** As long as the original. */
  readonly text: string;
  /** In the order of the text. */
  readonly placeholders: readonly Span[];
  /** Those that stand where a statement would, as a whole: nobody knows what they hold. */
  readonly statements: readonly Span[];
  /** Where a template decides whether what follows is a part of the text. */
  readonly forks: readonly Fork[];
  /** Those that stand in code and that its tool does not fill in: PostgreSQL refuses them, unless something else does. */
  readonly foreign: readonly Span[];
  /** What the author wrote, for what the parser read. */
  readonly written: (read: string) => string;
}

export function fillPlaceholders(text: string, dialect: Dialect): FilledText {
  const found = placeholdersIn(text, dialect);
  if (found.length === 0) return { text, placeholders: [], statements: [], forks: [], foreign: [], written: (read) => read };
  const standIns = new StandIns(text);
  let filled = '';
  for (const { start, end, role } of found) {
    const piece = text.slice(start, end);
    filled += text.slice(filled.length, start) + (role === 'value' ? standIns.for(piece) : blank(piece));
  }
  return {
    text: filled + text.slice(filled.length),
    placeholders: found.filter(({ role }) => role === 'value' || role === 'piece').map(spanOf),
    statements: found.filter(({ role }) => role === 'statement').map(spanOf),
    forks: found.flatMap(forkOf),
    foreign: found.filter(({ isForeign }) => isForeign).map(spanOf),
    written: (read) => standIns.written(read),
  };
}

export function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}

function spanOf({ start, end }: Placeholder): Span {
  return { start, end };
}

function forkOf({ start, role }: Placeholder): Fork[] {
  return role === 'begins' || role === 'turns' || role === 'ends' ? [{ at: start, kind: 'branch', step: role }] : [];
}
