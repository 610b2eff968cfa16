// The files of tern: 001_x.sql, with the way down below `---- create above / drop below ----`. Source: github.com/jackc/tern.

import { dialectOf } from '../../../model/dialect.ts';
import { cutAtLines } from '../files/cut.ts';
import type { Framework } from '../framework.ts';
import { hasMark } from '../files/look-inside.ts';
import { areMostlyNamed } from '../files/majority.ts';
import { byNumber } from '../files/places.ts';

const marks = /^---- (?:create above \/ drop below|tern: disable-tx) ----/m;

export const tern: Framework = {
  name: 'tern',
  title: 'tern',
  dialect: () => dialectOf('tern', ['go']),
  leaving: 'a file of its own that says ---- tern: disable-tx ----',
  layout: 'flat',
  rootOf: (directory) => {
    const isUsed = directory.sqlFiles.length > 0 && (directory.has('tern.conf') || hasMark(directory, marks));
    return isUsed ? directory : undefined;
  },
  marks,
  evidence: { runs: /\bgithub\.com\/jackc\/tern\b|\btern\s+migrate\b/, files: ['tern.conf'] },
  rootIfRun: (directory) => (areMostlyNamed(directory, /^\d+_.*\.sql$/i) ? directory : undefined),
  transaction: () => 'file',
  remembers: 'number',
  places: () => byNumber,
  cut: (file, transaction) => {
    const mode = /^---- tern: disable-tx ----/m.test(file.text) ? 'statement' : transaction;
    return cutAtLines(file, { down: /^---- create above \/ drop below ----/gm }, { up: mode, down: mode });
  },
};
