// What every lowering needs to know beside its node.

import type { Node, ParseResult } from '@pgsql/types';
import type { Statement } from '../../../model/statement.ts';
import type { Span } from '../../../text/span.ts';
import type { PlpgsqlResult } from '../plpgsql/tree.ts';

export interface Context {
  readonly text: string;
  /** The statement, without comments around it and without its semicolon. */
  readonly span: Span;
  /** From one of PostgreSQL's byte offsets to an offset in `text`. */
  readonly offset: (byteOffset: number) => number;
  /** Parses SQL that stands in a string: the body of a function. Undefined where it is none. */
  readonly parseBody: (sql: string) => ParseResult | undefined;
  /** Parses a DO statement as PL/pgSQL. Undefined where it is none. */
  readonly parseBlock: (sql: string) => PlpgsqlResult | undefined;
  /** The statements of SQL that stands at `span`, or is computed from what stands there. Undefined where it can't be read. */
  readonly lowerAt: (sql: string, span: Span) => Statement[] | undefined;
}

type AnyTag<N> = N extends unknown ? keyof N & string : never;

export type Tag = AnyTag<Node>;

/** The content of a node of that tag. */
export type NodeOf<K extends Tag> = Extract<Node, Readonly<Record<K, unknown>>>[K];

type OwnPart<S> = S extends unknown ? Omit<S, 'span' | 'features'> : never;

export type StatementBody = OwnPart<Statement>;
