// CREATE TABLE and ALTER TABLE as pgsql-ast-parser reads them.

import type {
  AlterTableStatement,
  ColumnConstraint,
  CreateColumnDef,
  CreateColumnsLikeTable,
  CreateTableStatement,
  Expr,
  Name,
  QName,
  TableAlteration,
  TableAlterationAlterColumn,
  TableConstraint,
  TableReference,
} from 'pgsql-ast-parser';
import type { Change, ChangeOf } from '../../model/change.ts';
import { likeParts, type LikeClause, type LikePart } from '../../model/changes/table-changes.ts';
import type { ColumnDefinition } from '../../model/column.ts';
import type { CheckConstraint, Constraint, ForeignKeyConstraint, IndexConstraint, KeyAction } from '../../model/constraint.ts';
import type { RelationName } from '../../model/names.ts';
import type { Span } from '../../text/span.ts';
import { lowerExpression } from './expressions.ts';
import { nameOf, relationOf, typeOf } from './names.ts';
import { lowerPredicate } from './predicate.ts';
import { unsupported } from './unsupported.ts';

export function lowerCreateTable(node: CreateTableStatement, span: Span): ChangeOf<'create-table'> {
  const table = relationOf(node.name);
  const isTemporary = node.temporary === true || table.schema === 'pg_temp';
  return {
    kind: 'create-table',
    endsAtCommit: false,
    span,
    table,
    ifNotExists: node.ifNotExists === true,
    persistence: isTemporary ? 'temporary' : node.unlogged ? 'unlogged' : 'permanent',
    foreign: false,
    columns: node.columns.flatMap((element) => (element.kind === 'column' ? [lowerColumn(element)] : [])),
    constraints: (node.constraints ?? []).map(tableConstraint),
    like: node.columns.flatMap((element, place) => {
      const behind = node.columns.slice(0, place).filter(({ kind }) => kind === 'column').length;
      return element.kind === 'like table' ? [lowerLike(element, behind)] : [];
    }),
    inherits: (node.inherits ?? []).map(relationOf),
    partitionOf: undefined,
    partitionBy: undefined,
    storage: { tablespace: undefined, accessMethod: undefined },
    query: undefined,
    ofType: undefined,
  };
}

function lowerLike({ like, options }: CreateColumnsLikeTable, behind: number): LikeClause {
  const including = new Set<LikePart>();
  for (const { verb, option } of options) {
    for (const part of likeParts.filter((one) => option === 'all' || option === one)) {
      if (verb === 'including') including.add(part);
      else including.delete(part);
    }
  }
  return { table: relationOf(like), including: likeParts.filter((part) => including.has(part)), behind };
}

function lowerColumn({ name, dataType, collate, constraints: nodes = [] }: CreateColumnDef): ColumnDefinition {
  const constraints = nodes.flatMap((node) => columnConstraint(node, nameOf(name)));
  const defaultNode = nodes.find((node) => node.type === 'default');
  const [generated, ...more] = nodes.filter((node) => node.type === 'add generated');
  if (more.length > 0 || (generated?.expression && (generated.always !== 'always' || !generated.stored))) unsupported();
  const isIdentity = generated !== undefined && generated.expression === undefined;
  return {
    name: nameOf(name),
    type: typeOf(dataType),
    collation: collationOf(collate),
    default: defaultNode && lowerExpression(defaultNode.default),
    notNull: constraints.some(({ type }) => type === 'not-null' || type === 'primary-key'),
    identity: isIdentity,
    generatedBy: generated?.expression && lowerExpression(generated.expression),
    generated: generated?.expression && 'stored',
    constraints: constraints.filter((constraint) => constraint.type !== 'not-null' || constraint.name !== undefined),
  };
}

/** Undefined for whoever runs it. */
function roleOf(named: Name): string | undefined {
  const role = nameOf(named);
  return ['current_user', 'current_role', 'session_user'].includes(role) ? undefined : role;
}

/** Undefined for that of the database. */
function collationOf(named: QName | undefined): string | undefined {
  const { schema, name } = named ?? { name: 'default' };
  if (name === 'default' && (schema ?? 'pg_catalog') === 'pg_catalog') return undefined;
  return schema === undefined || schema === 'pg_catalog' ? name : `${schema}.${name}`;
}

function columnConstraint(node: ColumnConstraint, column: string): Constraint[] {
  const base = baseOf(node.type === 'add generated' ? undefined : node.constraintName);
  const columns = [column];
  switch (node.type) {
    case 'not null':
      return [{ ...base, type: 'not-null', columns, noInherit: false }];
    case 'unique':
      return [{ ...base, type: 'unique', ...plainKey(columns) }];
    case 'primary key':
      return [{ ...base, type: 'primary-key', ...plainKey(columns) }];
    case 'check':
      return [{ ...base, ...checkOf(node.expr) }];
    case 'reference':
      return [{ ...base, type: 'foreign-key', columns, ...referenceOf(node) }];
    default:
      return [];
  }
}

function tableConstraint(node: TableConstraint): Constraint {
  const base = baseOf(node.constraintName);
  switch (node.type) {
    case 'check':
      return { ...base, ...checkOf(node.expr) };
    case 'foreign key':
      return { ...base, type: 'foreign-key', columns: node.localColumns.map(nameOf), ...referenceOf(node) };
    case 'unique':
      return { ...base, type: 'unique', ...plainKey(node.columns.map(nameOf)) };
    case 'primary key':
      return { ...base, type: 'primary-key', ...plainKey(node.columns.map(nameOf)) };
  }
}

