// Migrations that another one includes: they run where it says, so they are told there and nowhere else.

import { mayInclude, withIncludes } from '../../sources/includes/included-text.ts';
import type { MigrationFile } from '../../sources/migrations/migration-history.ts';
import { includeSite, textOf, type ChosenHistory, type Texts } from './chosen-history.ts';

/** Only of files that nobody runs but psql; the others are run by their tool. */
export function withoutIncluded(histories: readonly ChosenHistory[], texts: Texts): ChosenHistory[] {
  const own = new Map(histories.filter(isOfPsql).flatMap(({ files }) => files.map((one) => [one.file, one] as const)));
  const gone = new Set<string>();
  const standing = new Map<string, ReadonlyMap<string, boolean>>();
  for (const history of histories.filter(isOfPsql)) {
    for (const one of history.files) {
      const included = gone.has(one.file) || one.code ? [] : includedBy(one, history, own, texts).filter(({ file }) => file !== one.file && !gone.has(file));
      if (included.length === 0) continue;
      for (const { file } of included) gone.add(file);
      standing.set(one.file, new Map(included.map((other) => [other.file, isLinted(other, one)])));
    }
  }
  if (gone.size === 0) return [...histories];
  const left = histories.map((history) => ({ ...history, files: history.files.flatMap((one) => (gone.has(one.file) ? [] : [withStanding(one, standing)])) }));
  return left.filter(({ files }, index) => files.length > 0 || histories[index]?.files.length === 0);
}

function isOfPsql({ framework }: ChosenHistory): boolean {
  return framework.name === 'plain';
}

function withStanding(one: MigrationFile, standing: ReadonlyMap<string, ReadonlyMap<string, boolean>>): MigrationFile {
  const files = standing.get(one.file);
  if (files === undefined) return one;
  return { ...one, standsFor: { files, isLinted: one.linted }, linted: one.linted || [...files.values()].includes(true) };
}

/** Who names a script means what it includes; who asks what is new, only that. */
function isLinted({ linted, isDeployed, isNew }: MigrationFile, master: MigrationFile): boolean {
  return linted || (master.linted && !isDeployed && isNew);
}

function includedBy({ file, path }: MigrationFile, { root }: ChosenHistory, own: ReadonlyMap<string, MigrationFile>, texts: Texts): MigrationFile[] {
  const read = textOf(file, texts);
  if (!mayInclude(read.text)) return [];
  const found = new Set<string>();
  const site = includeSite(texts, root.path);
  withIncludes(read, file, path, { ...site, read: (one) => (found.add(one), textOf(one, texts)) });
  return [...found].flatMap((one) => own.get(one) ?? []);
}
