// Names of the same length that stand for placeholders while the grammar reads a text, and the way back from them.

export class StandIns {
  /** In small letters, as PostgreSQL reads names. */
  readonly #text: string;
  /** By placeholder: equal ones are equal names. */
  readonly #names = new Map<string, string>();
  #tried = 0;
  #wayBack: WayBack | undefined;

  /** `text`: none of them stands in it. */
  constructor(text: string) {
    this.#text = text.toLowerCase();
  }

  /** As long as the placeholder, its line breaks where they were; the placeholder itself where no name is left for it. */
  for(placeholder: string): string {
    const [, quote = ''] = /^:(['"])/.exec(placeholder) ?? [];
    const [line = ''] = placeholder.split(/[\n\r]/);
    const name = this.#names.get(placeholder) ?? this.#newName(line.length - 2 * quote.length);
    if (name === undefined) return placeholder;
    this.#names.set(placeholder, name);
    this.#wayBack = undefined;
    return quote + name + quote + placeholder.slice(line.length).replace(/[^\n\r]/g, ' ');
  }

  /** With the placeholders in place of their names. */
  written(read: string): string {
    if (this.#names.size === 0) return read;
    const { pattern, placeholders } = (this.#wayBack ??= wayBackFrom(this.#names));
    const written = read.replace(pattern, (name) => placeholders.get(name) ?? name);
    return read.length < LONGEST ? written : withWholeEnd(written, placeholders);
  }

  #newName(length: number): string | undefined {
    const taken = new Set(this.#names.values());
    for (let left = TRIES; left > 0 && taken.size < MOST; left -= 1) {
      const name = nameOf(this.#tried, length);
      this.#tried += 1;
      if (name !== undefined && !taken.has(name) && !this.#text.includes(name)) return name;
    }
    return undefined;
  }
}

/** More different placeholders than anybody has in a file. */
const MOST = 1000;
const TRIES = 300;

/** What PostgreSQL cuts names to, in bytes: of a name that is as long, the end may be missing. */
const LONGEST = 63;

/** `zx0___` of six; of two, a rare letter and a digit. No keyword is like that. */
function nameOf(number: number, length: number): string | undefined {
  const digits = number.toString(36);
  if (length >= 3 + digits.length) return `zx${digits}_`.padEnd(length, '_');
  const letter = LETTERS.charAt(number % LETTERS.length);
  const name = letter + (Math.floor(number / LETTERS.length) % 10 ** (length - 1)).toString().padStart(length - 1, '0');
  return name.length === length && length > 1 ? name : undefined;
}

const LETTERS = 'zxqjvkwyghpbfmuldcntrosiea';

interface WayBack {
  readonly pattern: RegExp;
  /** By name, in one line. */
  readonly placeholders: ReadonlyMap<string, string>;
}

function wayBackFrom(names: ReadonlyMap<string, string>): WayBack {
  const placeholders = new Map(Array.from(names, ([placeholder, name]) => [name, placeholder.replace(/\s+/g, ' ')]));
  const longestFirst = [...placeholders.keys()].toSorted((left, right) => right.length - left.length);
  return { pattern: new RegExp(longestFirst.join('|'), 'g'), placeholders };
}

/** With the placeholder whose name was cut at the end. */
function withWholeEnd(name: string, placeholders: ReadonlyMap<string, string>): string {
  const start = name.lastIndexOf('zx');
  const rest = name.slice(start);
  const cut = start < 0 ? undefined : [...placeholders].find(([whole]) => whole.startsWith(rest));
  return cut === undefined ? name : name.slice(0, start) + cut[1];
}
