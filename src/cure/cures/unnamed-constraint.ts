// The name that PostgreSQL makes up for a constraint, written out.

import type { Edit } from '../../model/cure.ts';
import type { TableConstraint } from '../../model/relation.ts';
import type { Act } from '../../model/timeline.ts';
import { definitionsIn } from '../../text/definitions.ts';
import type { Span } from '../../text/span.ts';
import { addedConstraints, type Ailment, type Remedy } from '../ailment.ts';
import { handOf, quoted } from '../hand.ts';
import { inlineConstraintsIn } from '../inline-constraints.ts';
import { tokensOf } from '../tokens-of.ts';

const title = 'Write the name that PostgreSQL makes up';

export const unnamedConstraint: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act === undefined || !('table' in act.change) || act.change.table === undefined) return undefined;
  const sql = handOf(source, step.statement.span);
  const named = (at: number, name: string): Edit => ({ span: { start: at, end: at }, text: sql`CONSTRAINT ${quoted(name)} ` });
  if (act.change.kind === 'add-constraint') {
    const [made] = addedConstraints(act, act.change.constraint.type);
    const body = tokensOf(source, act.change.span)[1];
    return made === undefined || body === undefined ? { why: 'the name that PostgreSQL makes up is not known' } : { title, edits: [named(body.start, made.name)], about: [] };
  }
  const written = unnamedIn(ailment, act);
  const made = written.map(({ column, type }) => madeFor(column, type, act));
  const isWhole = written.length > 0 && written.length === countUnnamed(act) && !made.includes(undefined) && new Set(made).size === made.length;
  return isWhole ? { title, edits: written.map(({ at }, index) => named(at, made[index]?.name ?? '')), about: [] } : { why: 'which name belongs to which constraint is not certain' };
};

interface Written {
  readonly column: string;
  readonly type: 'check' | 'foreign-key';
  readonly at: number;
}

/** CHECK and REFERENCES in the definitions of columns. */
function unnamedIn({ timeline: { source } }: Ailment, { change }: Act): readonly Written[] {
  const definitions: readonly (readonly [string, Span])[] = change.kind === 'add-column' ? [[change.column.name, change.span]] : change.kind === 'create-table' ? [...definitionsIn(source, change.span)].filter(([name]) => change.columns.some((one) => one.name === name)) : [];
  return definitions.flatMap(([column, span]) =>
    inlineConstraintsIn(source, span).flatMap(({ kind, start, body }): Written[] => (start === body.start ? [{ column, type: kind === 'check' ? 'check' : 'foreign-key', at: start }] : [])),
  );
}

function countUnnamed({ change }: Act): number {
  const columns = change.kind === 'create-table' ? change.columns : change.kind === 'add-column' ? [change.column] : [];
  const own = change.kind === 'create-table' ? change.constraints : [];
  return [...columns.flatMap(({ constraints }) => constraints), ...own].filter(({ name, type }) => name === undefined && type !== 'primary-key' && type !== 'not-null').length;
}

function madeFor(column: string, type: Written['type'], act: Act): TableConstraint | undefined {
  const columnsOf = (one: TableConstraint): readonly string[] => (one.type === 'check' ? one.expression.columns : one.columns);
  const found = addedConstraints(act, type).filter((one) => String(columnsOf(one)) === column);
  return found.length === 1 ? found[0] : undefined;
}
