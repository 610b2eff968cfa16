// The cure of migrations that come late or bear a version twice: other names, behind the newest one.

import { resolve } from 'node:path';
import type { OfferedCure, Rename } from '../../model/cure.ts';
import type { Finding } from '../../model/finding.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import type { Past } from '../../sources/migrations/past/past.ts';
import { list } from '../../text/list.ts';
import type { WithheldCure } from './fix-all.ts';

export interface Renaming {
  /** In the order in which the files are moved. */
  readonly renames: readonly Rename[];
  /** Commands of the tools that have to be run behind them. */
  readonly afterwards: readonly string[];
  /** That they cure. */
  readonly cured: readonly Finding[];
  readonly withheld: readonly WithheldCure[];
}

export const noRenaming: Renaming = { renames: [], afterwards: [], cured: [], withheld: [] };

export function isRenamed({ rule }: Pick<Finding, 'rule'>): boolean {
  return rule === 'out-of-order-migration' || rule === 'duplicate-version';
}

/** `whyKept`: why a file has to stay where it is; undefined where it need not. */
export function renamingOf(findings: readonly Finding[], pasts: readonly Past[], cwd: string, whyKept: (path: string) => string | undefined): Renaming {
  const all = pasts.map((past) => renamingIn(findings.filter((finding) => isRenamed(finding) && isOf(finding, past, cwd)), past, cwd, whyKept));
  return { renames: all.flatMap(({ renames }) => renames), afterwards: all.flatMap(({ afterwards }) => afterwards), cured: all.flatMap(({ cured }) => cured), withheld: all.flatMap(({ withheld }) => withheld) };
}

/** By the fingerprints of what they cure. */
export function offeredRenames(findings: readonly Finding[], pasts: readonly Past[], cwd: string, isOffered: (path: string) => boolean): ReadonlyMap<string, OfferedCure> {
  const { renames, cured } = renamingOf(findings.filter(({ path }) => isOffered(path)), pasts, cwd, () => undefined);
  return new Map(cured.map((finding) => [finding.fingerprint, { level: 'files', title: titleOf(finding, renames), edits: [], files: [], renames }]));
}

function titleOf({ path }: Finding, renames: readonly Rename[]): string {
  const own = renames.find(({ from }) => from === path);
  return own === undefined ? 'Rename it' : `Rename it to ${own.to}`;
}

function isOf({ path }: Finding, { facts }: Past, cwd: string): boolean {
  return facts.some(({ file }) => file === resolve(cwd, path));
}

function renamingIn(findings: readonly Finding[], past: Past, cwd: string, whyKept: (path: string) => string | undefined): Renaming {
  if (findings.length === 0) return noRenaming;
  const moved = past.moves(new Set(findings.map(({ path }) => resolve(cwd, path))));
  const withheld = (why: string): Renaming => ({ ...noRenaming, withheld: findings.map((finding) => ({ finding, why })) });
  if ('why' in moved) return withheld(moved.why);
  const renames = moved.flatMap(({ moves }) => moves.map(({ from, to }) => ({ from: displayPath(from, cwd), to: displayPath(to, cwd) })));
  const kept = renames.flatMap(({ from }) => {
    const why = whyKept(from);
    return why === undefined ? [] : [`${from} would have to get another name, but ${why}`];
  });
  const { authoring } = past.home.framework;
  return kept.length > 0 ? withheld(list(kept)) : { renames, cured: findings, withheld: [], afterwards: authoring?.afterwards === undefined ? [] : [authoring.afterwards] };
}
