// What a script says to psql: meta-commands (\set …), variables, and the rows behind COPY … FROM stdin.
// Source: src/bin/psql/mainloop.c, command.c, copy.c, psqlscanslash.l and src/fe_utils/psqlscan.l.

import { CopyHead } from './copy-head.ts';
import { argumentsIn, type Argument } from './psql-arguments.ts';
import { PsqlBranches, type BranchStep } from './psql-branches.ts';
import { isOneWord, PsqlVariables, truthOf } from './psql-variables.ts';
import type { Span } from './span.ts';
import { sqlTokens, type Token } from './sql-tokens.ts';
import { StatementDepth } from './split-statements.ts';

export interface PsqlCommand extends Span {
  /** Without the backslash: `i`, `gexec`, `;`. */
  readonly name: string;
  /** All that stands behind the name. */
  readonly rest: string;
  /** A statement had begun before it, and had not ended. */
  readonly isInStatement: boolean;
  /** A shell runs what stands in it. */
  readonly runsProgram: boolean;
  /** What it is for the branches of the script, where only a run decides which of them is taken. */
  readonly fork: BranchStep | undefined;
}

/** A variable in SQL that does not stand for one word. */
export interface PsqlReference extends Span {
  readonly name: string;
  /** Undefined where only a run tells. */
  readonly value: string | undefined;
}

/** A statement in which variables hold more than names. */
export interface FilledStatement extends Span {
  readonly references: readonly PsqlReference[];
}

export interface PsqlScript {
  /** In the order of the text, without those that are never obeyed. */
  readonly commands: readonly PsqlCommand[];
  /** The rows that are copied in, if their COPY begins. */
  readonly rows: readonly Span[];
  /** What psql never sends: what \r throws away, and what stands in a branch that is never taken. */
  readonly dropped: readonly Span[];
  readonly filled: readonly FilledStatement[];
  /** COPY … FROM stdin, and \\copy of it, without the rows. */
  readonly copies: readonly Span[];
  /** Strings and comments that begin on the line of a COPY and go on behind its rows. */
  readonly torn: readonly Span[];
  /** Behind \q. */
  readonly unrun: Span | undefined;
  /** It ends in no string, comment or list of rows. */
  readonly isWhole: boolean;
}

/** Whether any text has to be looked at: the look costs more than looking for words. */
export function mayBePsql(text: string): boolean {
  return /\\|\bstd(?:in|out)\b/i.test(text);
}

export function psqlScript(text: string): PsqlScript {
  return new Scan(text, psql).read();
}

/** The rows behind COPY … FROM stdin as other tools cut them out, and what they take for SQL though it is psql's. */
export function scriptOfOtherTool(text: string): Pick<PsqlScript, 'commands' | 'copies' | 'rows' | 'isWhole'> {
  return new Scan(text, ofOtherTools).read();
}

/** The line behind the last row. */
const psql = /(?<![^\n])\\\.\r?(?=\n|(?![^]))/g;
const ofOtherTools = /(?<![^\n])[ \t\r\f\v]*\\\.[ \t\r\f\v]*(?=\n|(?![^]))/g;

/** `\;` and `\g`, `\gx`, `\gset`, `\gexec`, `\gdesc` and others: a statement ends there. */
export function endsStatement({ name }: Pick<PsqlCommand, 'name'>): boolean {
  return name === ';' || sending.has(name);
}

/** They send what has been written so far. */
const sending: ReadonlySet<string> = new Set(['g', 'gx', 'gset', 'gexec', 'gdesc', 'crosstabview', 'watch', 'parse', 'sendpipeline']);

/** They take the whole line; the others end where the next one begins, and `\\` goes back to SQL. */
const wholeLine: ReadonlySet<string> = new Set(['copy', '!', 'sf', 'sv', 'sf+', 'sv+', 'ef', 'ev', 'h', 'help']);
const mayPipe: ReadonlySet<string> = new Set(['g', 'gx', 'o', 'out', 'w', 'write']);
/** An editor shows what has been written so far, and what it leaves is run. */
const editing: ReadonlySet<string> = new Set(['e', 'edit', 'ef', 'ev']);

