// Foreign keys that empty a column which can't be empty: SET NULL, and SET DEFAULT without a default.

import type { TypeInfoOf } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { QualifiedName } from '../model/names.ts';
import type { Column, Relation } from '../model/relation.ts';
import type { ForeignKey } from './keys.ts';

/** What a foreign key is to do to its own rows, and the column that refuses it. */
export interface RefusedEmptying {
  readonly table: Relation;
  readonly key: ForeignKey;
  readonly on: 'DELETE' | 'UPDATE';
  readonly column: string;
  /** `which is NOT NULL`. */
  readonly why: string;
}

/** One for DELETE and one for UPDATE, with the first column that refuses. */
export function refusedEmptyings(key: ForeignKey, table: Relation, catalog: Catalog): RefusedEmptying[] {
  if (!key.enforced) return [];
  return (['DELETE', 'UPDATE'] as const).flatMap((on) => {
    const action = on === 'DELETE' ? key.onDelete : key.onUpdate;
    if (action === undefined || action.kind === 'cascade') return [];
    const emptied = action.columns.length > 0 ? action.columns : key.columns;
    for (const name of emptied) {
      const column = table.columns.get(name);
      const isEmptied = column && (action.kind === 'set-null' || !hasDefault(column, catalog));
      const why = isEmptied ? whyRequired(column, table, catalog) : undefined;
      if (why !== undefined) return [{ table, key, on, column: name, why }];
    }
    return [];
  });
}

function hasDefault({ hasDefault: has, identity, type }: Column, catalog: Catalog): boolean {
  return has || identity || domainsOf(type, catalog).some((domain) => domain.default !== undefined && !domain.default.isNull);
}

export function whyRequired({ name, nullable, type }: Column, { constraints }: Relation, catalog: Catalog): string | undefined {
  if (!nullable) return 'which is NOT NULL';
  const proof = constraints.find((one) => (one.type === 'not-null' && one.columns.includes(name)) || (one.type === 'check' && one.enforced && one.expression.provesNotNull.includes(name)));
  if (proof?.type === 'not-null') return 'which is NOT NULL';
  if (proof) return `which the CHECK ${proof.name} wants to have a value`;
  const isRequired = domainsOf(type, catalog).some(({ notNull, constraints: own }) => notNull || own.some(({ refusesNull }) => refusesNull));
  return isRequired ? `whose type ${type.name.name} allows no NULL` : undefined;
}

/** The domain that a column has, and those below it. */
function domainsOf(type: ColumnType, catalog: Catalog): TypeInfoOf<'domain'>[] {
  return domainNames(type, catalog).flatMap((name) => {
    const info = catalog.type(name);
    return info?.kind === 'domain' ? [info] : [];
  });
}

/** From the domain of a type down. */
export function domainNames(type: ColumnType, catalog: Catalog): QualifiedName[] {
  const info = type.isArray ? undefined : catalog.type(type.name);
  return info?.kind === 'domain' ? [catalog.qualifyType(type.name), ...domainNames(info.base, catalog)] : [];
}

