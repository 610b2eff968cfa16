// The files of goose: `-- +goose Up` and `-- +goose Down` in one file. Source: pressly.github.io/goose/documentation/annotations.

import { inOneFile } from '../authoring/layouts.ts';
import { lineAtHead } from '../authoring/marks.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import { dialectOf, type Dialect } from '../../../model/dialect.ts';
import { refused } from '../files/refused.ts';
import { tornBy } from '../files/torn.ts';
import { knownByMark } from '../files/look-inside.ts';
import { byNumber } from '../files/places.ts';
import { neverAgain, notMissed } from '../conduct.ts';
import { isSaid } from '../evidence.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { readAnnotations } from './goose-annotations.ts';

const around = { open: '-- +goose StatementBegin', close: '-- +goose StatementEnd' };

export const goose: Framework = {
  name: 'goose',
  title: 'goose',
  dialect,
  leaving: 'a file of its own that says -- +goose NO TRANSACTION',
  authoring: {
    outside: 'marked',
    sendsSingly: true,
    around,
    mark: lineAtHead('-- +goose NO TRANSACTION'),
    write: inOneFile({ up: ['-- +goose Up'], outside: ['-- +goose NO TRANSACTION', '-- +goose Up'], down: ['-- +goose Down'], around }),
  },
  layout: 'flat',
  ...knownByMark(/^[ \t]*--[ \t-]*\+goose[ \t]+up\b/im),
  evidence: { runs: /\bgithub\.com\/pressly\/goose\b|\bgoose\s+(?:-\S+\s+|\S+\s+){0,6}(?:up|up-to|up-by-one|status|create)\b/ },
  /** Source: UpVersions() of internal/gooseutil/resolve.go and collectFilesystemSources() of provider_collect.go, v3.24. */
  conduct: {
    late: 'refuses',
    lateIn: (root) => (isSaid(/\bgoose\b.*\s-{1,2}allow-missing\b|\bgoose\.WithAllow(?:OutofOrder|Missing)\b/, root) ? 'runs' : undefined),
    unless: 'it is run with -allow-missing',
    compares: 'nothing',
    changed: neverAgain,
    gone: notMissed,
    twins: 'stops at two files of one version',
  },
  transaction: () => 'file',
  remembers: 'number',
  places: () => byNumber,
  cut,
  stopsAtByteOrderMark: () => true,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'Makefile'), 'whole'),
};

function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const read = readAnnotations(file.text);
  if (read.kind === 'refused') return refused(file, transaction, read.refusal);
  const mode = read.isWithoutTransaction ? 'statement' : transaction;
  const end = file.text.length;
  return {
    up: [{ spans: [{ start: 0, end: read.down ?? end }], transaction: mode }],
    down: read.down === undefined ? [] : [{ spans: [{ start: read.down, end }], transaction: mode }],
    dropped: read.dropped,
    unsupported: tornBy('goose', file.text, read.cuts, 'Put the whole statement between -- +goose StatementBegin and -- +goose StatementEnd'),
    ...(read.refusal ? { refusal: read.refusal } : {}),
  };
}

/** Variables of the environment are filled in where the file asks for it. Source: pressly.github.io/goose, "Environment variable substitution". */
function dialect({ text }: SqlFile): Dialect {
  return dialectOf('goose', /^[ \t]*--[ \t]*\+goose[ \t]+envsub[ \t]+on\b/im.test(text) ? ['brace', 'word'] : []);
}
