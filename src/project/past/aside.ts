// Files that are not linted and have something said of their past: those that are gone, are deployed everywhere, or differ in the ends of their lines alone.

import type { History, ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Problem } from '../../parser/parser.ts';
import { Catalog } from '../../model/catalog.ts';
import { namedFileOf } from '../../sources/code/named-file.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import { sqlTokens } from '../../text/sql-tokens.ts';
import { inputOf } from '../reading/chosen-history.ts';
import type { ReadMigration } from '../reading/migrations-in.ts';
import { untold } from '../reading/unread-file.ts';
import { remarkOn, type Desk } from './remarks.ts';
import type { PastFact } from '../../sources/migrations/past/past-fact.ts';

/** One migration for each file that there is something to say of; nothing of it is told. `isLinted`: all else is said of such a file where it is linted. */
export function historyAside(facts: readonly PastFact[], isLinted: (file: string) => boolean, desk: Desk): History {
  const { settings } = desk.history;
  const migrations = facts.flatMap((fact) => migrationOf(fact, isLinted(fact.file), desk) ?? []);
  return { migrations, isAside: true, start: Catalog.start('unknown'), settings: new Map(), newTables: 'migration', ...settings.stated() };
}

/** A text of which nothing is told, with what is said of it. */
export function asideOf(source: SourceText, problems: readonly Problem[], tool: string): ParsedMigration {
  return untold(source, { linted: true, problems, tool }, () => ownCommentsIn(source.text));
}

function migrationOf(fact: PastFact, isLinted: boolean, desk: Desk): ParsedMigration | undefined {
  const path = displayPath(fact.file, desk.texts.cwd);
  const read = readNow(fact, path, desk);
  const remark = remarkOn(fact, read, desk);
  if (remark === undefined || (isLinted && !remark.isGone)) return undefined;
  return asideOf(new SourceText(path, read.text, (read.composed ?? read.included)?.passages), [remark.problem], `${desk.history.framework.title}, not linted`);
}

const nothing: ReadMigration = { text: '', problems: [] };

function readNow({ kind, file }: PastFact, path: string, { texts, history }: Desk): ReadMigration {
  if (kind === 'deleted') return nothing;
  const code = namedFileOf(file)?.tool;
  const migration = { file, path, linted: true, isNew: false, earlier: () => [], isDeployed: false, role: 'up', reason: undefined, isStray: false, code } as const;
  return inputOf(migration, texts, history).read;
}

const ids = /\b(?:edited-migration|out-of-order-migration|duplicate-version|never-validated-constraint|irreversible-migration)\b/;

/** Of the others, nobody knows here whether they are used. */
function ownCommentsIn(text: string): readonly Span[] {
  return [...sqlTokens(text)].filter(({ kind, start, end }) => kind === 'comment' && ids.test(text.slice(start, end)));
}
