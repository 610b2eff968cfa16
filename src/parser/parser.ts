// The port: what every front end gives to the rest of the tool.

import type { Dialect } from '../model/dialect.ts';
import type { Severity } from '../model/finding.ts';
import type { Statement } from '../model/statement.ts';
import type { Turn } from '../model/turn.ts';
import type { SourceText } from '../text/source-text.ts';
import type { Span } from '../text/span.ts';

/** What is said of a file because of what there was before it. */
export type PastRule = 'edited-migration' | 'out-of-order-migration' | 'duplicate-version' | 'never-validated-constraint' | 'irreversible-migration';

/** A piece of the text that could not be read; nothing that stands in it was judged. Or what is wrong with the file itself. */
export interface Problem {
  /** From where it can't be read on. */
  readonly span: Span;
  /** All that was not read because of it; the span where it says nothing. */
  readonly statement?: Span;
  /** In the parser's words, starting with a small letter: `syntax error at or near "TABEL"`. */
  readonly message: string;
  readonly help: string;
  /** It stands in a branch of the script that may not run, so that PostgreSQL may never see it. */
  readonly isConditional?: true;
  /** It is milder than what the rule is mostly about. */
  readonly atMost?: Severity;
  /** `syntax-error` unless the text as a whole is none, it is too much, what is run stands elsewhere, nobody runs it, its tool can't, or it has a past. */
  readonly rule?: 'syntax-error' | 'unreadable-file' | 'oversized-input' | 'unread-migration' | 'unread-include' | 'unrun-statement' | 'unsupported-by-tool' | 'not-checked' | PastRule;
}

/** What of a text is a statement, and what could not be read. */
export interface ReadStatements {
  /** In the order of the text. */
  readonly statements: readonly Statement[];
  readonly problems: readonly Problem[];
}

export interface ParsedText extends ReadStatements {
  readonly turns: readonly Turn[];
  /** In the order of the text, those in DO blocks too; looked for when they are asked for, because most texts say nothing to us in them. */
  readonly comments: () => readonly Span[];
}

export interface Parser {
  readonly name: 'libpg' | 'portable';
  /** Pure and total: whatever the text holds, the answer covers all of it. `dialect`: how its tool reads it; unknown where it is left out. */
  parse(source: SourceText, dialect?: Dialect): ParsedText;
}
