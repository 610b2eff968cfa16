// Runs the migration command of a client's project under `pgmigrate-lint record`, in a copy of the project.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { readRecording } from '../../src/record/read-recording.ts';
import type { Recording } from '../../src/record/recording.ts';
import type { Client } from './clients.ts';
import { installed } from './install.ts';

/** `folder`: an empty one, in which the project lies behind it. Throws with what the command printed where it fails. */
export function play({ name, command, from }: Client, folder: string): Recording {
  const project = join('fixtures/clients', name);
  cpSync(project, folder, { recursive: true });
  // Where the history of a repository begins.
  mkdirSync(join(folder, '.git'));
  const modules = join(folder, 'node_modules');
  if (from === 'npm') symlinkSync(installed(project), modules, 'junction');
  const sent = join(folder, '.git/sent.json');
  const path = [join(modules, '.bin'), process.env['PATH']].join(delimiter);
  const { status, stderr } = spawnSync(process.execPath, [resolve('dist/bin.cjs'), 'record', '--format', 'unix', '--out', sent, '--', ...command], { cwd: folder, encoding: 'utf8', env: { ...process.env, PATH: path } });
  if (status !== 0 && status !== 1) throw new Error(`record exited ${status}\n${stderr}`);
  const recording = readRecording(readFileSync(sent, 'utf8'));
  if (recording === undefined) throw new Error(`what record --out wrote is no recording\n${stderr}`);
  return recording;
}