/** More than columns is not in pgsql-ast-parser's grammar. */
function plainKey(columns: readonly string[]): Omit<IndexConstraint, 'type' | 'name' | 'valid' | 'enforced'> {
  return { columns, parts: columns, expressions: [], method: 'btree', predicate: undefined, included: [], usingIndex: undefined, tablespace: undefined, form: '', deferrable: false, deferred: false, temporal: false };
}

/** NO INHERIT is not in pgsql-ast-parser's grammar. */
function checkOf(expression: Expr): Pick<CheckConstraint, 'type' | 'expression' | 'predicate' | 'noInherit'> {
  const predicate = lowerPredicate(expression);
  return { type: 'check', expression: lowerExpression(expression), predicate, noInherit: false };
}

/** NOT VALID, NOT ENFORCED and DEFERRABLE are not in pgsql-ast-parser's grammar. */
function baseOf(name: Name | undefined): { readonly name: string | undefined; readonly valid: true; readonly enforced: true } {
  return { name: name && nameOf(name), valid: true, enforced: true };
}

function referenceOf({ foreignTable, foreignColumns, onDelete, onUpdate }: TableReference): Omit<ForeignKeyConstraint, 'type' | 'columns' | 'name' | 'valid' | 'enforced'> {
  return {
    references: relationOf(foreignTable),
    referencedColumns: foreignColumns.map(nameOf),
    deferrable: false,
    deferred: false,
    temporal: false,
    onDelete: keyAction(onDelete),
    onUpdate: keyAction(onUpdate),
  };
}

/** SET NULL (columns) is not in pgsql-ast-parser's grammar. */
function keyAction(action: TableReference['onDelete']): KeyAction | undefined {
  switch (action) {
    case 'cascade':
      return { kind: 'cascade' };
    case 'set null':
      return { kind: 'set-null', columns: [] };
    case 'set default':
      return { kind: 'set-default', columns: [] };
    default:
      return undefined;
  }
}

/** One change for each action; `spans` are those of the actions. */
export function lowerAlterTable(node: AlterTableStatement, statement: Span, spans: readonly Span[] | undefined): Change[] {
  const target = { table: relationOf(node.table), only: node.only === true };
  if (node.changes.length > 1 && node.changes.some(({ type }) => type.startsWith('rename'))) unsupported();
  return node.changes.map((action, index) => {
    const span = action.type.startsWith('rename') ? statement : (spans?.[index] ?? statement);
    const isOptional = node.ifExists === true && action.type !== 'rename';
    return { ...lowerAction(action, target, node.ifExists === true), span, ...(isOptional ? { onlyIf: target.table } : {}) };
  });
}

type WithoutSpan<C> = C extends unknown ? Omit<C, 'span'> : never;

type Action = WithoutSpan<Change>;

interface Target {
  readonly table: RelationName;
  readonly only: boolean;
}

function lowerAction(action: TableAlteration, { table, only }: Target, ifExists: boolean): Action {
  switch (action.type) {
    case 'rename':
      return { kind: 'rename-relation', relation: table, relationKind: 'table', ifExists, to: nameOf(action.to) };
    case 'rename column':
      return { kind: 'rename-column', table, only, column: nameOf(action.column), to: nameOf(action.to) };
    case 'rename constraint':
      return { kind: 'rename-constraint', table, constraint: nameOf(action.constraint), to: nameOf(action.to) };
    case 'owner':
      return { kind: 'change-owner', relation: table, relationKind: 'table', owner: roleOf(action.to) };
    case 'add column':
      return { kind: 'add-column', table, only, ifNotExists: action.ifNotExists === true, column: lowerColumn(action.column) };
    case 'drop column':
      return { kind: 'drop-column', table, only, column: nameOf(action.column), ...dropForm(action) };
    case 'add constraint':
      return { kind: 'add-constraint', table, only, constraint: tableConstraint(action.constraint) };
    case 'drop constraint':
      return { kind: 'drop-constraint', table, only, constraint: nameOf(action.constraint), ...dropForm(action) };
    case 'alter column':
      return alterColumn(action, { table, only });
  }
}

function dropForm({ ifExists, behaviour }: { readonly ifExists?: boolean; readonly behaviour?: 'cascade' | 'restrict' }): {
  readonly ifExists: boolean;
  readonly cascade: boolean;
} {
  return { ifExists: ifExists === true, cascade: behaviour === 'cascade' };
}

function alterColumn({ column: name, alter }: TableAlterationAlterColumn, { table, only }: Target): Action {
  const column = nameOf(name);
  switch (alter.type) {
    case 'set type':
      return { kind: 'alter-column-type', table, only, column, type: typeOf(alter.dataType), using: undefined, explicit: false, casts: [], collation: undefined };
    case 'set default':
      return { kind: 'set-default', table, only, column, default: lowerExpression(alter.default) };
    case 'add generated':
      return alter.expression === undefined ? { kind: 'add-identity', table, only, column } : unsupported();
    default:
      return { kind: alter.type.replaceAll(' ', '-') as 'drop-default' | 'set-not-null' | 'drop-not-null', table, only, column };
  }
}
