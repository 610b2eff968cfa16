// From a text that was read to the migrations in it that can be told.

import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import { dialectOf, type Dialect } from '../../model/dialect.ts';
import type { LeftOutSection } from '../../model/left-out.ts';
import type { Limits } from '../../model/limits.ts';
import type { Part, TransactionMode } from '../../model/migration.ts';
import type { Leaving } from '../../model/session.ts';
import type { Statement } from '../../model/statement.ts';
import { Branches } from '../../parser/branches.ts';
import type { ParsedText, Parser, Problem } from '../../parser/parser.ts';
import type { CodeTool } from '../../sources/code/code-tool.ts';
import type { Composed } from '../../sources/code/reading/composed-text.ts';
import type { Directory } from '../../sources/disk/directory.ts';
import { dialectFor } from '../../sources/frameworks/dialect.ts';
import type { Framework, Refusal, Role } from '../../sources/frameworks/framework.ts';
import { isSureOf, readAs, type Doubt, type Known } from '../../sources/frameworks/read-as.ts';
import { lastNamed, versionOf, versionsIn } from '../../sources/migrations/named.ts';
import { piecesOf, type Aside, type Cutting, type Piece } from '../../sources/migrations/pieces.ts';
import type { IncludingText } from '../../sources/includes/included-text.ts';
import type { Standing } from '../../sources/migrations/migration-history.ts';
import { beginningIn } from '../../text/beginning-in.ts';
import type { Span } from '../../text/span.ts';
import { SourceText } from '../../text/source-text.ts';
import { cutAtFiles } from './cut-at-files.ts';
import { dealt, type DealtText } from './dealt.ts';
import { unreadMigration } from './unread-migration.ts';
import { limiter } from './within-limits.ts';

/** How a text is run. */
export interface Reading extends Known {
  /** Where the text says nothing of it; undefined: as the tool does it. */
  readonly transaction: TransactionMode | undefined;
  /** The way down is linted too. */
  readonly down: boolean;
  readonly limits: Limits;
  /** Of the history; undefined for a bare text. */
  readonly root: Directory | undefined;
}

/** What was read of a file: SQL as it stands there, with other files that it includes, or put together from code. */
export interface ReadMigration extends IncludingText {
  readonly composed?: Composed | undefined;
}

/** A text under its name. */
export interface Input {
  readonly read: ReadMigration;
  /** As reports show it. */
  readonly path: string;
  readonly linted: boolean;
  readonly role: Role;
  /** Where it lies; undefined for a bare text. */
  readonly directory: Directory | undefined;
  /** The tool that runs it where it is no SQL, and nobody reads the SQL in it. */
  readonly code?: CodeTool | undefined;
  /** Of several migrations in it, those that stand in these texts are history. */
  readonly before?: () => readonly string[];
  /** Of several migrations in it, the last one that is deployed everywhere; undefined: none is. */
  readonly deployedUpTo?: string | undefined;
  /** See `MigrationFile`. */
  readonly standsFor?: Standing | undefined;
}

export function migrationsIn(input: Input, reading: Reading, parser: Parser): ParsedMigration[] {
  const { path, linted, read, code } = input;
  if (code) return [unreadMigration({ path, linted, code, problems: read.problems })];
  const { pieces, framework, dialect, doubt } = cut(input, reading);
  const source = new SourceText(path, read.text, (read.composed ?? read.included)?.passages);
  const texts = pieces.flatMap(({ text, cuttings }) => dealt(withBranches(parser.parse(new SourceText(path, text), dialect), cuttings, read), cuttings));
  const asked = inOrderOfText(texts.filter(({ cutting }) => isAsked(cutting, input, reading)));
  const isOld = linted ? oldIn(input, asked.map(({ cutting }) => cutting), reading) : () => true;
  const withinLimits = limiter(reading.limits);
  const asides = pieces.flatMap(({ aside }) => problemsAside(aside, framework));
  const mark = byteOrderMarkProblem(read, framework);
  const told = [...read.problems, ...mark, ...(doubt ? [{ ...doubt, rule: 'not-checked' } as const] : []), ...asides];
  const unread = read.composed ? problemsOfWays(told, asked) : dealtProblems(told, asked);
  const withCertainty = unlessSure(() => isSureOf(framework, { text: read.text, directory: input.directory ?? reading.root }, reading));
  const leftOut = beginningIn(placesOf(asked), leftOutOf(pieces, reading), ({ span }) => span);
  return asked.map(({ cutting, text }, index) => {
    const limited = withinLimits(text);
    const parsed = { ...limited, problems: withCertainty([...(unread[index] ?? []), ...withReasons(limited.problems, read)]) };
    const isLinted = input.standsFor ? isLintedIn(cutting, input.standsFor) : !isOld(cutting);
    return {
      source,
      name: cutting.name,
      parsed,
      linted: isLinted,
      isBesideNew: linted && !isLinted,
      parts: cutting.parts,
      direction: cutting.direction === 'up' ? 'up' : 'aside',
      joins: cutting.joins,
      runs: cutting.runs,
      goesOn: asked[index + 1]?.cutting.joins === 'transaction',
      isRunKnown: framework.name !== 'plain' || reading.isNamed || reading.transaction !== undefined || read.composed !== undefined,
      isInCode: read.composed !== undefined,
      leaving: leavingOf(framework),
      tool: toolInWords(framework, cutting, parsed),
      leftOut: leftOut[index] ?? [],
    };
  });
}

