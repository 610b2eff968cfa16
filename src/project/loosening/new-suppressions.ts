// Comments that suppress findings in migrations that are new, where an earlier version of the file has none alike.

import { directiveOf, type Directive } from '../../engine/directive.ts';
import type { ParsedMigration } from '../../engine/parsed-migration.ts';
import type { Loosening } from '../../model/loosening.ts';
import { list } from '../../text/list.ts';

export type NewSuppression = Pick<Loosening, 'path' | 'line' | 'message' | 'reason'>;

/** `before`: what the base has at the path of a report; undefined where it has nothing. */
export function newSuppressions(linted: readonly ParsedMigration[], before: (path: string) => string | undefined): NewSuppression[] {
  const found = new Map<string, NewSuppression>();
  for (const migration of linted) {
    for (const one of suppressionsIn(migration, before)) found.set([one.path, one.line, one.message].join('\0'), one);
  }
  return [...found.values()];
}

function suppressionsIn({ parsed, source }: ParsedMigration, before: (path: string) => string | undefined): NewSuppression[] {
  return parsed.comments().flatMap((comment): NewSuppression[] => {
    const directive = directiveOf(source.text, comment);
    if (directive === undefined || directive.kind === 'malformed') return [];
    const file = source.fileAt(comment.start);
    const written = source.text.slice(directive.span.start, directive.span.end);
    if (before(file.path)?.includes(written) === true) return [];
    const { line } = source.rangeOf(comment);
    return [{ path: file.path, line, message: inWords(directive), reason: directive.reason === '' ? undefined : directive.reason }];
  });
}

function inWords(directive: Exclude<Directive, { readonly kind: 'malformed' }>): string {
  const rules = directive.kind === 'own' ? directive.rules.map(({ id }) => id) : directive.names;
  const what = rules.length === 0 ? 'all findings' : list(rules);
  return `a comment ${directive.kind === 'foreign' ? 'for squawk ' : ''}suppresses ${what}${directive.scope === 'file' ? ' in the whole file' : ''}`;
}
