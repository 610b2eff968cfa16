// From the settings of a run to what the engine lints with.

import type { Judgement } from '../engine/lint.ts';
import { unknownSizes, type TableSizes } from '../model/table-sizes.ts';
import type { RunSettings } from './settings/settings.ts';

export interface JudgementParts {
  /** Absolute, with forward slashes, for the path of a report. */
  readonly fileOf: (path: string) => string;
  readonly identify: (path: string) => string;
  readonly baseline: ReadonlySet<string>;
  readonly tables: TableSizes;
}

/** For texts that lie nowhere. */
const bare: JudgementParts = { fileOf: (path) => path, identify: (path) => path, baseline: new Set(), tables: unknownSizes };

export function judgementOf({ stated, rulingOn }: RunSettings, { fileOf, ...parts }: JudgementParts = bare): Judgement {
  return {
    stated: stated(),
    rulingOn: ({ source, direction, parts }) => rulingOn(fileOf(source.fileAt(parts[0]?.spans[0]?.start ?? 0).path), direction === 'up' ? 'up' : 'down'),
    ...parts,
  };
}
