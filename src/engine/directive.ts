// What a comment says to a linter: `pgmigrate-lint-ignore rule, rule: reason`, the same with `-file`, and what squawk reads.

import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/span.ts';

export type Scope = 'statement' | 'file';

export interface NamedRule {
  readonly id: string;
  readonly span: Span;
}

/** `foreign`: it is for squawk, by squawk's names; without a name, for all rules. */
export type Directive =
  | { readonly kind: 'own'; readonly span: Span; readonly scope: Scope; readonly rules: readonly NamedRule[]; readonly reason: string }
  | { readonly kind: 'foreign'; readonly span: Span; readonly scope: Scope; readonly names: readonly string[]; readonly reason: string }
  | { readonly kind: 'malformed'; readonly span: Span; readonly message: string };

/** Whether any comment of a text may be a directive; looking for comments costs more than looking for words. */
export function mayHoldDirectives(text: string): boolean {
  return /pgmigrate[-_]lint|squawk-ignore/i.test(text);
}

/** Undefined for a comment that is meant for people. */
export function directiveOf(text: string, comment: Span): Directive | undefined {
  const written = text.slice(comment.start, comment.end);
  const body = (written.endsWith('*/') ? written.slice(0, -2) : written).trimEnd();
  return ownDirective(body, comment) ?? foreignDirective(body, comment);
}

const scopes: Readonly<Record<string, Scope>> = { 'pgmigrate-lint-ignore': 'statement', 'pgmigrate-lint-ignore-file': 'file' };

const START = /^(?:-{2,}|\/\*+)[\s*]*/;
const OWN_WORD = /^pgmigrate[-_]lint(?:[-_][\w-]+|:?[ \t]+(?:ignore|disable)(?!\w)[\w-]*)/i;
/** What people write who know other linters. */
const KNOWN_VERB = /ignore|disable|suppress|skip/i;

function ownDirective(body: string, { start }: Span): Directive | undefined {
  const before = START.exec(body)?.[0].length ?? 0;
  const word = OWN_WORD.exec(body.slice(before))?.[0];
  if (word === undefined) return undefined;
  const scope = scopes[word];
  const at = (from: number, length: number): Span => ({ start: start + from, end: start + from + length });
  if (scope === undefined) return unknownWord(word, at(before, word.length));
  return suppressionIn(body, before, word, scope, at);
}

function unknownWord(word: string, span: Span): Directive | undefined {
  const verb = word.slice('pgmigrate-lint'.length).replace(/^[\W_]+/, '');
  const meant = nearest(verb, ['ignore', 'ignore-file']) ?? (KNOWN_VERB.test(verb) ? 'ignore' : undefined);
  if (meant === undefined) return undefined;
  return { kind: 'malformed', span, message: `"${word}" suppresses nothing; "pgmigrate-lint-${meant}" would` };
}

function suppressionIn(
  body: string,
  before: number,
  word: string,
  scope: Scope,
  at: (from: number, length: number) => Span,
): Directive {
  const behind = before + word.length;
  const colon = body.indexOf(':', behind);
  const names = body.slice(behind, colon < 0 ? body.length : colon);
  const rules = Array.from(names.matchAll(/[^,]+/g), (match) => named(match[0], behind + match.index, at)).filter(({ id }) => id !== '');
  const whole = at(before, body.length - before);
  const malformed = (message: string, span: Span = whole): Directive => ({ kind: 'malformed', span, message });
  if (rules.length === 0) return malformed(`It names no rule: "${word} RULE: reason" suppresses the findings of one`);
  const spaced = rules.find(({ id }) => /\s/.test(id));
  const spacedInWords = colon < 0 ? `The reason stands behind a colon: "${word} RULE: reason"` : 'Rules are separated by commas';
  if (spaced) return malformed(spacedInWords, spaced.span);
  const reason = colon < 0 ? '' : oneLine(body.slice(colon + 1));
  return { kind: 'own', span: whole, scope, rules, reason: /[\p{L}\p{N}]/u.test(reason) ? reason : '' };
}

function named(piece: string, from: number, at: (from: number, length: number) => Span): NamedRule {
  const id = piece.trim();
  return { id, span: at(from + piece.indexOf(id), id.length) };
}

function oneLine(text: string): string {
  const [first = '', ...others] = text.split(/[\n\r]+/);
  return [first, ...others.map((line) => line.replace(/^\s*\*?/, ''))].map((line) => line.trim()).filter((line) => line !== '').join(' ');
}

/** squawk reads names up to a second `--`. Source: crates/squawk_linter/src/ignore.rs of squawk. */
function foreignDirective(body: string, { start, end }: Span): Directive | undefined {
  const [, file, rest = ''] = /^(?:--|\/\*)\s*squawk-ignore(-file)?(?![\w-])([\s\S]*)$/.exec(body) ?? [];
  if (file === undefined && !/^(?:--|\/\*)\s*squawk-ignore(?![\w-])/.test(body)) return undefined;
  const [listed = '', ...said] = rest.split('--');
  const names = listed.split(',').map((name) => name.trim()).filter((name) => name !== '');
  return { kind: 'foreign', span: { start, end }, scope: file === undefined ? 'statement' : 'file', names, reason: oneLine(said.join('--')) };
}
