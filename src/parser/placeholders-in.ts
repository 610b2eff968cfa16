// Where placeholders stand in a text, and what each of them is for.

import type { Dialect, PlaceholderSyntax } from '../model/dialect.ts';
import type { Span } from '../text/span.ts';
import { sqlTokens, type Token } from '../text/sql-tokens.ts';
import type { Fork } from './branches.ts';
import { Lookahead } from './lookahead.ts';

/**
 * `value`: a name or a part of a string · `statement`: it stands where a statement would · `piece`: it makes a part of a statement ·
 * `nothing`: a comment, an assignment · the others: it decides over what follows.
 */
export interface Placeholder extends Span {
  readonly role: 'value' | 'statement' | 'piece' | 'nothing' | Fork['step'];
  /** Its tool does not fill it in. */
  readonly isForeign: boolean;
}

/** In the order of the text. */
export function placeholdersIn(text: string, dialect: Dialect): readonly Placeholder[] {
  return MARKS.test(text) || dialect.marks.length > 0 ? new Search(text, dialect).found() : [];
}

const MARKS = /\$[{(%A-Za-z_]|\{[{%#]|<%|@[A-Za-z_]|:[\w'"]/;

/** How deep strings are looked into that hold strings. */
const DEEPEST = 3;

class Search {
  readonly #text: string;
  readonly #dialect: Dialect;
  readonly #simple: RegExp | undefined;
  readonly #found: Placeholder[] = [];

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#dialect = dialect;
    this.#simple = simpleForms(dialect);
  }

  found(): readonly Placeholder[] {
    this.#walk(0, this.#text.length, 0);
    return this.#found.toSorted((left, right) => left.start - right.start);
  }

  /** The tokens of a text, or of a body in a dollar quote. */
  #walk(start: number, end: number, depth: number): void {
    const text = this.#text;
    const scan = new Lookahead(text, sqlTokens(text, start, end));
    let isAtStart = true;
    let brackets = 0;
    for (let token = scan.next(); token; token = scan.next()) {
      if (token.kind === 'comment') continue;
      const found = this.#at(token, scan, isAtStart, brackets, depth);
      if (found) {
        this.#found.push(found);
        scan.skipTo(found.end);
        isAtStart &&= found.role !== 'value' && found.role !== 'piece';
        continue;
      }
      const symbol = token.kind === 'symbol' ? text.slice(token.start, token.end) : '';
      if (symbol === '[') brackets += 1;
      if (symbol === ']') brackets = Math.max(0, brackets - 1);
      if (symbol === ';') brackets = 0;
      isAtStart = symbol === ';';
      if (token.kind === 'string' || token.kind === 'quoted-name') this.#inside(token, Math.min(token.end, end), depth);
    }
  }

  #inside(token: Token, end: number, depth: number): void {
    const [mark] = token.kind === 'string' ? (DOLLAR_QUOTE.exec(this.#text.slice(token.start, token.start + LONGEST_QUOTE)) ?? []) : [];
    if (mark !== undefined && depth < DEEPEST) return this.#walk(token.start + mark.length, end - (token.unterminated ? 0 : mark.length), depth + 1);
    const pattern = this.#simple;
    if (pattern === undefined) return;
    const piece = this.#text.slice(token.start, end);
    for (const match of piece.matchAll(pattern)) {
      const at = token.start + match.index;
      if (token.start < at) this.#found.push({ start: at, end: at + match[0].length, role: 'value', isForeign: false });
    }
  }

  #at(token: Token, scan: Lookahead, isAtStart: boolean, brackets: number, depth: number): Placeholder | undefined {
    const span = this.#spanAt(token, scan, brackets, depth);
    if (span === undefined) return undefined;
    const { start, end, syntax } = span;
    const piece = this.#text.slice(start, end);
    const isAlone = depth === 0 && isAtStart && isFollowedByEnd(this.#text, end);
    const role = roleOf(piece, isAlone);
    const isOwn = syntax === 'own' || isAnyOf(syntax, this.#dialect.placeholders);
    return isOwn || depth === 0 ? { start, end, role, isForeign: !isOwn } : undefined;
  }

  #spanAt(token: Token, scan: Lookahead, brackets: number, depth: number): Formed | undefined {
    if (token.kind === 'string' || token.kind === 'quoted-name') return this.#bridge(token, scan);
    const text = this.#text;
    const own = this.#markedAt(token);
    if (own) return own;
    if (token.kind === 'word') return text.charAt(token.end - 1) === '$' && text[token.end] === '{' ? this.#brace(token.end - 1, scan) : undefined;
    if (token.kind !== 'symbol') return undefined;
    const symbol = text.charAt(token.start);
    if (symbol === '$') return text[token.end] === '{' && token.end === token.start + 1 ? this.#brace(token.start, scan) : this.#dollar(token, depth);
    if (symbol === '{') return this.#braces(token, scan);
    if (symbol === '<') return this.#erb(token, scan);
    if (symbol === ':') return this.#colon(token, scan, brackets, depth);
    return symbol === '@' && depth === 0 ? this.#atSigns(token) : undefined;
  }

  /** The forms of a configuration. */
  #markedAt({ start }: Token): Formed | undefined {
    for (const { prefix, suffix } of this.#dialect.marks) {
      if (!this.#text.startsWith(prefix, start)) continue;
      const inside = start + prefix.length;
      const [name] = /^[\w.: ]{1,200}?(?=[^\w.: ]|$)/.exec(this.#text.slice(inside, inside + FAR)) ?? [];
      if (name !== undefined && this.#text.startsWith(suffix, inside + name.length)) return { start, end: inside + name.length + suffix.length, syntax: 'own' };
    }
    return undefined;
  }

  /** `${x}`: nothing in it but words and what stands between them. */
  #brace(start: number, scan: Lookahead): Formed | undefined {
    if (!/[A-Za-z_]/.test(this.#text.charAt(start + 2))) return undefined;
    const end = scan.closing(start + 2, '}', 'words');
    return end === undefined ? undefined : { start, end, syntax: ['brace'] };
  }

  #dollar({ start, end }: Token, depth: number): Formed | undefined {
    if (depth > 0 || end !== start + 1) return undefined;
    PARENTHESIS.lastIndex = start;
    const call = PARENTHESIS.exec(this.#text);
    if (call) return { start, end: start + call[0].length, syntax: ['parenthesis'] };
    PERCENT.lastIndex = start;
    const framed = PERCENT.exec(this.#text);
    if (framed) return { start, end: start + framed[0].length, syntax: ['percent'] };
    NAME.lastIndex = start + 1;
    const name = NAME.exec(this.#text);
    return name ? { start, end: start + 1 + name[0].length, syntax: ['word'] } : undefined;
  }

  /** `{{ x }}`, `{% x %}`, `{# x #}`. */
  #braces({ start }: Token, scan: Lookahead): Formed | undefined {
    const second = this.#text.charAt(start + 1);
    const form = FORMS[second];
    if (form === undefined) return undefined;
    const end = scan.closing(start + 2, form.close, 'tokens');
    return end === undefined ? undefined : { start, end, syntax: form.syntax };
  }

  /** There are operators `<%` and `%>`, so it must not look like an expression. */
  #erb({ start }: Token, scan: Lookahead): Formed | undefined {
    ERB.lastIndex = start;
    if (!ERB.test(this.#text)) return undefined;
    const end = scan.closing(start + 2, '%>', 'tokens');
    return end === undefined || /[\n\r(]/.test(this.#text.slice(start, end)) ? undefined : { start, end, syntax: ['erb'] };
  }

  /** Not `::` of a cast, not `:=`, and not the bounds of an array's slice. */
  #colon({ start }: Token, scan: Lookahead, brackets: number, depth: number): Formed | undefined {
    const next = scan.peek();
    const isPair = this.#text[start - 1] === ':' || this.#text[start + 1] === ':';
    if (depth > 0 || brackets > 0 || isPair || next?.start !== start + 1) return undefined;
    return next.kind === 'word' || next.kind === 'string' || next.kind === 'quoted-name' ? { start, end: next.end, syntax: ['colon'] } : undefined;
  }

  /** `@x@`, where no operator stands before it. */
  #atSigns({ start }: Token): Formed | undefined {
    if (/[@<>&|~!#%^*+/=-]/.test(this.#text.charAt(start - 1))) return undefined;
    AT.lastIndex = start;
    const whole = AT.exec(this.#text)?.[0];
    return whole === undefined ? undefined : { start, end: start + whole.length, syntax: ['at'] };
  }

  /** `'{{ var('x') }}'`, `"{{ index .Options "x" }}"`: for SQL, strings or names with a word between them. All of them are one then. */
  #bridge(token: Token, scan: Lookahead): Formed | undefined {
    const syntax = BRIDGED[this.#text.charAt(token.start)];
    if (syntax === undefined || !isAnyOf(syntax, this.#dialect.placeholders) || token.unterminated) return undefined;
    const opening = this.#text.lastIndexOf('{{', token.end);
    if (opening <= token.start || this.#text.slice(opening, token.end).includes('}}')) return undefined;
    const last = scan.adjacent(token, ({ kind, start, end }) => kind === token.kind && this.#text.slice(start, end).includes('}}'));
    const closing = last && this.#text.indexOf('}}', last.start);
    if (closing === undefined || /[\n\r]/.test(this.#text.slice(opening, closing))) return undefined;
    return { start: opening, end: closing + 2, syntax };
  }
}

/** Go's templates have strings in double quotes alone. */
const BRIDGED: Readonly<Record<string, readonly PlaceholderSyntax[]>> = { "'": ['jinja'], '"': ['go', 'jinja'] };

/** `own`: the configuration of its tool says so. */
interface Formed extends Span {
  readonly syntax: readonly PlaceholderSyntax[] | 'own';
}

function isAnyOf(syntaxes: readonly PlaceholderSyntax[], known: ReadonlySet<PlaceholderSyntax>): boolean {
  return syntaxes.some((one) => known.has(one));
}

interface Form {
  readonly close: string;
  readonly syntax: readonly PlaceholderSyntax[];
}

const FORMS: Readonly<Record<string, Form>> = {
  '{': { close: '}}', syntax: ['go', 'jinja'] },
  '%': { close: '%}', syntax: ['jinja'] },
  '#': { close: '#}', syntax: ['jinja'] },
};

const DOLLAR_QUOTE = /^\$[^$']*\$/;
const LONGEST_QUOTE = 200;
const PARENTHESIS = /\$\([A-Za-z_][\w.]{0,99}\)/y;
const PERCENT = /\$%[A-Za-z_]\w{0,99}%\$/y;
const NAME = /[A-Za-z_]\w{0,99}/y;
const AT = /@[A-Za-z_]\w{0,99}@/y;
const ERB = /<%=|<%-?\s{0,20}(?:if|unless|elsif|else|end|for|while)\b/y;

/**
 * Placeholders in strings and quoted names. In such a string may stand SQL that is run: nothing in them begins or ends a string or a comment
 * there, and a list of numbers in braces is an array.
 */
function simpleForms({ placeholders, marks }: Dialect): RegExp | undefined {
  const forms = marks.map(({ prefix, suffix }) => `${escaped(prefix)}[\\w.: ]{1,200}?${escaped(suffix)}`);
  if (placeholders.has('brace')) forms.push('\\$\\{[A-Za-z_](?:[\\w .:,]|-(?!-)){0,200}\\}');
  if (placeholders.has('go') || placeholders.has('jinja')) forms.push('\\{\\{(?=[^}]{0,200}[A-Za-z_])(?:[\\w .:,|()=?\\[\\]&+]|-(?!-)){1,200}\\}\\}');
  if (placeholders.has('erb')) forms.push('<%=[\\w .:]{1,200}%>');
  return forms.length === 0 ? undefined : new RegExp(forms.join('|'), 'g');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Only space stands between it and a semicolon, or the end of the line. */
function isFollowedByEnd(text: string, end: number): boolean {
  return /^[ \t]*(?:;|[\n\r]|$)/.test(text.slice(end, end + FAR));
}

/** How far is looked for the end of a line. */
const FAR = 200;

const OPENS = /^(?:if|unless|range|with|define|block|for|while|macro|call|filter|raw)\b|^[#^](?!\s*$)/;
const TURNS = /^(?:else|elif|elsif|elseif)\b|^\^\s*$/;
const CLOSES = /^end\w*|^\//;
const IS_SILENT = /^(?:\/\*|!|#|set\b|break\b|continue\b|extends\b)/;
const IS_STATEMENT = /^(?:template|include|partial|import|do)\b|^>/;

/** `isAlone`: it stands where a statement would, as a whole. */
function roleOf(piece: string, isAlone: boolean): Placeholder['role'] {
  if (piece.startsWith('{#')) return 'nothing';
  const value = isAlone ? 'statement' : 'value';
  const isControl = piece.startsWith('{%') || /^<%[^=]/.test(piece);
  if (!isControl && !piece.startsWith('{{')) return value;
  const body = piece.replace(/^(?:\{\{|\{%|<%)[-+~]?\s{0,200}/, '').replace(/\s{0,200}[-+~]?(?:\}\}|%\}|%>)$/, '');
  if (/^\/\*/.test(body)) return 'nothing';
  if (TURNS.test(body)) return 'turns';
  if (OPENS.test(body)) return 'begins';
  if (CLOSES.test(body)) return 'ends';
  if (IS_SILENT.test(body)) return 'nothing';
  if (isControl || IS_STATEMENT.test(body)) return isAlone ? 'statement' : 'piece';
  return value;
}
