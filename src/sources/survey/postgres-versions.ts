// Which versions of PostgreSQL a project speaks of: in containers, CI jobs and tool files.

import { join } from 'node:path';
import { Directory } from '../disk/directory.ts';
import { displayPath } from '../migrations/find-migrations.ts';

export interface MentionedVersion {
  readonly major: number;
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
}

/** In the nearest folder, from the project up to the root of its repository, that mentions any; the oldest first. */
export function mentionedVersions(project: string): readonly MentionedVersion[] {
  for (const directory of new Directory(project).upwards()) {
    const found = filesIn(directory).flatMap((file) => versionsIn(file, project));
    if (found.length > 0) return found.toSorted((left, right) => left.major - right.major);
  }
  return [];
}

interface TextFile {
  readonly path: string;
  readonly text: string;
}

const telling = /^(?:\.tool-versions|\.?mise\.toml|(?:docker-)?compose[\w.-]*\.ya?ml|\.gitlab-ci\.ya?ml|(?:azure|bitbucket)-pipelines\.ya?ml)$/;

/** Folders in which some files tell. */
const folders = [
  { path: '.github/workflows', telling: /\.ya?ml$/ },
  { path: '.circleci', telling: /^config\.ya?ml$/ },
  { path: '.devcontainer', telling },
  { path: 'supabase', telling: /^config\.toml$/ },
];

function filesIn(directory: Directory): TextFile[] {
  const below = folders.map((folder) => ({ directory: new Directory(join(directory.path, folder.path)), telling: folder.telling }));
  return [{ directory, telling }, ...below].flatMap((place) =>
    place.directory.names
      .filter((name) => place.telling.test(name))
      .map((name) => ({ path: join(place.directory.path, name), text: place.directory.text(name) ?? '' })),
  );
}

function versionsIn({ path, text }: TextFile, project: string): MentionedVersion[] {
  return text.split('\n').flatMap((line, index) => {
    const majors = majorsIn(line.replace(/(?:^|\s)#.*$/, ''));
    return majors.map((major) => ({ major, path: displayPath(path, project), line: index + 1 }));
  });
}

/** Each has the version, or a list of versions, in its group `majors`. */
const mentions: readonly RegExp[] = [
  // postgres:16-alpine, postgis/postgis:15-3.4
  /\b(?:postgres(?:ql)?|postgis):v?(?<majors>\d{1,2})(?!\d)/i,
  // pgvector/pgvector:0.8.0-pg16, timescale/timescaledb-ha:pg15.3-ts2.9
  /\b(?:pgvector|timescaledb(?:-ha)?):(?:[\w.-]*-)?pg(?<majors>\d{1,2})(?!\d)/i,
  // postgres-version: '16', POSTGRES_VERSION=16, and a matrix: [14, 15]
  /\b(?:postgres(?:ql)?|pg)(?:[-_]?versions?)\b['"]?\s*[:=]\s*(?:['"]?(?<majors>\d{1,2})(?!\d)|\[(?<list>[^\]]*)\])/i,
  /\b(?:postgres(?:ql)?|pg):\s*\[(?<list>[^\]]*)\]/i,
  // .tool-versions and mise.toml
  /^\s*postgres(?:ql)?(?:\s+|\s*=\s*['"])(?<majors>\d{1,2})(?!\d)/,
  // supabase/config.toml
  /^\s*major_version\s*=\s*(?<majors>\d{1,2})(?!\d)/,
];

function majorsIn(line: string): number[] {
  for (const mention of mentions) {
    const { majors, list } = mention.exec(line)?.groups ?? {};
    const found = majors ?? list;
    if (found !== undefined) return Array.from(found.matchAll(/(?<![\d.])\d{1,2}(?!\d)/g), ([digits]) => Number(digits));
  }
  return [];
}
