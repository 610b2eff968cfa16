// From a text that was read to the migrations in it that can be told.

import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Limits } from '../../model/limits.ts';
import type { Part, TransactionMode } from '../../model/migration.ts';
import type { ParsedText, Parser, Problem } from '../../parser/parser.ts';
import type { CodeTool } from '../../sources/code/code-tool.ts';
import type { Directory } from '../../sources/disk/directory.ts';
import type { Framework, Role } from '../../sources/frameworks/framework.ts';
import { detectInText } from '../../sources/frameworks/index.ts';
import type { Standing } from '../../sources/migrations/find-migrations.ts';
import { piecesOf, type Cutting, type Piece } from '../../sources/migrations/pieces.ts';
import type { IncludingText } from '../../sources/includes/included-text.ts';
import { beginningIn } from '../../text/beginning-in.ts';
import { SourceText } from '../../text/source-text.ts';
import { cutAtFiles } from './cut-at-files.ts';
import { dealt } from './dealt.ts';
import { unreadMigration } from './unread-migration.ts';
import { withinLimits } from './within-limits.ts';

/** How a text is run. */
export interface Reading {
  readonly framework: Framework;
  /** Somebody said so; what stands in the text does not count. */
  readonly isNamed: boolean;
  /** Where the text says nothing of it; undefined: as the tool does it. */
  readonly transaction: TransactionMode | undefined;
  /** The way down is linted too. */
  readonly down: boolean;
  readonly limits: Limits;
  /** Of the history; undefined for a bare text. */
  readonly root: Directory | undefined;
}

/** A text under its name. */
export interface Input {
  readonly read: IncludingText;
  /** As reports show it. */
  readonly path: string;
  readonly linted: boolean;
  readonly role: Role;
  /** Where it lies; undefined for a bare text. */
  readonly directory: Directory | undefined;
  /** The tool that runs it where it is no SQL. */
  readonly code?: CodeTool | undefined;
  /** See `MigrationFile`. */
  readonly standsFor?: Standing | undefined;
}

export function migrationsIn(input: Input, reading: Reading, parser: Parser): ParsedMigration[] {
  const { path, linted, read, code } = input;
  if (code) return [unreadMigration({ path, linted, code })];
  const { pieces, framework } = cut(input, reading);
  const source = new SourceText(path, read.text, read.included?.passages);
  const texts = pieces.flatMap(({ text, cuttings }) => dealt(parser.parse(new SourceText(path, text)), cuttings));
  const asked = texts.filter(({ cutting }) => isAsked(cutting, input, reading));
  return asked.map(({ cutting, text }, index) => {
    const limited = withinLimits(text, reading.limits);
    const problems = withReasons(limited.problems, read);
    const parsed = { ...limited, problems: index === 0 ? [...read.problems, ...problems] : problems };
    return {
      source,
      parsed,
      linted: isLinted(cutting, input),
      parts: cutting.parts,
      direction: cutting.direction === 'up' ? 'up' : 'aside',
      isContinued: cutting.isContinued,
      goesOn: asked[index + 1]?.cutting.isContinued ?? false,
      isRunKnown: framework.name !== 'plain' || reading.isNamed || reading.transaction !== undefined,
      leaving: framework.leaving && `${framework.title}: ${framework.leaving}`,
      tool: toolInWords(framework, usedModes(cutting.parts, parsed)) + (cutting.direction === 'up' ? '' : ', on the way down'),
    };
  });
}

function isLinted({ file }: Cutting, { linted, standsFor }: Input): boolean {
  if (standsFor === undefined) return linted;
  return file === undefined ? standsFor.isLinted : standsFor.files.get(file) === true;
}

/** What keeps an include from being read, only those know who read files. */
function withReasons(problems: readonly Problem[], { included }: IncludingText): readonly Problem[] {
  if (included === undefined || included.refusals.size === 0) return problems;
  return problems.map((problem) => ({ ...problem, ...included.refusals.get(problem.span.start) }));
}

/** All of an input that decides what its migrations do. */
export function essenceOf(input: Input, reading: Reading): string {
  return input.code ? `not read: ${input.path}` : JSON.stringify(cut(input, reading).pieces);
}

interface Cut {
  readonly pieces: readonly Piece[];
  readonly framework: Framework;
}

/** Without the pieces in which nothing is asked for. */
function cut(input: Input, reading: Reading): Cut {
  const { read, path, role, directory } = input;
  const { text } = read;
  const framework = reading.framework.name === 'plain' && !reading.isNamed ? detectInText(text) : reading.framework;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const transaction = reading.transaction ?? framework.transaction(reading.root);
  const pieces = piecesOf({ text, name, directory }, framework, role, transaction);
  const whole = pieces.map((piece) => cutAtFiles(piece, read.included));
  return { framework, pieces: whole.filter(({ cuttings }) => cuttings.some((cutting) => isAsked(cutting, input, reading))) };
}

/** The way down only where it is linted. */
function isAsked({ direction }: Cutting, { linted }: Input, { down }: Reading): boolean {
  return direction === 'up' || (linted && down);
}

/** Of the parts that hold statements. */
function usedModes(parts: readonly Part[], { statements }: ParsedText): readonly TransactionMode[] {
  const ofPart = beginningIn(parts.map(({ spans }) => spans), statements, ({ span }) => span);
  const used = parts.filter((_, index) => ofPart[index]?.length);
  return [...new Set((used.length > 0 ? used : parts).map(({ transaction }) => transaction))];
}

const words: Readonly<Record<TransactionMode, (unit: string) => string>> = {
  file: (unit) => `one transaction per ${unit}`,
  run: (unit) => `one transaction for all pending ${unit}s`,
  batch: (unit) => `each ${unit} sent as one message`,
  statement: () => 'each statement on its own',
};

/** `Flyway, one transaction per file`. */
function toolInWords({ title, unit = 'file', migrationsIn: isPrinted }: Framework, modes: readonly TransactionMode[]): string {
  const sharing = isPrinted ? 'transactions as printed' : modes.map((mode) => words[mode](unit)).join(' or ');
  return `${title}, ${sharing}`;
}
