// What a variable is in files that are read without running anything: `${PG_VERSION:-15}` beside `PG_VERSION=14` of an .env, an ARG, an
// entry of a matrix, a variable of Terraform.

import type { Value } from './mentions.ts';
import { listed, scalar } from './patterns.ts';
import type { TellingFile } from './telling-files.ts';

export interface Variable {
  readonly name: string;
  /** It is an entry of a matrix. */
  readonly isOfMatrix: boolean;
  /** What stands for want of it, where it is used. */
  readonly fallback: readonly Value[];
}

/** So many are looked up in all files together; who has more of them wants to keep us busy. */
const most = 20;

/** `.env` wins over what stands for want of a variable; then come the file itself, and the others of its folder. */
export function definitionsIn(files: readonly TellingFile[]): (variable: Variable, file: TellingFile) => readonly Value[] {
  const known = new Map<string, readonly Value[]>();
  const lookUp = (variable: Variable, file: TellingFile): readonly Value[] => {
    const folder = files.filter((one) => one.folder === file.folder);
    const environment = folder.filter(({ path }) => /[\\/]\.env$/.test(path));
    for (const rank of [environment, variable.fallback, [file], folder]) {
      const values = rank.flatMap((one) => ('at' in one ? [one] : definitionsAt(one, variable)));
      if (values.length > 0) return values;
    }
    const [, shorter] = /^(\w+)-/.exec(variable.name) ?? [];
    return shorter === undefined ? [] : lookUp({ ...variable, name: shorter, fallback: [] }, file);
  };
  return (variable, file) => {
    const key = `${variable.isOfMatrix} ${variable.name} ${variable.fallback[0]?.at} ${file.path}`;
    const values = known.get(key) ?? (known.size < most ? lookUp(variable, file) : variable.fallback);
    known.set(key, values);
    return values;
  };
}

function definitionsAt(file: TellingFile, variable: Variable): Value[] {
  return formsFor(file, variable).flatMap((form) =>
    Array.from(file.text.matchAll(new RegExp(form, 'gm')), (match): Value[] => {
      const { tag, list } = match.groups ?? {};
      const text = tag ?? list;
      return text === undefined ? [] : [{ file, at: match.index + match[0].lastIndexOf(text), text }];
    }).flat(),
  );
}

function formsFor({ language, path }: TellingFile, { name, isOfMatrix }: Variable): string[] {
  const word = name.replace(/[^\w]/g, '\\$&');
  const key = `(?<![\\w-])${word}["']?`;
  if (language === 'hcl' && !path.endsWith('.tfvars')) {
    return [
      `^variable[ \\t]+"${word}"[ \\t]*\\{[^}]{0,500}?\\bdefault[ \\t]*=[ \\t]*${scalar}`,
      `^locals[ \\t]*\\{[^}]{0,2000}?\\b${word}[ \\t]*=[ \\t]*${scalar}`,
    ];
  }
  // `version: 9` beside `matrix.version` is the version of something else.
  if (isOfMatrix && !/pg|postgres|db|database/i.test(name)) return [`${key}[ \\t]*:[ \\t]*${listed}`];
  return [
    `${key}(?:[ \\t]*[:=][ \\t]*|[ \\t]+(?=\\d))(?:${scalar}|${listed})`,
    `${key}:[ \\t]*\\n(?:[^\\n]{0,200}\\n){0,3}?[ \\t]*default:[ \\t]*${scalar}`,
  ];
}