class Scan {
  readonly #text: string;
  readonly #endOfRows: RegExp;
  readonly #commands: PsqlCommand[] = [];
  readonly #rows: Span[] = [];
  readonly #copied: Span[] = [];
  readonly #dropped: Span[] = [];
  readonly #filled: FilledStatement[] = [];
  readonly #torn: Span[] = [];
  readonly #variables = new PsqlVariables();
  readonly #branches = new PsqlBranches();
  readonly #depth: StatementDepth;
  readonly #copy: CopyHead;
  #offset = 0;
  /** Of what psql has not sent yet; undefined where that is nothing. */
  #bufferStart: number | undefined;
  #statementStart: number | undefined;
  #references: PsqlReference[] = [];
  /** How many COPY statements of the buffer take rows. */
  #copies = 0;
  /** Where the line ends behind which rows stand, and for how many statements. */
  #waiting: { readonly lineEnd: number; readonly count: number } | undefined;
  #colon: number | undefined;
  #isWhole = true;

  constructor(text: string, endOfRows: RegExp) {
    this.#text = text;
    this.#endOfRows = endOfRows;
    this.#depth = new StatementDepth(text);
    this.#copy = new CopyHead(text);
    this.#offset = text.startsWith('\uFEFF') ? 1 : 0;
  }

