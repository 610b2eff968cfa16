// How a tool reads the text of a file before PostgreSQL does.

import { anyDialect, dialectOf, type Dialect, type PlaceholderMarks } from '../../model/dialect.ts';
import type { Framework, SqlFile } from './framework.ts';

/** Tools of which nothing else is known fill in nothing. */
export function dialectFor({ title, dialect }: Pick<Framework, 'title' | 'dialect'>, file: SqlFile): Dialect {
  return dialect?.(file) ?? dialectOf(title);
}

/** Of what a tool prints, and of what nobody knows who runs it: psql may. */
export function unknownDialect(): Dialect {
  return anyDialect;
}

/** Marks that are symbols or letters begin and end no string and no comment; others are left alone. */
export function safeMarks(marks: PlaceholderMarks): readonly PlaceholderMarks[] {
  const isSafe = (mark: string): boolean => /^[#${}%@[\]<>:!~^&|=_.A-Za-z]{1,20}$/.test(mark);
  return isSafe(marks.prefix) && isSafe(marks.suffix) ? [marks] : [];
}
