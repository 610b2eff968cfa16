// The migrations of a recording, as they can be told: what each has sent, in the place in its file where it stands.

import { basename, dirname } from 'node:path';
import type { History, ParsedMigration } from '../../engine/parsed-migration.ts';
import { Catalog } from '../../model/catalog.ts';
import { sentDialect } from '../../model/dialect.ts';
import type { Parser } from '../../parser/parser.ts';
import { dealtOut, type RecordedMigration } from '../../record/dealt-out.ts';
import type { RecordedMessage, Recording } from '../../record/recording.ts';
import type { Deed, Piece } from '../../sources/code/reading/code-reading.ts';
import { composedText } from '../../sources/code/reading/composed-text.ts';
import { readersOf } from '../../sources/code/reading/readers.ts';
import { Directory } from '../../sources/disk/directory.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import type { AnyFile } from '../../sources/migrations/earlier-files.ts';
import { listSome } from '../../text/list.ts';
import { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import { codeOf, type Texts } from '../reading/chosen-history.ts';
import { isNewFile } from '../reading/unchecked-files.ts';
import type { Site } from '../site.ts';
import { fileCalled, projectFiles } from './project-files.ts';

/** What reports call that for which there is no file. */
const NOWHERE = '<recorded>';

export interface RecordedHistory {
  readonly history: History & { readonly migrations: readonly ParsedMigration[] };
  /** What is not linted, and why. */
  readonly notes: readonly string[];
}

/** Of a database that was empty before. What is not new is history; what ran on a way down is left out. */
export async function recordedHistory({ messages }: Recording, site: Site, parser: Parser): Promise<RecordedHistory> {
  const files = projectFiles(site);
  const readers = await readersOf(files.flatMap(({ tool }) => tool ?? []));
  const texts: Texts = { ...site.texts, readers };
  const textOf = (file: string): string => codeOf(file, texts).text;
  const ups = dealtOut(messages).filter(({ direction, messages: own }) => direction === 'up' && own.length > 0);
  const placed = ups.map((recorded) => ({ recorded, file: fileCalled(recorded.names, files, textOf) }));
  const isOfProject = placed.every(({ file }) => file === undefined) ? () => true : (file: AnyFile | undefined) => file !== undefined;
  const migrations = placed.map(({ recorded, file }, index) => migrationOf({ recorded, file, isOwn: isOfProject(file), goesOn: ups[index + 1]?.goesOn === true }, texts, parser));
  const history = { migrations, start: Catalog.start('empty'), settings: new Map<string, never>(), newTables: 'migration', ...site.settings.stated() } as const;
  return { history, notes: strangerNotes(placed.filter(({ file }) => !isOfProject(file)).map(({ recorded }) => recorded)) };
}

/** Libraries bring migrations of their own, and tools do things of their own behind all of them. */
function strangerNotes(strangers: readonly RecordedMigration[]): readonly string[] {
  const named = strangers.filter(({ names }) => names.length > 0).map(({ names }) => names.join(' '));
  const others = strangers.filter(({ names }) => names.length === 0).reduce((sum, { messages }) => sum + messages.length, 0);
  return [
    ...(named.length > 0 ? [`${listSome(named)} ${named.length === 1 ? 'stands' : 'stand'} in no file of the project, so ${named.length === 1 ? 'it is' : 'they are'} history and not linted`] : []),
    ...(others > 0 ? [`${others === 1 ? 'one message was' : `${others} messages were`} sent in no migration that the tool has noted down, and not linted`] : []),
  ];
}

interface PlacedMigration {
  readonly recorded: RecordedMigration;
  /** Undefined: it stands in none. */
  readonly file: AnyFile | undefined;
  /** Of the project, and not of a library. */
  readonly isOwn: boolean;
  readonly goesOn: boolean;
}

function migrationOf({ recorded, file, isOwn, goesOn }: PlacedMigration, texts: Texts, parser: Parser): ParsedMigration {
  const { names, title = file?.tool?.title ?? 'the recorded command', messages } = recorded;
  const path = file === undefined ? NOWHERE : displayPath(file.file, texts.cwd);
  const code = new SourceText(path, file === undefined ? '' : codeOf(file.file, texts).text);
  const places = new Places(code, file, texts);
  const deeds = together(messages.filter(({ error }) => error === undefined), places);
  const { text, composed, problems } = composedText({ up: [{ transaction: 'statement', deeds }], down: [], comments: places.comments }, code);
  const parsed = parser.parse(new SourceText(path, text), sentDialect);
  return {
    source: new SourceText(path, text, file === undefined ? [] : composed.passages),
    parsed: { ...parsed, problems: [...problems, ...parsed.problems] },
    name: file === undefined && names.length > 0 ? names.join(' ') : undefined,
    linted: isOwn && (file === undefined || texts.changes === undefined || isNewFile(file.file, texts.changes)),
    parts: composed.cut.up,
    direction: 'up',
    joins: recorded.goesOn ? 'session' : 'nothing',
    runs: 'once',
    goesOn,
    isRunKnown: true,
    isInCode: true,
    leaving: undefined,
    tool: `${title}, as it was recorded`,
  };
}

/** What was sent together is one message of several statements. */
function together(messages: readonly RecordedMessage[], places: Places): readonly Deed[] {
  const deeds: Message[] = [];
  for (const { sql, joined } of messages) {
    const deed = places.deedFor(sql);
    const before = joined ? deeds.pop() : undefined;
    deeds.push(before ? bothOf(before, deed) : deed);
  }
  return deeds;
}

type Message = Extract<Deed, { readonly kind: 'message' }>;

function bothOf({ pieces, place }: Message, next: Message): Message {
  const between: Piece = { text: ';\n', place: { start: place.end, end: place.end } };
  return { kind: 'message', place, pieces: [...pieces, between, ...next.pieces] };
}

/** Where in its file what was sent stands; the beginning of the file where it is put together there. */
class Places {
  readonly comments;
  readonly #code: SourceText;
  readonly #written: readonly Message[];

  constructor(code: SourceText, file: AnyFile | undefined, { readers }: Texts) {
    const read = file?.tool && readers.get(file.tool);
    const reading = read?.({ text: code.text, name: basename(code.path), root: file && new Directory(file.file), directory: file && new Directory(dirname(file.file)) });
    this.#code = code;
    this.comments = reading?.comments ?? [];
    this.#written = (reading?.up ?? []).flatMap(({ deeds }) => deeds.flatMap((deed) => (deed.kind === 'message' ? [deed] : [])));
  }

  deedFor(sql: string): Message {
    const written = this.#written.find(({ pieces }) => squeezed(joined(pieces)) === squeezed(sql));
    if (written) return written;
    const wanted = sql.trim().replace(/;$/, '');
    const start = wanted === '' ? -1 : this.#code.text.indexOf(wanted);
    const place: Span = start < 0 ? { start: 0, end: 0 } : { start, end: start + wanted.length };
    return { kind: 'message', place, pieces: [{ text: start < 0 ? sql : wanted, place }] };
  }
}

function joined(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

function squeezed(sql: string): string {
  return sql.replace(/\s+/g, ' ').replace(/[\s;]+$/, '').trim();
}
