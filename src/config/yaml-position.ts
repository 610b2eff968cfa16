// Where in a YAML text a value stands: what turns "rules.x is wrong" into a line and a column.

import { isMap, isNode, isScalar, isSeq, visit, type Alias, type Document } from 'yaml';

/** One step from a map or list to what is in it; the last may mean the key instead of its value. */
export interface PathItem {
  readonly key: unknown;
  readonly origin: string;
}

export type Path = readonly PathItem[];

/** The offset of the value (or key) at the end of the path, in UTF-16 code units; what comes from an anchor is at its alias. */
export function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const { key, origin } of path) {
    node = childOf(node, key, origin);
    offset = startOf(node) ?? offset;
  }
  return offset;
}

function childOf(parent: unknown, key: unknown, origin: string): unknown {
  if (isSeq(parent)) return parent.items[Number(key)];
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((one) => String(isScalar(one.key) ? one.key.value : one.key) === String(key));
  return origin === 'key' ? pair?.key : pair?.value;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** An alias without an anchor before it, or the first one where following all of them would take too much memory. */
export function firstBadAlias(document: Document.Parsed): { readonly offset: number; readonly message: string } | undefined {
  const unresolved = findAlias(document, (alias) => alias.resolve(document) === undefined);
  if (unresolved) return { offset: startOf(unresolved) ?? 0, message: `unknown alias "*${unresolved.source}"` };
  try {
    document.toJS();
    return undefined;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { offset: startOf(findAlias(document, () => true)) ?? 0, message: 'the aliases of this file expand to too much' };
  }
}

function findAlias(document: Document.Parsed, isWanted: (alias: Alias) => boolean): Alias | undefined {
  const found: Alias[] = [];
  visit(document, {
    Alias(_, alias) {
      if (!isWanted(alias)) return undefined;
      found.push(alias);
      return visit.BREAK;
    },
  });
  return found[0];
}
