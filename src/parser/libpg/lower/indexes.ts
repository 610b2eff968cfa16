// CREATE INDEX and REINDEX.

import type { DefElem, IndexElem, IndexStmt, Node, ReindexObjectType, ReindexStmt } from '@pgsql/types';
import type { ChangeOf } from '../../../model/change.ts';
import type { RelationName } from '../../../model/names.ts';
import type { Context, StatementBody } from './context.ts';
import { indexForm } from '../../index-form.ts';
import { conditionOf, elementsOf, keysOf, partOf } from './index-elements.ts';
import { ofTimescale } from './managed-tables.ts';
import { nameOfList, relationName } from './names.ts';

export function lowerCreateIndex(node: IndexStmt, { text, span }: Context): StatementBody {
  const elements = elementsOf(node.indexParams);
  const included = elementsOf(node.indexIncludingParams);
  const change: ChangeOf<'create-index'> = {
    kind: 'create-index',
    span,
    table: relationName(node.relation),
    only: node.relation?.inh !== true,
    concurrently: node.concurrent === true,
    ifNotExists: node.if_not_exists === true,
    perChunk: isOn(ofTimescale(node.options, 'transaction_per_chunk')),
    index: {
      name: node.idxname,
      unique: node.unique === true,
      method: node.accessMethod ?? 'btree',
      plain: elements.every(isPlain),
      reordered: elements.some(isReordered),
      ownClass: keysOf(elements.filter(({ opclass }) => opclass !== undefined)).columns,
      nullsNotDistinct: node.nulls_not_distinct === true,
      form: indexForm(text, span),
      parts: [...elements, ...included].map(partOf),
      ...keysOf(elements),
      included: included.flatMap(({ name }) => name ?? []),
      predicate: conditionOf(node.whereClause),
      operatorClasses: elements.flatMap(({ opclass }) => (opclass ? [nameOfList(opclass).name] : [])),
      tablespace: node.tableSpace,
    },
  };
  return { kind: 'schema', command: 'CREATE INDEX', changes: [change] };
}

function isPlain({ ordering, nulls_ordering: nulls, collation, opclass }: IndexElem): boolean {
  return ordering !== 'SORTBY_DESC' && (nulls ?? 'SORTBY_NULLS_DEFAULT') === 'SORTBY_NULLS_DEFAULT' && !collation && !opclass;
}

/** ASC NULLS LAST is what stands without it. */
function isReordered({ ordering, nulls_ordering: nulls }: IndexElem): boolean {
  return ordering === 'SORTBY_DESC' || nulls === 'SORTBY_NULLS_FIRST';
}

const targets: Readonly<Record<ReindexObjectType, ChangeOf<'reindex'>['target']>> = {
  REINDEX_OBJECT_INDEX: 'index',
  REINDEX_OBJECT_TABLE: 'table',
  REINDEX_OBJECT_SCHEMA: 'schema',
  REINDEX_OBJECT_SYSTEM: 'system',
  REINDEX_OBJECT_DATABASE: 'database',
};

export function lowerReindex(node: ReindexStmt, { span }: Context): StatementBody {
  const change: ChangeOf<'reindex'> = {
    kind: 'reindex',
    span,
    target: targets[node.kind ?? 'REINDEX_OBJECT_TABLE'],
    relation: node.relation ? relationName(node.relation) : nameOfScope(node.name),
    concurrently: isOn(option(node.params, 'concurrently')),
  };
  return { kind: 'schema', command: 'REINDEX', changes: [change] };
}

/** A schema or a database, which stand without a relation. */
function nameOfScope(name: string | undefined): RelationName | undefined {
  return name === undefined ? undefined : { schema: undefined, name };
}

/** The option of a command by its name, as in VACUUM (FULL, ANALYZE). */
export function option(nodes: readonly Node[] | undefined, name: string): DefElem | undefined {
  return (nodes ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem] : [])).find(({ defname }) => defname === name);
}

/** An option that stands without a value is on. */
export function isOn(element: DefElem | undefined): boolean {
  if (element === undefined) return false;
  const { arg } = element;
  if (arg === undefined) return true;
  if ('Boolean' in arg) return arg.Boolean.boolval === true;
  if ('Integer' in arg) return arg.Integer.ival !== undefined && arg.Integer.ival !== 0;
  return 'String' in arg && ['true', 'on'].includes((arg.String.sval ?? '').toLowerCase());
}
