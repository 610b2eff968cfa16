// What PostgreSQL refuses of a statement for certain, because a name in it is of nothing that is there, or of something that is.

import type { Catalog } from '../../model/catalog.ts';
import type { Change, ChangeKind } from '../../model/change.ts';
import type { Mention, Mentioned } from '../../model/mention.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { Statement } from '../../model/statement.ts';
import type { PostgresVersion } from '../../model/version.ts';
import { collisionOf } from './collision-of.ts';
import { mentionsOf } from './mentions-of.ts';
import { missing } from './missing.ts';
import { phaseOfCollision, turnOfMention } from './phase-of.ts';
import { lostKeyColumns } from './said-keys.ts';

/** A change with what is true before it. */
export interface PlacedChange {
  readonly change: Change;
  readonly before: Catalog;
}

/**
 * Each once, those of the changes first. `before` and `behind`: of the whole statement. Nothing behind a migration that would have failed:
 * that there are others behind it says that it did not, or that they wait for it.
 */
export function refusalsOf(statement: Statement, changes: readonly PlacedChange[], before: Catalog, behind: Catalog, version: PostgresVersion): readonly Refusal[] {
  if (isContradicted(before)) return [];
  const ofChanges = changes.flatMap((placed) => refusalsOfChange(isDrop(placed.change) ? { ...placed, before } : placed, version, before));
  if (isPassedOver(statement, changes) || statement.hasPlaceholders) return distinct(ofChanges);
  const isRefused = ofChanges.some(({ kind, change }) => kind === 'existing' && change?.kind === 'create-table');
  const mentions = [...targetsOf(statement), ...(statement.mentions ?? [])].filter((one) => !isRefused || !isBehind(one));
  const ofMentions = mentions.flatMap((one) => {
    const change = changes.find(({ change: { span } }) => span.start <= one.span.start && one.span.end <= span.end)?.change;
    return refusalOf(one, change, isBehind(one) ? behind : before) ?? [];
  });
  return distinct([...ofChanges, ...ofMentions]);
}

export function afterRefusal(catalog: Catalog): Catalog {
  const { refusedIn, moment } = catalog.parts;
  return refusedIn === undefined ? catalog.with({ refusedIn: moment.migration }) : catalog;
}

/** What is told of one change that is certainly run. `beginning`: before the first change of its statement. */
export function refusalsOfChange({ change, before }: PlacedChange, version: PostgresVersion, beginning = before): readonly Refusal[] {
  if (isContradicted(before)) return [];
  if (change.onlyIf !== undefined && typeof before.find(change.onlyIf) === 'string') return [];
  const names = mentionsOf(change).flatMap((one) => {
    const found = refusalOf({ ...one, span: change.span }, change, before);
    const isLost = found?.phase === 'preparation' && missing(one, beginning) === undefined;
    return found === undefined ? [] : [isLost ? { ...found, phase: 'execution' as const } : found];
  });
  const collision = collisionOf(change, before, version);
  if (collision === undefined) return names;
  const lost = change.kind === 'create-table' ? lostKeyColumns(change, before) : [];
  return [...lost, ...names, { kind: 'existing', phase: phaseOfCollision(change, collision), change, span: change.span, why: 'never', ...collision }];
}

export function isContradicted({ parts: { refusedIn, moment } }: Catalog): boolean {
  return refusedIn !== undefined && refusedIn < moment.migration;
}

/** DROP finds all that it names before anything goes. */
function isDrop({ kind, onlyIf }: Change): boolean {
  return onlyIf === undefined && drops.has(kind);
}

const drops: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'drop-table',
  'drop-view',
  'drop-index',
  'drop-sequence',
  'drop-schema',
  'drop-type',
  'drop-function',
  'drop-statistics',
]);

function refusalOf(mention: Mention, change: Change | undefined, catalog: Catalog): Refusal | undefined {
  const found = missing(mention, catalog);
  return found && { kind: 'missing', ...turnOfMention(mention, change), change, span: mention.span, ...found };
}

/** What COPY, INSERT and the rest write, the mentions of a parser that notes none leave out. */
function targetsOf(statement: Statement): readonly Mention[] {
  if (statement.kind !== 'data' || statement.mentions !== undefined) return [];
  const named = statement.actions.map(({ target }): Mentioned => ({ kind: 'relation', name: target }));
  return named.map((one) => ({ ...one, span: statement.span }));
}

function isBehind(mention: Mention): boolean {
  return mention.kind === 'column' && mention.at === 'behind';
}

/** ALTER TABLE IF EXISTS of what may not be there does nothing then. */
function isPassedOver({ kind, ...statement }: Statement, changes: readonly PlacedChange[]): boolean {
  if (kind !== 'schema' || !('changes' in statement)) return false;
  return statement.changes.some(({ onlyIf }) => onlyIf !== undefined) && !changes.some(({ change, before }) => change.onlyIf && typeof before.find(change.onlyIf) !== 'string');
}

function distinct(refusals: readonly Refusal[]): readonly Refusal[] {
  if (refusals.length < 2) return refusals;
  const wordsOf = ({ kind, object, of = '' }: Refusal): string => `${kind} ${object} ${of}`;
  const seen = new Map(refusals.toReversed().map((one) => [wordsOf(one), one]));
  return refusals.filter((one) => seen.get(wordsOf(one)) === one);
}
