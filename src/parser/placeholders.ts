// What tools fill in before PostgreSQL sees the text. Something of the same length takes its place that the grammar accepts there, a
// name or a part of a string; when the statement has been read, what the author wrote takes the place of that.
//
// `${x}` Flyway, Liquibase, goose, MyBatis, Maven, envsubst · `$x` envsubst, goose · `$(x)` sqlcmd · `{{ x }}` Go's templates (tern,
// Atlas), Jinja, Mustache (grate) · `{% … %}`, `{# … #}` Jinja · `<%= x %>` ERB · `@x@` Maven, scripts of extensions · `:x`, `:'x'`,
// `:"x"` psql, and Sqitch, which runs it; graphile-migrate. What is a placeholder in a name, src/model/placeholder.ts says.

import type { Span } from '../text/span.ts';
import { sqlTokens } from '../text/sql-tokens.ts';
import type { Fork } from './branches.ts';
import { StandIns } from './stand-ins.ts';

export interface FilledText {
  /** As long as the original. */
  readonly text: string;
  /** In the order of the text. */
  readonly placeholders: readonly Span[];
  /** Those that stand where a statement would, as a whole: nobody knows what they hold. */
  readonly statements: readonly Span[];
  /** Where a template decides whether what follows is a part of the text. */
  readonly forks: readonly Fork[];
  /** What the author wrote, for what the parser read. */
  readonly written: (read: string) => string;
}

export function fillPlaceholders(text: string): FilledText {
  if (!MARKS.test(text)) return { text, placeholders: [], statements: [], forks: [], written: (read) => read };
  const standIns = new StandIns(text);
  const templates = templatesIn(text);
  const filled = fill(text, templates, standIns);
  const variables = variablesIn(filled.text).map((span) => ({ ...span, role: roleOf(text.slice(span.start, span.end)) }));
  const all = fill(filled.text, variables, standIns);
  return {
    text: all.text,
    placeholders: [...filled.placeholders, ...all.placeholders].toSorted((left, right) => left.start - right.start),
    statements: [...filled.statements, ...all.statements].toSorted((left, right) => left.start - right.start),
    forks: filled.forks,
    written: (read) => standIns.written(read),
  };
}

