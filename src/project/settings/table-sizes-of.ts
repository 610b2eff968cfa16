// How large tables are, from the configuration or from the file that it names.

import { parseTableSizes } from '../../config/table-sizes-file.ts';
import { defaultSmall, parseSize, unknownSizes, type TableSizes } from '../../model/table-sizes.ts';
import { displayPath } from '../../sources/disk/display-path.ts';
import type { Configuration } from './configuration.ts';
import { configuredPath } from './configured-path.ts';

/** Throws a `UserError` for a file that is not there, or broken. */
export function tableSizesOf(configuration: Configuration, cwd: string): TableSizes {
  const { tables } = configuration.config;
  if (tables === undefined) return unknownSizes;
  const { sizes, small = parseSize(defaultSmall) ?? 0 } = tables;
  if (typeof sizes !== 'string') return { sizes: new Map(Object.entries(sizes)), small };
  const file = configuredPath(sizes, 'sizes', configuration);
  const name = displayPath(file, cwd);
  return { sizes: parseTableSizes(configuration.files.read(file, name), name), small };
}
