// What a run says of the PostgreSQL that it takes for the oldest, where nobody told it.

import type { Report } from '../model/report.ts';
import { configName } from '../sources/find-config.ts';

/** None where the caller or the configuration says it. */
export function versionNotes({ postgres, versionSource }: Pick<Report, 'postgres' | 'versionSource'>): string[] {
  if (versionSource.kind === 'assumed') {
    return [`nothing says which PostgreSQL the migrations run on, so ${postgres} is assumed; say it with "postgres: 16" in ${configName}`];
  }
  if (versionSource.kind !== 'project') return [];
  const { path, line, written } = versionSource;
  const place = `${path}:${line}`;
  if (written === undefined) return [`PostgreSQL ${postgres}, as ${place} says`];
  return [`${place} says PostgreSQL ${written}; ${postgres} is the nearest that is known, and is taken for it`];
}
