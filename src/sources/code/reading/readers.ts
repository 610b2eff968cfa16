// Those who read the SQL in code, loaded for the tools whose code is there.

import type { CodeTool } from '../code-tool.ts';
import type { ReadCode } from './code-reading.ts';

/** Without the tools whose code nobody reads. */
export async function readersOf(tools: Iterable<CodeTool>): Promise<ReadonlyMap<CodeTool, ReadCode>> {
  const readers = new Map<CodeTool, ReadCode>();
  for (const tool of new Set(tools)) if (tool.reader) readers.set(tool, await tool.reader());
  return readers;
}
