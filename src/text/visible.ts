// Makes what a terminal or the log of a CI system would obey, or would not show, readable: SQL and names are other people's text.

/**
 * Control characters, what has no look of its own (invisible and bidirectional characters, variation selectors, tags), line separators,
 * halves of surrogate pairs, and what Unicode says is no character, which XML refuses.
 */
const NOT_SHOWN = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029]`;
/** But joiners where scripts and emoji are spelled with them, and what makes a sign an emoji. */
const NO_SPELLING = String.raw`(?<![\p{Lo}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}][\u200c\u200d]|\p{Extended_Pictographic}[\ufe0e\ufe0f]|\ufe0f(?=\u20e3))`;
/**
 * Where a line would be a command: `::error::` at its beginning for GitHub; wherever it stands, `##[error]`, `##vso[…]` and `##teamcity[…]` for
 * GitHub, Azure and TeamCity. Source: src/Runner.Common/ActionCommand.cs of actions/runner; "Logging commands" of Azure Pipelines; "Service
 * messages" of TeamCity.
 */
const BEGINNING = String.raw`:(?=:)(?<=^\s*:)`;
const MARK = String.raw`(?<=#)#(?=[A-Za-z]{0,20}\[)`;

const ESCAPED = new RegExp(`${NOT_SHOWN}${NO_SPELLING}|${BEGINNING}|${MARK}`, 'gu');
const ESCAPED_BEHIND = new RegExp(`${NOT_SHOWN}${NO_SPELLING}|${MARK}`, 'gu');
const MARKS = new RegExp(MARK, 'g');
const UNSHOWN = new RegExp(NOT_SHOWN, 'gu');
/** Most texts, of which this is quickly said. */
const PLAIN = /^(?! *::)(?!.*##)[\x20-\x7e]*$/;
const NOT_PLAIN = /[^\n\x20-\x7e]+/g;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line without a character that could move the cursor, colour the text or turn its direction: `\n`, `\x1b`, `\u{202e}`. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(ESCAPED, escaped);
}

/** Each character of it is shown as it is, and takes one column. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text);
}

/** `visible` changes nothing of it. */
export function isVisible(text: string): boolean {
  return visible(text) === text;
}

/** What is shown of each character, behind something of ours in its line: a cast may begin a line of code. */
export function visibleCharacters(text: string): readonly string[] {
  if (PLAIN.test(text)) return Array.from(text);
  const escapes = new Map(Array.from(text.matchAll(ESCAPED_BEHIND), ({ 0: character, index }) => [index, escaped(character)]));
  let offset = 0;
  return Array.from(text, (character) => {
    const shown = escapes.get(offset) ?? character;
    offset += character.length;
    return shown;
  });
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return short[character] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`);
}

/** JSON, and YAML, whose strings say the same as before: `\u202e`. */
export function visibleJson(json: string): string {
  return json.replace(NOT_PLAIN, (some) => some.replace(UNSHOWN, units)).replace(MARKS, '\\u0023');
}

function units(text: string): string {
  return Array.from({ length: text.length }, (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}
