// The catalog that a history starts with whose first chapter is a dump.

import { forget, type Outcome } from '../history/forget.ts';
import { openMigration, type Scene } from '../history/story.ts';
import { Catalog } from '../model/catalog.ts';
import type { Change } from '../model/change.ts';
import { printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Act } from '../model/timeline.ts';
import type { PostgresVersion } from '../model/version.ts';
import { narrate } from './narrate.ts';
import type { ParsedMigration } from './parsed-migration.ts';

/** A migration that comes behind the dump. */
export interface Next {
  readonly migration: ParsedMigration;
  /** The dump says that it was run before it was made. */
  readonly isListed: boolean;
}

/**
 * What is behind the dump. Where it shows what some of the migrations have done already, because it lists them or has a table that
 * they make, it is not taken for what is there before them.
 */
export function startBehind(dump: ParsedMigration, next: readonly Next[], version: PostgresVersion): Catalog {
  const shown = narrate(dump, openMigration(Catalog.start('empty'), scene), version).story.catalog;
  const done: Act[] = [];
  let catalog = shown;
  for (const { migration, isListed } of next) {
    const { timeline, story } = narrate(migration, openMigration(catalog, scene), version);
    const acts = timeline.steps.flatMap((step) => step.acts);
    if (isListed || acts.some((act) => makesWhatIsThere(act, shown))) done.push(...acts);
    catalog = story.catalog;
  }
  return done.length === 0 ? shown : forget(shown, outcomeOf(done));
}

const scene: Scene = { settings: new Map(), newTables: 'migration' };

function makesWhatIsThere({ change, before }: Act, shown: Catalog): boolean {
  if (change.kind !== 'create-table' || change.ifNotExists || change.persistence === 'temporary') return false;
  return typeof shown.find(before.creationName(change.table)) !== 'string';
}

/** What was dropped before it was made may have been there. */
function outcomeOf(acts: readonly Act[]): Outcome {
  const first = new Map<string, { readonly name: QualifiedName; readonly isMade: boolean }>();
  for (const act of acts) {
    const mentions = [...madeBy(act).map((name) => ({ name, isMade: true })), ...changedBy(act).map((name) => ({ name, isMade: false }))];
    for (const mention of mentions) if (!first.has(printName(mention.name))) first.set(printName(mention.name), mention);
  }
  const named = (wanted: boolean): QualifiedName[] => [...first.values()].filter(({ isMade }) => isMade === wanted).map(({ name }) => name);
  return { made: named(true), changed: named(false) };
}

function madeBy({ change, before }: Act): QualifiedName[] {
  if (change.kind === 'create-table') return change.persistence === 'temporary' ? [] : [before.creationName(change.table)];
  if (change.kind === 'create-view') return change.replace || change.temporary ? [] : [before.creationName(change.view)];
  return change.kind === 'create-materialized-view' ? [before.creationName(change.view)] : [];
}

function changedBy({ change, before }: Act): QualifiedName[] {
  return relationsIn(change).map((name) => before.qualify(name));
}

function relationsIn(change: Change): RelationName[] {
  const names = [
    'table' in change ? change.table : undefined,
    'relation' in change ? change.relation : undefined,
    'view' in change ? change.view : undefined,
    'partition' in change ? change.partition : undefined,
    'parent' in change ? change.parent : undefined,
  ];
  return names.flatMap((name) => name ?? []);
}
