// Takes comments out of files that are read without a grammar of their language.

import type { TellingFile } from './telling-files.ts';

/** Of the same length, so that places stay where they are. */
export function withoutComments(file: TellingFile): TellingFile {
  const comments = commentsIn(file);
  return comments === undefined ? file : { ...file, text: file.text.replace(comments, (comment) => comment.replace(/[^\n]/g, ' ')) };
}

/** A dump says its version in one. */
function commentsIn({ language, path }: TellingFile): RegExp | undefined {
  if (language === 'dump') return undefined;
  if (language === 'hcl' || language === 'code' || path.endsWith('.json')) return /(?<!\S)(?:#|\/\/)[^\n]*|^[ \t]*\/\*[\s\S]{0,1000}?\*\//gm;
  return language === 'container' ? /(?<!\S)#[^\n]*|^[ \t]*COPY[ \t][^\n]*/gim : /(?<!\S)#[^\n]*/g;
}
