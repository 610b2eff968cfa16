// Where in the text of a configuration a key stands.

import { LineCounter } from 'yaml';
import { boundedYaml } from './bounded-yaml.ts';
import { offsetOf } from './yaml-position.ts';

/** 1-based: of the last of the keys that is there; the first line where none is. */
export function lineOf(text: string, keys: readonly (string | number)[]): number {
  const lines = new LineCounter();
  const read = boundedYaml(text, lines);
  if (read.kind === 'refused') return 1;
  const path = keys.map((key, index) => ({ key, origin: index === keys.length - 1 && typeof key === 'string' ? 'key' : 'value' }));
  return lines.linePos(offsetOf(read.document, path)).line;
}
