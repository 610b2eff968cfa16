// A statement that was read in another text than the file: all of it stands at the place that stands for that text.

import { mapBlock } from '../model/block.ts';
import type { Statement } from '../model/statement.ts';
import type { Span } from '../text/span.ts';

export function placedAt(span: Span, statement: Statement): Statement {
  const features = statement.features.map((feature) => ({ ...feature, span }));
  if (statement.kind === 'block') return { ...statement, span, features, body: mapBlock(statement.body, (part) => [placedAt(span, part)]) };
  if (statement.kind !== 'schema') return { ...statement, span, features };
  return { ...statement, span, features, changes: statement.changes.map((change) => ({ ...change, span })) };
}
