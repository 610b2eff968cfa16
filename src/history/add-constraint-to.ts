// A table with one constraint more, and the index that comes with a key.

import type { Catalog } from '../model/catalog.ts';
import type { Index, Relation, TableConstraint } from '../model/relation.ts';
import type { CheckConstraint, Constraint } from '../model/constraint.ts';
import { shapeOfKey } from '../model/alike-indexes.ts';
import { columnsReferenced } from '../model/foreign-key.ts';
import { isSameName, type RelationName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';
import { renamedIdentity } from './apply-index.ts';
import { constraintName, distinctParts } from './constraint-names.ts';
import { needsOfIndex, needsOfMentions } from './dependencies/resolve.ts';
import { isNotNullOf, makeWay, notNullOf, requireColumns, requireItself } from './not-null.ts';

/** `asValid`: rows can't break it, because there are none. */
export function addConstraintTo(before: Relation, constraint: Constraint, catalog: Catalog, asValid: boolean, version: PostgresVersion): Relation {
  const name = constraintName(constraint, before, catalog, version);
  const relation = constraint.type === 'not-null' ? before : makeWay(before, name, catalog);
  const base = {
    name,
    valid: (asValid || constraint.valid) && constraint.enforced,
    enforced: constraint.enforced,
    local: true,
    since: catalog.parts.moment,
  };
  switch (constraint.type) {
    case 'check':
      return {
        ...relation,
        constraints: relation.constraints.with(checkOf(constraint, base, catalog)),
      };
    case 'foreign-key': {
      const { columns, deferrable, deferred, onDelete, onUpdate } = constraint;
      const references = isItself(constraint.references, relation, catalog) ? relation.name : catalog.qualify(constraint.references);
      const found = isSameName(references, relation.name) ? relation : catalog.find(references);
      const referencedColumns = columnsReferenced(constraint, typeof found === 'string' ? undefined : found);
      return {
        ...relation,
        constraints: relation.constraints.with({ type: 'foreign-key', columns, references, referencedColumns, deferrable, deferred, onDelete, onUpdate, ...base }),
      };
    }
    case 'not-null': {
      const { columns, noInherit } = constraint;
      const isDone = columns.some((column) => notNullOf(relation, column));
      const owned = relation.constraints.changed((one) => (columns.some((column) => isNotNullOf(one, column)) ? { ...one, local: true } : one));
      const constraints = isDone ? owned : relation.constraints.with({ type: 'not-null', columns, noInherit, ...base });
      return constraint.valid || asValid ? requireColumns({ ...relation, constraints }, columns, catalog) : { ...relation, constraints };
    }
    default:
      return addKey(relation, constraint, base, catalog);
  }
}

/** A table that is being made is found by then, before others of its name if its schema comes first. */
function isItself({ schema, name }: RelationName, { name: own }: Relation, catalog: Catalog): boolean {
  if (schema !== undefined || name !== own.name) return false;
  const isHidden = typeof catalog.find({ schema: 'pg_temp', name }) !== 'string';
  return own.schema === 'pg_temp' || (own.schema === catalog.parts.searchPath[0] && !isHidden);
}

function checkOf({ expression, predicate, noInherit }: CheckConstraint, base: Omit<TableConstraint, 'type'>, catalog: Catalog): TableConstraint {
  return { type: 'check', expression, predicate, noInherit, needs: needsOfMentions(expression.mentions, catalog), ...base };
}

/** What is made from an index asks for NOT NULL by itself, even where it is there from above. */
function addKey(
  relation: Relation,
  constraint: Extract<Constraint, { usingIndex: unknown }>,
  base: Omit<TableConstraint, 'type'>,
  catalog: Catalog,
): Relation {
  const used = constraint.usingIndex === undefined ? undefined : relation.indexes.get(constraint.usingIndex);
  const columns = used?.columns ?? constraint.columns;
  const index: Index = used
    ? { ...used, name: base.name }
    : {
        ...shapeOfKey(constraint),
        name: base.name,
        plain: true,
        reordered: false,
        ownClass: [],
        nullsNotDistinct: false,
        valid: true,
        parts: distinctParts([...constraint.parts, ...constraint.included]),
        expressions: constraint.expressions,
        predicate: constraint.predicate,
        operatorClasses: [],
        tablespace: constraint.tablespace ?? catalog.parts.defaultStorage.tablespace,
        partOf: undefined,
        clustered: false,
        needs: needsOfIndex({ ...constraint, operatorClasses: [] }, catalog),
      };
  const next: Relation = {
    ...relation,
    constraints: relation.constraints.with({ type: constraint.type, columns, deferrable: constraint.deferrable, ...base, valid: true, enforced: true }),
    indexes: (used ? relation.indexes.without(used.name) : relation.indexes).with(index),
    replicaIdentity: used ? renamedIdentity(relation, used.name, base.name) : relation.replicaIdentity,
  };
  if (constraint.type !== 'primary-key') return next;
  return used ? requireItself(next, columns, catalog) : requireColumns(next, columns, catalog);
}
