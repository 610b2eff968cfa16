// A file that its tool would not run.

import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import type { Cut, Refusal, SqlFile } from '../framework.ts';
import { uncut } from './cut.ts';

/** Whatever its marks say, all of it is read as the way up. */
export function refused(file: Pick<SqlFile, 'text'>, transaction: TransactionMode, refusal: Refusal): Cut {
  return { ...uncut(file, transaction), refusal };
}

export function refusal(span: Span, why: string): Refusal {
  return { kind: 'stops', span, why };
}

/** Where nothing is wrong in one place: at the first line that holds something. */
export function wholeRefusal(text: string, why: string, kind: Refusal['kind'] = 'stops'): Refusal {
  const [line = '', space = ''] = /^(\s*)[^\n\r]*/.exec(text) ?? [];
  return { kind, span: { start: space.length, end: line.length }, why };
}
