// Parts of the catalog in words.

import type { Catalog } from '../catalog.ts';
import type { Part, PartOf } from './part.ts';
import { printName } from '../names.ts';
import type { Relation } from '../relation.ts';

type Words = { readonly [K in Part['kind']]: (part: PartOf<K>, catalog: Catalog) => string };

/** `the view public.open_orders`, `the default of public.orders.number`. */
export function printPart(part: Part, catalog: Catalog): string {
  return wordsOf(part.kind, part, catalog);
}

function wordsOf<K extends Part['kind']>(kind: K, part: PartOf<K>, catalog: Catalog): string {
  return words[kind](part, catalog);
}

const words: Words = {
  relation: ({ name }, catalog) => {
    const found = catalog.find(name);
    return `the ${typeof found === 'string' ? 'relation' : kinds[found.kind]} ${printName(name)}`;
  },
  column: ({ table, name }) => `the column ${name} of ${printName(table)}`,
  default: ({ table, name }) => `the default of ${printName(table)}.${name}`,
  constraint: ({ table, name }, catalog) => {
    const found = catalog.find(table);
    const isForeignKey = typeof found !== 'string' && found.constraints.get(name)?.type === 'foreign-key';
    return `the ${isForeignKey ? 'foreign key' : 'constraint'} ${name} of ${printName(table)}`;
  },
  index: ({ table, name }) => `the index ${printName({ ...table, name })}`,
  trigger: ({ table, name }) => `the trigger ${name} of ${printName(table)}`,
  policy: ({ table, name }) => `the policy ${name} of ${printName(table)}`,
  rule: ({ table, name }) => `the rule ${name} of ${printName(table)}`,
  function: ({ name }) => `the function ${printName(name)}()`,
  type: ({ name }, catalog) => `the ${catalog.type(name)?.kind === 'domain' ? 'domain' : 'type'} ${printName(name)}`,
  attribute: ({ type, name }) => `the attribute ${name} of ${printName(type)}`,
  'domain-constraint': ({ type, name }) => `the constraint ${name} of ${printName(type)}`,
  'domain-default': ({ type }) => `the default of ${printName(type)}`,
  published: ({ publication, table }) => `the publication ${publication} of ${printName(table)}`,
  extension: ({ name }) => `the extension ${name}`,
  schema: ({ name }) => `the schema ${name}`,
};

const kinds: Readonly<Record<Relation['kind'], string>> = {
  table: 'table',
  'partitioned-table': 'table',
  'foreign-table': 'foreign table',
  view: 'view',
  'materialized-view': 'materialized view',
  sequence: 'sequence',
};
