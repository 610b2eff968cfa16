// Code of a language that has no parser here, as a tree: as much of it as can be followed, whichever language it is written in.

import type { Span } from '../../../text/span.ts';
import type { Piece } from '../reading/code-reading.ts';

export type Expression = { readonly place: Span } & (
  | { readonly kind: 'text'; readonly parts: readonly TextPart[] }
  | { readonly kind: 'constant'; readonly value: number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string; readonly at: Span }
  | { readonly kind: 'item'; readonly object: Expression; readonly key: Expression }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] }
  | { readonly kind: 'list'; readonly items: readonly Argument[] }
  | { readonly kind: 'record'; readonly entries: readonly Entry[] }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'function'; readonly made: Definition }
  | { readonly kind: 'each'; readonly result: Expression; readonly pattern: Expression; readonly of: Expression; readonly test: Expression | undefined }
  | { readonly kind: 'assignment'; readonly target: Expression; readonly value: Expression }
  /** Something that is not followed, but for what stands in it. */
  | { readonly kind: 'other'; readonly parts: readonly Expression[] }
);

/** `inserted`: the value of an expression, in the text from the first of its marks to the last. */
export type TextPart = { readonly kind: 'written'; readonly piece: Piece } | { readonly kind: 'inserted'; readonly value: Expression; readonly place: Span };

export interface Argument {
  /** Undefined: by its position. */
  readonly name: string | undefined;
  readonly value: Expression;
  /** All items of a list, or all entries of a record. */
  readonly isSpread: boolean;
}

/** `key` is undefined where all entries of another record are meant. */
export interface Entry {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

export interface Definition {
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  /** What leaves the function around it leaves it too. */
  readonly isBlock?: boolean;
}

export interface Parameter {
  readonly name: string;
  /** `rest`: all arguments that are left, by position or by name. */
  readonly takes: 'one' | 'rest' | 'named-rest';
  readonly otherwise: Expression | undefined;
}

export type Statement = { readonly place: Span } & (
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'assignment'; readonly targets: readonly Expression[]; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: readonly Statement[]; readonly no: readonly Statement[] }
  | { readonly kind: 'each'; readonly pattern: Expression; readonly of: Expression; readonly body: readonly Statement[]; readonly behind: readonly Statement[] }
  | { readonly kind: 'while'; readonly test: Expression; readonly body: readonly Statement[] }
  | { readonly kind: 'within'; readonly contexts: readonly Context[]; readonly body: readonly Statement[] }
  | { readonly kind: 'attempt'; readonly body: readonly Statement[]; readonly handlers: readonly (readonly Statement[])[]; readonly behind: readonly Statement[] }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'raise' }
  /** Out of a loop, to its next round, or out of the function around the block in which it stands. */
  | { readonly kind: 'leave'; readonly to: 'end' | 'next' | 'function' }
  | { readonly kind: 'function'; readonly name: string; readonly made: Definition }
  | { readonly kind: 'class'; readonly name: string; readonly bases: readonly Expression[]; readonly body: readonly Statement[] }
  | { readonly kind: 'import'; readonly names: readonly Imported[] }
  | { readonly kind: 'unreadable' }
);

export interface Context {
  readonly value: Expression;
  readonly target: Expression | undefined;
}

/** `sqlalchemy.text` as `text`. */
export interface Imported {
  readonly path: string;
  readonly name: string;
}
