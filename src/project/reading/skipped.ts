// Files that were named and are not linted, because the history starts from them, or a tool runs them on the way down, to verify, or
// never on a database in use, or because they are deployed.

import { join } from 'node:path';
import type { Home } from '../../sources/migrations/home.ts';
import type { MigrationFile } from '../../sources/migrations/migration-history.ts';
import type { Framework, Role } from '../../sources/frameworks/framework.ts';
import { listSome } from '../../text/list.ts';

export function isSkipped({ role }: MigrationFile, down: boolean): boolean {
  return role !== 'up' && (role !== 'down' || !down);
}

/** One sentence for each role, and one for `dump`, the file that the history starts from. */
export function skippedNotes(files: readonly MigrationFile[], { title }: Framework, dump: string | undefined): string[] {
  const start = files.filter(({ file }) => file === dump).map(({ path }) => `${path} is not linted: the history starts from it`);
  return start.concat(roleNotes(files.filter(({ file }) => file !== dump), title));
}

function roleNotes(files: readonly MigrationFile[], title: string): string[] {
  return Object.entries(reasons).flatMap(([role, usual]) => {
    const own = files.filter((file) => file.role === role);
    const said = new Set(own.map(({ reason }) => reason));
    return Array.from(said, (reason) => {
      const paths = own.filter((file) => file.reason === reason).map(({ path }) => path);
      return `${subjectOf(paths)} not linted: ${reason ?? usual(title)}`;
    });
  });
}

/** Of files that are linted although their tool does not run them. */
export function strayNotes(files: readonly MigrationFile[], { title, strays = 'of such a name' }: Framework): string[] {
  const paths = files.filter(({ linted, isStray, code }) => linted && isStray && code === undefined).map(({ path }) => path);
  return paths.length === 0 ? [] : [`${subjectOf(paths)} linted behind all others: ${title} runs no file ${strays}`];
}

/** Of what a tool looks for in vain. `pathOf`: as reports show it. */
export function absenceNotes({ framework, root }: Home, pathOf: (file: string) => string): string[] {
  const absent = framework.absent?.(root) ?? new Map<string, string>();
  const reasons = new Set(absent.values());
  return Array.from(reasons, (reason) => {
    const paths = [...absent].filter(([, one]) => one === reason).map(([name]) => pathOf(join(root.path, name)));
    return `${listSome(paths)}: ${reason}`;
  });
}

/** Where nothing else is left to lint. */
export function deployedNotes(files: readonly MigrationFile[], startAfter: string | undefined): string[] {
  const paths = files.filter(({ isDeployed }) => isDeployed).map(({ path }) => path);
  if (startAfter === undefined || paths.length === 0) return [];
  return [`${subjectOf(paths)} not linted: "start-after: ${startAfter}" in the configuration says what is deployed`];
}

const reasons: Readonly<Record<Exclude<Role, 'up'>, (title: string) => string>> = {
  down: (title) => `the way down of ${title}, which "down: true" in the configuration lints`,
  verify: (title) => `what ${title} runs to verify`,
  baseline: (title) => `what ${title} runs on new databases alone`,
  callback: (title) => `what ${title} runs around migrations, and none itself`,
  elsewhere: (title) => `what ${title} runs on other databases than PostgreSQL`,
};

/** `a.sql and b.sql are`. */
function subjectOf(paths: readonly string[]): string {
  return `${listSome(paths)} ${paths.length === 1 ? 'is' : 'are'}`;
}
