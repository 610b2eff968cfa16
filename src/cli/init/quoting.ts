// Other people's names in what init writes: a word of a shell, a value of YAML.

import { isVisible, visibleJson } from '../../text/visible.ts';

/** One word for a POSIX shell, in which nothing is run; what is not shown is written in octal numbers. */
export function shellWord(text: string): string {
  if (isVisible(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const octal = Array.from(Buffer.from(text), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  return `"$(printf '${octal}')"`;
}

/** What means the same text wherever it stands as a value. */
export function yamlText(text: string): string {
  return /^[A-Za-z_.][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|~|\.+)$/i.test(text) ? text : visibleJson(JSON.stringify(text));
}