  read(): PsqlScript {
    let unrun: Span | undefined;
    while (this.#offset < this.#text.length) {
      const token = sqlTokens(this.#text, this.#offset).next().value;
      if (this.#takesRowsBefore(token)) continue;
      if (!token) break;
      const isCommand = token.kind === 'meta-command';
      this.#offset = isCommand ? token.start + 1 : token.end;
      if (isCommand) this.#take(this.#commandAt(token));
      else this.#follow(token);
      if (this.#isOver()) {
        unrun = { start: this.#offset, end: this.#text.length };
        break;
      }
    }
    this.#endStatement(this.#text.length);
    this.#branches.end(this.#text.length);
    return {
      commands: this.#commands,
      rows: this.#rows,
      copies: this.#copied,
      dropped: [...this.#dropped, ...this.#branches.skipped],
      filled: this.#filled,
      torn: this.#torn,
      unrun,
      isWhole: this.#isWhole,
    };
  }

  #isOver(): boolean {
    const last = this.#commands.at(-1);
    return last?.end === this.#offset && (last.name === 'q' || last.name === 'quit') && this.#branches.state === 'taken';
  }

  /** Rows stand behind the line of their COPY, whatever else the line holds. */
  #takesRowsBefore(token: Token | undefined): boolean {
    if (this.#waiting === undefined) return false;
    const { lineEnd, count } = this.#waiting;
    if (token && token.start < lineEnd) {
      if (token.end <= lineEnd || token.kind === 'meta-command') return false;
      this.#torn.push({ start: token.start, end: lineEnd });
    }
    this.#waiting = undefined;
    this.#offset = Math.min(lineEnd + 1, this.#text.length);
    for (let left = count; left > 0; left -= 1) this.#takeRows();
    return true;
  }

  #takeRows(): void {
    const { span, isWhole } = rowsAt(this.#text, this.#offset, this.#endOfRows, this.#branches.state !== 'taken');
    this.#rows.push(span);
    this.#isWhole &&= isWhole;
    this.#offset = span.end;
  }

  #awaitRows(count: number): void {
    if (count === 0 || this.#branches.state === 'skipped') return;
    const lineEnd = this.#waiting?.lineEnd ?? endOfLine(this.#text, this.#offset);
    this.#waiting = { lineEnd, count: count + (this.#waiting?.count ?? 0) };
  }

  #follow(token: Token): void {
    if (token.unterminated) this.#isWhole = false;
    if (token.kind === 'comment' || this.#branches.state === 'skipped') return;
    this.#depth.follow(token);
    const isSemicolon = token.kind === 'symbol' && this.#text[token.start] === ';';
    if (isSemicolon && this.#depth.isOutermost()) return this.#send(token.start);
    this.#refer(token);
    if (isSemicolon) return;
    if (this.#statementStart === undefined) this.#copy.begin();
    this.#statementStart ??= token.start;
    this.#bufferStart ??= token.start;
    this.#copy.follow(token);
  }

  /** psql puts the value of a variable in its place wherever it stands in SQL, but for strings. */
  #refer(token: Token): void {
    const colon = this.#colon;
    const isColon = token.kind === 'symbol' && this.#text[token.start] === ':';
    this.#colon = isColon && colon !== token.start - 1 ? token.start : undefined;
    if (colon === undefined || token.start !== colon + 1 || isColon) return;
    REFERENCE.lastIndex = colon;
    const [whole = '', quote = '', name = ''] = REFERENCE.exec(this.#text) ?? [];
    const value = this.#variables.get(name);
    const isFirst = this.#statementStart === colon;
    if (whole === '' || value.kind === 'unset' || (value.kind === 'text' && isOneWord(value.text) && !isFirst)) return;
    const isSafe = quote !== '' && !/^do\b/i.test(this.#text.slice(this.#statementStart, colon));
    if (value.kind === 'computed' && isSafe) return;
    const text = value.kind === 'text' ? asWritten(value.text, quote) : undefined;
    this.#references.push({ start: colon, end: colon + whole.length, name, value: text });
  }

  #endStatement(end: number): void {
    if (this.#copy.takesRows && this.#statementStart !== undefined) {
      this.#copies += 1;
      this.#copied.push({ start: this.#statementStart, end });
    }
    if (this.#statementStart !== undefined && this.#references.length > 0) {
      this.#filled.push({ start: this.#statementStart, end, references: this.#references });
    }
    this.#references = [];
    this.#statementStart = undefined;
    this.#copy.begin();
    this.#depth.reset();
  }

  #send(end: number): void {
    this.#endStatement(end);
    this.#awaitRows(this.#copies);
    this.#copies = 0;
    this.#bufferStart = undefined;
  }

  #commandAt({ start }: Span): ScannedCommand {
    const text = this.#text;
    const mark = text.charAt(start + 1);
    if (mark === ';' || mark === ':') return { name: mark, start, end: start + 2, rest: '', items: [], hasPipe: false };
    const lineEnd = endOfLine(text, start);
    COMMAND.lastIndex = start;
    const [whole = '\\'] = COMMAND.exec(text) ?? [];
    const name = whole.slice(1);
    const behind = Math.min(start + whole.length, lineEnd);
    if (name === '' || wholeLine.has(name)) return { name, start, end: lineEnd, rest: text.slice(behind, lineEnd).trim(), items: [], hasPipe: false };
    const { end, items, hasPipe } = argumentsIn(text, behind, lineEnd, mayPipe.has(name));
    const rest = text.slice(behind, end).trim();
    return { name, start, end: text.startsWith('\\\\', end) ? end + 2 : end, rest, items, hasPipe };
  }

  #take(command: ScannedCommand): void {
    this.#offset = command.end;
    const { name, start, end, rest, items } = command;
    const isInStatement = this.#statementStart !== undefined;
    const wasSkipped = this.#branches.state === 'skipped';
    const fork = this.#branches.take(name, command, () => truthOf(this.#variables.textOf(items.flatMap((item, index) => (index === 0 ? item : [space, ...item])))));
    const isSkipped = this.#branches.state === 'skipped';
    if (isSkipped && wasSkipped) return;
    this.#commands.push({ name, start, end, rest, isInStatement, runsProgram: !isSkipped && runsProgram(command), fork });
    if (!isSkipped) this.#obey(command);
  }

  #obey({ name, items, start, end, rest }: ScannedCommand): void {
    const mayRun = this.#branches.state === 'perhaps';
    if (name === 'set') this.#variables.set(items, mayRun);
    else if (name === 'unset') this.#variables.unset(items, mayRun);
    else if (name === 'prompt' || name === 'getenv') this.#computeNamed(name === 'prompt' ? items.at(-1) : items[0]);
    else if (name === 'gset') this.#computeColumns(items[0], start);
    else if ((name === 'r' || name === 'reset') && !mayRun) this.#reset(end);
    else if (name === 'copy' && copyTakesRows(rest)) this.#awaitRows(1);
    if (name === ';') this.#endStatement(start);
    else if (sending.has(name)) this.#send(start);
  }

  #computeNamed(name: Argument | undefined): void {
    const key = name && this.#variables.textOf(name);
    if (key?.kind === 'text') this.#variables.compute(key.text);
    else this.#variables.open('');
  }

