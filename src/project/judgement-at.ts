// What a run over files lints with: its settings, its baseline, and how large its tables are.

import { resolve } from 'node:path';
import type { KnownFinding } from '../config/baseline.ts';
import type { Judgement } from '../engine/lint.ts';
import { toSlashes } from '../sources/disk/expand.ts';
import { judgementOf } from './judgement.ts';
import { baselinePath, readBaseline } from './known-findings.ts';
import { tableSizesOf } from './settings/table-sizes-of.ts';
import type { Site } from './site.ts';

export function judgementAt({ settings, configuration, options: { cwd } }: Site, known: readonly KnownFinding[]): Judgement {
  const { directory } = configuration;
  return judgementOf(settings, {
    fileOf: (path) => toSlashes(resolve(cwd, path)),
    identify: (path) => baselinePath(path, { directory, cwd }),
    baseline: new Set(known.map(({ fingerprint }) => fingerprint)),
    tables: tableSizesOf(configuration, cwd),
  });
}

/** What the baseline of the project holds; nothing where nobody wants it. */
export async function knownAt({ options: { baseline, cwd }, configuration: { directory, files } }: Site): Promise<readonly KnownFinding[]> {
  return baseline === false ? [] : readBaseline({ cwd, directory }, files);
}
