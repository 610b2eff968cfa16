// The files of golang-migrate: 1_x.up.sql and 1_x.down.sql, sent as one message.
// Source: github.com/golang-migrate/migrate, database/postgres/README.md.

import type { Directory } from '../disk/directory.ts';
import { uncut } from './files/cut.ts';
import { connectionTexts, settingsOfParameters } from './settings/connection-settings.ts';
import type { Framework } from './framework.ts';
import { areMostlyNamed } from './files/majority.ts';
import { byNumber } from './files/places.ts';

export const golangMigrate: Framework = {
  name: 'golang-migrate',
  title: 'golang-migrate',
  leaving: 'a file of its own with this one statement',
  layout: 'flat',
  rootOf: (directory) => (areMostlyNamed(directory, /\.(?:up|down)\.sql$/i) ? directory : undefined),
  isKnownByNames: true,
  evidence: { runs: /\bgithub\.com\/golang-migrate\/migrate\b|\bmigrate\/migrate\b|\bmigrate\s(?:.*\s)?-{1,2}(?:path|database|source|ext)\b/ },
  transaction: (root) => (root && /\bx-multi-statement=true\b/.test(scripts(root)) ? 'statement' : 'batch'),
  places: () => byNumber,
  cut: uncut,
  settings: (root) => settingsOfParameters(scripts(root), 'whole'),
};

const scriptNames = ['Makefile', 'Taskfile.yml', 'justfile', 'compose.yml', 'compose.yaml', 'docker-compose.yml', 'docker-compose.yaml'];

/** Where people keep the connection string that they call it with. */
function scripts(root: Directory): string {
  return connectionTexts(root, ...scriptNames);
}
