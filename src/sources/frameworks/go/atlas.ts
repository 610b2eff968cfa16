// Atlas: 1_x.sql beside atlas.sum; it also runs directories in the formats of other tools. Source: atlasgo.io/versioned/apply.

import type { Authoring, Neighbour } from '../authoring/authoring.ts';
import { inOneFile, inOneOrTwoFiles } from '../authoring/layouts.ts';
import { lineAtHead } from '../authoring/marks.ts';
import { dialectOf } from '../../../model/dialect.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import type { Directory } from '../../disk/directory.ts';
import { isSaid, type Evidence } from '../evidence.ts';
import { cutAtLines, uncut } from '../files/cut.ts';
import { areMarked, areNamed } from '../files/majority.ts';
import { byName, byNumberAndDirection } from '../files/places.ts';
import { refusal, refused, wholeRefusal } from '../files/refused.ts';
import type { Late } from '../conduct.ts';
import type { Cut, Editing, Framework, SqlFile } from '../framework.ts';
import { connectionTexts, settingsOfParameters } from '../settings/connection-settings.ts';
import { goLines, goTrim } from './lines.ts';

const evidence: Evidence = {
  runs: /\batlas\s+migrate\s+apply\b|\bariga\/atlas-(?:deploy-action|action\/migrate\/apply)\b|\bkind:\s*AtlasMigration\b|\bMigrateApply(?:Slice)?\(/,
  uses: /^\s*format\s*=\s*"?(?:goose|dbmate|flyway|golang-migrate|liquibase)\b/,
};

export const atlas: Framework = {
  name: 'atlas',
  title: 'Atlas',
  dialect: () => dialectOf('Atlas', ['go']),
  leaving: 'a file of its own that begins with -- atlas:txmode none',
  authoring: {
    outside: 'marked',
    sendsSingly: true,
    mark: lineAtHead('-- atlas:txmode none', ''),
    write: (further, behind) => writeLike(behind)(further, behind),
    afterwards: 'atlas migrate hash',
  },
  layout: 'flat',
  rootOf: (directory) => (directory.has('atlas.sum') ? directory : undefined),
  readsOthers: true,
  evidence,
  /** Source: Executor.Pending() of sql/migrate/migrate.go, Validate() of sql/migrate/dir.go; atlasgo.io, "Execution order". */
  conduct: {
    late: 'refuses',
    lateIn: execOrderIn,
    unless: 'it is run with --exec-order',
    compares: 'text',
    sums: 'atlas.sum',
    changed: 'never runs the change where this migration has run, and refuses the directory until atlas.sum is made anew',
    gone: 'does not miss it once atlas.sum is made anew, and a new database comes to another schema',
  },
  transaction: () => 'file',
  remembers: 'number',
  stopsAtByteOrderMark: () => true,
  places: (root) => (formatOf(root) === 'golang-migrate' ? (path) => byNumberAndDirection(path) ?? byName(path) : byName),
  cut,
  settings: (root) => settingsOfParameters(connectionTexts(root, 'atlas.hcl'), 'whole'),
};

/** `exec_order` of atlas.hcl, or of a command. */
function execOrderIn(root: Directory): Late | undefined {
  const says = (order: string): boolean => isSaid(new RegExp(`\\bexec[_-]order\\b["']?[ \\t=:]{1,9}["']?${order}\\b`, 'i'), root);
  if (says('non[_-]linear')) return 'runs';
  return says('linear[_-]skip') ? 'skips' : undefined;
}

/** In the format of the file behind which it comes. */
function writeLike({ text }: Neighbour): NonNullable<Authoring['write']> {
  const without = ['-- atlas:txmode none', ''];
  if (/^-- \+goose[ \t]+Up\b/m.test(text)) return inOneFile({ up: ['-- +goose Up'], outside: [...without, '-- +goose Up'], down: ['-- +goose Down'] });
  if (/^-- migrate:up\b/m.test(text)) return inOneFile({ up: ['-- migrate:up'], outside: [...without, '-- migrate:up'], down: ['-- migrate:down'] });
  return inOneOrTwoFiles({ outside: without });
}

type Format = 'atlas' | 'goose' | 'dbmate' | 'golang-migrate';

const known = new WeakMap<Directory, Format>();

function formatOf(root: Directory): Format {
  const format = known.get(root) ?? foundFormat(root);
  known.set(root, format);
  return format;
}

/** As the project says, or as most files are. Of a format that has no marks, files are read as Atlas reads its own. */
function foundFormat(root: Directory): Format {
  const said = (['goose', 'dbmate', 'golang-migrate'] as const).find((one) => isSaid(new RegExp(`\\bformat\\s*=\\s*"?${one}\\b`), root));
  if (said) return said;
  if (areMarked(root, /^-- \+goose[ \t]+Up\b/m, 'most')) return 'goose';
  if (areMarked(root, /^-- migrate:up\b/m, 'most')) return 'dbmate';
  return areNamed(root, /^\d+_.*\.(?:up|down)\.sql$/, 'most') ? 'golang-migrate' : 'atlas';
}

function cut(file: SqlFile, transaction: TransactionMode): Cut {
  const { text, root } = file;
  const mode = isWithout(text) ? 'statement' : transaction;
  const format = root ? formatOf(root) : 'atlas';
  if (format === 'goose') return cutGoose(file, mode);
  if (format === 'dbmate') return cutDbmate(file, mode);
  const sections = /^-- atlas:txtar\b/.test(text) ? cutAtLines(file, archive, { up: mode, down: mode }) : uncut(file, mode);
  return { ...sections, ...delimiting(text), hasFlatComments: true };
}

/** Several files in one, with checks and the way down. */
const archive = { up: /^-- (?!down\.sql)\S+\.sql --[ \t]*\r?$/gm, down: /^-- down\.sql --[ \t]*\r?$/gm };

/** Among the comments at the head of the file, which an empty line ends. Source: LocalFile.comments() in sql/migrate/dir.go. */
function isWithout(text: string): boolean {
  const head = /^(?:(?:#|--)[^\n]*\n)*/.exec(text)?.[0] ?? '';
  const rest = text.slice(head.length);
  return /^[ \t]*(?:\n|\r\n|$)/.test(rest) && /^[ -~]*atlas:txmode +none\s*$/m.test(head);
}

/** What ends statements instead of semicolons stands in the first line; it counts before comments do. Source: Scanner.init() in sql/migrate/lex.go. */
function delimiting(text: string): Editing {
  const [line = '', written = ''] = /^-- atlas:delimiter +([^\n\r]+)/.exec(text) ?? [];
  const delimiter = written.replace(/\\n/g, '\n').replace(/\\r/g, '\r').replace(/\\t/g, '\t');
  if (delimiter.trim() === '') return {};
  const breaks = [];
  for (let at = text.indexOf(delimiter, line.length); at >= 0; at = text.indexOf(delimiter, at + delimiter.length)) breaks.push({ start: at, end: at + delimiter.length });
  return { breaks };
}

/** Source: GooseFile.StmtDecls() in sql/sqltool/tool.go: less forgiving than goose, and what stands before the first mark is run. */
function cutGoose(file: SqlFile, mode: TransactionMode): Cut {
  const { text } = file;
  let isUp = false;
  for (const line of goLines(text)) {
    const mark = markIn(text.slice(line.start, line.end), '-- +goose');
    if (mark === 'Up' && isUp) return refused(file, mode, refusal(line, '-- +goose Up stands in it twice'));
    if (mark === 'Up') isUp = true;
    if (mark === 'Down' && !isUp) return refused(file, mode, refusal(line, '-- +goose Down stands before -- +goose Up'));
    if (mark === 'Down') return { ...cutAt(file, mode, line.start), hasFlatComments: true };
  }
  return { ...uncut(file, mode), hasFlatComments: true };
}

/** Source: DBMateFile.StmtDecls(): nothing but `up` and `down` are marks, and what is no way up is not run. */
function cutDbmate(file: SqlFile, mode: TransactionMode): Cut {
  const { text } = file;
  const marks = [...goLines(text)].flatMap(({ start, end }) => {
    const mark = markIn(text.slice(start, end), '-- migrate:');
    return mark === 'up' || mark === 'down' ? [{ mark, start }] : [];
  });
  const down = marks.find(({ mark }) => mark === 'down')?.start ?? text.length;
  const up = marks.find(({ mark, start }) => mark === 'up' && start < down)?.start;
  if (up === undefined) return refused(file, mode, wholeRefusal(text, 'no line -- migrate:up without options stands in it', 'passes-over'));
  return {
    up: [{ spans: [{ start: up, end: down }], transaction: mode }],
    down: cutAt(file, mode, down).down,
    outside: [{ start: 0, end: up }],
    hasFlatComments: true,
  };
}

function markIn(line: string, prefix: string): string | undefined {
  return line.startsWith(prefix) ? goTrim(line.slice(prefix.length)) : undefined;
}

function cutAt({ text }: SqlFile, transaction: TransactionMode, at: number): Cut {
  return {
    up: [{ spans: [{ start: 0, end: at }], transaction }],
    down: at < text.length ? [{ spans: [{ start: at, end: text.length }], transaction }] : [],
  };
}
