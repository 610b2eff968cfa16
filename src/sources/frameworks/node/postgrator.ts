// The files of Postgrator: 001.do.x.sql and 001.undo.x.sql, sent as one message. Source: github.com/rickbergfalk/postgrator, postgrator.js.

import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { uncut } from '../files/cut.ts';
import { areNamed } from '../files/majority.ts';
import type { Framework, Place } from '../framework.ts';
import { nameOf } from '../files/places.ts';

const named = /^(\d+)\.(do|undo)(?:\.[^/]*)?\.sql$/i;

export const postgrator: Framework = {
  name: 'postgrator',
  title: 'Postgrator',
  leaving: 'a file of its own with this one statement',
  layout: 'flat',
  rootOf: (directory) => (areNamed(directory, named, 'most') ? directory : undefined),
  evidence: { runs: /\bpostgrator\b/ },
  transaction: () => 'batch',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: () => placeOf,
  cut: uncut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'package.json', '.postgratorrc.json'), 'number'),
};

function placeOf(path: string): Place | undefined {
  const [, version, action = ''] = named.exec(nameOf(path)) ?? [];
  if (version === undefined) return undefined;
  return { role: action.toLowerCase() === 'undo' ? 'down' : 'up', order: [BigInt(version)] };
}
