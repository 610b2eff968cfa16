// What a comment remembers, hidden at its end: what was found at the last push, and what was gone by then. Whoever may edit the comment may
// have written it, so it is read as data, and only said, never obeyed.

import type { KeptFinding } from '../model/kept-finding.ts';
import { at, jsonOf, numberAt, textAt } from './known-json.ts';

export interface State {
  /** The commit that was pushed last. */
  readonly head: string;
  readonly found: readonly KeptFinding[];
  /** Of what was found at the push before. */
  readonly gone: readonly KeptFinding[];
}

/** Characters: a tenth of what GitHub takes. What does not fit in is not remembered, and so never called gone. */
const ROOM = 6_500;
const MOST_KEPT = 500;
/** Hexadecimal digits of a commit. */
const LONGEST_HEAD = 64;

/** A line that is shown to nobody. Base64 has nothing that could end the comment. */
export function hiddenState({ head, found, gone }: State): string {
  const lists = { found: found.slice(0, MOST_KEPT).map(entryOf), gone: gone.slice(0, MOST_KEPT).map(entryOf) };
  const print = (): string => Buffer.from(JSON.stringify({ head: head.slice(0, LONGEST_HEAD), ...lists })).toString('base64');
  let text = print();
  while (text.length > ROOM) {
    const longer = lists.gone.length > lists.found.length ? lists.gone : lists.found;
    longer.splice(Math.floor(longer.length * 0.9));
    text = print();
  }
  return `<!-- pgmigrate-lint-state ${text} -->`;
}

type Entry = readonly [fingerprint: string, path: string, line: number, rule: string];

function entryOf({ fingerprint, path, line, rule }: KeptFinding): Entry {
  return [fingerprint, path, line, rule];
}

/** Undefined where there is none, or none of ours. */
export function stateIn(body: string): State | undefined {
  const [, text = ''] = /\n<!-- pgmigrate-lint-state ([A-Za-z0-9+/=]+) -->\s*$/.exec(body) ?? [];
  const value = text.length > ROOM ? undefined : jsonOf(Buffer.from(text, 'base64').toString('utf8'));
  const head = textAt(value, 'head');
  return head === undefined ? undefined : { head, found: listIn(value, 'found'), gone: listIn(value, 'gone') };
}

function listIn(value: unknown, name: string): readonly KeptFinding[] {
  const entries = at(value, name);
  return Array.isArray(entries) ? entries.flatMap(keptIn) : [];
}

function keptIn(entry: unknown): readonly KeptFinding[] {
  const [fingerprint, path, line, rule] = [textAt(entry, '0'), textAt(entry, '1'), numberAt(entry, '2'), textAt(entry, '3')];
  return fingerprint === undefined || path === undefined || line === undefined || rule === undefined ? [] : [{ fingerprint, path, line, rule }];
}

/** What the comment remembers and nobody finds any more since the last push; a run that is repeated says the same. `present`: reported, or held back. */
export function goneSince(state: State, head: string, present: readonly KeptFinding[]): readonly KeptFinding[] {
  const isRepeated = head !== '' && head === state.head;
  const remembered = isRepeated ? state.gone : state.found;
  const known = new Set([...state.found, ...state.gone].map(({ fingerprint }) => fingerprint));
  const now = new Set(present.map(({ fingerprint }) => fingerprint));
  const changed = present.filter(({ fingerprint }) => !known.has(fingerprint)).map(kindOf);
  return remembered.filter((kept) => !now.has(kept.fingerprint) && (isRepeated || !takenFrom(changed, kindOf(kept))));
}

/** A statement that was changed and is still wrong is another finding, but nothing is gone. */
function kindOf({ rule, path }: KeptFinding): string {
  return `${rule} ${path}`;
}

function takenFrom(kinds: string[], kind: string): boolean {
  const index = kinds.indexOf(kind);
  if (index >= 0) kinds.splice(index, 1);
  return index >= 0;
}
