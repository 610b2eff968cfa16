// The table that a plan works on, as its statements name it, and the key by which batches go through it.

import type { Catalog } from '../../model/catalog.ts';
import { isSameName, truncateName, type QualifiedName, type RelationName } from '../../model/names.ts';
import type { Decision } from '../../model/plan.ts';
import type { Relation } from '../../model/relation.ts';
import { quoted, quotedName } from '../hand.ts';

export interface Target {
  readonly name: RelationName;
  readonly catalog: Catalog;
  /** Undefined where history does not show it. */
  readonly relation: Relation | undefined;
  /** As statements name it. */
  readonly sql: string;
  /** The columns of its primary key, as statements name them; a slot where it is not known. */
  readonly key: readonly string[];
  /** What has to be put in its place then. */
  readonly decisions: readonly Decision[];
}

export function targetOf(name: RelationName, catalog: Catalog): Target {
  const found = catalog.find(name);
  const relation = typeof found === 'string' ? undefined : found;
  const columns = relation?.constraints.find(({ type }) => type === 'primary-key');
  const sql = quotedName(name);
  const slot = `<key of ${name.name}>`;
  const isKnown = columns !== undefined && 'columns' in columns;
  return {
    name,
    catalog,
    relation,
    sql,
    key: isKnown ? columns.columns.map(quoted) : [slot],
    decisions: isKnown ? [] : [{ slot, meaning: `a column of ${sql} that is unique, indexed and never NULL: the batches go by it` }],
  };
}

/** Another table, named with a schema only where the search path needs one. */
export function otherTarget(name: QualifiedName, catalog: Catalog): Target {
  const short: RelationName = { schema: undefined, name: name.name };
  return targetOf(isSameName(catalog.qualify(short), name) ? short : name, catalog);
}

/** What belongs to a table stands in its schema. */
export function beside({ name: { schema } }: Target, name: string): string {
  return quotedName({ schema, name });
}

/** `'orders'::regclass` */
export function asRegclass({ sql }: Pick<Target, 'sql'>): string {
  return `'${sql.replaceAll("'", "''")}'::regclass`;
}

/** PostgreSQL fires triggers in the order of their names: this one has to see what others have made of the row. */
export function lateTrigger({ relation }: Target, name: string): string {
  const isAlone = relation !== undefined && relation.triggers !== 'unknown' && relation.triggers.size === 0;
  return quoted(truncateName(`${isAlone ? '' : 'zz_'}${name}`));
}
