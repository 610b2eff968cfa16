// Whether a file that bears the marks of a tool is alone, so that nothing but its marks says what runs it.

import type { Directory } from '../disk/directory.ts';
import { weightOf } from './evidence.ts';
import type { Framework } from './framework.ts';
import { frameworks } from './index.ts';

/** What speaks against the tool, for a sentence: `not enough of the files beside it do`, `the project runs Flyway`; undefined for a file that is alone. */
export function companyOf(directory: Directory, name: string, tool: Framework): string | undefined {
  const isInCompany = directory.sqlFiles.some((other) => other !== name) || neighboursOf(directory).some((mark) => tool.marks?.test(mark()) !== true);
  return isInCompany ? 'not enough of the files beside it do' : otherToolOf(directory, tool);
}

/** Undefined where the project says of none, or of this one too, that it runs it. */
export function otherToolOf(directory: Directory, tool: Framework): string | undefined {
  if (weightOf(tool.evidence ?? {}, directory).runs > 0) return undefined;
  const other = Object.values(frameworks).find((one) => one !== tool && one.readsOthers !== true && weightOf({ ...one.evidence, files: [] }, directory).runs > 0);
  return other && `the project runs ${other.title}`;
}

/** The numbered files in the folder above, and those in folders beside it that are counted as it is: `v1`, `v2`. Each as what gives its beginning. */
function neighboursOf(directory: Directory): readonly (() => string)[] {
  const [, above] = directory.upwards();
  if (above === undefined) return [];
  const isCounted = ({ name }: Directory): boolean => /^[A-Za-z]{0,2}\d/.test(name);
  const beside = isCounted(directory) ? above.folders.filter((folder) => folder.path !== directory.path && isCounted(folder)) : [];
  const numbered = above.sqlFiles.filter((name) => /^[A-Za-z]{0,2}\d/.test(name)).map((name) => () => above.beginning(name));
  return [...numbered, ...beside.flatMap((folder) => folder.sqlFiles.map((name) => () => folder.beginning(name)))];
}
