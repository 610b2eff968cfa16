// CREATE INDEX CONCURRENTLY, with the name that PostgreSQL would give it, outside of transactions.

import type { Remedy } from '../ailment.ts';
import { handOf, quoted, quotedName } from '../hand.ts';
import { subjectOf } from './concurrently.ts';
import { madeIndex } from '../made-names.ts';
import { partitionedIndex } from './partitioned-index.ts';
import { wordsIn } from '../tokens-of.ts';

export const nonConcurrentIndex: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind !== 'create-index') return undefined;
  const { table, index, ifNotExists } = act.change;
  if (act.before.isPartitioned(table)) return partitionedIndex(ailment);
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
    about: [subjectOf(act.before.qualify(table), [name])],
  };
};
