// Comments that are in force, found by the rule and the place of a finding: a text may have thousands of both.

import type { Draft } from '../model/finding.ts';
import { NestedSpans } from '../text/nested-spans.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';
import type { Beginnings } from './squawk-reach.ts';
import type { Target } from './suppression-target.ts';

/** A comment that is in force. */
export interface Order {
  readonly reason: string;
  /** The rules that it speaks of. */
  readonly rules: ReadonlySet<string> | 'all';
  /** A file, or places in it; undefined where nothing is left to speak of. */
  readonly reach: SourceText | Target | Beginnings | undefined;
}

/** Orders that speak of the same: they suppress together. */
interface Group {
  readonly first: Order;
  readonly rank: number;
  isUsed: boolean;
}

export class Orders {
  readonly #source: SourceText;
  readonly #groups = new Map<string, Group>();
  readonly #files = new Map<SourceText, string>();
  readonly #statements: NestedSpans<Span>;
  /** By statement, the lines that are spoken of alone. */
  readonly #lines = new Map<string, Set<number>>();

  /** What comes first counts first. */
  constructor(orders: readonly Order[], source: SourceText) {
    this.#source = source;
    const statements: Span[] = [];
    for (const [rank, first] of orders.entries()) {
      if (first.reach !== undefined && 'statement' in first.reach) statements.push(first.reach.statement);
      for (const place of this.#placesOf(first.reach)) {
        for (const rule of rulesOf(first)) {
          const key = `${rule} ${place}`;
          if (!this.#groups.has(key)) this.#groups.set(key, { first, rank, isUsed: false });
        }
      }
    }
    this.#statements = new NestedSpans(statements);
  }

  /** The first one that speaks of a finding; all that do are used by then. */
  speakingOf(id: string, draft: Draft): Order | undefined {
    let found: Group | undefined;
    for (const place of [...this.#placesAround(draft.span), ...this.#beginningsOf(draft)]) {
      for (const rule of [id, ALL]) {
        const group = this.#groups.get(`${rule} ${place}`);
        if (group === undefined) continue;
        group.isUsed = true;
        if (found === undefined || group.rank < found.rank) found = group;
      }
    }
    return found?.first;
  }

  /** Has it suppressed something of that rule? Without one, of any. */
  isUsed(order: Order, rule?: string): boolean {
    const rules = rule === undefined ? [...rulesOf(order)] : [rule];
    return this.#placesOf(order.reach).some((place) => rules.some((one) => this.#groups.get(`${one} ${place}`)?.isUsed === true));
  }

  #placesOf(reach: Order['reach']): readonly string[] {
    if (reach === undefined) return [];
    if ('lines' in reach) return this.#placesOfBeginnings(reach);
    if (!('statement' in reach)) return [this.#fileOf(reach)];
    const statement = printSpan(reach.statement);
    if (reach.line === undefined) return [statement];
    const lines = this.#lines.get(statement) ?? new Set();
    this.#lines.set(statement, lines.add(reach.line));
    return [`${statement}:${reach.line}`];
  }

  #placesOfBeginnings({ file, lines, around }: Beginnings): readonly string[] {
    const begins = lines.map((line) => `${this.#fileOf(file)} begins ${line}`);
    return around ? [...begins, `whole ${printSpan(around)}`] : begins;
  }

  #beginningsOf({ span, statement }: Draft): readonly string[] {
    if (this.#files.size === 0) return [];
    const begins = `${this.#fileOf(this.#source.fileAt(span.start))} begins ${this.#source.lineOf(span.start)}`;
    return span.start === statement.start ? [begins, `whole ${printSpan(statement)}`] : [begins];
  }

  #fileOf(file: SourceText): string {
    const known = this.#files.get(file) ?? `file ${this.#files.size}`;
    this.#files.set(file, known);
    return known;
  }

  /** A finding that spans several lines is found on each of them. */
  *#placesAround(span: Span): Generator<string> {
    if (this.#files.size > 0) yield this.#fileOf(this.#source.fileAt(span.start));
    for (const around of this.#statements.around(span)) {
      const statement = printSpan(around);
      yield statement;
      const lines = this.#lines.get(statement);
      if (lines === undefined) continue;
      const [first, last] = [this.#source.lineOf(span.start), this.#source.lineOf(span.end)];
      const spoken = last - first < lines.size ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : lines;
      for (const line of spoken) if (lines.has(line) && first <= line && line <= last) yield `${statement}:${line}`;
    }
  }
}

/** Stands for all rules; no rule is called so. */
const ALL = '*';

function rulesOf({ rules }: Order): Iterable<string> {
  return rules === 'all' ? [ALL] : rules;
}

function printSpan({ start, end }: Span): string {
  return `${start}-${end}`;
}
