// CREATE SCHEMA, with the tables, views and indexes that it makes inside.

import type { CreateSchemaStmt, Node } from '@pgsql/types';
import type { Change, ChangeOf } from '../../../model/change.ts';
import type { Constraint } from '../../../model/constraint.ts';
import type { RelationName } from '../../../model/names.ts';
import type { Query, QueryColumn } from '../../../model/query.ts';
import type { Context, StatementBody } from './context.ts';
import { lowerCreateTable } from './create-table.ts';
import { lowerCreateIndex } from './indexes.ts';
import { lowerView } from './objects.ts';

/** AUTHORIZATION without a name calls the schema after the role. */
export function lowerCreateSchema({ schemaname, authrole, schemaElts = [], if_not_exists: ifNotExists }: CreateSchemaStmt, context: Context): StatementBody {
  const schema = schemaname ?? authrole?.rolename ?? '';
  const made = schemaElts.flatMap((element) => changesOf(element, context));
  const names = new Set(made.flatMap(madeName));
  const isInside = (name: RelationName): boolean => name.schema === undefined && names.has(name.name);
  const elements = made.map((change) => moved(change, (name) => (isInside(name) ? { ...name, schema } : name)));
  const changes: readonly Change[] = [{ kind: 'create-schema', span: context.span, schema, ifNotExists: ifNotExists === true }, ...elements];
  return { kind: 'schema', command: 'CREATE SCHEMA', changes };
}

function changesOf(element: Node, context: Context): readonly Change[] {
  const body = bodyOf(element, context);
  return body?.kind === 'schema' ? body.changes : [];
}

function bodyOf(element: Node, context: Context): StatementBody | undefined {
  if ('CreateStmt' in element) return lowerCreateTable(element.CreateStmt, context);
  if ('ViewStmt' in element) return lowerView(element.ViewStmt, context);
  return 'IndexStmt' in element ? lowerCreateIndex(element.IndexStmt, context) : undefined;
}

function madeName(change: Change): string[] {
  if (change.kind === 'create-table') return [change.table.name];
  return change.kind === 'create-view' ? [change.view.name] : [];
}

type Move = (name: RelationName) => RelationName;

/** What is made inside is named there, and found there first. */
function moved(change: Change, inside: Move): Change {
  switch (change.kind) {
    case 'create-table':
      return movedTable(change, inside);
    case 'create-view':
      return { ...change, view: inside(change.view), query: movedQuery(change.query, inside) };
    case 'create-index':
      return { ...change, table: inside(change.table) };
    default:
      return change;
  }
}

function movedTable(change: ChangeOf<'create-table'>, inside: Move): Change {
  const key = (constraint: Constraint): Constraint =>
    constraint.type === 'foreign-key' ? { ...constraint, references: inside(constraint.references) } : constraint;
  return {
    ...change,
    table: inside(change.table),
    columns: change.columns.map((column) => ({ ...column, constraints: column.constraints.map(key) })),
    constraints: change.constraints.map(key),
    like: change.like.map((like) => ({ ...like, table: inside(like.table) })),
    inherits: change.inherits.map(inside),
    partitionOf: change.partitionOf && { ...change.partitionOf, parent: inside(change.partitionOf.parent) },
  };
}

function movedQuery(query: Query, inside: Move): Query {
  return {
    ...query,
    sources: query.sources.map((source) => ({ ...source, relation: inside(source.relation) })),
    columns: query.columns === 'unknown' ? 'unknown' : query.columns.map((column) => movedColumn(column, inside)),
  };
}

function movedColumn(column: QueryColumn, inside: Move): QueryColumn {
  switch (column.kind) {
    case 'all':
      return { ...column, from: inside(column.from) };
    case 'column':
      return { ...column, from: column.from.map(inside) };
    case 'computed':
      return { ...column, mayBe: column.mayBe.map((one) => ({ ...one, from: one.from.map(inside) })) };
  }
}
