// Encodings in which a letter may end in a byte that is a backslash elsewhere: what such a text says is not what UTF-8 says it is.
// Source: src/common/encnames.c; "Character Set Support" in PostgreSQL's documentation, those that only clients have.

import type { Problem } from './parser.ts';

export function strangeEncoding(text: string): Problem[] {
  if (!text.includes('\\') || !/[\u0080-\uffff]/.test(text)) return [];
  const match = [...text.matchAll(SETTING)].find(([, name = '']) => STRANGE.test(name.replace(/[\W_]/g, '')));
  if (match === undefined || !text.includes('\\', match.index + 1)) return [];
  return [
    {
      rule: 'not-checked',
      span: { start: match.index, end: match.index + match[0].length },
      message: `what stands behind this was read as UTF-8, and PostgreSQL reads it as ${match[1] ?? ''}, in which strings may end elsewhere`,
      help: 'Write the file in UTF-8, and leave client_encoding alone',
    },
  ];
}

const SETTING = /(?:client_encoding|\\encoding|\bset\s{1,20}names)["']?[\s=,]{1,20}(?:to\s{1,20})?'?([\w-]{1,30})/gi;
const STRANGE = /^(?:sjis|mskanji|shiftjis\w*|win932|windows932|big5|win950|windows950|gbk|win936|windows936|gb18030|uhc|win949|windows949|johab)$/i;
