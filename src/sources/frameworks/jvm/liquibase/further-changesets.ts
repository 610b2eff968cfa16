// Further changesets of Liquibase's formatted SQL: in the same file, right behind the one that is cured, by its author.
// Source: docs.liquibase.com, "Formatted SQL changelog"; ChangeSet.rollback() in liquibase/liquibase, which leaves transactions as the way up does.

import type { Edit, FurtherMigration, Withheld } from '../../../../model/cure.ts';
import { holdsBlock } from '../../../../text/holds-block.ts';
import type { SqlFile } from '../../framework.ts';
import type { Marking, Neighbour, Writing } from '../../authoring/authoring.ts';
import { statementsOf } from '../../authoring/layouts.ts';
import { changesetLine } from './changeset-line.ts';
import { formattedMark } from './formatted-sql.ts';

export function writeFurther(further: readonly FurtherMigration[], { text, end, lineEnd }: Neighbour): Writing | Withheld {
  const own = changesetBefore(text, end);
  if (own === undefined) return { why: 'the changeset that runs this file stands in a changelog of another format' };
  if (/\b(?:runAlways|runOnChange):true\b/i.test(own.line)) return { why: 'the changeset is run again and again, and further ones would be run once' };
  if (/^\s*--\s*preconditions\b/im.test(text.slice(own.end, end))) return { why: 'the changeset has preconditions, which further ones would not have' };
  const ids = idsIn(text);
  const written = further.map((one) => {
    const id = nextId(own.id, one.name, ids);
    ids.add(id);
    return changeset(one, { id, author: own.author, kept: own.kept, isUndone: /^\s*(?:--\s*rollback |\/\*\s*liquibase\s*rollback\s*$)/im.test(text.slice(own.end, end)) });
  });
  const before = text.slice(0, end);
  const gap = /(?:\r?\n){2}$/.test(before) ? '' : /\n$/.test(before) ? lineEnd : lineEnd + lineEnd;
  const added = written.map((lines) => lines.join(lineEnd) + lineEnd).join(lineEnd);
  return { edits: [{ span: { start: end, end }, text: gap + added + (end < text.length ? lineEnd : '') }], files: [], changed: [] };
}

/** On the line of the changeset in which the statement stands. */
export function withoutTransaction({ text }: Pick<SqlFile, 'text'>, end: number, isBlock: boolean): Marking | Withheld {
  const own = changesetBefore(text, end);
  if (own === undefined) return { why: 'the changeset that runs this file stands in a changelog of another format' };
  const wanted = ['runInTransaction:false', ...(isBlock ? [whole] : [])];
  const edits = wanted.map((attribute): Edit => {
    const said = new RegExp(`\\b${attribute.split(':')[0] ?? ''}:\\w+`, 'i').exec(own.line);
    const [start, stop] = said === null ? [own.end, own.end] : [own.start + said.index, own.start + said.index + said[0].length];
    return { span: { start, end: stop }, text: said === null ? ` ${attribute}` : attribute };
  });
  return { edits, files: [] };
}

/** Liquibase knows no dollar signs around a body: it would cut DO at its first semicolon. Source: SimpleSqlGrammar.jj in liquibase/liquibase. */
const whole = 'splitStatements:false';

export function whyNotWritten(text: string): string | undefined {
  return formattedMark.test(text) ? undefined : 'the changeset that runs this file stands in a changelog of another format, or Liquibase has printed it';
}

interface OwnChangeset {
  readonly author: string;
  readonly id: string;
  readonly line: string;
  /** Of its line. */
  readonly start: number;
  readonly end: number;
  /** Where and when it is run, which holds for what comes behind it too. */
  readonly kept: string;
}

/** The last one that begins before a place. */
function changesetBefore(text: string, place: number): OwnChangeset | undefined {
  for (const { 0: line, index } of [...text.matchAll(/^[ \t]*--[ \t]*changeset[^\r\n]*/gim)].toReversed()) {
    const read = changesetLine(line);
    if (index >= place || read === undefined || read === 'refused') continue;
    const kept = Array.from(line.matchAll(/(?<=\s)(?:dbms|context|contextFilter|labels|logicalFilePath):(?:"[^"]*"|\S+)/gi), ([one]) => ` ${one}`).join('');
    const end = index + line.trimEnd().length;
    return { author: /^\s*--\s*changeset\s+("[^"]+"|[^:]+):/i.exec(line)?.[1] ?? read.author, id: read.id, line, start: index, end, kept };
  }
  return undefined;
}

function idsIn(text: string): Set<string> {
  const lines = Array.from(text.matchAll(/^[ \t]*--[ \t]*changeset[^\r\n]*/gim), ([line]) => changesetLine(line));
  return new Set(lines.flatMap((line) => (line === undefined || line === 'refused' ? [] : [line.id])));
}

/** Numbers go on counting; words become other words. */
function nextId(id: string, slug: string, taken: ReadonlySet<string>): string {
  const [, head = '', number] = /^(.*?)(\d+)$/.exec(id) ?? [];
  const words = slug.replaceAll('_', id.includes('-') && !id.includes('_') ? '-' : '_');
  for (let count = 1; ; count += 1) {
    const next = number === undefined ? (count === 1 ? words : `${words}-${count}`) : head + String(BigInt(number) + BigInt(count)).padStart(number.length, '0');
    if (!taken.has(next)) return next;
  }
}

interface Line {
  readonly author: string;
  readonly id: string;
  readonly kept: string;
  readonly isUndone: boolean;
}

function changeset({ statements, undo, place }: FurtherMigration, { author, id, kept, isUndone }: Line): readonly string[] {
  const back = undo.length === 0 ? ['--rollback empty'] : statementsOf(undo).map((statement) => `--rollback ${statement}`);
  return [`--changeset ${author}:${id}${place === 'outside' ? ' runInTransaction:false' : ''}${statements.some(holdsBlock) ? ` ${whole}` : ''}${kept}`, ...statementsOf(statements), ...(isUndone ? back : [])];
}
