// From a text that was read to a migration that can be told.

import type { ParsedMigration } from '../engine/lint.ts';
import type { Parser } from '../parser/parser.ts';
import type { ReadText } from '../sources/read-text.ts';
import { SourceText } from '../text/source-text.ts';

export function parseMigration({ text, problems }: ReadText, path: string, linted: boolean, parser: Parser): ParsedMigration {
  const source = new SourceText(path, text);
  const parsed = parser.parse(source);
  return { source, linted, parsed: { statements: parsed.statements, problems: [...problems, ...parsed.problems] } };
}
