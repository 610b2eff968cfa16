// How many columns of a terminal a text takes.
// Source: East Asian Width (Unicode Standard Annex #11), and the general categories Mn, Me and Cf for what takes none.

const WIDE = new RegExp(
  '[\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\u33ff\\u3400-\\u4dbf\\u4e00-\\ua4cf\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff' +
    '\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6\\u{17000}-\\u{18cff}\\u{1b000}-\\u{1b2ff}\\u{20000}-\\u{3fffd}' +
    '\\p{Emoji_Presentation}]',
  'u',
);
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
const ONLY_ASCII = /^[\x20-\x7e]*$/;

/** Columns of a text without control characters: two for a wide character, none for a combining mark. */
export function displayWidth(text: string): number {
  if (ONLY_ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  if (NO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
