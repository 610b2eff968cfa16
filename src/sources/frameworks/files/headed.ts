// A script that a tool has printed: one session, in which a heading begins each migration.

import type { TransactionMode } from '../../../model/migration.ts';
import type { Contained, Several } from '../framework.ts';

export interface Heading {
  /** Where the migration begins. */
  readonly start: number;
  readonly name: string | undefined;
  readonly aliases?: readonly string[];
}

/** What comes before the first heading, such as BEGIN, belongs to the first migration. The script is run as a whole: a way down that is printed is run too. */
export function headed(text: string, headings: readonly Heading[], transaction: TransactionMode): Several {
  const all: readonly Heading[] = headings.length > 0 ? headings : [{ start: 0, name: undefined }];
  const migrations = all.map(({ start, name, aliases = [] }, index): Contained => {
    const end = all[index + 1]?.start ?? text.length;
    return {
      name,
      aliases,
      direction: 'up',
      span: { start, end: start + withoutCommit(text.slice(start, end)).length },
      parts: [{ spans: [{ start: index === 0 ? 0 : start, end }], transaction }],
      joins: index > 0 ? 'transaction' : 'nothing',
      runs: 'once',
    };
  });
  return { migrations };
}

/** The last migration of a script ends with it, until another one is printed behind it. */
function withoutCommit(text: string): string {
  return text.trimEnd().replace(/\bCOMMIT ?;$/i, '').trimEnd();
}
