// Migrations that can't be taken back: what they lose has no way down, or their way down leads elsewhere. Both ways are replayed.

import type { History, ParsedMigration } from '../../engine/parsed-migration.ts';
import { narrate, opening } from '../../engine/narrate.ts';
import { Catalog } from '../../model/catalog.ts';
import { printName } from '../../model/names.ts';
import { opaqueIn } from '../../model/statement.ts';
import type { PlacedAct, Timeline } from '../../model/timeline.ts';
import type { Problem } from '../../parser/parser.ts';
import { asideOf } from './aside.ts';
import { schemaDifference } from './schema-difference.ts';

/** Of a migration: what takes it back, in its order; undefined where nobody can tell. */
export type WayDownOf = (migration: ParsedMigration) => readonly ParsedMigration[] | undefined;

type Scene = Pick<History, 'settings' | 'newTables' | 'version' | 'versionSource'>;

/** Hears what a history comes to; read when it is told. */
export class Irreversible {
  readonly #found: ParsedMigration[] = [];
  readonly #wayDownOf: WayDownOf;
  readonly #scene: Scene;

  constructor(wayDownOf: WayDownOf, scene: Scene) {
    this.#wayDownOf = wayDownOf;
    this.#scene = scene;
  }

  readonly hear = (migration: ParsedMigration, timeline: Timeline, behind: Catalog): void => {
    if (!migration.linted || !isWhollyRead(migration, timeline)) return;
    const back = this.#wayDownOf(migration);
    const problem = back && this.#problemOf(timeline, back, behind);
    if (problem) this.#found.push(asideOf(migration.source, [problem], migration.tool));
  };

  history(): History {
    const { settings, newTables, version, versionSource } = this.#scene;
    return { migrations: this.#found, isAside: true, start: Catalog.start('unknown'), settings, newTables, version, versionSource };
  }

  #problemOf(timeline: Timeline, back: readonly ParsedMigration[], behind: Catalog): Problem | undefined {
    const [first] = timeline.steps;
    if (first === undefined) return undefined;
    if (back.every(({ parsed }) => parsed.statements.length === 0)) return lossIn(timeline);
    let catalog = behind;
    for (const one of back) {
      const { settings, newTables, version, versionSource } = this.#scene;
      const { timeline: way, story } = narrate(one, opening(one, { catalog }, { settings, newTables }), version, versionSource);
      if (!isWhollyRead(one, way)) return undefined;
      catalog = story.catalog;
    }
    const difference = schemaDifference(first.before, catalog);
    return difference === undefined ? undefined : said(first.statement.span, `the way down does not undo this migration: behind it, ${difference}`, 'Let the way down take back all that the way up does, in the opposite order');
  }
}

/** Nothing in it may have done what is not known. */
function isWhollyRead({ parsed, runs }: ParsedMigration, { steps }: Timeline): boolean {
  return runs === 'once' && parsed.problems.every(({ rule }) => rule === 'edited-migration' || rule === 'out-of-order-migration' || rule === 'duplicate-version') && steps.every(({ statement, refusals }) => opaqueIn(statement) === undefined && statement.kind !== 'block' && refusals.length === 0);
}

/** The first thing that no way down could bring back. */
function lossIn({ acts, steps }: Timeline): Problem | undefined {
  const lost = [...(acts.get('drop-table') ?? []), ...(acts.get('drop-column') ?? []), ...(acts.get('truncate') ?? [])].toSorted((left, right) => left.change.span.start - right.change.span.start);
  const first = lost.find(isOfRows);
  if (first === undefined || steps.length === 0) return undefined;
  return said(first.step.statement.span, `this migration loses ${whatIn(first)}, and has no way down`, 'Write a way down that brings back what can be brought back, or say here why there is none');
}

/** What the same migration has made holds nothing. */
function isOfRows({ change, step, before }: PlacedAct): boolean {
  if (!('table' in change) || change.table === undefined) return false;
  const relation = before.find(change.table);
  return typeof relation !== 'string' ? relation.born === undefined || relation.born.migration !== step.before.parts.moment.migration : relation === 'unknown';
}

function whatIn({ change, before }: PlacedAct): string {
  const table = 'table' in change && change.table !== undefined ? printName(before.qualify(change.table)) : 'rows';
  return change.kind === 'drop-column' ? `the column ${change.column} of ${table}` : change.kind === 'truncate' ? `all rows of ${table}` : `the table ${table}`;
}

function said(span: Problem['span'], message: string, help: string): Problem {
  return { rule: 'irreversible-migration', span, message, help };
}
