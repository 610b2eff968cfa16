// CASCADE: what depends on what is dropped goes first.

import type { Catalog } from '../../model/catalog.ts';
import type { Change } from '../../model/change.ts';
import type { Part } from '../../model/dependencies/part.ts';
import { takenBy } from '../../model/dependencies/taken.ts';
import { targetsOf } from '../../model/dependencies/targets.ts';
import { isSameName, printName, type QualifiedName } from '../../model/names.ts';
import type { PostgresVersion } from '../../model/version.ts';
import { drop } from '../apply-attachment.ts';
import { changeColumn } from '../apply-column.ts';
import { loseColumn } from '../drop-column.ts';
import { dropConstraint } from '../apply-constraint.ts';
import { dropOverload } from '../apply-function.ts';
import { dropIndex } from '../apply-index.ts';
import { dropTrigger } from '../apply-trigger.ts';
import { putKnown } from '../apply-type.ts';
import { dropTable } from '../drop-table.ts';
import { withoutDefault } from '../stored-column.ts';

/** Parts of a relation that goes itself are gone by then. */
export function loseDependents(catalog: Catalog, change: Change, version: PostgresVersion): Catalog {
  if (!('cascade' in change) || !change.cascade) return catalog;
  return takenBy(targetsOf(change, catalog), catalog, version).reduce((next, { part }) => losePart(next, part, version), catalog);
}

/** Of a relation, a type, a publication, or one of those as a whole. */
export function losePart(catalog: Catalog, part: Part, version: PostgresVersion): Catalog {
  const form = { span: nowhere, ifExists: true, cascade: true };
  switch (part.kind) {
    case 'relation':
      return dropTable(catalog, part.name);
    case 'column':
      return loseColumn(catalog, [part.table], part.name, version);
    case 'default':
      return changeColumn(catalog, { table: part.table, only: true, column: part.name }, withoutDefault);
    case 'constraint':
      return dropConstraint(catalog, { kind: 'drop-constraint', table: part.table, constraint: part.name, only: true, ...form }, version);
    case 'index':
      return dropIndex(catalog, { kind: 'drop-index', index: { schema: part.table.schema, name: part.name }, concurrently: false, ...form });
    case 'trigger':
      return dropTrigger(catalog, { kind: 'drop-trigger', table: part.table, name: part.name, ...form });
    case 'policy':
      return drop('policies')(catalog, { kind: 'drop-policy', table: part.table, name: part.name, ...form });
    case 'rule':
      return drop('rules')(catalog, { kind: 'drop-rule', table: part.table, name: part.name, ...form });
    case 'function':
      return dropOverload(catalog, part.name, part.argumentTypes);
    case 'type':
      return catalog.with({ types: catalog.parts.types.without(printName(part.name)) });
    case 'attribute':
    case 'domain-constraint':
    case 'domain-default':
      return loseOfType(catalog, part);
    case 'published':
      return leavePublication(catalog, part.publication, part.table);
    default:
      return catalog;
  }
}

/** No text says it. */
const nowhere = { start: 0, end: 0 };

function loseOfType(catalog: Catalog, part: Extract<Part, { readonly type: QualifiedName }>): Catalog {
  const info = catalog.type(part.type);
  if (info?.kind === 'composite' && part.kind === 'attribute') {
    return putKnown(catalog, part.type, { ...info, attributes: info.attributes.filter(({ name }) => name !== part.name) });
  }
  if (info?.kind !== 'domain') return catalog;
  if (part.kind === 'domain-constraint') return putKnown(catalog, part.type, { ...info, constraints: info.constraints.without(part.name) });
  return putKnown(catalog, part.type, { ...info, default: undefined });
}

function leavePublication(catalog: Catalog, publication: string, table: QualifiedName): Catalog {
  const found = catalog.parts.publications.get(publication);
  if (found === undefined) return catalog;
  const isOther = (name: QualifiedName): boolean => !isSameName(name, table);
  const left = { ...found, tables: found.tables.filter(isOther), narrowed: found.narrowed.filter(({ relation }) => isOther(relation)) };
  return catalog.with({ publications: catalog.parts.publications.with(publication, left) });
}
