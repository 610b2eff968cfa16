// A script with the files that it includes in their places, as psql reads them: \i, \ir.

import type { Problem } from '../../parser/parser.ts';
import { mayBePsql, psqlScript, type PsqlCommand } from '../../text/psql-script.ts';
import { SourceText, type Passage } from '../../text/source-text.ts';
import type { ReadText } from '../disk/read-text.ts';
import { resolveInclude, type IncludePlaces } from './resolve-include.ts';

/** What is known of a text that includes others. */
export interface Included {
  /** Of the whole text, in its order. */
  readonly passages: readonly Passage[];
  /** Where what stands in each of the files begins that are migrations by themselves, and where the text goes on that includes them. */
  readonly turns: readonly FileTurn[];
  /** Why an include was not read, by where its command begins. */
  readonly refusals: ReadonlyMap<number, Refusal>;
}

export interface FileTurn {
  readonly at: number;
  /** The file that is a migration by itself. Undefined: what includes it goes on. */
  readonly file: string | undefined;
}

export type Refusal = Pick<Problem, 'message' | 'help' | 'rule'>;

export interface IncludeSite extends Omit<IncludePlaces, 'includer'> {
  /** Of a file that a script names. */
  readonly read: (file: string) => ReadText;
  /** As reports show it. */
  readonly pathOf: (file: string) => string;
  /** In UTF-16 code units: a text that includes more is not read on. */
  readonly largest: number;
  /** Whether a file is a migration by itself, for which the text stands that includes it. */
  readonly isMigration: (file: string) => boolean;
}

/** Whether anything in a text may include a file. */
export function mayInclude(text: string): boolean {
  return /\\i(?:r|nclude)?/.test(text);
}

export interface IncludingText extends ReadText {
  readonly included?: Included | undefined;
}

/** `file`: absolute; undefined for what came from no file. */
export function withIncludes(read: ReadText, file: string | undefined, path: string, site: IncludeSite): IncludingText {
  if (!mayInclude(read.text)) return read;
  const composer = new Composer(site);
  composer.add(new SourceText(path, read.text), file, []);
  return { ...read, text: composer.text, included: composer };
}

const includes: ReadonlySet<string> = new Set(['i', 'ir', 'include', 'include_relative']);

/** No script includes scripts any deeper, or more of them. */
const DEEPEST = 16;
const MOST = 2000;

/** Of an argument that is shown. */
const LONGEST = 200;

class Composer implements Included {
  readonly passages: Passage[] = [];
  readonly turns: FileTurn[] = [];
  readonly refusals = new Map<number, Refusal>();
  readonly #site: IncludeSite;
  #pieces: string[] = [];
  #length = 0;
  #count = 0;

  constructor(site: IncludeSite) {
    this.#site = site;
  }

  get text(): string {
    return this.#pieces.join('');
  }

  /** `above`: the files that include it, itself last. */
  add(source: SourceText, file: string | undefined, above: readonly string[]): void {
    const files = file === undefined ? above : [...above, file];
    const commands = mayBePsql(source.text) ? psqlScript(source.text).commands.filter(({ name }) => includes.has(name)) : [];
    let offset = 0;
    for (const command of commands) {
      const found = this.#read(command, files);
      if ('message' in found) {
        this.refusals.set(this.#length + command.start - offset, found);
        continue;
      }
      this.#append(source, offset, command.start);
      offset = command.end;
      this.#include(found, files);
      this.#append(source, offset, offset, '\n;\n');
    }
    this.#append(source, offset, source.text.length);
  }

  #include({ file, source }: FoundFile, files: readonly string[]): void {
    const { isMigration: isOwn } = this.#site;
    const isMigration = isOwn(file);
    const owner = files.findLast(isOwn);
    if (isMigration) this.turns.push({ at: this.#length, file });
    this.add(source, file, files);
    if (isMigration) this.turns.push({ at: this.#length, file: owner });
  }

  /** A piece of a file, or what stands for its place there. */
  #append(source: SourceText, start: number, end: number, text = source.text.slice(start, end)): void {
    if (text === '') return;
    this.passages.push({ start: this.#length, end: this.#length + end - start, source, offset: start });
    this.#pieces.push(text);
    this.#length += text.length;
  }

  #read(command: PsqlCommand, above: readonly string[]): FoundFile | Refusal {
    const { name, rest, isInStatement } = command;
    const written = `\\${name} ${rest.slice(0, LONGEST)}`.trim();
    const refused = (reason: string, help: string): Refusal => ({ rule: 'unread-include', message: `${written} was not read: ${reason}`, help });
    if (isInStatement) return refused('a statement has begun before it and goes on behind it', 'End the statement before it');
    const found = resolveInclude(rest, name === 'ir' || name === 'include_relative', { ...this.#site, includer: above.at(-1) });
    if ('reason' in found) return refused(found.reason, found.help);
    if (above.includes(found.file)) return circle(written, this.#site.pathOf(found.file));
    this.#count += 1;
    if (above.length > DEEPEST) return refused(`it stands in more than ${DEEPEST} scripts that include each other`, 'Include it from a script further up');
    if (this.#count > MOST) return refused(`more than ${MOST} files are included`, 'Lint the files by themselves');
    const { text, problems } = this.#site.read(found.file);
    const [problem] = problems;
    if (problem) return refused(problem.message, problem.help);
    if (this.#length + text.length > this.#site.largest) return refused('with it, the script is larger than the limit', 'Lint the file by itself, or raise "limits: { file-size: … }" in .pgmigrate-lint.yml');
    if (!psqlScript(text).isWhole) return refused('it ends in a string, a comment or in rows that are copied', 'Close what it leaves open');
    return { file: found.file, source: new SourceText(this.#site.pathOf(found.file), text) };
  }
}

interface FoundFile {
  readonly file: string;
  readonly source: SourceText;
}

/** psql reads until it has opened as many files as it may. */
function circle(written: string, path: string): Refusal {
  return {
    rule: 'unreadable-file',
    message: `${written} goes round in a circle: ${path} is what includes it, and psql never comes to an end`,
    help: 'Take the command out of one of the files',
  };
}
