// JSON for other programs, which a terminal can bear as well.

import { visibleJson } from '../text/visible.ts';

/** With line breaks. A program reads the same strings, whatever is escaped in them. */
export function printJson(value: object): string {
  return `${visibleJson(JSON.stringify(value, undefined, 2))}\n`;
}
