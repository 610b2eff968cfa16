// The schema in front of a name, where the replayed history shows which one it is. Whoever runs the migration with another search_path meant
// another one.

import { TEMPORARY_SCHEMA, type Catalog } from '../../model/catalog.ts';
import type { Change } from '../../model/change.ts';
import { namesIn } from '../../model/names-in.ts';
import { printName, type QualifiedName, type RelationName } from '../../model/names.ts';
import { settingInForce } from '../../model/session.ts';
import type { Act, Step } from '../../model/timeline.ts';
import { nameOf } from '../../text/definitions.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import type { Token } from '../../text/sql-tokens.ts';
import type { Remedy } from '../ailment.ts';
import { quoted } from '../hand.ts';
import { isWord, tokensOf } from '../tokens-of.ts';

/** Wherever the migration names it, because one finding speaks of all of it. */
export const unqualifiedName: Remedy = ({ act: first, draft, timeline: { source, steps } }) => {
  const name = first && namesIn(first.change).find((one) => one.schema === undefined && draft.message.startsWith(`${printName(one)} has no schema`))?.name;
  if (name === undefined) return undefined;
  const mentions = steps.filter(({ session }) => settingInForce(session, 'search_path') === undefined).flatMap((step) => mentionsIn(step, name, source));
  const [schema, ...others] = new Set(mentions.map((one) => one.schema));
  if (schema === undefined || others.length > 0) return { why: 'in which schema it is, history does not show' };
  if (mentions.some(({ places }) => places.length === 0)) return { why: 'where a statement names it is not certain' };
  const starts = new Set(mentions.flatMap(({ places }) => places.map(({ start }) => start)));
  return { title: `Write its schema: ${quoted(schema)}`, isUnsafe: true, edits: Array.from(starts, (start) => ({ span: { start, end: start }, text: `${quoted(schema)}.` })), about: [] };
};

interface NamedPlaces {
  readonly schema: string | undefined;
  readonly places: readonly Token[];
}

/** Temporary objects have a schema that nobody writes. */
function mentionsIn({ acts, statement }: Step, name: string, source: SourceText): readonly NamedPlaces[] {
  const named = acts.flatMap((act) => namesIn(act.change).flatMap((one) => (one.schema === undefined && one.name === name ? [{ schema: schemaOf(one, act), places: placesOf(name, statement.span, source) }] : [])));
  return named.filter(({ schema }) => schema !== TEMPORARY_SCHEMA);
}

/** Undefined where it is nowhere in the history. */
function schemaOf(name: RelationName, { change, before, after }: Act): string | undefined {
  const catalogs = [before, after].filter(({ parts }) => parts.isPathKnown);
  return catalogs.map((catalog) => foundIn(catalog, name, change)?.schema).find((schema) => schema !== undefined);
}

function foundIn(catalog: Catalog, name: RelationName, change: Change): QualifiedName | undefined {
  if ('function' in change && change.function === name) return catalog.function(name).length === 0 ? undefined : catalog.qualifyFunction(name);
  if (('type' in change && change.type === name) || ('domain' in change && change.domain === name)) return catalog.type(name) === undefined ? undefined : catalog.qualifyType(name);
  const relation = catalog.find(name);
  if (typeof relation !== 'string') return relation.name;
  return typeof catalog.tableOfIndex(name) === 'string' ? undefined : catalog.qualifyIndex(name);
}

/** Columns and constraints may have the same name: of several words, only those that stand where an object is named. */
function placesOf(name: string, statement: Span, source: SourceText): readonly Token[] {
  const tokens = tokensOf(source, statement);
  const isDot = (token: Token | undefined): boolean => token !== undefined && source.slice(token) === '.';
  const named = tokens.flatMap((token, index) => (nameOf(token, source.text) === name && !isDot(tokens[index - 1]) && !isDot(tokens[index + 1]) ? [{ token, before: tokens[index - 1] }] : []));
  const sure = named.filter(({ before }) => introducers.some((word) => isWord(before, word, source)));
  return (named.length === 1 ? named : sure).map(({ token }) => token);
}

const introducers = ['TABLE', 'ONLY', 'ON', 'REFERENCES', 'VIEW', 'SEQUENCE', 'DOMAIN', 'FUNCTION'];
