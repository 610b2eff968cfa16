// SQL files that people run themselves, with psql or a script.

import { uncut } from './files/cut.ts';
import type { Framework } from './framework.ts';

export const plain: Framework = {
  name: 'plain',
  title: 'Plain SQL',
  layout: 'nested',
  rootOf: (directory) => directory,
  transaction: () => 'statement',
  places: () => () => undefined,
  cut: uncut,
};
