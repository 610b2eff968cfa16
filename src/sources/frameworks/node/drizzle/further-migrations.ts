// Further migrations of Drizzle: SQL files with breakpoints, and their entries in meta/_journal.json. All pending files share a transaction, which
// a file can end: what stands between two breakpoints is sent by itself. Source: readMigrationFiles() and PgDialect.migrate() of drizzle-orm,
// writeResult() of drizzle-kit 0.31.

import type { FurtherMigration, Withheld } from '../../../../model/cure.ts';
import type { SqlFile } from '../../framework.ts';
import type { Marking, Neighbour, Writing } from '../../authoring/authoring.ts';
import { oneByOne, partsOf, type Made } from '../../authoring/layouts.ts';
import { nextName } from '../../authoring/next-name.ts';

/** It sends what stands between two of them by itself. */
export const BREAKPOINT = '--> statement-breakpoint';
const JOURNAL = 'meta/_journal.json';

export function writeFurther(further: readonly FurtherMigration[], behind: Neighbour): Writing | Withheld {
  if (/\/migration\.sql$/.test(behind.path)) return { why: 'Drizzle keeps a snapshot beside each migration: make each further one with "drizzle-kit generate --custom"' };
  const journal = behind.textOf(JOURNAL);
  if (journal === undefined) return { why: `no ${JOURNAL} was found, in which Drizzle would look for a further migration` };
  const written = oneByOne(writeBehind)(further, behind);
  if ('why' in written) return written;
  const tags = written.files.map(({ path }) => partsOf(path).stem);
  const listed = entriesBehind(journal, partsOf(behind.path).stem, tags);
  return typeof listed === 'string' ? { ...written, changed: [{ path: JOURNAL, text: listed }] } : listed;
}

/** The statement is the only one of its file. */
export function outsideOfRun({ text }: Pick<SqlFile, 'text'>): Marking {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const end = text.trimEnd().length;
  return {
    edits: [
      { span: { start: 0, end: 0 }, text: `COMMIT;${BREAKPOINT}${lineEnd}` },
      { span: { start: end, end: text.length }, text: `${lineEnd}${BREAKPOINT}${lineEnd}BEGIN;${lineEnd}` },
    ],
    files: [],
  };
}

function writeBehind({ name: slug, statements, place }: FurtherMigration, { path, taken, lineEnd }: Neighbour): Made {
  const { folder, stem } = partsOf(path);
  const name = nextName(stem, slug, Array.from(taken, (other) => (other.endsWith('.sql') ? partsOf(other).stem : '')));
  if (typeof name !== 'string') return name;
  const all = place === 'outside' ? ['COMMIT', ...statements, 'BEGIN'] : ['COMMIT', 'BEGIN', ...statements];
  const text = all.map((statement) => `${statement};`).join(`${BREAKPOINT}${lineEnd}`);
  return [{ path: `${folder}${name}.sql`, text: `${text}${lineEnd}`, isMigration: true }];
}

/** The journal with an entry for each tag behind that of another one, in its form; times go on by a millisecond, because Drizzle passes over what is no later than the last. */
function entriesBehind(journal: string, tag: string, tags: readonly string[]): string | Withheld {
  const entries = Array.from(journal.matchAll(/\{[^{}]*"tag"\s*:\s*"([^"]*)"[^{}]*\}/g));
  const own = entries.find(([, name]) => name === tag);
  if (own === undefined) return { why: `"${tag}" is not in ${JOURNAL}, so Drizzle does not run it` };
  if (own !== entries.at(-1)) return { why: `other migrations come behind "${tag}" in ${JOURNAL}` };
  const [entry] = own;
  const indentation = /[ \t\r\n]*$/.exec(journal.slice(0, own.index))?.[0] ?? '';
  const added = tags.map((name, index) => {
    const counted = entry.replace(/("(?:idx|when)"\s*:\s*)(\d+)/g, (_, key: string, value: string) => key + String(Number(value) + index + 1));
    return `,${indentation}${counted.replace(`"${tag}"`, () => `"${name}"`)}`;
  });
  const at = own.index + entry.length;
  return journal.slice(0, at) + added.join('') + journal.slice(at);
}
