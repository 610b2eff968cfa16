// Which tables lose what a table above them loses: columns, constraints.

import type { Catalog } from '../model/catalog.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';

/** What is lost, as tables have it. */
export interface Lost {
  readonly isInherited: (child: Relation) => boolean;
  readonly isPassedOn: (parent: Relation) => boolean;
}

/** The table, and those below it that have it from nowhere else: not by themselves, and from no parent that keeps it. */
export function losingBelow(catalog: Catalog, table: QualifiedName, { isInherited, isPassedOn }: Lost): QualifiedName[] {
  const losing = [table];
  const gone = new Set([printName(table)]);
  const keepsIt = (name: QualifiedName): boolean => {
    const parent = catalog.find(name);
    return !gone.has(printName(name)) && typeof parent !== 'string' && isPassedOn(parent);
  };
  for (const name of losing) {
    const relation = catalog.find(name);
    if (typeof relation === 'string') continue;
    for (const below of relation.children.values()) {
      const child = catalog.find(below);
      if (gone.has(printName(below)) || typeof child === 'string' || !isInherited(child) || child.parents.some(keepsIt)) continue;
      gone.add(printName(below));
      losing.push(below);
    }
  }
  return losing;
}
