// The baseline of a project: what is in it, what is gone from it, and what it is to be.

import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { KnownFinding } from '../config/baseline.ts';
import type { Finding } from '../model/finding.ts';
import { whole } from '../engine/whole.ts';
import type { Report } from '../model/report.ts';
import type { Run } from './run.ts';
import { toSlashes } from '../sources/disk/expand.ts';
import { baselineName } from '../sources/find-config.ts';
import { displayPath } from '../sources/disk/display-path.ts';
import { isInside } from '../sources/disk/inside.ts';
import { filesOnDisk, type OwnFiles } from '../sources/disk/own-files.ts';
import { repositoryRoot } from '../sources/disk/repository-path.ts';
import { UserError } from '../model/user-error.ts';

/** Where the baseline lies, and where paths of reports start. Both are absolute. */
export interface BaselinePlace {
  readonly directory: string;
  readonly cwd: string;
}

export function baselineFile({ directory }: Pick<BaselinePlace, 'directory'>): string {
  return resolve(directory, baselineName);
}

/** Empty where there is none. Throws a `UserError` for one that is broken. */
export async function readBaseline(place: BaselinePlace, files: OwnFiles = filesOnDisk): Promise<readonly KnownFinding[]> {
  const file = baselineFile(place);
  const name = displayPath(file, place.cwd);
  const { directory } = place;
  if (!files.isThere(file)) return [];
  if (!isInside(file, [repositoryRoot(directory) ?? directory])) throw new UserError(`the baseline "${name}" is a link that leads out of the repository, and is not read`);
  const { parseBaseline } = await import('../config/read-baseline.ts');
  return parseBaseline(files.read(file, name), name);
}

/** The path of a report as the baseline has it: the same wherever the run was started. */
export function baselinePath(path: string, { directory, cwd }: BaselinePlace): string {
  return toSlashes(relative(directory, resolve(cwd, path)));
}

/** Known findings of the linted texts that are not there any more. */
export function goneFrom(known: readonly KnownFinding[], { findings, suppressed, besideNew = [] }: Report, linted: ReadonlySet<string>): KnownFinding[] {
  const found = new Set([...findings, ...suppressed.map(({ finding }) => finding), ...besideNew].map(({ fingerprint }) => fingerprint));
  return known.filter(({ path, fingerprint }) => linted.has(path) && !found.has(fingerprint));
}

export function goneNotes(gone: readonly KnownFinding[]): string[] {
  if (gone.length === 0) return [];
  const subject = gone.length === 1 ? '1 finding of the baseline is' : `${gone.length} findings of the baseline are`;
  return [`${subject} gone; \`pgmigrate-lint baseline --prune\` takes ${gone.length === 1 ? 'it' : 'them'} out`];
}

/** Of a run without a baseline. */
export interface Inventory extends BaselinePlace {
  readonly report: Report;
  /** Paths of the linted texts as the baseline has them. */
  readonly linted: ReadonlySet<string>;
  /** All of the project was linted, so that nothing is known of what was not. */
  readonly isWhole: boolean;
}

/** `isWhole`: all of the project was linted. Throws a `RuleError` where a rule failed. */
export function inventoryOf({ directory, result, sources }: Run<Report>, cwd: string, isWhole: boolean): Inventory {
  const place = { directory, cwd };
  return { ...place, report: whole(result), linted: new Set(Array.from(sources.keys(), (path) => baselinePath(path, place))), isWhole };
}

/** What is found now, and what is known of files that were not linted. */
export function renewed(known: readonly KnownFinding[], inventory: Inventory): KnownFinding[] {
  return [...elsewhere(known, inventory), ...foundAgain(known, inventory, inventory.report.besideNew ?? []), ...foundIn(inventory)];
}

/** Without what is gone, and without anything new. */
export function pruned(known: readonly KnownFinding[], inventory: Inventory): KnownFinding[] {
  const { findings, besideNew = [] } = inventory.report;
  return [...elsewhere(known, inventory), ...foundAgain(known, inventory, [...findings, ...besideNew])];
}

function foundAgain(known: readonly KnownFinding[], { linted }: Inventory, findings: readonly Finding[]): KnownFinding[] {
  const found = new Set(findings.map(({ fingerprint }) => fingerprint));
  return known.filter(({ path, fingerprint }) => linted.has(path) && found.has(fingerprint));
}

function elsewhere(known: readonly KnownFinding[], { linted, isWhole, directory }: Inventory): KnownFinding[] {
  return isWhole ? [] : known.filter(({ path }) => !linted.has(path) && existsSync(resolve(directory, path)));
}

function foundIn(inventory: Inventory): KnownFinding[] {
  return inventory.report.findings.map(({ path, rule, message, fingerprint }) => ({
    path: baselinePath(path, inventory),
    rule,
    message,
    fingerprint,
  }));
}
