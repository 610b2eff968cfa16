// The files of dbmate: `-- migrate:up` and `-- migrate:down` in one file. Source: github.com/amacneil/dbmate#migration-options.

import type { TransactionMode } from '../../../model/migration.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { cutAtLines } from '../files/cut.ts';
import type { Cut, Framework, SqlFile } from '../framework.ts';
import { looksInside } from '../files/look-inside.ts';
import { byName } from '../files/places.ts';

const marks = /^[ \t]*--[ \t]*migrate:up\b/m;

export const dbmate: Framework = {
  name: 'dbmate',
  title: 'dbmate',
  leaving: 'a file of its own that says -- migrate:up transaction:false',
  layout: 'flat',
  rootOf: looksInside(marks),
  marks,
  evidence: { runs: /\bamacneil\/dbmate\b|\bdbmate\s+(?:-\S+\s+|\S+\s+){0,6}(?:up|migrate|wait|new|status)\b|"dbmate"/ },
  transaction: () => 'file',
  remembers: 'number',
  places: () => byName,
  cut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'Makefile'), 'whole'),
};

const lines = { up: /^[ \t]*--[ \t]*migrate:up\b/gm, down: /^[ \t]*--[ \t]*migrate:down\b/gm };

function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const modeOf = (direction: string): TransactionMode => {
    const line = new RegExp(`^[ \\t]*--[ \\t]*migrate:${direction}\\b[^\\n\\r]*\\btransaction:[ \\t]*false\\b`, 'm');
    return line.test(file.text) ? 'batch' : transaction;
  };
  return cutAtLines(file, lines, { up: modeOf('up'), down: modeOf('down') });
}
