// As whose file a text is read. Marks of a tool count where the tool is known to run it; elsewhere they are a finding, and hide nothing.

import type { Span } from '../../text/span.ts';
import { skipTrivia } from '../../text/sql-tokens.ts';
import type { FrameworkName } from '../../model/framework.ts';
import type { Directory } from '../disk/directory.ts';
import { sampleOf } from '../disk/sample.ts';
import { companyOf, otherToolOf } from './company.ts';
import { says, weightOf } from './evidence.ts';
import { areMarked, isShare, migrationLike } from './files/majority.ts';
import type { Framework, SqlFile } from './framework.ts';
import { frameworks } from './index.ts';
import { formattedMark } from './jvm/liquibase/formatted-sql.ts';
import { downLineIn, hasSections, inSections } from './in-sections.ts';

export interface ReadAs {
  readonly framework: Framework;
  /** Why that is not certain. */
  readonly doubt?: Doubt;
}

export interface Doubt {
  readonly span: Span;
  readonly message: string;
  readonly help: string;
}

/** What is known of who runs a text. */
export interface Known {
  /** Of the files among which it lies. */
  readonly framework: Framework;
  /** Somebody named it; what stands in the text does not count. */
  readonly isNamed: boolean;
  /** What lies beside a text that lies nowhere, for a sentence; undefined where nothing does. */
  readonly beside?: string | undefined;
}

/** `isAsked`: whether doubts are wanted. */
export function readAs(file: SqlFile, known: Known, isAsked = true): ReadAs {
  const { framework, isNamed } = known;
  const marked = isNamed || (framework.name !== 'plain' && !isAsked) ? undefined : markedTool(file.text);
  if (marked === undefined || marked === framework || framework.marks?.test(file.text)) return { framework };
  if (isPrinted(marked, file)) return { framework: framework.name === 'plain' ? marked : framework };
  if (framework.name !== 'plain') return framework.readsOthers ? { framework } : doubted(file, framework, marked, `the files beside it are ${owned(framework.title)}`);
  if (marked === inSections && isAmongSections(file)) return { framework: marked };
  const company = file.directory ? companyOf(file.directory, file.name, marked) : (known.beside ?? (file.root && otherToolOf(file.root, marked)));
  if (company !== undefined) return doubted(file, framework, marked, company);
  return marked === inSections ? { framework: marked, doubt: aloneInSections(file.text) } : { framework: marked };
}

/**
 * Whether a tool is known to run a text: somebody said so, the project speaks of it, or its marks stand in the text or in the files beside it.
 * Names of files alone, several tools have.
 */
export function isSureOf(framework: Framework, { text, directory }: Pick<SqlFile, 'text' | 'directory'>, { isNamed }: Known): boolean {
  if (isNamed || framework.marks?.test(text) === true) return true;
  if (directory === undefined) return false;
  return says(weightOf(framework.evidence ?? {}, directory)) || markedToolIn(directory) === framework;
}

const marking: readonly FrameworkName[] = ['liquibase', 'goose', 'dbmate', 'sql-migrate', 'mybatis', 'play', 'rambler', 'tern', 'node-pg-migrate', 'alembic', 'django', 'efcore'];

/** A tool whose marks at least half of the files of a directory bear, be it known to run them or not. */
export function markedToolIn(directory: Directory): Framework | undefined {
  return marking.map((name) => frameworks[name]).find(({ marks }) => marks !== undefined && areMarked(directory, marks, 'half'));
}

/** The tool that marks of a text speak of. */
export function markedTool(text: string): Framework | undefined {
  const name = marking.find((one) => frameworks[one].marks?.test(text));
  return name === undefined ? (hasSections(text) ? inSections : undefined) : frameworks[name];
}

/** What a tool has printed is run as a whole, by whomever. */
function isPrinted({ name, isPrinted: is = false }: Framework, { text }: SqlFile): boolean {
  return is || (name === 'liquibase' && !formattedMark.test(text));
}

function isAmongSections({ directory, text, name }: SqlFile): boolean {
  const others = directory ? sampleOf(migrationLike(directory)).filter((other) => other !== name) : [];
  return others.length > 0 && isShare([text, ...others.map((other) => directory?.beginning(other) ?? '')], hasSections, 'most');
}

/** Marks that could be words of anybody count where they would leave something out. */
function doubted(file: SqlFile, framework: Framework, marked: Framework, company: string): ReadAs {
  const isMeant = marked !== inSections && marked.name !== 'node-pg-migrate';
  return isMeant || leavesOut(file, marked) ? { framework, doubt: doubtOf(file.text, marked, company) } : { framework };
}

function leavesOut(file: SqlFile, { cut }: Framework): boolean {
  return cut(file, 'file').down.some(({ spans }) => spans.some(({ start, end }) => skipTrivia(file.text, start, end) < end));
}

function doubtOf(text: string, marked: Framework, company: string): Doubt {
  const marks = marked === inSections ? 'sections for the way up and the way down' : `${owned(marked.title)} marks`;
  return {
    span: lineAt(text, marked === inSections ? downLineIn(text) : (marked.marks?.exec(text)?.index ?? 0)),
    message: `this file has ${marks}, but ${company}; it is linted whole, as a migration that runs up`,
    help: marked === inSections ? 'Take the marks out, or mark the files beside it in the same way' : `Say which tool runs it ("framework: ${marked.name}" in the configuration), or take the marks out`,
  };
}

function aloneInSections(text: string): Doubt {
  return {
    span: lineAt(text, downLineIn(text)),
    message: 'what stands behind this line is left out as the way down, but which tool reads such a line is not known',
    help: 'Make sure that nobody runs the whole file, or take the way down out of it',
  };
}

/** The first line at or behind an offset that holds something. */
function lineAt(text: string, offset: number): Span {
  const start = offset + (/\S/.exec(text.slice(offset))?.index ?? 0);
  const length = /^[^\n\r]*/.exec(text.slice(start))?.[0].length ?? 0;
  return { start, end: start + length };
}

function owned(title: string): string {
  return title.endsWith('s') ? `${title}'` : `${title}'s`;
}
