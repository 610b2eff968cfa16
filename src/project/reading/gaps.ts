// Gaps in the history: migrations before the linted ones that are no SQL, so that nobody knows what they made or dropped.

import { titleOf, type CodeTool } from '../../sources/code/code-tool.ts';
import type { MigrationFile } from '../../sources/migrations/migration-history.ts';

/** One for each tool. */
export function gapNotes(files: readonly MigrationFile[]): string[] {
  const byTool = new Map<CodeTool, MigrationFile[]>();
  for (const file of files) if (file.code && file.code.reader === undefined && !file.linted) byTool.set(file.code, [...(byTool.get(file.code) ?? []), file]);
  return Array.from(byTool, ([tool, [first, ...others]]) => {
    const subject = others.length === 0 ? `the earlier migration ${first?.path} is` : `${others.length + 1} earlier migrations, such as ${first?.path}, are`;
    return `${subject} code of ${titleOf(tool)} and ${others.length === 0 ? 'was' : 'were'} not read: what was made or dropped there is not known`;
  });
}
