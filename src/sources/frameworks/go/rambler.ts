// The files of rambler: sections that begin with `-- rambler up` or `-- rambler down`, each sent as one message.
// Source: github.com/elwinar/rambler, migration.go and service.go.

import { cutAtLines } from '../files/cut.ts';
import type { Framework } from '../framework.ts';
import { looksInside } from '../files/look-inside.ts';
import { byName } from '../files/places.ts';

const marks = /^-- rambler[ \t]+up\b/m;

export const rambler: Framework = {
  name: 'rambler',
  title: 'rambler',
  unit: 'section',
  leaving: 'a section of its own with this one statement, behind a line -- rambler up',
  layout: 'flat',
  rootOf: looksInside(marks),
  marks,
  evidence: { runs: /\belwinar\/rambler\b|\brambler\s+(?:-\S+\s+)*apply\b/, files: ['rambler.json', 'rambler.hjson'] },
  transaction: () => 'batch',
  remembers: 'name',
  places: () => byName,
  cut: (file, transaction) => {
    const { up, down } = cutAtLines(file, lines, { up: transaction, down: transaction });
    const each = (parts: typeof up): typeof up => parts.flatMap(({ spans }) => spans.map((span) => ({ spans: [span], transaction })));
    return { up: each(up), down: each(down) };
  },
};

const lines = { up: /^-- rambler[ \t]+up\b/gm, down: /^-- rambler[ \t]+down\b/gm };
