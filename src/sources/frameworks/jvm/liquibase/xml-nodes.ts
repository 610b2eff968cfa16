// The elements of an XML text and their attributes. What stands between them, and what is no XML, is passed over.

import { deepestNode, type ChangelogNode } from './changelog-node.ts';

interface Open {
  readonly name: string;
  readonly children: ChangelogNode[];
}

export function xmlNodes(text: string): readonly ChangelogNode[] {
  const root: ChangelogNode[] = [];
  const open: Open[] = [];
  for (const { name, attributes, kind } of tagsIn(text)) {
    if (kind === 'end') {
      const at = open.findLastIndex((one) => one.name === name);
      if (at >= 0) open.splice(at);
      continue;
    }
    const children = [...attributes];
    (open.at(-1)?.children ?? root).push({ name, value: undefined, children });
    if (kind === 'start' && open.length < deepestNode) open.push({ name, children });
  }
  return root;
}

interface Tag {
  /** Without the prefix of its namespace. */
  readonly name: string;
  readonly kind: 'start' | 'end' | 'empty';
  readonly attributes: readonly ChangelogNode[];
}

function* tagsIn(text: string): Generator<Tag> {
  for (let start = text.indexOf('<'); start >= 0; start = text.indexOf('<', start)) {
    const [opening, closing] = asides.find(([mark]) => text.startsWith(mark, start)) ?? [];
    const end = opening === undefined || closing === undefined ? endOfTag(text, start) : endBehind(text, closing, start + opening.length);
    if (opening === undefined) yield* tagOf(text.slice(start + 1, Math.min(end - 1, start + longestTag)));
    start = end;
  }
}

/** In characters. */
const longestTag = 10_000;

/** Comments, text that is taken as it is, instructions and declarations. */
const asides: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
];

function endBehind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

/** A value may hold any sign. */
function endOfTag(text: string, start: number): number {
  const inside = /[^>"']*(?:"[^"]*"|'[^']*'|(?=>)|$)/y;
  let offset = start;
  while (offset < text.length && text[offset] !== '>') {
    inside.lastIndex = offset;
    const passed = inside.test(text) ? inside.lastIndex : text.length;
    offset = passed > offset ? passed : text.length;
  }
  return Math.min(offset + 1, text.length);
}

function tagOf(inside: string): Tag[] {
  const [, slash = '', name] = /^(\/?)(?:[\w.-]+:)?([\w.-]+)/.exec(inside) ?? [];
  if (name === undefined) return [];
  if (slash !== '') return [{ name, kind: 'end', attributes: [] }];
  const pairs = inside.matchAll(/(?<![\w.:-])(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  const attributes = Array.from(pairs, ([, key = '', double, single]) => ({ name: key, value: decoded(double ?? single ?? ''), children: [] }));
  return [{ name, kind: inside.endsWith('/') ? 'empty' : 'start', attributes }];
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(value: string): string {
  return value.replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all);
}
