// What both front ends do alike: they read what is plain SQL of a text, and tell of it as its author wrote it.

import { mapBlock } from '../model/block.ts';
import { culprit } from '../model/culprit.ts';
import type { Dialect } from '../model/dialect.ts';
import { FunctionBody } from '../model/function-body.ts';
import { statementAt, type SettingValue, type Statement } from '../model/statement.ts';
import type { Turn } from '../model/turn.ts';
import { contains, type Span } from '../text/span.ts';
import { sqlTokens } from '../text/sql-tokens.ts';
import { Branches } from './branches.ts';
import { commentsIn } from './comments.ts';
import type { ParsedText, Problem, ReadStatements } from './parser.ts';
import { withoutPsql, type PlainSql, type Reading } from './psql.ts';
import { rowProblems } from './row-problems.ts';

/** `read`: the statements of plain SQL. `isGrammar`: what it can't read, PostgreSQL refuses. */
export function parseScript(written: string, dialect: Dialect, isGrammar: boolean, read: Read): ParsedText {
  const plain = withoutPsql(written, dialect);
  const { statements, problems } = read(plain.text);
  const readings = plain.readings.map((one) => readingOf(one, dialect, isGrammar, read));
  const all = {
    statements: [...readings.flatMap((one) => one.statements), ...statements],
    problems: [...problems, ...readings.flatMap((one) => one.problems)],
  };
  const seen = isPlain(plain) ? { statements, problems } : asWritten(all, plain, written, isGrammar);
  return {
    statements: seen.statements,
    problems: [...plain.problems, ...seen.problems, ...foreignProblem(plain, dialect, written), ...rowProblems(plain.rows, written, read)],
    turns: [...plain.turns, ...plain.forks, ...turnsIn(seen.statements, plain)],
    comments: () => commentsIn(plain.text, statements),
  };
}

type Read = (text: string) => ReadStatements;

function isPlain({ placeholders, statements, forks, readings }: PlainSql): boolean {
  return placeholders.length + statements.length + forks.length + readings.length === 0;
}

function readingOf({ span, sql, isScript }: Reading, dialect: Dialect, isGrammar: boolean, read: Read): ReadStatements {
  const { statements, problems } = isScript ? parseScript(sql, dialect, isGrammar, read) : read(sql);
  return {
    statements: statements.map((statement) => statementAt(statement, span)),
    problems: problems.map(({ statement, ...problem }) => ({ ...problem, span, ...(statement && { statement: span }) })),
  };
}

/**
 * With the placeholders of the author, those for whole statements among them. What the grammar refuses because of a placeholder, or
 * because a template holds several versions of it, PostgreSQL may never see: nobody knows what it is.
 */
function asWritten({ statements, problems }: ReadStatements, plain: PlainSql, text: string, isGrammar: boolean): ReadStatements {
  const branches = new Branches(plain.forks);
  const holders = new Places(plain.placeholders);
  const foreign = new Set(plain.foreign.map(({ start }) => start));
  const own = new Places(plain.placeholders.filter(({ start }) => !foreign.has(start)));
  const isOpen = ({ rule, span, statement = span }: Problem): boolean =>
    isGrammar && rule === undefined && (own.has(statement) || branches.divides(statement));
  const divided = problems.filter(isOpen).map(({ span, statement = span }) => statement);
  const unknown = [...plain.statements, ...divided];
  const told = statements.map((statement) => (holders.has(statement.span) ? withPlaceholders(statement, plain, holders) : statement));
  const all = [...told, ...unknown.map((span) => unknownStatement(span, text))].toSorted((left, right) => left.span.start - right.span.start);
  const left = [...problems.filter((problem) => !isOpen(problem)), ...filledProblems(plain, text), ...divided.map(dividedProblem)];
  if (branches.isEmpty) return { statements: all, problems: left };
  const placed = <Read extends Statement | Problem>(read: Read): Read => (branches.holds(read.span) ? { ...read, isConditional: true } : read);
  return { statements: all.map(placed), problems: left.map(placed) };
}

const help = 'Write the statements here, or check by hand what it becomes and say so in a comment that suppresses this';

/** But for those of which something else was said. */
function filledProblems({ statements, problems }: PlainSql, text: string): Problem[] {
  const told = new Set(problems.map(({ span }) => span.start));
  return statements
    .filter(({ start }) => !told.has(start))
    .map((span) => ({ rule: 'not-checked', span, message: `what is filled in for ${shown(span, text)} runs, and was not read`, help }));
}

function shown({ start, end }: Span, text: string): string {
  return text.slice(start, Math.min(end, start + LONGEST)).replace(/\s+/g, ' ');
}

