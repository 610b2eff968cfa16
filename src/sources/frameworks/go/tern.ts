// The files of tern: 001_x.sql, with the way down behind `---- create above / drop below ----`.
// Source: github.com/jackc/tern, LoadMigrations() and disableTxPattern in migrate/migrate.go, v2.

import { inOneFile } from '../authoring/layouts.ts';
import { lineAtHead } from '../authoring/marks.ts';
import { dialectOf } from '../../../model/dialect.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import type { Directory } from '../../disk/directory.ts';
import { knownByMark } from '../files/look-inside.ts';
import { areNamed } from '../files/majority.ts';
import { byNumber } from '../files/places.ts';
import { refused, wholeRefusal } from '../files/refused.ts';
import { neverAgain } from '../conduct.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { goTrim } from './lines.ts';

const marked = knownByMark(/---- create above \/ drop below ----|^---- tern: disable-tx ----$/m);

export const tern: Framework = {
  name: 'tern',
  title: 'tern',
  dialect: () => dialectOf('tern', ['go']),
  leaving: 'a file of its own that says ---- tern: disable-tx ----',
  authoring: {
    outside: 'marked',
    sendsSingly: true,
    mark: lineAtHead('---- tern: disable-tx ----'),
    write: inOneFile({ outside: ['---- tern: disable-tx ----'], down: ['---- create above / drop below ----'], downOutside: ['---- create above / drop below ----', '---- tern: disable-tx ----'] }),
  },
  layout: 'flat',
  ...marked,
  rootOf: (directory) => (directory.sqlFiles.length > 0 && directory.has('tern.conf') ? directory : marked.rootOf(directory)),
  evidence: { runs: /\bgithub\.com\/jackc\/tern\b|\btern\s+migrate\b/, files: ['tern.conf'] },
  rootIfRun: (directory: Directory) => (areNamed(directory, /^\d+_.*\.sql$/i, 'half') ? directory : undefined),
  /** Source: FindMigrations() and MigrateTo() of migrate/migrate.go, v2. */
  conduct: {
    late: undefined,
    compares: 'nothing',
    changed: neverAgain,
    gone: 'refuses to run, because a number is missing, or runs the one behind it under its number',
    twins: 'refuses to run with two files of one number',
  },
  transaction: () => 'file',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: () => byNumber,
  cut,
};

const border = '---- create above / drop below ----';

/** The first border cuts the text wherever it stands, in a string and in the middle of a line too. */
function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const { text } = file;
  const at = text.indexOf(border);
  const end = at < 0 ? text.length : at;
  if (!holdsSql(text.slice(0, end))) return refused(file, transaction, wholeRefusal(text, 'nothing to run stands above its border'));
  const modeOf = (part: string): TransactionMode => (/(?<![^\n])---- tern: disable-tx ----(?![^\n])/.test(goTrim(part)) ? 'statement' : transaction);
  return {
    up: [{ spans: [{ start: 0, end }], transaction: modeOf(text.slice(0, end)) }],
    down: at < 0 ? [] : [{ spans: [{ start: at + border.length, end: text.length }], transaction: modeOf(text.slice(at + border.length)) }],
  };
}

function holdsSql(text: string): boolean {
  return text.split('\n').map(goTrim).some((line) => line !== '' && !line.startsWith('--'));
}
