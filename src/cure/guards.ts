// IF NOT EXISTS, IF EXISTS and OR REPLACE, where a statement or an action may have them.

import type { Change, ChangeKind } from '../model/change.ts';
import type { Edit } from '../model/cure.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import { handOf, quoted } from './hand.ts';
import { tokensOf, wordsIn } from './tokens-of.ts';

/** Edits with which a statement may run where what it does is done already; undefined where PostgreSQL has no words for it. */
export function guardsFor(changes: readonly Change[], statement: Span, source: SourceText): readonly Edit[] | undefined {
  const edits = changes.map((change) => (isGuarded(change) ? [] : guardFor(change, statement, source)));
  if (edits.length === 0 || edits.includes(undefined)) return undefined;
  const byPlace = new Map(edits.flatMap((some) => some ?? []).map((edit) => [edit.span.start, edit]));
  return [...byPlace.values()];
}

function isGuarded(change: Change): boolean {
  return ('ifNotExists' in change && change.ifNotExists) || ('ifExists' in change && change.ifExists) || ('replace' in change && change.replace);
}

function guardFor(change: Change, statement: Span, source: SourceText): readonly Edit[] | undefined {
  if (change.kind === 'add-constraint') return droppedBefore(change, statement, source);
  const action = ofActions[change.kind];
  const guard = action ?? ofStatements[change.kind];
  const within = action ? change.span : statement;
  const place = guard && (wordsIn(source, within, ...guard.behind) ?? (action ? tokensOf(source, within)[0] : undefined));
  if (guard === undefined || place === undefined) return undefined;
  const isSmall = source.slice(place) === source.slice(place).toLowerCase();
  return [{ span: { start: place.end, end: place.end }, text: ` ${isSmall ? guard.words.toLowerCase() : guard.words}` }];
}

/** A constraint has no IF NOT EXISTS, but may be dropped in the same ALTER TABLE: with its index, so that must not be one that was there. */
function droppedBefore({ constraint, span }: Extract<Change, { readonly kind: 'add-constraint' }>, statement: Span, source: SourceText): readonly Edit[] | undefined {
  if (constraint.name === undefined || ('usingIndex' in constraint && constraint.usingIndex !== undefined)) return undefined;
  const sql = handOf(source, statement);
  return [{ span: { start: span.start, end: span.start }, text: sql`DROP CONSTRAINT IF EXISTS ${quoted(constraint.name)}, ` }];
}

interface Guard {
  readonly behind: readonly string[];
  readonly words: 'IF NOT EXISTS' | 'IF EXISTS' | 'OR REPLACE';
}

function created(...behind: readonly string[]): Guard {
  return { behind, words: 'IF NOT EXISTS' };
}

function dropped(...behind: readonly string[]): Guard {
  return { behind, words: 'IF EXISTS' };
}

const replaced: Guard = { behind: ['CREATE'], words: 'OR REPLACE' };

/** ADD and DROP of a column may leave COLUMN out. */
const ofActions: Partial<Readonly<Record<ChangeKind, Guard>>> = {
  'add-column': created('ADD', 'COLUMN'),
  'drop-column': dropped('DROP', 'COLUMN'),
  'drop-constraint': dropped('DROP', 'CONSTRAINT'),
  'drop-identity': dropped('DROP', 'IDENTITY'),
};

const ofStatements: Partial<Readonly<Record<ChangeKind, Guard>>> = {
  'add-enum-value': created('ADD', 'VALUE'),
  'create-function': replaced,
  'create-materialized-view': created('VIEW'),
  'create-schema': created('SCHEMA'),
  'create-sequence': created('SEQUENCE'),
  'create-table': created('TABLE'),
  'create-trigger': replaced,
  'create-view': replaced,
  'drop-domain-constraint': dropped('DROP', 'CONSTRAINT'),
  'drop-policy': dropped('POLICY'),
  'drop-rule': dropped('RULE'),
  'drop-schema': dropped('SCHEMA'),
  'drop-sequence': dropped('SEQUENCE'),
  'drop-statistics': dropped('STATISTICS'),
  'drop-table': dropped('TABLE'),
  'drop-trigger': dropped('TRIGGER'),
  'drop-view': dropped('VIEW'),
};

/** What may have them. */
export const guardedKinds: readonly string[] = [...Object.keys(ofActions), ...Object.keys(ofStatements), 'add-constraint'];
