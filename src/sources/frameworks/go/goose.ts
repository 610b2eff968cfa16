// The files of goose: `-- +goose Up` and `-- +goose Down` in one file. Source: pressly.github.io/goose/documentation/annotations.

import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { cutAtLines } from '../files/cut.ts';
import { looksInside } from '../files/look-inside.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import { dialectOf, type Dialect } from '../../../model/dialect.ts';
import { byNumber } from '../files/places.ts';

const marks = /^[ \t]*--[ \t]*\+goose[ \t]+up\b/im;

export const goose: Framework = {
  name: 'goose',
  title: 'goose',
  dialect,
  leaving: 'a file of its own that says -- +goose NO TRANSACTION',
  layout: 'flat',
  rootOf: looksInside(marks),
  marks,
  evidence: { runs: /\bgithub\.com\/pressly\/goose\b|\bgoose\s+(?:-\S+\s+|\S+\s+){0,6}(?:up|up-to|up-by-one|status|create)\b/ },
  transaction: () => 'file',
  remembers: 'number',
  places: () => byNumber,
  cut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'Makefile'), 'whole'),
};

const lines = { up: /^[ \t]*--[ \t]*\+goose[ \t]+up\b/gim, down: /^[ \t]*--[ \t]*\+goose[ \t]+down\b/gim };

function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const isWithout = /^[ \t]*--[ \t]*\+goose[ \t]+no[ \t]+transaction\b/im.test(file.text);
  const mode = isWithout ? 'statement' : transaction;
  return cutAtLines(file, lines, { up: mode, down: mode });
}

/** Variables of the environment are filled in where the file asks for it. Source: pressly.github.io/goose, "Environment variable substitution". */
function dialect({ text }: SqlFile): Dialect {
  return dialectOf('goose', /^[ \t]*--[ \t]*\+goose[ \t]+envsub[ \t]+on\b/im.test(text) ? ['brace', 'word'] : []);
}