const MARKS = /\$[{(A-Za-z_]|\{[{%#]|<%|@[A-Za-z_]|:[\w'"]/;

/** `value`: a name or a part of a string · `statement`: it makes statements · `nothing`: a comment, an assignment. */
type Role = 'value' | 'statement' | 'nothing' | Fork['step'];

interface Template extends Span {
  readonly role: Role;
}

/** A `$$` before the brace is the end of a dollar quote; a list of numbers in braces is an array. */
const TEMPLATE =
  /(?<!\$)\$\{[A-Za-z_][^{}'"\n\r;]*\}|\{\{(?![\d\s,.+-]*\}\})[^{}]*\}\}|\{%[-+~]?\s*[A-Za-z_][^%{}]*%\}|\{#[^{}]*#\}|<%=[^%]*%>|<%-?\s*(?:if|unless|elsif|else|end|for|while)\b[^%]*%>/g;

function templatesIn(text: string): Template[] {
  return Array.from(text.matchAll(TEMPLATE), (match) => ({ start: match.index, end: match.index + match[0].length, role: roleOf(match[0]) }));
}

const OPENS = /^(?:if|unless|range|with|define|block|for|while|macro|call|filter|raw)\b|^[#^](?!\s*$)/;
const TURNS = /^(?:else|elif|elsif|elseif)\b|^\^\s*$/;
const CLOSES = /^end\w*|^\//;
const IS_SILENT = /^(?:\/\*|!|#|set\b|break\b|continue\b|extends\b)/;
const IS_STATEMENT = /^(?:template|include|partial|import|do)\b|^>/;

function roleOf(piece: string): Role {
  if (piece.startsWith('{#')) return 'nothing';
  const isControl = piece.startsWith('{%') || /^<%[^=]/.test(piece);
  if (!isControl && !piece.startsWith('{{')) return 'value';
  const body = piece.replace(/^(?:\{\{|\{%|<%)[-+~]?\s*/, '').replace(/\s*[-+~]?(?:\}\}|%\}|%>)$/, '');
  if (/^\/\*/.test(body)) return 'nothing';
  if (TURNS.test(body)) return 'turns';
  if (OPENS.test(body)) return 'begins';
  if (CLOSES.test(body)) return 'ends';
  if (IS_SILENT.test(body)) return 'nothing';
  return isControl || IS_STATEMENT.test(body) ? 'statement' : 'value';
}

interface Filling {
  readonly text: string;
  readonly placeholders: readonly Span[];
  readonly statements: readonly Span[];
  readonly forks: readonly Fork[];
}

/** `templates`: in the order of the text. */
function fill(text: string, templates: readonly Template[], standIns: StandIns): Filling {
  const placeholders: Span[] = [];
  const statements: Span[] = [];
  const forks: Fork[] = [];
  const passed: Passed[] = [];
  const quoted = new Quoted(text, templates);
  let filled = '';
  let offset = 0;
  for (const { start, end, role } of templates) {
    const piece = text.slice(start, end);
    const isStatement = (role === 'statement' || role === 'value') && isAlone(text, start, end, passed) && !quoted.has(start);
    if (role === 'begins' || role === 'turns' || role === 'ends') forks.push({ at: start, kind: 'branch', step: role });
    else if (isStatement) statements.push({ start, end });
    else if (role !== 'nothing') placeholders.push({ start, end });
    const isFilled = role === 'value' && !isStatement;
    if (!isFilled) passed.push({ start, end, isStatement });
    filled += text.slice(offset, start) + (isFilled ? standIns.for(piece) : blank(piece));
    offset = end;
  }
  return { text: filled + text.slice(offset), placeholders, statements, forks };
}

/** What stands in strings and comments: no statement begins there. */
class Quoted {
  readonly #text: string;
  readonly #templates: readonly Span[];
  #spans: readonly Span[] | undefined;

  constructor(text: string, templates: readonly Span[]) {
    this.#text = text;
    this.#templates = templates;
  }

  has(offset: number): boolean {
    this.#spans ??= this.#read();
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return (this.#spans[low]?.start ?? Infinity) <= offset;
  }

  /** Quotes in templates are not those of SQL. */
  #read(): Span[] {
    let plain = '';
    for (const { start, end } of this.#templates) plain += this.#text.slice(plain.length, start) + blank(this.#text.slice(start, end));
    return [...sqlTokens(plain + this.#text.slice(plain.length))].filter(({ kind }) => kind === 'string' || kind === 'comment');
  }
}

export function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}

/** What has become blank before a place. */
interface Passed extends Span {
  readonly isStatement: boolean;
}

/** It begins where a statement may begin, and a semicolon or the end of the line follows. */
function isAlone(text: string, start: number, end: number, passed: readonly Passed[]): boolean {
  return /^[ \t]*(?:;|[\n\r]|$)/.test(text.slice(end, end + FAR)) && isAtStart(text, start, passed);
}

/** How far is looked for the end of a line, or its beginning. */
const FAR = 200;

/** Behind a semicolon, or at the start of the text; comments, and what has become blank, aside. */
function isAtStart(text: string, offset: number, passed: readonly Passed[]): boolean {
  let last = passed.length - 1;
  let at = offset;
  for (;;) {
    while (at > 0 && /\s/.test(text.charAt(at - 1))) at -= 1;
    if (at === 0 || text.charAt(at - 1) === ';') return true;
    const before = passed[last];
    const line = text.slice(Math.max(0, at - FAR), at);
    const comment = /(?:^|[\n\r])[ \t]*--[^\n\r]*$/.exec(line);
    if (before?.end === at) {
      if (before.isStatement) return true;
      at = before.start;
      last -= 1;
    } else if (comment) at -= line.length - comment.index;
    else return false;
  }
}

/** Not `::` of a cast, not `:=`, and not the bounds of an array's slice. */
function variablesIn(text: string): Span[] {
  const spans: Span[] = [];
  if (!/(?<![:\w\]]):[A-Za-z_'"]|\$[(A-Za-z_]|@[A-Za-z_]/.test(text)) return spans;
  let brackets = 0;
  let mark: Mark | undefined;
  for (const { kind, start, end } of sqlTokens(text)) {
    const span = mark && variableAt(text, mark, { start, end }, kind);
    if (span) spans.push(span);
    const symbol = kind === 'symbol' ? text.slice(start, start + 1) : '';
    if (symbol === '[') brackets += 1;
    if (symbol === ']') brackets = Math.max(0, brackets - 1);
    mark = span ? undefined : markAt(text, start, symbol, brackets);
  }
  return spans;
}

interface Mark {
  readonly symbol: ':' | '$' | '@';
  readonly at: number;
}

function markAt(text: string, at: number, symbol: string, brackets: number): Mark | undefined {
  const [before = '', after = ''] = [text[at - 1], text[at + 1]];
  if (symbol === ':') return brackets === 0 && before !== ':' && after !== ':' ? { symbol, at } : undefined;
  if (symbol === '@') return /[@<>&|~!#%^*+/=-]/.test(before) ? undefined : { symbol, at };
  return symbol === '$' && !/\d/.test(after) ? { symbol, at } : undefined;
}

/** `token`: the one behind the mark. */
function variableAt(text: string, { symbol, at }: Mark, { start, end }: Span, kind: string): Span | undefined {
  if (start !== at + 1) return undefined;
  if (symbol === ':') return kind === 'word' || kind === 'string' || kind === 'quoted-name' ? { start: at, end } : undefined;
  if (symbol === '@') return kind === 'word' && text[end] === '@' ? { start: at, end: end + 1 } : undefined;
  if (kind === 'word') return { start: at, end };
  const [call] = /^\([A-Za-z_][\w.]{0,99}\)/.exec(text.slice(start, start + FAR)) ?? [];
  return call === undefined ? undefined : { start: at, end: start + call.length };
}