function dividedProblem(span: Span): Problem {
  return { rule: 'not-checked', span, message: 'what is filled in decides what this statement is, and it was not read', help };
}

/** The first one speaks for all. */
function foreignProblem({ foreign: [first] }: PlainSql, { tool }: Dialect, text: string): Problem[] {
  if (first === undefined || tool === undefined) return [];
  return [
    {
      rule: 'not-checked',
      span: first,
      message: `PostgreSQL refuses ${shown(first, text)} here: ${tool} does not fill it in, and something else has to`,
      help: 'Write what it stands for, or say in a comment that suppresses this what fills it in',
    },
  ];
}

/** Spans in the order of the text, of which none overlaps another, to be looked up by place. */
class Places {
  readonly #spans: readonly Span[];

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  has(span: Span): boolean {
    const first = this.#spans[this.#firstIn(span)];
    return first !== undefined && contains(span, first);
  }

  /** Does one of them hold all of it? */
  hold(span: Span): boolean {
    const next = this.#firstIn(span);
    return this.#spans.slice(Math.max(0, next - 1), next + 1).some((one) => contains(one, span));
  }

  in(span: Span): readonly Span[] {
    const first = this.#firstIn(span);
    let next = first;
    while ((this.#spans[next]?.end ?? Infinity) <= span.end) next += 1;
    return this.#spans.slice(first, next);
  }

  #firstIn(span: Span): number {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.start ?? 0) < span.start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function unknownStatement(span: Span, text: string): Statement {
  const words = shown(span, text).trim();
  const [command = words] = /^[A-Za-z]+(?: (?:TABLE|INDEX|UNIQUE INDEX|VIEW|TYPE|FUNCTION|SCHEMA|INTO|FROM)\b)?/i.exec(words) ?? [];
  return { kind: 'opaque', culprit: culprit({ kind: 'placeholder' }), command: /^[A-Za-z]/.test(command) ? command.toUpperCase() : command, span, features: [] };
}

/** Of a command that is shown. */
const LONGEST = 60;

/** What a placeholder sets, only the tool knows. */
function withPlaceholders(statement: Statement, { written, text }: PlainSql, holders: Places): Statement {
  const told = new Writer(written).words(statement);
  if (told.kind === 'block') return marked(told);
  if (told.kind === 'setting') {
    return { ...told, assignments: told.assignments.map((one) => (one.name === 'search_path' ? one : { ...one, value: unreadable })) };
  }
  return isOnlyInStrings(statement.span, text, holders.in(statement.span)) ? told : marked(told);
}

function marked(statement: Statement): Statement {
  if (statement.kind !== 'block') return { ...statement, hasPlaceholders: true };
  return { ...statement, body: mapBlock(statement.body, (part) => [marked(part)]) };
}

function isOnlyInStrings(statement: Span, text: string, placeholders: readonly Span[]): boolean {
  const strings = new Places([...sqlTokens(text, statement.start, statement.end)].filter(({ kind }) => kind === 'string'));
  return placeholders.every((one) => strings.hold(one));
}

const unreadable: SettingValue = { kind: 'unreadable' };

/** Copies what was read, with what the author wrote in all strings. What is one thing in it stays one: answers are kept by question. */
class Writer {
  readonly #written: (read: string) => string;
  readonly #copies = new Map<object, unknown>();

  constructor(written: (read: string) => string) {
    this.#written = written;
  }

  words<T>(value: T): T;
  words(value: unknown): unknown {
    if (typeof value === 'string') return this.#written(value);
    if (typeof value !== 'object' || value === null) return value;
    const copy = this.#copies.get(value) ?? this.#copyOf(value);
    this.#copies.set(value, copy);
    return copy;
  }

  #copyOf(value: object): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.words(item));
    if (value instanceof FunctionBody) return this.#body(value);
    return Object.fromEntries(Object.entries(value).map(([key, content]: [string, unknown]) => [key, this.words(content)]));
  }

  #body(body: FunctionBody): FunctionBody {
    return new FunctionBody(this.#written(body.definition), this.words(body.settings), body.parameters, (values) => this.words(body.for(values)));
  }
}

/** Behind a statement of which a part may not be there, nothing is certain of what it has made. */
function turnsIn(statements: readonly Statement[], { forks }: PlainSql): Turn[] {
  if (forks.length === 0) return [];
  const branches = new Branches(forks);
  return statements.filter(({ span }) => branches.divides(span)).map(({ span }) => ({ at: span.end, kind: 'unread' }));
}
