// Which file psql's \i and \ir mean.

import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { isInside } from '../disk/inside.ts';

export interface IncludePlaces {
  /** The file that includes; undefined for what came from no file. */
  readonly includer: string | undefined;
  /** Where psql may be run, for \i: nobody says. */
  readonly directories: readonly string[];
  readonly workingDirectory: string;
  /** Nothing outside of it is read. */
  readonly project: string;
  readonly pathOf: (file: string) => string;
}

export type ResolvedInclude = { readonly file: string } | { readonly reason: string; readonly help: string };

/** `isRelative`: \ir, which looks beside the file that it stands in, and where there is none does as \i does. */
export function resolveInclude(argument: string, isRelative: boolean, places: IncludePlaces): ResolvedInclude {
  if (argument === '') return { reason: 'it names no file', help: 'Name the file behind it' };
  const name = fileName(argument);
  if (name === undefined) return { reason: 'which file it names is known when it runs', help: LINT_IT };
  const beside = places.includer === undefined ? [] : [dirname(places.includer)];
  const directories = isRelative && beside.length > 0 ? beside : [...beside, ...places.directories];
  const candidates = isAbsolute(name) ? [name] : directories.map((directory) => resolve(directory, name));
  const found = [...new Set(candidates)].flatMap((file) => existing(file));
  const files = [...new Map(found.map((one) => [one.real, one])).values()];
  const [first, second] = files;
  if (first === undefined) return { reason: `there is no such file${isAbsolute(name) ? '' : ` in ${list(directories, places)}`}`, help: LINT_IT };
  if (second) return { reason: `it may be ${places.pathOf(first.file)} or ${places.pathOf(second.file)}, by where psql is run`, help: 'Write \\ir and the path from this file, which is the same wherever psql is run' };
  return isInside(first.real, [places.project, ...beside]) ? { file: first.file } : { reason: 'it leads out of the project, or to what is no file of its own', help: LINT_IT };
}

const LINT_IT = 'Lint that file as well, write its statements here, or suppress this with a comment that says why nothing is lost';

/** Undefined where a variable or a program says it. Source: psql_scan_slash_option() in src/bin/psql/psqlscanslash.l. */
function fileName(argument: string): string | undefined {
  const [, quoted] = /^'((?:[^'\\]|'')*)'\s*;?$/.exec(argument) ?? [];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  return /^(?![~|])(?:[^\s'"`:]|:(?![\w'"{]))+$/.test(argument) ? argument.replace(/;$/, '') : undefined;
}

interface Existing {
  readonly file: string;
  readonly real: string;
}

function existing(file: string): Existing[] {
  try {
    return statSync(file).isFile() ? [{ file, real: realpathSync(file) }] : [];
  } catch {
    return [];
  }
}

function list(directories: readonly string[], { pathOf, workingDirectory }: IncludePlaces): string {
  const names = directories.map((directory) => (directory === workingDirectory ? 'the working directory' : pathOf(directory)));
  return [...new Set(names)].join(' or ');
}
