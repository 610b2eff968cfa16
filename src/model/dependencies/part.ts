// Things of the catalog that others may depend on, and that go with what they depend on.

import { printName, type QualifiedName } from '../names.ts';

interface OfTable<K extends string> {
  readonly kind: K;
  readonly table: QualifiedName;
  readonly name: string;
}

export type Part =
  | { readonly kind: 'relation'; readonly name: QualifiedName }
  /** `goesDown`: tables below that have it from nowhere else lose it too, as a statement that names it says; what depends on something goes alone. */
  | (OfTable<'column'> & { readonly goesDown?: boolean })
  /** Of a column. */
  | OfTable<'default'>
  | OfTable<'constraint'>
  | OfTable<'index'>
  | OfTable<'trigger'>
  | OfTable<'policy'>
  | OfTable<'rule'>
  | { readonly kind: 'function'; readonly name: QualifiedName; readonly argumentTypes: readonly string[] }
  | { readonly kind: 'type'; readonly name: QualifiedName }
  | { readonly kind: 'attribute'; readonly type: QualifiedName; readonly name: string }
  | { readonly kind: 'domain-constraint'; readonly type: QualifiedName; readonly name: string }
  | { readonly kind: 'domain-default'; readonly type: QualifiedName }
  /** A table of a publication. */
  | { readonly kind: 'published'; readonly publication: string; readonly table: QualifiedName }
  /** What comes with an extension. */
  | { readonly kind: 'extension'; readonly name: string }
  | { readonly kind: 'schema'; readonly name: string };

export type PartOf<K extends Part['kind']> = Extract<Part, { readonly kind: K }>;

/** The same for the same part. */
export function partKey(part: Part): string {
  switch (part.kind) {
    case 'relation':
    case 'type':
      return `${part.kind} ${printName(part.name)}`;
    case 'function':
      return `function ${printName(part.name)}(${part.argumentTypes.join(', ')})`;
    case 'attribute':
    case 'domain-constraint':
      return `${part.kind} ${part.name} of ${printName(part.type)}`;
    case 'domain-default':
      return `${part.kind} of ${printName(part.type)}`;
    case 'published':
      return `${printName(part.table)} in ${part.publication}`;
    case 'extension':
    case 'schema':
      return `${part.kind} ${part.name}`;
    default:
      return `${part.kind} ${part.name} of ${printName(part.table)}`;
  }
}

/** The parts that it is a part of: with any of them it goes. */
export function wholesOf(part: Part): Part[] {
  switch (part.kind) {
    case 'default':
      return [{ kind: 'column', table: part.table, name: part.name }, { kind: 'relation', name: part.table }];
    case 'column':
    case 'constraint':
    case 'index':
    case 'trigger':
    case 'policy':
    case 'rule':
    case 'published':
      return [{ kind: 'relation', name: part.table }];
    case 'attribute':
    case 'domain-constraint':
    case 'domain-default':
      return [{ kind: 'type', name: part.type }];
    default:
      return [];
  }
}
