// What goose reads in a file, line by line, whatever a line is to PostgreSQL.
// Source: ParseSQLMigration() and extractAnnotation() in internal/sqlparser/parser.go of github.com/pressly/goose, v3.

import type { Span } from '../../../text/span.ts';
import { refusal, wholeRefusal } from '../files/refused.ts';
import type { Refusal } from '../framework.ts';
import { goLines, goTrim, semicolonAtEnd } from './lines.ts';

export type ReadAnnotations =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind: 'read';
      /** Where the way down begins; undefined where there is none. */
      readonly down: number | undefined;
      readonly isWithoutTransaction: boolean;
      /** Lines that goose forgets. */
      readonly dropped: readonly Span[];
      /** The semicolons at which it cuts. */
      readonly cuts: readonly Span[];
      /** Why it stops, though it is clear what was meant. */
      readonly refusal: Refusal | undefined;
    };

export function readAnnotations(text: string): ReadAnnotations {
  const reading = new Reading(text);
  for (const line of goLines(text)) {
    const why = reading.line(line);
    if (why !== undefined) return { kind: 'refused', refusal: refusal(line, why) };
  }
  return reading.end();
}

class Reading {
  readonly #text: string;
  #state: 'start' | 'up' | 'down' = 'start';
  #isInStatement = false;
  /** What has been read of a statement that has not ended: its first line that holds something. */
  #open: Span | 'blank' | undefined;
  #isBehindNothing = false;
  #down: number | undefined;
  #isWithoutTransaction = false;
  readonly #dropped: Span[] = [];
  readonly #cuts: Span[] = [];
  #unended: Span | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Why goose stops at it; undefined where it reads on. */
  line(span: Span): string | undefined {
    const line = this.#text.slice(span.start, span.end);
    const words = goTrim(line);
    const isComment = words.startsWith('--');
    if (isComment && line.includes('+goose')) return this.#annotation(line, span);
    if (this.#open === undefined && (isComment || line === '' || (this.#state === 'start' && words === ''))) return undefined;
    if (this.#state === 'start') return 'something else stands before -- +goose Up';
    if (this.#state === 'up') this.#ofStatement(words, span);
    return undefined;
  }

  end(): ReadAnnotations {
    if (this.#state === 'start') return { kind: 'refused', refusal: wholeRefusal(this.#text, 'no line -- +goose Up stands in it') };
    if (this.#isInStatement) return { kind: 'refused', refusal: wholeRefusal(this.#text, 'a StatementBegin in it has no StatementEnd') };
    this.#endSection();
    return {
      kind: 'read',
      down: this.#down,
      isWithoutTransaction: this.#isWithoutTransaction,
      dropped: this.#dropped,
      cuts: this.#cuts,
      refusal: this.#unended && refusal(this.#unended, unended),
    };
  }

  #ofStatement(words: string, span: Span): void {
    const semicolon = this.#isInStatement || this.#isBehindNothing ? undefined : semicolonAtEnd(this.#text, span);
    if (semicolon) this.#cuts.push(semicolon);
    if (this.#isBehindNothing) this.#dropped.push(span);
    else if (semicolon) this.#open = undefined;
    else if (typeof this.#open !== 'object') this.#open = words === '' ? 'blank' : span;
    this.#isBehindNothing = false;
  }

  /** A semicolon that is missing changes nothing of what is up and what is down. */
  #endSection(): void {
    if (typeof this.#open === 'object') this.#unended ??= this.#open;
  }

  #annotation(line: string, span: Span): string | undefined {
    if (/^[ \t]/.test(line)) return 'a mark of goose must stand at the beginning of its line';
    const words = goTrim(line.replaceAll('--', '').replace('+goose', ''));
    const name = annotations.find((one) => new RegExp(`^${one}$`, 'iu').test(words));
    return name === undefined ? 'it knows no such mark' : this.#marks[name](span);
  }

  readonly #marks: Readonly<Record<(typeof annotations)[number], (span: Span) => string | undefined>> = {
    Up: () => {
      if (this.#state !== 'start') return '-- +goose Up stands in it twice';
      this.#state = 'up';
      return undefined;
    },
    Down: ({ start }) => {
      if (this.#state !== 'up' || this.#isInStatement) return '-- +goose Down must stand once, behind -- +goose Up and outside of statements';
      this.#endSection();
      this.#state = 'down';
      this.#down = start;
      this.#open = undefined;
      return undefined;
    },
    StatementBegin: () => {
      if (this.#state === 'start' || this.#isInStatement) return 'StatementBegin must stand behind -- +goose Up or Down, and not in a statement';
      this.#isInStatement = true;
      this.#isBehindNothing = false;
      return undefined;
    },
    StatementEnd: () => {
      if (!this.#isInStatement) return 'StatementEnd stands in it without StatementBegin';
      this.#isInStatement = false;
      this.#isBehindNothing = this.#open === undefined;
      this.#open = undefined;
      return undefined;
    },
    'NO TRANSACTION': () => {
      this.#isWithoutTransaction = true;
      return undefined;
    },
    'ENVSUB ON': () => undefined,
    'ENVSUB OFF': () => undefined,
  };
}

const annotations = ['Up', 'Down', 'StatementBegin', 'StatementEnd', 'NO TRANSACTION', 'ENVSUB ON', 'ENVSUB OFF'] as const;

const unended = 'a statement in it does not end with a semicolon at the end of a line';
