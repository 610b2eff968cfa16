// Each migration of a project as though it were the new one, with what would be written in its place.

import { resolve } from 'node:path';
import { lint, type Examined } from '../../src/engine/lint.ts';
import type { ParsedMigration } from '../../src/engine/parsed-migration.ts';
import type { CureLevel } from '../../src/model/cure.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Rule } from '../../src/model/rule.ts';
import type { PostgresVersion } from '../../src/model/version.ts';
import { manuscriptOf, type Checked, type Manuscript } from '../../src/project/cures/documents.ts';
import { fixAll, type Fixed } from '../../src/project/cures/fix-all.ts';
import type { Workshop } from '../../src/project/cures/workshop.ts';
import { judgementOf } from '../../src/project/judgement.ts';
import { run } from '../../src/project/run.ts';

export interface Case {
  readonly path: string;
  /** As they stand in the file. */
  readonly given: readonly ParsedMigration[];
  readonly found: readonly Finding[];
  /** By what needs nobody to agree. */
  readonly safe: Written;
  /** By all that can be written. */
  readonly all: Written;
}

export interface Written {
  readonly fixed: Fixed;
  readonly migrations: readonly ParsedMigration[];
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** By histories, oldest migration first. `most`: of each history. */
export async function casesIn(path: string, version: PostgresVersion, rules: readonly Rule[], most: number): Promise<readonly (readonly Case[])[]> {
  const options = { cwd: resolve(path), config: undefined, postgres: version, rules: {}, baseline: false };
  const done = await run(['.'], options, rules, (histories, site, workshops) =>
    histories.flatMap((history) => {
      const workshop = workshops.get(history);
      if (workshop === undefined) return [];
      const told: Examined[] = [];
      const judgement = judgementOf(site.settings);
      lint([history], judgement, (one) => told.push(one));
      const manuscript = manuscriptOf(told, workshop, judgement);
      return [manuscript.checked.slice(0, most).map((checked, index) => caseOf(checked, without(manuscript, index)))];
    }),
  );
  return done.result;
}

/** As it was before the migrations behind were written. */
function without({ workshop, checked, ...manuscript }: Manuscript, index: number): Manuscript {
  const stems = new Set(checked.slice(index + 1).map(({ document }) => stemOf(document.place)));
  const isThere = (path: string): boolean => !stems.has(stemOf(path));
  const paths = workshop.paths().filter(isThere);
  const old: Workshop = { ...workshop, paths: () => paths, ordered: (all, root) => workshop.ordered(all, root).filter(isThere) };
  return { ...manuscript, workshop: old, checked: checked.slice(index, index + 1) };
}

/** What a migration and its way down have in common. */
function stemOf(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return /^(?:up|down|migration|metadata)\b/i.test(file) ? path.slice(0, path.lastIndexOf('/')) : path.replace(/\.(?:up|down|do|undo)?\.?sql$/i, '');
}

function caseOf({ document, examined }: Checked, manuscript: Manuscript): Case {
  const found = examined.flatMap((one) => one.found.flatMap(({ finding, suppression }) => (suppression === undefined ? [finding] : [])));
  const given = examined.map(({ migration }) => migration);
  return { path: document.path, given, found, safe: written(manuscript, new Set(['safe', 'files'])), all: written(manuscript, new Set(['safe', 'files', 'unsafe'])) };
}

function written(manuscript: Manuscript, levels: ReadonlySet<CureLevel>): Written {
  const fixed = fixAll(manuscript, { levels, isWanted: () => true, mayEdit: () => true });
  const { checked } = fixed.manuscript;
  return {
    fixed,
    migrations: checked.flatMap(({ examined }) => examined.map(({ migration }) => migration)),
    files: checked.map(({ document: { path, text } }) => ({ path, text })),
  };
}
