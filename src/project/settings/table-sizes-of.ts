// How large tables are, from the configuration or from the file that it names.

import { resolve } from 'node:path';
import type { TablesConfig } from '../../config/config.ts';
import { parseTableSizes } from '../../config/table-sizes-file.ts';
import { defaultSmall, parseSize, unknownSizes, type TableSizes } from '../../model/table-sizes.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import { readNamed } from '../../sources/disk/read-beside.ts';

/** `directory`: where paths of the configuration start. Throws a `UserError` for a file that is not there, or broken. */
export function tableSizesOf(tables: TablesConfig | undefined, directory: string, cwd: string): TableSizes {
  if (tables === undefined) return unknownSizes;
  const { sizes, small = parseSize(defaultSmall) ?? 0 } = tables;
  if (typeof sizes !== 'string') return { sizes: new Map(Object.entries(sizes)), small };
  const file = resolve(directory, sizes);
  const name = displayPath(file, cwd);
  return { sizes: parseTableSizes(readNamed(file, name), name), small };
}
