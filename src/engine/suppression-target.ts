// What a suppression speaks of: the statement behind or before it, one line of a statement, or a statement in a DO block.

import { runsIn } from '../model/block.ts';
import type { Statement } from '../model/statement.ts';
import { NestedSpans } from '../text/nested-spans.ts';
import type { Span } from '../text/span.ts';
import type { SourceText } from '../text/source-text.ts';

export interface Target {
  readonly statement: Span;
  /** 1-based; only what is found on it, or of the statement as a whole. Undefined: all of the statement. */
  readonly line: number | undefined;
}

/** A comment, and where the first token behind it starts that is none. */
export interface PlacedComment {
  readonly comment: Span;
  readonly next: number;
}

/** In the order of the text. */
export function placed(comments: readonly Span[], text: string): PlacedComment[] {
  const all: PlacedComment[] = [];
  for (const comment of comments.toReversed()) {
    const behind = all.at(-1);
    const start = behindSpace(text, comment.end);
    all.push({ comment, next: behind?.comment.start === start ? behind.next : start });
  }
  return all.toReversed();
}

/** The statements of a text, or of a block in it. */
export class Targets {
  readonly #source: SourceText;
  readonly #byPlace: ReadonlyMap<Span, Statement>;
  readonly #statements: NestedSpans<Span>;
  readonly #byStart: readonly Span[];
  readonly #byEnd: readonly Span[];
  readonly #inBlocks = new Map<Statement, Targets>();

  /** `unread`: what could not be read; a comment before or behind it speaks of it. */
  constructor(statements: readonly Statement[], unread: readonly Span[], source: SourceText) {
    const spans = statements.map(({ span }) => span);
    this.#source = source;
    this.#byPlace = new Map(statements.toReversed().map((statement) => [statement.span, statement]));
    this.#statements = new NestedSpans(spans);
    this.#byStart = [...spans, ...unread].toSorted((left, right) => left.start - right.start);
    this.#byEnd = [...spans, ...unread].toSorted((left, right) => left.end - right.end);
  }

  /** Undefined where nothing is left to speak of. */
  of(placed: PlacedComment): Target | undefined {
    const around = this.#around(placed.comment);
    if (around?.kind === 'block') return this.#inBlock(around, around.body).of(placed);
    return around ? this.#inside(placed, around) : this.#beside(placed.comment);
  }

  #around(comment: Span): Statement | undefined {
    const outermost = [...this.#statements.around(comment)].at(-1);
    return outermost && this.#byPlace.get(outermost);
  }

  #inBlock(block: Statement, body: Extract<Statement, { readonly kind: 'block' }>['body']): Targets {
    const known = this.#inBlocks.get(block) ?? new Targets(runsIn(body), [], this.#source);
    this.#inBlocks.set(block, known);
    return known;
  }

  #inside({ comment, next }: PlacedComment, statement: Statement): Target {
    const isAlone = isFirstOnLine(this.#source.text, comment.start);
    return this.#onLine(this.#lineOf(isAlone ? Math.min(next, statement.span.end) : comment.start), statement);
  }

  /** On the first and the last line, where mostly the whole statement is meant, only if an action stands there. */
  #onLine(line: number, statement: Statement): Target {
    const [first, last] = [this.#lineOf(statement.span.start), this.#lineOf(statement.span.end)];
    const isMiddle = first < line && line < last;
    return { statement: statement.span, line: isMiddle || this.#holdsAction(line, statement) ? line : undefined };
  }

  #holdsAction(line: number, statement: Statement): boolean {
    if (statement.kind !== 'schema') return false;
    return statement.changes.some(({ span }) => span.start > statement.span.start && this.#lineOf(span.start) === line);
  }

  #beside(comment: Span): Target | undefined {
    const before = this.#byEnd[firstBehind(this.#byEnd, ({ end }) => end > comment.start) - 1];
    const behind = this.#byStart[firstBehind(this.#byStart, ({ start }) => start >= comment.end)];
    const leads = behind !== undefined && this.#lineOf(behind.start) === this.#lineOf(comment.end);
    if (before && !leads && this.#lineOf(before.end) === this.#lineOf(comment.start)) return this.#behindIt(before);
    return behind && { statement: behind, line: undefined };
  }

  #behindIt(place: Span): Target {
    const statement = this.#byPlace.get(place);
    return statement ? this.#onLine(this.#lineOf(place.end), statement) : { statement: place, line: undefined };
  }

  #lineOf(offset: number): number {
    return this.#source.lineOf(offset);
  }
}

/** The first place of a sorted list for which the test holds, as it does for all behind it. */
function firstBehind(spans: readonly Span[], isBehind: (span: Span) => boolean): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span !== undefined && isBehind(span)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function behindSpace(text: string, offset: number): number {
  let behind = offset;
  while (behind < text.length && ' \t\n\r\f\v'.includes(text.charAt(behind))) behind += 1;
  return behind;
}

function isFirstOnLine(text: string, offset: number): boolean {
  let start = offset;
  while (start > 0 && /[^\S\n\r]/.test(text.charAt(start - 1))) start -= 1;
  return start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r';
}