/** Those of the code in which it stands, on the same way. They begin and end where statements do. */
function withBranches(parsed: ParsedText, cuttings: readonly Cutting[], { composed }: ReadMigration): ParsedText {
  const branches = (composed?.branches ?? []).filter(({ at }) => cuttings.some((cutting) => isOnWay(at, cutting)));
  if (branches.length === 0) return parsed;
  const forks = new Branches(branches.map((fork) => ({ ...fork, at: fork.at - 0.5 })));
  const placed = <Read extends Statement | Problem>(read: Read): Read => (forks.holds(read.span) ? { ...read, isConditional: true } : read);
  return { ...parsed, statements: parsed.statements.map(placed), problems: parsed.problems.map(placed), turns: [...parsed.turns, ...branches].toSorted((left, right) => left.at - right.at) };
}

function problemsAside({ unrun, refusal, unsupported, inserted, unended }: Aside, { title, unit = 'migration' }: Framework): Problem[] {
  const whyUnrun = {
    'before-all': `${title} never runs this, because it stands before the first ${unit}`,
    outside: `nobody runs this, because it stands in no section that ${title} runs`,
  } as const;
  return [
    ...(refusal ? [refusalProblem(refusal, title)] : []),
    ...unsupported.map(({ isCertain, ...problem }): Problem => ({ rule: 'unsupported-by-tool', ...problem, ...(isCertain ? {} : { isConditional: true }) })),
    ...unrun.map(({ span, where }): Problem => ({ rule: 'unrun-statement', span, message: whyUnrun[where], help: `Move it into a ${unit}, or take it out` })),
    ...inserted.map(({ span, file }): Problem => ({
      rule: 'unread-include',
      span,
      message: `the text of ${file} comes in here when ${title} runs this, and was not read`,
      help: 'Write its statements here, or lint the migration when it is committed',
    })),
    ...unended.map((span): Problem => ({ span, message: `a string or a comment does not end in its ${unit}`, help: 'End it' })),
  ];
}

function refusalProblem({ kind, span, why }: Refusal, title: string): Problem {
  const help = 'Correct it: it is linted as though all of it ran';
  return kind === 'stops'
    ? { rule: 'unsupported-by-tool', span, message: `a run of ${title} stops at this file, because ${why}`, help }
    : { rule: 'unrun-statement', span, message: `nothing of this file runs in ${title}, because ${why}`, help };
}

function byteOrderMarkProblem({ text, hasByteOrderMark = false }: IncludingText, { title, stopsAtByteOrderMark }: Framework): Problem[] {
  if (!hasByteOrderMark || stopsAtByteOrderMark?.(text) !== true) return [];
  const message = `a run of ${title} stops at this file, because it takes the byte order mark at its head for a part of the text`;
  return [{ rule: 'unsupported-by-tool', span: { start: 0, end: Math.min(1, text.length) }, message, help: 'Save the file as UTF-8 without a byte order mark' }];
}

/** What a tool can't run is only a warning where it is not certain that this tool runs it. */
function unlessSure(isSure: () => boolean): (problems: readonly Problem[]) => readonly Problem[] {
  return (problems) => {
    const isOfTool = ({ rule }: Problem): boolean => rule === 'unsupported-by-tool';
    if (!problems.some(isOfTool) || isSure()) return problems;
    return problems.map((problem) => (isOfTool(problem) ? { ...problem, isConditional: true, help: `${problem.help}; if another tool runs this, say which one with "framework:" in the configuration` } : problem));
  };
}

/** Of a way down that is linted, nothing is left out. */
function leftOutOf(pieces: readonly Piece[], { down }: Reading): readonly LeftOutSection[] {
  const all = pieces.flatMap(({ aside }) => aside.leftOut);
  return down ? all.filter(({ kind }) => kind !== 'down') : all;
}

/** Of a script that includes other migrations. */
function isLintedIn({ file }: Cutting, { files, isLinted }: Standing): boolean {
  return file === undefined ? isLinted : files.get(file) === true;
}

/** What keeps an include from being read, only those know who read files. */
function withReasons(problems: readonly Problem[], { included }: IncludingText): readonly Problem[] {
  if (included === undefined || included.refusals.size === 0) return problems;
  return problems.map((problem) => ({ ...problem, ...included.refusals.get(problem.span.start) }));
}

function leavingOf({ title, leaving, isLeftByCommit = false }: Framework): Leaving | undefined {
  return leaving === undefined ? undefined : { words: `${title}: ${leaving}`, isByCommit: isLeftByCommit };
}

