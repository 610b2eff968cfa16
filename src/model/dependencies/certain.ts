// What is there for certain, of all that may depend on something.

import type { Catalog } from '../catalog.ts';
import { printName, type QualifiedName } from '../names.ts';
import type { Dependent } from './dependents.ts';
import { printPart } from './part-words.ts';
import type { Part } from './part.ts';

/** Each once. */
export function certainOf(dependents: readonly Dependent[], catalog: Catalog): Part[] {
  const certain = dependents.filter(({ part, isSure }) => isSure && isCertain(part, catalog));
  return [...new Map(certain.map(({ part }) => [printPart(part, catalog), part])).values()];
}

/** Is it there, whatever was not read, may not have run, or bears a name that nobody knows? */
export function isCertain(part: Part, catalog: Catalog): boolean {
  switch (part.kind) {
    case 'relation':
      return isRelationCertain(part.name, catalog);
    case 'function':
    case 'type':
    case 'attribute':
    case 'domain-constraint':
    case 'domain-default':
    case 'schema':
    case 'extension':
      return !catalog.isAnythingDoubted();
    case 'published':
      return isRelationCertain(part.table, catalog) && !catalog.isAnythingDoubted();
    case 'column':
      return isRelationCertain(part.table, catalog) && typeof catalog.column(part.table, part.name) === 'object';
    case 'constraint': {
      const table = catalog.find(part.table);
      return isRelationCertain(part.table, catalog) && typeof table !== 'string' && table.constraints.get(part.name) !== undefined;
    }
    default:
      return isRelationCertain(part.table, catalog);
  }
}

/** One that is made IF NOT EXISTS may have been there, and be another. */
export function isRelationCertain(name: QualifiedName, catalog: Catalog): boolean {
  const relation = catalog.find(name);
  if (typeof relation === 'string' || relation.doubt !== 'none' || catalog.isDoubted(relation.name, relation.born)) return false;
  return relation.complete || !catalog.parts.presumed.has(printName(relation.name));
}
