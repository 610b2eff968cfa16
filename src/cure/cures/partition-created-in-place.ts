// A partition that is made as a table like the partitioned one, and attached: that keeps neither readers nor writers out.

import { ordinaryStorage } from '../../model/catalog.ts';
import type { Relation } from '../../model/relation.ts';
import type { Remedy } from '../ailment.ts';
import { definitionsIn, nameOf } from '../../text/definitions.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import { indentationAt, lineEndIn } from '../edits.ts';
import { handOf, quoted, quotedName } from '../hand.ts';
import { partitionOfIn } from '../partition-bound.ts';
import { standingOf } from '../standing.ts';
import { isWord, tokensOf } from '../tokens-of.ts';

/**
 * Comments and statistics, which LIKE copies, no partition gets from above. Where the partitioned table is kept elsewhere than others, so are
 * its partitions, but not a table like it.
 */
export const partitionCreatedInPlace: Remedy = (ailment) => {
  const { act, step, timeline: { source, isRunKnown, links } } = ailment;
  if (act?.change.kind !== 'create-table' || act.change.partitionOf === undefined) return undefined;
  const { table, ifNotExists, partitionOf: { parent } } = act.change;
  const written = partitionOfIn(source, step.statement.span);
  if (written === undefined) return { why: 'the bounds of the partition are written in a form that can’t be taken apart' };
  const defaults = written.own ? defaultsIn(source, written.own) : [];
  if (defaults === undefined) return { why: 'the partition says more of its columns than their defaults' };
  if (ifNotExists && !act.before.isSurelyAbsent(table)) return { why: 'it may be there already, and what is there is not attached twice' };
  const above = act.before.find(parent);
  if (typeof above !== 'string' && !isKeptAsOthers(above)) return { why: 'the partitioned table is kept in a place of its own, and a table like it would not be' };
  const sql = handOf(source, step.statement.span);
  const name = source.slice(written.parent);
  const own = defaults.map(({ column, value }) => sql`ALTER TABLE ${quotedName(table)} ALTER COLUMN ${quoted(column)} SET DEFAULT ${value}`);
  const attached = sql`ALTER TABLE ${name} ATTACH PARTITION ${quotedName(table)} ${source.slice(written.bound)}`;
  const isAlone = standingOf(ailment) === 'free' && (isRunKnown || links.saysHowItIsRun);
  const { start } = step.statement.span;
  return {
    title: 'Make the table first, and attach it',
    ...(typeof above === 'string' ? { isUnsafe: true } : {}),
    edits: [
      ...(isAlone ? [{ span: { start, end: start }, text: sql`BEGIN` + `;${lineEndIn(source)}${indentationAt(start, source)}` }] : []),
      { span: { start: written.start, end: written.end }, text: sql`(LIKE ${name} INCLUDING ALL EXCLUDING COMMENTS EXCLUDING IDENTITY EXCLUDING STATISTICS)` },
    ],
    behind: [{ name: '', statements: [...own, attached, ...(isAlone ? [sql`COMMIT`] : [])], place: 'together', undo: [] }],
    about: [],
  };
};

function isKeptAsOthers({ storage: { tablespace, accessMethod } }: Relation): boolean {
  return tablespace === ordinaryStorage.tablespace && (accessMethod === undefined || accessMethod === ordinaryStorage.accessMethod);
}

interface OwnDefault {
  readonly column: string;
  /** As it is written. */
  readonly value: string;
}

/** `(total WITH OPTIONS DEFAULT 7)`; undefined where anything else is said. */
function defaultsIn(source: SourceText, list: Span): readonly OwnDefault[] | undefined {
  const definitions = [...definitionsIn(source, list).values()];
  const all = definitions.map((definition) => defaultIn(source, definition));
  const rest = tokensOf(source, list).filter((token) => !definitions.some(({ start, end }) => start <= token.start && token.end <= end));
  const isWhole = rest.length === definitions.length + 1;
  const found = all.flatMap((one) => one ?? []);
  return isWhole && found.length === all.length ? found : undefined;
}

function defaultIn(source: SourceText, definition: Span): OwnDefault | undefined {
  const [name, ...behind] = tokensOf(source, definition);
  const options = isWord(behind[0], 'WITH', source) && isWord(behind[1], 'OPTIONS', source) ? 2 : 0;
  const [first, ...value] = behind.slice(options);
  const column = name && nameOf(name, source.text);
  const [start, end] = [value[0]?.start, value.at(-1)?.end];
  const isMore = value.some((token) => others.some((word) => isWord(token, word, source)));
  return column === undefined || !isWord(first, 'DEFAULT', source) || start === undefined || end === undefined || isMore ? undefined : { column, value: source.slice({ start, end }) };
}

/** What may stand behind a default, or in a default that is left alone then. */
const others = ['NOT', 'NULL', 'CHECK', 'CONSTRAINT', 'UNIQUE', 'PRIMARY', 'REFERENCES', 'GENERATED', 'COLLATE', 'DEFERRABLE', 'INITIALLY'];
