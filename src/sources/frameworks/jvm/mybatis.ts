// MyBatis Migrations: scripts/20240101_x.sql, with the way down below `-- //@UNDO`.
// Source: mybatis.org/migrations, and MigrationReader, FileMigrationLoader and ScriptRunner of its source, 3.4.

import { inOneFile } from '../authoring/layouts.ts';
import { dialectOf } from '../../../model/dialect.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import { linesIn } from '../../../text/lines.ts';
import type { Span } from '../../../text/span.ts';
import type { Directory } from '../../disk/directory.ts';
import { knownByMark } from '../files/look-inside.ts';
import { byNumber, nameOf } from '../files/places.ts';
import { neverAgain } from '../conduct.ts';
import type { Cut, Framework, Place, SqlFile } from '../framework.ts';
import { property } from '../settings/properties.ts';

/** Of one that begins with slashes, PostgreSQL would see operators: the mark is a comment for MyBatis alone. */
const mark = /^[ \t]*(?:--|\/\/)[ \t]*\/\/[ \t]*@UNDO/;

export const mybatis: Framework = {
  name: 'mybatis',
  title: 'MyBatis Migrations',
  dialect: () => dialectOf('MyBatis Migrations', ['brace']),
  leaving: 'all files run without a transaction where auto_commit=true stands in the file of the environment',
  authoring: { outside: 'none', sendsSingly: true, write: inOneFile({ down: ['-- //@UNDO'] }) },
  layout: 'flat',
  ...knownByMark(new RegExp(mark, 'm')),
  evidence: { runs: /\bmybatis-migrations\b/, files: ['environments'] },
  /** Source: UpOperation.operate() and checkSkippedOrMissing() of its source, 3.4. */
  conduct: {
    late: 'skips',
    compares: 'nothing',
    changed: neverAgain,
    gone: 'only warns of it, and a new database comes to another schema',
    twins: 'fails at the second file of a version',
  },
  transaction: (root) => (root && isSetTo(root, /^auto_commit$/, 'true') ? 'statement' : 'file'),
  remembers: 'number',
  places: () => placeOf,
  cut,
};

function placeOf(path: string): Place | undefined {
  if (nameOf(path) === 'bootstrap.sql') return { role: 'baseline', order: [] };
  return nameOf(path) === 'onabort.sql' ? { role: 'callback', order: [] } : byNumber(path);
}

/** The first mark begins the way down, and nothing ends it. Lines that begin like comments are left out of what is sent. */
function cut({ text, root }: SqlFile, transaction: TransactionMode): Cut {
  const lines = Array.from(linesIn(text), (span) => ({ span, words: text.slice(span.start, span.end) }));
  const end = lines.find(({ words }) => mark.test(words))?.span.start ?? text.length;
  const isWhole = root !== undefined && isSetTo(root, /^send_full_script$/, 'true');
  return {
    up: [{ spans: [{ start: 0, end }], transaction }],
    down: end < text.length ? [{ spans: [{ start: end, end: text.length }], transaction }] : [],
    dropped: isWhole ? [] : commentsIn(lines),
  };
}

interface Line {
  readonly span: Span;
  readonly words: string;
}

/** A line that could have become a mark is put before the next one, which is a part of the comment then. */
function commentsIn(lines: readonly Line[]): Span[] {
  const comments: Span[] = [];
  let isPending = false;
  for (const { span, words } of lines) {
    const isComment = /^[\0- ]*(?:--|\/\/)/.test(words);
    if (isComment || isPending) comments.push(span);
    isPending = /^[ \t]*(?:--|\/\/)[ \t]*(?:\/|\/\/[ \t]*(?:@|@U|@UN|@UND)?)?$/.test(words) || (isPending && /^[ \t]*[-/]?$/.test(words));
  }
  return comments;
}

/** Where all environments say so. */
function isSetTo(root: Directory, name: RegExp, value: string): boolean {
  const environments = root.parent?.below('environments');
  const files = environments?.names.filter((file) => file.endsWith('.properties')) ?? [];
  return files.length > 0 && files.every((file) => property(environments?.text(file) ?? '', name) === value);
}
