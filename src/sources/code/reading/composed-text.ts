// The SQL of a migration in code as one text, each piece of which knows its place in the code.

import type { Part } from '../../../model/migration.ts';
import type { Turn } from '../../../model/turn.ts';
import type { Problem } from '../../../parser/parser.ts';
import type { Passage, SourceText } from '../../../text/source-text.ts';
import type { Span } from '../../../text/span.ts';
import { splitStatements } from '../../../text/split-statements.ts';
import type { Cut } from '../../frameworks/framework.ts';
import type { CodeComment, CodeReading, Deed, Section } from './code-reading.ts';

type Fork = Extract<Turn, { readonly kind: 'branch' }>;

/** SQL that stands in code. */
export interface Composed {
  readonly passages: readonly Passage[];
  readonly cut: Pick<Cut, 'up' | 'down'>;
  /** What stands between may not run. */
  readonly branches: readonly Fork[];
}

export interface ComposedText {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly composed: Composed;
}

/** `code`: the text of the file. */
export function composedText({ up, down, comments }: CodeReading, code: SourceText): ComposedText {
  const composer = new Composer(code, comments);
  const forwards = up.flatMap((section) => composer.add(section));
  if (down.length > 0) composer.part();
  const ways = { up: forwards, down: down.flatMap((section) => composer.add(section)) };
  const { text, problems, passages, branches } = composer;
  return { text, problems, composed: { passages, branches, cut: ways } };
}

const help = 'Write its SQL as a text into the migration, or lint what is sent: pgmigrate-lint record -- COMMAND';

/** Whether the code itself has begun a transaction, and not ended it. */
function isLeftOpen(message: string, isOpen: boolean): boolean {
  const words = message.replace(/^(?:\s|--[^\n]*\n)+/, '');
  if (/^(?:BEGIN|START\s+TRANSACTION)\b/i.test(words)) return true;
  return isOpen && !/^(?:COMMIT|END|ABORT|ROLLBACK(?!\s+(?:WORK\s+|TRANSACTION\s+)?TO\b))\b/i.test(words);
}

class Composer {
  readonly passages: Passage[] = [];
  readonly problems: Problem[] = [];
  readonly branches: Fork[] = [];
  readonly #code: SourceText;
  #comments: readonly CodeComment[];
  #pieces: string[] = [];
  #length = 0;

  constructor(code: SourceText, comments: readonly CodeComment[]) {
    this.#code = code;
    this.#comments = comments;
  }

  get text(): string {
    return this.#pieces.join('');
  }

  /** What ends on the one way is not where the other begins. */
  part(): void {
    this.#append('\n', { start: 0, end: 0 });
  }

  /** One part for all; where each message is on its own, those of several statements have their implicit transactions. */
  add({ deeds, transaction }: Section): Part[] {
    const start = this.#length;
    const messages = deeds.map((deed) => this.#spanOf(deed));
    if (transaction !== 'statement') return [{ transaction, spans: [{ start, end: this.#length }] }];
    return this.#partsOf(messages.filter((span) => span.start < span.end)) ?? [{ transaction, spans: [{ start, end: this.#length }] }];
  }

  /** Undefined where there are none. */
  #partsOf(messages: readonly Span[]): Part[] | undefined {
    const parts: Part[] = [];
    const all = this.text;
    let isOpen = false;
    for (const { start, end } of messages) {
      const text = all.slice(start, end);
      const isBatch: boolean = !isOpen && [...splitStatements(text)].length > 1;
      const last = parts.at(-1);
      const before = last?.spans[0];
      if (!isBatch && last?.transaction === 'statement' && before) parts.splice(-1, 1, { transaction: 'statement', spans: [{ start: before.start, end }] });
      else parts.push({ transaction: isBatch ? 'batch' : 'statement', spans: [{ start, end }] });
      isOpen = isBatch ? isOpen : isLeftOpen(text, isOpen);
    }
    return parts.length > 0 ? parts : undefined;
  }

  #spanOf(deed: Deed): Span {
    const start = this.#length;
    this.#compose(deed);
    return { start, end: this.#length };
  }

  #compose(deed: Deed): void {
    if (deed.kind === 'branch') {
      this.branches.push({ at: this.#length, kind: 'branch', step: deed.step });
      return;
    }
    const { place } = deed;
    this.#sayBefore(place.start);
    const start = this.#length;
    if (deed.kind === 'gap') this.#append(' ', place);
    else for (const piece of deed.pieces) this.#append(piece.text, piece.place);
    if (deed.kind === 'gap') this.problems.push({ rule: 'unread-migration', span: { start, end: this.#length }, message: `what this does was not checked, because ${deed.why}`, help });
    this.#append('\n;', { start: place.end, end: place.end });
    this.#sayOnLine(place.end);
    this.#append('\n', { start: place.end, end: place.end });
  }

  /** Comments of the code speak of the SQL behind them. */
  #sayBefore(start: number): void {
    const before = this.#comments.filter(({ place }) => place.start < start);
    for (const comment of before) this.#say(comment);
    this.#comments = this.#comments.slice(before.length);
  }

  /** And of the SQL before them on their line. */
  #sayOnLine(end: number): void {
    const [next, ...others] = this.#comments;
    if (next === undefined || next.place.start < end || /[\n\r]/.test(this.#code.text.slice(end, next.place.start))) return;
    this.#append(' ', next.place);
    this.#say(next);
    this.#comments = others;
  }

  #say({ words, place }: CodeComment): void {
    this.#append('-- ', { start: place.start, end: words.start });
    this.#append(this.#code.slice(words).replace(/[\n\r]/g, ' '), words);
    this.#append('\n', { start: place.end, end: place.end });
  }

  #append(text: string, { start, end }: Span): void {
    if (text === '') return;
    const isSame = this.#code.text.slice(start, end) === text;
    const passage: Passage = { start: this.#length, end: this.#length + text.length, source: this.#code, offset: start };
    this.passages.push(isSame ? passage : { ...passage, length: end - start });
    this.#pieces.push(text);
    this.#length += text.length;
  }
}
