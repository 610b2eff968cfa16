// What Flyway takes a file for by its name: V2__x.sql, U2__x.sql, B2__x.sql, R__x.sql, or with the prefixes of the configuration, and the
// callbacks that it runs around migrations. Source: documentation.red-gate.com/flyway, "Migrations" and "Callback Events".

import type { Directory } from '../../../disk/directory.ts';
import { nameOf } from '../../files/places.ts';
import { said, saidLists } from './configuration.ts';

export type Named =
  | { readonly kind: 'versioned' | 'undo' | 'baseline'; readonly version: string }
  | { readonly kind: 'repeatable' }
  | { readonly kind: 'callback'; readonly event: string };

/** `path`: of a file. Undefined where Flyway does not run it. */
export type Naming = (path: string) => Named | undefined;

/** With what the configuration above a directory says. */
export function namingOf(directory: Directory): Naming {
  const prefix = ([key, usual]: readonly [string, string]): string => escaped(said(directory, key) ?? usual);
  const separator = escaped(said(directory, 'sqlMigrationSeparator') ?? '__');
  const suffixes = saidLists(directory, 'sqlMigrationSuffixes')[0]?.items ?? ['.sql'];
  const suffix = `(?:${suffixes.map(escaped).join('|')})`;
  const versioned = (['versioned', 'undo', 'baseline'] as const).map((kind) => ({
    kind,
    pattern: new RegExp(`^${prefix(prefixes[kind])}(\\d[\\d._]*?)${separator}.*${suffix}$`),
  }));
  const repeatable = new RegExp(`^${prefix(['repeatableSqlMigrationPrefix', 'R'])}${separator}.*${suffix}$`);
  const callback = new RegExp(`^([A-Za-z]+)(?:${separator}.*)?${suffix}$`);
  return (path) => {
    const name = nameOf(path);
    const event = callback.exec(name)?.[1] ?? '';
    if (events.has(event)) return { kind: 'callback', event };
    if (repeatable.test(name)) return { kind: 'repeatable' };
    for (const { kind, pattern } of versioned) {
      const version = pattern.exec(name)?.[1];
      if (version !== undefined) return { kind, version };
    }
    return undefined;
  };
}

const prefixes = {
  versioned: ['sqlMigrationPrefix', 'V'],
  undo: ['undoSqlMigrationPrefix', 'U'],
  baseline: ['baselineMigrationPrefix', 'B'],
} as const;

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

const around = ['Clean', 'Migrate', 'EachMigrate', 'EachMigrateStatement', 'Undo', 'EachUndo', 'EachUndoStatement', 'Validate', 'Baseline', 'Repair', 'Info'];
const events: ReadonlySet<string> = new Set([
  ...around.flatMap((what) => [`before${what}`, `after${what}`, `after${what}Error`, `after${what}OperationFinish`]),
  ...['beforeRepeatables', 'afterVersioned', 'afterMigrateApplied', 'createSchema', 'beforeCreateSchema', 'beforeConnect', 'afterConnect'],
]);
