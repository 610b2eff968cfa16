// CREATE INDEX CONCURRENTLY, with the name that PostgreSQL would give it, outside of transactions.

import type { ChangeKind } from '../../model/change.ts';
import type { Act } from '../../model/timeline.ts';
import type { Remedy } from '../ailment.ts';
import { handOf, quoted, quotedName } from '../hand.ts';
import { wordsIn } from '../tokens-of.ts';

export const nonConcurrentIndex: Remedy = ({ act, step, timeline: { source } }) => {
  if (act?.change.kind !== 'create-index') return undefined;
  const { table, index, ifNotExists } = act.change;
  if (act.before.isPartitioned(table)) return undefined;
  const { span } = step.statement;
  const words = wordsIn(source, span, 'INDEX');
  const name = index.name ?? madeIndex(act);
  if (words === undefined || name === undefined) return { why: 'the name that PostgreSQL gives to the index is not known' };
  const sql = handOf(source, span);
  const behindWord = { start: words.end, end: words.end };
  const guard = ifNotExists ? wordsIn(source, span, 'IF', 'NOT', 'EXISTS') : undefined;
  const qualified = { schema: table.schema, name };
  return {
    title: 'Build the index concurrently, outside of transactions',
    edits: [
      { span: behindWord, text: sql` CONCURRENTLY` + (index.name === undefined ? ` ${quoted(name)}` : '') },
      ...(guard ? [{ span: { start: guard.start - 1, end: guard.end }, text: '' }] : []),
    ],
    moves: { place: 'outside', name: `create_${name}`, undo: [sql`DROP INDEX CONCURRENTLY IF EXISTS ${quotedName(qualified)}`] },
    about: [{ relation: act.before.qualify(table), names: [name], commutes: besideIndexes }],
  };
};

/** None of them reads an index, or changes what it is built on. */
const besideIndexes: ReadonlySet<ChangeKind> = new Set(['add-column', 'add-constraint', 'create-index', 'set-default', 'drop-default', 'set-not-null', 'validate-constraint', 'comment', 'grant', 'create-trigger', 'create-policy', 'set-row-security']);

/** The one that is there behind the statement alone. */
function madeIndex({ change, before, after }: Act): string | undefined {
  if (change.kind !== 'create-index') return undefined;
  const [old, made] = [before.find(change.table), after.find(change.table)];
  if (typeof made === 'string') return undefined;
  const names = new Set(typeof old === 'string' ? [] : Array.from(old.indexes, ({ name }) => name));
  return Array.from(made.indexes).find(({ name }) => !names.has(name))?.name;
}