/** All of an input that decides what its migrations do, and what is said of it. */
export function essenceOf(input: Input, reading: Reading): string {
  if (input.code) return `not read: ${input.path}`;
  const { pieces, dialect } = cut(input, reading);
  return JSON.stringify([pieces, input.read.problems, { ...dialect, placeholders: [...dialect.placeholders] }]);
}

/** What runs the SQL of a code file: how, the code says. Values that it puts in are written as `${x}`. */
function inCode(framework: Framework, { cut: ways }: Composed): Framework {
  const { title, migrationsIn: _, isPrinted: __, ...rest } = framework;
  return { title, ...rest, cut: () => ways, dialect: () => dialectOf(title, ['brace']) };
}

interface Cut {
  readonly pieces: readonly Piece[];
  readonly framework: Framework;
  readonly dialect: Dialect;
  readonly doubt: Doubt | undefined;
}

/** Without the pieces in which nothing is asked for. */
function cut(input: Input, reading: Reading): Cut {
  const { read, path, role, directory, linted } = input;
  const { text } = read;
  const file = { text, name: path.slice(path.lastIndexOf('/') + 1), directory, root: reading.root };
  const { framework, doubt } = read.composed ? { framework: inCode(reading.framework, read.composed), doubt: undefined } : readAs(file, reading, linted);
  const transaction = reading.transaction ?? framework.transaction(reading.root);
  const pieces = piecesOf(file, framework, role, transaction).map((piece) => cutAtFiles(piece, read.included));
  const asked = pieces.filter(({ cuttings }) => cuttings.some((cutting) => isAsked(cutting, input, reading)));
  return { framework, dialect: dialectFor(framework, file), doubt, pieces: asked };
}

/** The way down only where it is linted. */
function isAsked({ direction }: Cutting, { linted }: Input, { down }: Reading): boolean {
  return direction === 'up' || (linted && down);
}

/** A way back starts where its way up has come to. */
function inOrderOfText(texts: readonly DealtText[]): readonly DealtText[] {
  return texts.toSorted((left, right) => placeOf(left.cutting) - placeOf(right.cutting));
}

function placeOf(cutting: Cutting): number {
  return cutting.span?.start ?? 0;
}

/** Of the migrations of a linted file, those that are no news. */
function oldIn({ read, before, deployedUpTo, ...input }: Input, cuttings: readonly Cutting[], reading: Reading): (cutting: Cutting) => boolean {
  const deployed = deployedUpTo === undefined ? undefined : lastNamed(cuttings, deployedUpTo)?.span;
  const hasSeveral = cuttings.some(({ span }) => span !== undefined);
  const earlier = hasSeveral ? (before?.() ?? []) : [];
  const known = new Set(earlier.flatMap((text) => [...versionsIn(text, cut({ ...input, read: { text, problems: [] } }, reading).pieces)]));
  return (cutting) => placeOf(cutting) <= (deployed?.start ?? -1) || known.has(versionOf(read.text, cutting));
}

/** What could not be read of the text as a whole, at the migration where it begins; before all of them, at the first. */
function dealtProblems(problems: readonly Problem[], asked: readonly DealtText[]): readonly (readonly Problem[])[] {
  return beginningIn(placesOf(asked), problems, ({ span }) => span);
}

/** Of the ways of a migration in code, those that are asked for; what is said of all of it stands at the first. */
function problemsOfWays(problems: readonly Problem[], asked: readonly DealtText[]): readonly (readonly Problem[])[] {
  return asked.map(({ cutting }, index) => problems.filter(({ rule, span }) => (rule === 'unread-migration' ? isOnWay(span.start + 1, cutting) : index === 0)));
}

function isOnWay(at: number, { parts }: Cutting): boolean {
  return parts.some(({ spans }) => spans.some(({ start, end }) => start <= at && at <= end));
}

function placesOf(asked: readonly DealtText[]): readonly (readonly Span[])[] {
  return asked.map(({ cutting }, index) => [{ start: index === 0 ? 0 : placeOf(cutting), end: nextPlace(asked, index) }]);
}

function nextPlace(asked: readonly DealtText[], index: number): number {
  const next = asked[index + 1];
  return next ? placeOf(next.cutting) : Infinity;
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

const occurrences: Readonly<Record<Cutting['runs'], readonly string[]>> = {
  once: [],
  always: ['in each run'],
  somewhere: ['in some databases'],
  perhaps: ['if it is run at all'],
};

/** `Flyway, one transaction per file`. */
function toolInWords({ title, unit = 'file', isPrinted }: Framework, { parts, direction, runs }: Cutting, parsed: ParsedText): string {
  const sharing = isPrinted ? 'transactions as printed' : usedModes(parts, parsed).map((mode) => words[mode](unit)).join(' or ');
  return [title, sharing, ...(direction === 'up' ? [] : ['on the way down']), ...occurrences[runs]].join(', ');
}
