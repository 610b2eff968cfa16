// Where the actions of an ALTER TABLE stand, which the grammar does not say.

import type { AlterTableStmt } from '@pgsql/types';
import type { Span } from '../../../text/span.ts';
import { actionSpans } from '../../action-spans.ts';
import type { Context } from './context.ts';

/** Undefined where they can't be told apart. */
export function spansOf({ relation }: AlterTableStmt, count: number, { text, span, offset }: Context): readonly Span[] | undefined {
  const nameStart = relation?.location;
  return nameStart === undefined ? undefined : actionSpans(text, span, offset(nameStart), count);
}
