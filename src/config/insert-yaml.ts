// Adds lines to a YAML file of somebody else, whose comments, order and indentation stay as they are.

import { isCollection, isMap, isPair, isScalar, isSeq, type Document, type Node, type YAMLMap, type YAMLSeq } from 'yaml';

import { boundedYaml } from './bounded-yaml.ts';
import { firstBadAlias } from './yaml-position.ts';

/**
 * The text with `lines` behind the last entry of the map or list at `path`, or with the path made where it is missing. Undefined where
 * that can't be done without rewriting what is there. `lines` are indented as if the collection stood at the margin.
 */
export function insertYaml(text: string, path: readonly string[], lines: readonly string[]): string | undefined {
  const document = soundDocument(text);
  if (document === undefined) return undefined;
  const inserted = inserting(document, text, path, lines);
  return inserted !== undefined && isSound(document, inserted) ? inserted : undefined;
}

function soundDocument(text: string): Document.Parsed | undefined {
  const read = boundedYaml(text);
  if (read.kind === 'refused' || read.duplicates.length > 0 || read.otherDocument !== undefined) return undefined;
  const { document } = read;
  return document.errors.length === 0 && firstBadAlias(document) === undefined ? document : undefined;
}

function inserting(document: Document, text: string, path: readonly string[], lines: readonly string[]): string | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isMap(node) || isSeq(node)) return intoCollection(node, text, path, lines);
  if (isScalar(node) && node.value !== null) return undefined;
  if (path.length === 0) return `${withBreak(text)}${lines.map((line) => `${line}\n`).join('')}`;
  const own = [`${path.at(-1) ?? ''}:`, ...lines.map((line) => `  ${line}`)];
  return isScalar(node) ? undefined : inserting(document, text, path.slice(0, -1), own);
}

function intoCollection(node: YAMLMap | YAMLSeq, text: string, path: readonly string[], lines: readonly string[]): string | undefined {
  const [start, valueEnd] = node.range ?? [0, 0];
  if (node.flow === true) {
    if (node.items.length > 0) return undefined;
    const indentation = ' '.repeat(2 * path.length);
    return `${text.slice(0, start).trimEnd()}\n${lines.map((line) => indentation + line).join('\n')}${text.slice(valueEnd)}`;
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indentation = text.slice(lineStart, start);
  if (!/^ *$/.test(indentation)) return undefined;
  const end = endOfLine(text, lastEnd(node));
  return `${withBreak(text.slice(0, end))}${lines.map((line) => `${indentation}${line}\n`).join('')}${text.slice(end)}`;
}

/** Behind its last word: comments that follow may belong to what comes next. */
function lastEnd(node: unknown): number {
  if (isPair(node)) return node.value === null ? lastEnd(node.key) : lastEnd(node.value);
  if (isCollection(node) && node.items.length > 0 && node.flow !== true) return lastEnd(node.items.at(-1));
  return isNodeWithRange(node) ? node.range[1] : 0;
}

function isNodeWithRange(node: unknown): node is Node & { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

function endOfLine(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function withBreak(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** All that was there is there, and something else. */
function isSound(before: Document, text: string): boolean {
  const after = soundDocument(text);
  return after !== undefined && contains(after.toJS(), before.toJS()) && JSON.stringify(after.toJS()) !== JSON.stringify(before.toJS());
}

function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && part.every((item, index) => contains(whole[index], item));
  if (typeof part !== 'object' || part === null) return part === null || whole === part;
  const entries = new Map(Object.entries(typeof whole === 'object' && whole !== null ? whole : {}));
  return Object.entries(part).every(([key, value]) => contains(entries.get(key), value));
}
