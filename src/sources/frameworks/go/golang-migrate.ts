// The files of golang-migrate: 1_x.up.sql and 1_x.down.sql, sent as one message.
// Source: github.com/golang-migrate/migrate, database/postgres/README.md.

import { inTwoFiles } from '../authoring/layouts.ts';
import type { Span } from '../../../text/span.ts';
import type { Directory } from '../../disk/directory.ts';
import { uncut } from '../files/cut.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { cutsBetween, tornBy } from '../files/torn.ts';
import { neverAgain } from '../conduct.ts';
import type { Cut, Framework, Place } from '../framework.ts';
import { isShare, migrationLike, withoutWaysDown } from '../files/majority.ts';
import { byNumberAndDirection, nameOf } from '../files/places.ts';
import { plain } from '../plain.ts';

export const golangMigrate: Framework = {
  name: 'golang-migrate',
  title: 'golang-migrate',
  leaving: 'a file of its own with this one statement',
  authoring: { outside: 'alone', sendsSingly: false, write: inTwoFiles() },
  layout: 'flat',
  rootOf,
  isKnownByNames: true,
  evidence: { runs: /\bgithub\.com\/golang-migrate\/migrate\b|\bmigrate\/migrate\b|\bmigrate\s(?:.*\s)?-{1,2}(?:path|database|source|ext)\b/ },
  /** Source: readUp() and versionExists() of its migrate.go, Append() of source/migration.go, v4.18. */
  conduct: {
    late: 'skips',
    compares: 'nothing',
    changed: neverAgain,
    gone: 'stops with "no migration found" where it is the last one that has run, and does not miss it elsewhere',
    twins: 'refuses to run with two files of one version',
  },
  transaction: (root) => (cutsStatements(root) ? 'statement' : 'batch'),
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places,
  cut: (file, transaction) => ({ ...uncut(file, transaction), ...(cutsStatements(file.root) ? cutting(file.text) : {}) }),
  settings: (root) => settingsOfParameters(scripts(root), 'whole'),
};

/** Source: Regex in its source/parse.go. */
const named = /^\d+_.*\.(?:up|down)\.[sS][qQ][lL]$/;

function rootOf(directory: Directory): Directory | undefined {
  const files = withoutWaysDown(migrationLike(directory), (name) => name.endsWith('.down.sql'));
  return isShare(files, (name) => named.test(name), 'half') ? directory : undefined;
}

function cutsStatements(root: Directory | undefined): boolean {
  return root !== undefined && /\bx-multi-statement=true\b/.test(scripts(root));
}

/** It cuts at each of them, be it in a comment or not. Source: multistmt.Parse() in database/multistmt/parse.go. */
function cutting(text: string): Pick<Cut, 'breaks' | 'unsupported'> {
  const semicolons = Array.from(text.matchAll(/;/g), ({ index }): Span => ({ start: index, end: index + 1 }));
  const unsupported = tornBy('golang-migrate', text, semicolons, 'Connect without x-multi-statement=true, so that the file is sent whole');
  return { unsupported, breaks: cutsBetween(semicolons, unsupported) };
}

/** What is called otherwise it does not run; a way down is one even so. */
function places(root: Directory, paths: readonly string[]): (path: string) => Place | undefined {
  const byPairs = plain.places(root, paths);
  return (path) => {
    if (named.test(nameOf(path))) return byNumberAndDirection(path);
    const place = byPairs(path);
    return place?.role === 'down' ? place : undefined;
  };
}

const scriptNames = ['Makefile', 'Taskfile.yml', 'justfile', 'compose.yml', 'compose.yaml', 'docker-compose.yml', 'docker-compose.yaml'];

/** Where people keep the connection string that they call it with. */
function scripts(root: Directory): string {
  return connectionTexts(root, ...scriptNames);
}
