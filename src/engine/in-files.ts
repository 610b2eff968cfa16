// What is told of a migration, by the files in which it stands: a script may include others.

import type { Unread } from '../model/report.ts';
import type { ParsedMigration } from './parsed-migration.ts';
import { unreadIn } from './unread.ts';

export interface InFile<Told> {
  readonly path: string;
  readonly unread: readonly Unread[];
  readonly statements: readonly Told[];
}

/** `told`: of each statement, in their order. One at least. */
export function inFiles<Told>({ source, parsed }: ParsedMigration, told: readonly Told[]): InFile<Told>[] {
  const found: { readonly path: string; readonly unread: Unread[]; readonly statements: Told[] }[] = [];
  const fileFor = (offset: number): (typeof found)[number] => {
    const { path } = source.fileAt(offset);
    const last = found.at(-1);
    if (last?.path === path) return last;
    const next = { path, unread: [], statements: [] };
    found.push(next);
    return next;
  };
  const { statements } = parsed;
  const problems = unreadIn(parsed.problems);
  const places = [
    ...told.map((one, index) => ({ at: statements[index]?.span.start ?? 0, add: (file: (typeof found)[number]) => file.statements.push(one) })),
    ...problems.map(({ span, message }) => ({ at: span.start, add: (file: (typeof found)[number]) => file.unread.push({ message, ...source.rangeOf(span) }) })),
  ];
  for (const { at, add } of places.toSorted((left, right) => left.at - right.at)) add(fileFor(at));
  return found.length > 0 ? found : [{ path: source.path, unread: [], statements: [] }];
}
