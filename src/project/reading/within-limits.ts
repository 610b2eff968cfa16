// Migrations with more changes than are followed: they end where the limit is.

import { runsIn } from '../../model/block.ts';
import type { Limits } from '../../model/limits.ts';
import type { Statement } from '../../model/statement.ts';
import type { ParsedText, Problem } from '../../parser/parser.ts';

/**
 * For the migrations of one file, in their order: each without what stands behind the limit, which is a problem then. Rows make no
 * changes: nothing is kept of them.
 */
export function limiter({ changes }: Limits): (parsed: ParsedText) => ParsedText {
  let left = changes;
  return (parsed) => {
    const at = parsed.statements.findIndex((statement) => (left -= changesIn(statement)) < 0);
    return at < 0 ? parsed : endingAt(parsed, at, changes);
  };
}

function endingAt(parsed: ParsedText, at: number, changes: number): ParsedText {
  const first = parsed.statements[at];
  if (first === undefined) return parsed;
  const { start } = first.span;
  const problem: Problem = {
    rule: 'oversized-input',
    span: { start, end: parsed.statements.at(-1)?.span.end ?? start },
    message: `the file makes more than ${changes} changes, and no more are followed`,
    help: 'Nothing from here on was checked: split the file, or raise "limits: { changes: … }" in .pgmigrate-lint.yml',
  };
  const before = parsed.problems.filter(({ span }) => span.start < start);
  return { ...parsed, statements: parsed.statements.slice(0, at), problems: [...before, problem] };
}

function changesIn(statement: Statement): number {
  if (statement.kind === 'schema') return statement.changes.length;
  if (statement.kind === 'setting') return statement.assignments.length;
  if (statement.kind === 'block') return runsIn(statement.body).reduce((sum, inner) => sum + changesIn(inner), 0);
  return statement.kind === 'transaction' || statement.kind === 'reset-settings' ? 1 : 0;
}
