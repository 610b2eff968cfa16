// Strings where standard_conforming_strings is off: a backslash in them is the beginning of an escape, which no grammar of ours knows. They
// are written anew in the same length, as strings that mean the same where it is on.

import type { Dialect } from '../model/dialect.ts';
import type { Span } from '../text/span.ts';
import { escapedStringAt, sqlTokens, type Token } from '../text/sql-tokens.ts';
import type { Problem } from './parser.ts';

export interface WithoutBackslashes {
  /** As long as the original. */
  readonly text: string;
  readonly problems: readonly Problem[];
}

export function withoutBackslashes(text: string, dialect: Dialect): WithoutBackslashes {
  return /standard_conforming_strings/i.test(text) ? new Rewriting(text, dialect).read() : { text, problems: [] };
}

/** `either`: only a run tells. */
type Mode = 'on' | 'off' | 'either';

class Rewriting {
  readonly #text: string;
  readonly #dialect: Dialect;
  readonly #problems: Problem[] = [];
  #written = '';
  #mode: Mode = 'on';
  /** psql cuts a line as the setting is where the line begins. */
  #since = 0;
  /** Of the statement that turned it off for all that comes. */
  #turnedOff: Span | undefined;

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  read(): WithoutBackslashes {
    const text = this.#text;
    let start: number | undefined;
    let offset = 0;
    for (let token = next(text, offset); token; token = next(text, offset)) {
      offset = token.end;
      if (token.kind === 'comment') continue;
      if (token.kind === 'symbol' && text[token.start] === ';') {
        if (start !== undefined) this.#followStatement({ start, end: token.start });
        start = undefined;
        continue;
      }
      start ??= token.start;
      if (this.#mode !== 'on' && token.kind === 'string' && text[token.start] === "'") offset = this.#readString(token);
    }
    if (start !== undefined) this.#followStatement({ start, end: text.length });
    if (this.#turnedOff && this.#dialect.psql !== 'yes') this.#problems.push(stillOff(this.#turnedOff));
    return { text: this.#written + text.slice(this.#written.length), problems: this.#problems };
  }

  #followStatement(span: Span): void {
    const said = modeAfter(this.#text.slice(span.start, Math.min(span.end, span.start + LONGEST)), this.#mode);
    if (said === undefined) return;
    this.#mode = said;
    this.#since = span.end;
    this.#turnedOff = said === 'on' ? undefined : (this.#turnedOff ?? span);
  }

  /** Where it ends. */
  #readString(token: Token): number {
    const escaped = escapedStringAt(this.#text, token.start);
    const piece = this.#text.slice(token.start, Math.max(token.end, escaped.end));
    if (!piece.includes('\\')) return token.end;
    const isSure = this.#mode === 'off' && this.#dialect.psql === 'yes' && this.#text.slice(this.#since, token.start).includes('\n');
    if (!isSure && escaped.end !== token.end) this.#problems.push(twoReadings(token));
    if (this.#mode !== 'off' || this.#dialect.psql === 'no') return token.end;
    if (/\\[0-7xuU]/.test(piece)) this.#problems.push(spelled(token));
    const { start, end } = escaped;
    this.#written += this.#text.slice(this.#written.length, start) + conforming(this.#text.slice(start, end));
    return end;
  }
}

/** More of a statement says nothing of a setting. */
const LONGEST = 10_000;

function next(text: string, offset: number): Token | undefined {
  return sqlTokens(text, offset).next().value ?? undefined;
}

const NAME = 'standard_conforming_strings';
const SET = new RegExp(`^set\\s+(?:(?:session|local)\\s+)?"?${NAME}"?\\s*(?:=|\\sto\\s)\\s*'?(\\w+)'?$`, 'i');
const SET_CONFIG = new RegExp(`^select\\s+(?:pg_catalog\\.)?set_config\\s*\\(\\s*'${NAME}'\\s*,\\s*'(\\w+)'\\s*,\\s*\\w+\\s*\\)$`, 'i');

/** Undefined where the statement says nothing of it. */
function modeAfter(statement: string, mode: Mode): Mode | undefined {
  const plain = statement.replace(/\s+/g, ' ').trim();
  const value = (SET.exec(plain) ?? SET_CONFIG.exec(plain))?.[1]?.toLowerCase();
  if (value !== undefined) return modeOf(value);
  if (new RegExp(`^reset (?:all$|"?${NAME}"?$)|^discard all$`, 'i').test(plain)) return mode === 'on' ? undefined : 'either';
  if (/^(?:commit|end|rollback|abort|prepare transaction)\b/i.test(plain)) return mode === 'on' ? undefined : 'either';
  return statement.toLowerCase().includes(NAME) && !isOnlyAsked(plain) ? 'either' : undefined;
}

function isOnlyAsked(statement: string): boolean {
  return /^show /i.test(statement) || !/\b(?:set|set_config)\b/i.test(statement);
}

/** Source: parse_bool() in src/backend/utils/adt/bool.c. */
function modeOf(value: string): Mode {
  if (['true', 'yes', '1'].some((word) => word.startsWith(value)) || value === 'on') return 'on';
  return ['false', 'no', '0'].some((word) => word.startsWith(value)) || value === 'off' || value === 'of' ? 'off' : 'either';
}

/** `text`: a string with its quotes. `\'` becomes `''`, `\n` a line break and a space; a doubled backslash stays two. */
function conforming(text: string): string {
  return text.replace(/\\([^])/g, (escape, letter: string) => (letter === "'" ? "''" : letter === 'n' ? '\n ' : letter === 't' ? '\t ' : escape));
}

const help = "Write it as E'…', which means the same wherever it is read, or without backslashes";

function twoReadings(span: Span): Problem {
  const message = 'where this string ends depends on standard_conforming_strings, and whether that is off where it is read, only a run tells';
  return { rule: 'not-checked', span, message, help };
}

function spelled(span: Span): Problem {
  return { rule: 'not-checked', span, message: 'with standard_conforming_strings off, letters of this string are spelled in numbers, and what they say was not read', help };
}

function stillOff(span: Span): Problem {
  return {
    rule: 'not-checked',
    span,
    message: 'behind this, standard_conforming_strings may be off, and later migrations were read as if it were on',
    help: 'Set it on again at the end, or leave it alone and write backslashes in E\'…\'',
  };
}
