// Comments that suppress findings in migrations that are new, where an earlier version of the file has fewer alike.

import { directiveOf, type Directive } from '../../engine/directive.ts';
import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Loosening } from '../../model/loosening.ts';
import { list } from '../../text/list.ts';

export type NewSuppression = Pick<Loosening, 'path' | 'line' | 'message' | 'reason'>;

/** `before`: what the base has at the path of a report; undefined where it has nothing. */
export function newSuppressions(linted: readonly ParsedMigration[], before: (path: string) => string | undefined): NewSuppression[] {
  const found = new Map(linted.flatMap(suppressionsIn).map((one) => [[one.path, one.line, one.written].join('\0'), one]));
  const left = new Map<string, number>();
  return [...found.values()].flatMap(({ written, ...one }) => {
    const key = `${one.path}\0${written}`;
    const old = left.get(key) ?? countOf(written, before(one.path) ?? '');
    left.set(key, old - 1);
    return old > 0 ? [] : [one];
  });
}

/** How often a comment ends with these words. */
function countOf(written: string, text: string): number {
  return text.split(written).slice(1).filter((behind) => /^[^\S\n]*(?:\*\/|\r?\n|$)/.test(behind)).length;
}

/** As it is written in its file. */
interface Written extends NewSuppression {
  readonly written: string;
}

function suppressionsIn({ parsed, source }: ParsedMigration): Written[] {
  return parsed.comments().flatMap((comment): Written[] => {
    const directive = directiveOf(source.text, comment);
    if (directive === undefined || directive.kind === 'malformed') return [];
    const file = source.fileAt(comment.start);
    const written = source.text.slice(directive.span.start, directive.span.end);
    const { line } = source.rangeOf(comment);
    return [{ written, path: file.path, line, message: inWords(directive), reason: directive.reason === '' ? undefined : directive.reason }];
  });
}

function inWords(directive: Exclude<Directive, { readonly kind: 'malformed' }>): string {
  const rules = directive.kind === 'own' ? directive.rules.map(({ id }) => id) : directive.names;
  const what = rules.length === 0 ? 'all findings' : list(rules);
  return `a comment ${directive.kind === 'foreign' ? 'for squawk ' : ''}suppresses ${what}${directive.scope === 'file' ? ' in the whole file' : ''}`;
}
