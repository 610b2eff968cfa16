// A changelog as Liquibase sees it, whatever format it is written in: attributes are nodes with a value.

export interface ChangelogNode {
  readonly name: string;
  readonly value: string | undefined;
  readonly children: readonly ChangelogNode[];
}

/** The value of an attribute; undefined where there is none. */
export function attributeOf({ children }: ChangelogNode, name: string): string | undefined {
  return children.find((child) => child.name === name && child.value !== undefined)?.value;
}

/** The first node of that name, at any depth. */
export function nodeNamed(nodes: readonly ChangelogNode[], name: string): ChangelogNode | undefined {
  for (const node of nodes) {
    const found = node.name === name ? node : nodeNamed(node.children, name);
    if (found) return found;
  }
  return undefined;
}

/** How deep nodes may lie in each other; no changelog comes near it. */
export const deepestNode = 50;
