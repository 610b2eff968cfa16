// The files of a folder that may say which PostgreSQL a project runs on: few, small, and found without looking everywhere.

import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { readBeginning, readBytes } from '../disk/read-bytes.ts';
import { strayReason } from '../disk/stray-file.ts';
import { languageOf, type Language } from './languages.ts';

export interface TellingFile {
  /** Absolute. */
  readonly path: string;
  readonly folder: string;
  readonly language: Language;
  readonly text: string;
}

/** Of the folder itself, and of those below it that are there for containers, servers and CI. `project`: nothing outside is read. */
export function tellingFiles(folder: string, project: string): TellingFile[] {
  const search: Search = { project, files: [], folders: 0, bytes: 0 };
  const entries = entriesIn(folder);
  for (const entry of entries) if (!entry.isDirectory()) take(folder, entry.name, 'here', search);
  const names = new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name));
  const isThere = (place: string): boolean => names.has(place.split('/', 1)[0] ?? '');
  for (const place of places.filter(isThere)) takeBelow(join(folder, place), search, most.depth);
  for (const place of shallow.filter(isThere)) takeBelow(join(folder, place), search, 0);
  return search.files;
}

/** In the order in which they are looked at, relative to a folder that may be a project. */
const places: readonly string[] = [
  ...['terraform', 'tf', 'tofu', 'infra', 'infrastructure', 'iac', 'pulumi', 'cdk', 'cloudformation', 'cfn', 'bicep'],
  ...['helm', 'charts', 'chart', 'k8s', 'kubernetes', 'kube', 'manifests', 'kustomize', 'deploy', 'deployment', 'deployments', 'ops', 'ansible'],
  ...['docker', '.docker', 'compose', 'containers', '.devcontainer', 'dev', 'local'],
  ...['.github/workflows', '.github/actions', '.gitlab', '.circleci', '.buildkite', '.woodpecker', '.semaphore', 'ci', '.ci', '.config/mise', '.mise'],
];

/** The folders in these are full of other things. */
const shallow: readonly string[] = ['supabase', 'db', 'database', 'src/main/resources', 'src/test/resources', 'bin', 'lib'];

/** What lies in them is shown or tried, and not run. */
const skipped = /^(?:node_modules|vendor|target|dist|build|examples?|samples?|demos?|docs?|tests?|testdata|fixtures|__.*|\..*)$/i;

const most = { files: 200, folders: 200, depth: 4, fileBytes: 128 * 1024, beginning: 2048, bytes: 4 * 1024 * 1024 };

interface Search {
  readonly project: string;
  readonly files: TellingFile[];
  folders: number;
  bytes: number;
}

/** `depth`: so many levels of folders more. */
function takeBelow(folder: string, search: Search, depth: number): void {
  if (search.folders >= most.folders) return;
  search.folders += 1;
  const entries = entriesIn(folder);
  for (const entry of entries) if (!entry.isDirectory()) take(folder, entry.name, 'below', search);
  const below = depth === 0 ? [] : entries.filter((entry) => entry.isDirectory() && !skipped.test(entry.name));
  for (const { name } of below) takeBelow(join(folder, name), search, depth - 1);
}

function take(folder: string, name: string, place: 'here' | 'below', search: Search): void {
  const language = languageOf(name, folder, place);
  if (language === undefined || search.files.length >= most.files || search.bytes >= most.bytes) return;
  const path = join(folder, name);
  const text = textOf(path, language, search.project);
  if (text === undefined) return;
  search.bytes += text.length;
  search.files.push({ path, folder, language, text });
}

/** Undefined where it is too large, or no file of this project. Of a dump, the beginning is read: it tells in its first lines. */
function textOf(path: string, language: Language, project: string): string | undefined {
  if (strayReason(path, project) !== undefined) return undefined;
  try {
    return language === 'dump' ? readBeginning(path, most.beginning).toString('utf8') : readBytes(path, most.fileBytes).bytes?.toString('utf8');
  } catch {
    return undefined;
  }
}

function entriesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
