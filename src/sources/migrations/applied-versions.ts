// Which migrations a dump says were run: Rails, dbmate and Ecto write the rows of their table behind the schema.

import type { Statement } from '../../model/statement.ts';
import type { SourceText } from '../../text/source-text.ts';
import { sqlTokens } from '../../text/sql-tokens.ts';

const listsVersions = /^INSERT\s+INTO\s+(?:[\w$]+|"(?:[^"]|"")+")(?:\s*\.\s*(?:[\w$]+|"(?:[^"]|"")+"))?\s*\(\s*(?:version|"version")\s*\)\s*VALUES\b/i;

/** Without leading zeros. Empty where the dump lists none. */
export function appliedVersions(source: SourceText, statements: readonly Statement[]): ReadonlySet<string> {
  const versions = new Set<string>();
  for (const { kind, span } of statements) {
    const text = kind === 'data' ? source.slice(span) : '';
    const [head] = listsVersions.exec(text) ?? [];
    if (head === undefined) continue;
    for (const token of sqlTokens(text, head.length)) {
      const version = /^'?(\d+)'?$/.exec(text.slice(token.start, token.end))?.[1];
      if (version !== undefined) versions.add(version.replace(/^0+(?=\d)/, ''));
    }
  }
  return versions;
}

/** The number that the name of a file, or of its folder, begins with; undefined where there is none. */
export function versionOf(path: string): string | undefined {
  const [folder = '', file = ''] = path.split('/').slice(-2);
  const named = /^0*(\d+)/.exec(path.includes('/') ? file : folder);
  return named?.[1] ?? /^0*(\d+)/.exec(folder)?.[1];
}
