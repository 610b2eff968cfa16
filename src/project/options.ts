// What a caller of the project may say beside the configuration.

import type { CheckpointPlace } from './reading/checkpoints.ts';
import type { Recording } from '../record/recording.ts';
import type { Overrides } from './settings/settings.ts';

/** All of it, or more than `most` bytes of it: it may never end. */
export type ReadInput = (most: number) => Promise<Buffer>;

export interface WorkspaceOptions extends Overrides {
  readonly cwd: string;
  /** A configuration file; else the one that is found from where the run begins. */
  readonly config?: string | undefined;
  /** False: named files stand alone. */
  readonly history?: boolean | undefined;
  /** Only what is new since a commit, or staged, is linted. */
  readonly since?: string | undefined;
  readonly staged?: boolean | undefined;
  /** The configuration, the baseline and the sizes of tables are those of that commit. */
  readonly configFromBase?: boolean | undefined;
  /** False: what the baseline knows is reported too. */
  readonly baseline?: boolean | undefined;
  /** What `start-after` calls deployed is looked at too. */
  readonly withDeployed?: boolean | undefined;
  /** What `-` stands for, and under which path it is reported. */
  readonly stdin?: { readonly read: ReadInput; readonly path: string | undefined } | undefined;
  /** Where to keep what histories have come to; nowhere if it is left out. */
  readonly checkpoints?: CheckpointPlace | undefined;
  /** What a migration command has sent: it is linted in the place of files. */
  readonly recording?: Recording | undefined;
  /** After each file, history included. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}
