// What a project says about the tools that it runs: in its manifests, scripts, jobs and containers, and in the code beside its migrations.

import { relative } from 'node:path';
import type { Directory } from '../disk/directory.ts';
import { toSlashes } from '../disk/expand.ts';

/** How a project speaks of a tool. Each pattern is tried on single lines. */
export interface Evidence {
  /** What is there for nothing but to run its migrations: its command, a library that does nothing else. */
  readonly runs?: RegExp;
  /** A library that has other uses too. */
  readonly uses?: RegExp;
  /** Files of its own, beside the migrations or above. */
  readonly files?: readonly string[];
}

/** The larger, the more it says; 0: nothing. A command that names the folder says most, and what is nearer says more. */
export interface Weight {
  readonly runs: number;
  readonly uses: number;
}

export function weightOf({ runs, uses, files = [] }: Evidence, directory: Directory): Weight {
  let weight: Weight = { runs: 0, uses: 0 };
  for (const [height, above] of [...directory.upwards()].entries()) {
    const lines = linesIn(above, height);
    const running = runs ? lines.filter((line) => runs.test(line)) : [];
    const path = toSlashes(relative(above.path, directory.path));
    const isOfFolder = path !== '' && running.some((line) => line.includes(path));
    const isUsed = lines.some((line) => uses?.test(line)) || files.some((name) => above.has(name));
    weight = {
      runs: Math.max(weight.runs, isOfFolder ? NAMED : running.length > 0 ? HIGHEST - height : 0),
      uses: Math.max(weight.uses, isUsed ? HIGHEST - height : 0),
    };
  }
  return weight;
}

/** Whether any line says it, in the project or in the code beside the migrations. */
export function isSaid(pattern: RegExp, directory: Directory): boolean {
  return [...directory.upwards()].some((above, height) => linesIn(above, height).some((line) => pattern.test(line)));
}

/** Sorts what says more first. */
export function compareWeights(left: Weight, right: Weight): number {
  return right.runs - left.runs || right.uses - left.uses;
}

export function says({ runs, uses }: Weight): boolean {
  return runs + uses > 0;
}

const NAMED = 1000;
const HIGHEST = 100;

const known = new WeakMap<Directory, readonly string[]>();

/** Of all files of a directory that may tell, without comments. Code tells of the migrations beside it, or one folder above. */
function linesIn(directory: Directory, height: number): readonly string[] {
  const lines = known.get(directory) ?? textsIn(directory, '', telling).flatMap(linesOf);
  known.set(directory, lines);
  return height < 2 ? [...lines, ...codeLinesIn(directory)] : lines;
}

const knownCode = new WeakMap<Directory, readonly string[]>();

function codeLinesIn(directory: Directory): readonly string[] {
  const lines = knownCode.get(directory) ?? ['', 'src'].flatMap((folder) => textsIn(directory, folder, code)).flatMap(linesOf);
  knownCode.set(directory, lines);
  return lines;
}

const manifests =
  /^(?:go\.mod|Cargo\.toml|package\.json|deno\.jsonc?|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|build\.sbt|pyproject\.toml|requirements[\w.-]*\.txt|Pipfile|setup\.py|Gemfile|composer\.json|[\w.-]+\.[cf]sproj|atlas\.hcl)$/;
const scripts =
  /^(?:(?:GNU)?[Mm]akefile|[\w.-]+\.mk|Taskfile\.ya?ml|\.?[Jj]ustfile|Procfile|Earthfile|Tiltfile|Jenkinsfile|\.?mise\.toml|Dockerfile[\w.-]*|[\w.-]+\.[Dd]ockerfile|(?:docker-)?compose[\w.-]*\.ya?ml|\.gitlab-ci\.ya?ml|(?:azure|bitbucket)-pipelines\.ya?ml|[\w.-]+\.sh)$/;
const code = /^(?!.*(?:_test\.go|\.(?:test|spec|d)\.\w+)$).+\.(?:go|rs|py|[cm]?[jt]s|kt|java|cs|rb|php)$/;

const telling = [
  { folder: '', names: manifests },
  { folder: '', names: scripts },
  { folder: '.github/workflows', names: /\.ya?ml$/ },
  { folder: '.circleci', names: /^config\.ya?ml$/ },
  { folder: 'gradle', names: /^libs\.versions\.toml$/ },
  { folder: 'scripts', names: /^(?!.*\.sql$)/ },
  { folder: 'bin', names: /^[\w-]+(?:\.sh)?$/ },
  { folder: 'docker', names: scripts },
];

function textsIn(directory: Directory, folder: string, names: RegExp | typeof telling): readonly string[] {
  if (!(names instanceof RegExp)) return names.flatMap((place) => textsIn(directory, place.folder, place.names));
  const place = folder === '' ? directory : directory.below(folder);
  return place.names.filter((name) => names.test(name)).slice(0, MOST).map((name) => (place.text(name) ?? '').slice(0, LONGEST));
}

/** So many files of a kind are read in a folder, and so many characters of each. */
const MOST = 25;
const LONGEST = 64 * 1024;

/** Without comments, and without what others need: Go's `// indirect`. What a program has written in one line is cut. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|\/\/|\/?\*|;|<!--)|\/\/ indirect\b/.test(line));
  return lines.flatMap((line) => (line.length < WIDEST ? line : line.split(/[,;]/).filter((piece) => piece.length < WIDEST)));
}

const WIDEST = 1000;
