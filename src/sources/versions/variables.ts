// What a variable is in files that are read without running anything: `${PG_VERSION:-15}` beside `PG_VERSION=14` of an .env, an ARG, an
// entry of a matrix, a variable of Terraform.

import type { Value } from './mentions.ts';
import { listed, scalar } from './patterns.ts';
import type { TellingFile } from './telling-files.ts';

/** `.env` wins over what stands for want of it; then come the file itself, and the others of its folder. */
export function definitionsOf(name: string, fallback: readonly Value[], file: TellingFile, files: readonly TellingFile[]): readonly Value[] {
  const folder = files.filter((one) => one.folder === file.folder);
  const environment = folder.filter(({ path }) => /[\\/]\.env$/.test(path));
  const ranks = [environment, fallback, [file], folder];
  for (const rank of ranks) {
    const values = rank.flatMap((one) => ('at' in one ? [one] : definitionsIn(one, name)));
    if (values.length > 0) return values;
  }
  const [, shorter] = /^(\w+)-/.exec(name) ?? [];
  return shorter === undefined ? [] : definitionsOf(shorter, [], file, files);
}

function definitionsIn(file: TellingFile, name: string): Value[] {
  const escaped = name.replace(/[^\w]/g, '\\$&');
  const assigned = `(?<![\\w-])${escaped}["']?(?:[ \\t]*[:=][ \\t]*|[ \\t]+(?=\\d))(?:${scalar}|${listed})`;
  const declared = `variable[ \\t]+"${escaped}"[ \\t]*\\{[^}]{0,500}?\\bdefault[ \\t]*=[ \\t]*${scalar}`;
  const parameter = `(?<![\\w-])${escaped}:[ \\t]*\\n(?:[^\\n]{0,200}\\n){0,3}?[ \\t]*default:[ \\t]*${scalar}`;
  return [assigned, declared, parameter].flatMap((pattern) =>
    Array.from(file.text.matchAll(new RegExp(pattern, 'g')), (match): Value[] => {
      const { tag, list } = match.groups ?? {};
      const text = tag ?? list;
      return text === undefined ? [] : [{ file, at: match.index + match[0].lastIndexOf(text), text }];
    }).flat(),
  );
}