  /** Names of columns are words of the query, unless it says `*` or the like. */
  #computeColumns(argument: Argument | undefined, end: number): void {
    const prefix = argument ? this.#variables.textOf(argument) : ({ kind: 'text', text: '' } as const);
    if (prefix.kind !== 'text') return this.#variables.open('');
    const names = this.#bufferStart === undefined ? undefined : wordsIn(this.#text, this.#bufferStart, end);
    if (names === undefined) return this.#variables.open(prefix.text);
    for (const name of names) this.#variables.compute(prefix.text + name);
  }

  #reset(end: number): void {
    if (this.#bufferStart !== undefined) this.#dropped.push({ start: this.#bufferStart, end });
    this.#references = [];
    this.#copies = 0;
    this.#copy.begin();
    this.#statementStart = undefined;
    this.#bufferStart = undefined;
    this.#depth.reset();
  }
}

interface ScannedCommand extends Span {
  readonly name: string;
  readonly rest: string;
  readonly items: readonly Argument[];
  readonly hasPipe: boolean;
}

const space = { kind: 'text', text: ' ' } as const;

const REFERENCE = /:(['"]?)([A-Za-z0-9_\u0080-\uffff]{1,200})\1/y;

function asWritten(value: string, quote: string): string {
  return quote === '' ? value : quote + value.replaceAll(quote, quote + quote) + quote;
}

/** No command has a longer name. */
const COMMAND = /\\[^ \t\n\r\f\v\\]{0,40}/y;

/** The commands of one letter; psql skips the line of another one. */
const single: ReadonlySet<string> = new Set('aCcdefghHiloprsqtTwxz?'.split(''));

function runsProgram({ name, items, hasPipe, rest }: ScannedCommand): boolean {
  if (name === '!' || hasPipe || editing.has(name)) return true;
  if (name.length === 1 && !single.has(name)) return false;
  if (name === 'copy') return copiesThroughProgram(rest);
  return items.some((item) => item.some(({ kind }) => kind === 'program'));
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** Undefined where the query says its columns in no words. */
function wordsIn(text: string, start: number, end: number): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const token of sqlTokens(text, start, end)) {
    const said = text.slice(token.start, token.end);
    if (said === '*' || (token.kind === 'word' && /^(?:table|values|execute|fetch|show|call)$/i.test(said))) return undefined;
    if (token.kind === 'word') names.add(said.toLowerCase());
    if (token.kind === 'quoted-name') names.add(said.slice(said.indexOf('"') + 1, -1).replaceAll('""', '"'));
  }
  return names;
}

/** `rest`: what stands behind \copy. */
function headOf(rest: string): CopyHead {
  const written = `copy ${rest}`;
  const head = new CopyHead(written);
  head.begin();
  for (const token of sqlTokens(written)) head.follow(token);
  return head;
}

/**
 * What \\copy sends to PostgreSQL: the same words, with the rows from psql, or to it. It may hold more than one statement. Undefined where it only
 * reads. Source: parse_slash_copy() in src/bin/psql/copy.c.
 */
export function copySent(rest: string): string | undefined {
  const { sourceStart } = headOf(rest);
  if (sourceStart === undefined) return undefined;
  const written = `copy ${rest}`;
  const head = written.slice(0, sourceStart);
  const [source = ''] = /^\s*(?:program\s+)?(?:'(?:[^'\\]|\\[^]|''){0,5000}'|[^\s;]{0,5000})/i.exec(written.slice(sourceStart)) ?? [];
  if (source.trim() === '') return undefined;
  const options = written.slice(sourceStart + source.length);
  if (/from$/i.test(head)) return `${head} stdin${options}`;
  return options.includes(';') ? `${head} stdout${options}` : undefined;
}

function copyTakesRows(rest: string): boolean {
  return headOf(rest).takesRows;
}

function copiesThroughProgram(rest: string): boolean {
  return headOf(rest).isThroughProgram;
}

/**
 * Up to the line `\.`, or to the end of the text. `mayBeSkipped`: where psql skips the statement it takes no rows, and reads on for the
 * end of the branch.
 */
function rowsAt(text: string, start: number, last: RegExp, mayBeSkipped: boolean): { readonly span: Span; readonly isWhole: boolean } {
  last.lastIndex = start;
  const match = last.exec(text);
  const end = match === null ? text.length : match.index + match[0].length;
  const branch = mayBeSkipped ? branchIn(text, start, end) : undefined;
  return branch === undefined ? { span: { start, end }, isWhole: match !== null } : { span: { start, end: branch }, isWhole: false };
}

function branchIn(text: string, start: number, end: number): number | undefined {
  const at = text.slice(start, end).search(/\\(?:if|elif|else|endif)\b/);
  return at < 0 ? undefined : start + at;
}
