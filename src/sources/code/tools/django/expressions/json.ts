// Values as `json.dumps()` of Python writes them.

import { plainText, type Value } from '../../../tree/value.ts';

/** Undefined for what only a run knows. */
export function jsonOf(value: Value): string | undefined {
  const text = plainText(value);
  if (text !== undefined) return asciiText(text);
  if (value.kind === 'constant') return value.value === null ? 'null' : String(value.value);
  if (value.kind === 'list') return joined(value.items.map(jsonOf), '[', ']');
  if (value.kind !== 'record' || !value.isWhole) return undefined;
  return joined(
    Array.from(value.entries, ([key, entry]) => {
      const json = jsonOf(entry);
      return json === undefined ? undefined : `${asciiText(key)}: ${json}`;
    }),
    '{',
    '}',
  );
}

function joined(parts: readonly (string | undefined)[], open: string, close: string): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(', ')}${close}`;
}

function asciiText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
