// The keys of a YAML or JSON text with their values: as much of YAML as changelogs are written in. It is read where nothing may wait, so
// that the package for configurations, which is loaded when it is needed, is none for it. What is not understood is passed over.

import { linesIn } from '../../../../text/lines.ts';
import { deepestNode, type ChangelogNode } from './changelog-node.ts';

interface Growing {
  readonly name: string;
  value: string | undefined;
  readonly children: Growing[];
}

export function yamlNodes(text: string): readonly ChangelogNode[] {
  const root: Growing = { name: '', value: undefined, children: [] };
  /** By the column in which its key stands. */
  const open: { readonly column: number; readonly node: Growing }[] = [{ column: -1, node: root }];
  /** Lines that stand further to the right belong to a text of several lines. */
  let textColumn = Infinity;
  let passed = 0;
  for (const { start, end } of linesIn(text)) {
    const line = text.slice(start, end);
    const column = line.search(/[^\s-]|-(?!\s)/);
    if (start < passed || column < 0 || /^\s*(?:#|---|%)/.test(line) || column > textColumn) continue;
    textColumn = Infinity;
    while (open.length > 1 && (open.at(-1)?.column ?? -1) >= column) open.pop();
    const parent = open.at(-1)?.node ?? root;
    if (/[{[]/.test(line.charAt(column))) {
      passed = flow(text, start + column, parent, 0);
      continue;
    }
    const [head, key] = keyAt(line, column) ?? [];
    if (head === undefined || key === undefined) continue;
    const node: Growing = { name: key, value: undefined, children: [] };
    parent.children.push(node);
    if (open.length < deepestNode) open.push({ column, node });
    const at = column + head.length;
    if (/[{[]/.test(line.charAt(at))) passed = flow(text, start + at, node, 0);
    else if (/^[|>]/.test(line.slice(at))) textColumn = column;
    else node.value = scalar(line.slice(at).replace(/(?:^|\s)#.*$/, '').trim());
  }
  return root.children;
}

/** With what stands before the value: `file: `. */
function keyAt(text: string, offset: number): readonly [string, string] | undefined {
  const key = /(?:"([^"\n\r]*)"|'([^'\n\r]*)'|([\w.$-]+))[ \t]*:(?=[\s{["']|$)[ \t]*/y;
  key.lastIndex = offset;
  const [head, ...names] = key.exec(text) ?? [];
  const name = names.find((one) => one !== undefined);
  return head === undefined || name === undefined ? undefined : [head, name];
}

function scalar(text: string): string | undefined {
  const quoted = /^(["'])(.*)\1$/.exec(text)?.[2];
  return quoted ?? (text === '' ? undefined : text);
}

/** `{ file: a.sql }`, `[…]` and JSON, from its bracket on; gives the end. */
function flow(text: string, start: number, parent: Growing, depth: number): number {
  const closing = text[start] === '{' ? '}' : ']';
  let offset = start + 1;
  let node: Growing | undefined;
  while (offset < text.length && text[offset] !== closing) {
    const character = text.charAt(offset);
    const [head, key] = closing === '}' && node === undefined ? (keyAt(text, offset) ?? []) : [];
    if (character === ',') node = undefined;
    if (head !== undefined && key !== undefined) {
      node = { name: key, value: undefined, children: [] };
      parent.children.push(node);
      offset += head.length;
    } else if (/[{[]/.test(character)) {
      if (depth >= deepestNode) return text.length;
      offset = flow(text, offset, node ?? parent, depth + 1);
    } else if (/[\s,}\]:]/.test(character)) {
      offset += 1;
    } else {
      const value = valueAt(text, offset);
      if (node && node.value === undefined) node.value = scalar(value.trim());
      offset += value.length;
    }
  }
  return offset + 1;
}

function valueAt(text: string, offset: number): string {
  const value = /"(?:[^"\\]|\\.)*"|'[^']*'|[^,{}[\]\n\r]+/y;
  value.lastIndex = offset;
  return value.exec(text)?.[0] ?? text.charAt(offset);
}
