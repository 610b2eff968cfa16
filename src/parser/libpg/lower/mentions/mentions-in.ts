// What a statement names beside what its changes are about: in its queries and expressions, and where its changes keep no name.

import type { AlterTableCmd, ColumnDef, Constraint, CreateStmt, Node, ObjectType, RangeVar, TypeName } from '@pgsql/types';
import type { Mention, Mentioned, PartKind } from '../../../../model/mention.ts';
import type { Context, NodeOf, Tag } from '../context.ts';
import { languageOf, parametersOf } from '../function-body.ts';
import { meantFunction } from '../functions.ts';
import { nameOfList, nameOfParts, objectName, partsOf, relationName, strings } from '../names.ts';
import { relationKindOf } from '../object-types.ts';
import { spansOf } from '../spans-of-actions.ts';
import { MentionFinder } from './in-queries.ts';
import { openItem, tableItem, type Scope } from './scope.ts';

export function mentionsIn(node: Node, context: Context): readonly Mention[] {
  const [tag, content] = Object.entries(node)[0] ?? ['', undefined];
  const read = readers[tag as Tag] as ((content: unknown, context: Context) => readonly Mention[]) | undefined;
  return read?.(content, context) ?? none;
}

const none: readonly Mention[] = [];

type Read<K extends Tag> = (node: NodeOf<K>, context: Context) => readonly Mention[];

type Readers = { readonly [K in Tag]?: Read<K> };

/** Queries in parts of a statement. */
const queries =
  <N>(partsIn: (node: N) => readonly (Node | undefined)[]) =>
  (node: N, context: Context): readonly Mention[] => {
    const finder = new MentionFinder(context);
    for (const part of partsIn(node)) if (part) finder.query(part);
    return finder.mentions;
  };

/** Expressions over the columns of a table that is there. */
function overTable(table: RangeVar | undefined, parts: readonly unknown[], context: Context): readonly Mention[] {
  const finder = new MentionFinder(context);
  finder.expression(parts, { items: [tableItem(relationName(table))], outer: undefined });
  return finder.mentions;
}

const readers: Readers = {
  SelectStmt: (node, context) => queries(() => [{ SelectStmt: node }])(node, context),
  InsertStmt: (node, context) => queries(() => [{ InsertStmt: node }])(node, context),
  UpdateStmt: (node, context) => queries(() => [{ UpdateStmt: node }])(node, context),
  DeleteStmt: (node, context) => queries(() => [{ DeleteStmt: node }])(node, context),
  MergeStmt: (node, context) => queries(() => [{ MergeStmt: node }])(node, context),
  ViewStmt: queries(({ query }) => [query]),
  CreateTableAsStmt: (node, context) => (node.if_not_exists ? none : queries<NodeOf<'CreateTableAsStmt'>>(({ query }) => [query])(node, context)),
  DeclareCursorStmt: queries(({ query }) => [query]),
  ExplainStmt: queries(({ query }) => [query]),
  PrepareStmt: queries(({ query }) => [query]),
  CopyStmt: ({ relation, attlist, query, whereClause }, context) => {
    const finder = new MentionFinder(context);
    if (query) finder.query(query);
    finder.relation(relation);
    if (relation) for (const column of strings(attlist)) finder.column(column, relationName(relation));
    return [...finder.mentions, ...(relation ? overTable(relation, [whereClause], context) : [])];
  },
  CallStmt: ({ funccall }, context) => {
    const finder = new MentionFinder(context);
    finder.expression(funccall, noScope);
    return finder.mentions;
  },

  CreateStmt: inNewTable,
  AlterTableStmt: (node, context) => {
    const { relation, objtype, cmds = [] } = node;
    if (objtype === 'OBJECT_TYPE') return none;
    const commands = cmds.flatMap((item) => ('AlterTableCmd' in item ? [item.AlterTableCmd] : []));
    const spans = spansOf(node, commands.length, context);
    return commands.flatMap((command, place) => inAction(command, relation, { ...context, span: spans?.[place] ?? context.span }));
  },
  IndexStmt: ({ relation, indexParams = [], whereClause }, context) => overTable(relation, [indexParams.map((item) => ('IndexElem' in item ? item.IndexElem.expr : item)), whereClause], context),
  CreateStatsStmt: ({ relations = [], exprs = [] }, context) => {
    const [first] = relations;
    if (!first || !('RangeVar' in first)) return none;
    const finder = new MentionFinder(context);
    for (const item of exprs) {
      if ('StatsElem' in item && item.StatsElem.name !== undefined) finder.column(item.StatsElem.name, relationName(first.RangeVar));
    }
    return [...finder.mentions, ...overTable(first.RangeVar, [exprs], context)];
  },
  CreateTrigStmt: ({ relation, columns, whenClause }, context) => {
    const finder = new MentionFinder(context);
    const table = relationName(relation);
    for (const column of strings(columns)) finder.column(column, table);
    finder.expression(whenClause, rowsOf(relation));
    return finder.mentions;
  },
  CreatePolicyStmt: ({ table, qual, with_check: check }, context) => overTable(table, [qual, check], context),
  AlterPolicyStmt: ({ table, qual, with_check: check }, context) => overTable(table, [qual, check], context),
  RuleStmt: ({ relation, whereClause, actions = [] }, context) => {
    const finder = new MentionFinder(context);
    const rows = rowsOf(relation);
    finder.expression(whereClause, rows);
    for (const action of actions) finder.query(action, rows);
    return finder.mentions;
  },

  CommentStmt: ({ objtype, object }, context) => ofObject(objtype, object).map((mention) => ({ ...mention, span: context.span })),
  GrantStmt: ({ objtype, targtype, objects = [], privileges = [] }, context) => {
    if (targtype !== 'ACL_TARGET_OBJECT') return none;
    const finder = new MentionFinder(context);
    const columns = privileges.flatMap((item) => ('AccessPriv' in item ? strings(item.AccessPriv.cols) : []));
    for (const object of objects) if ('RangeVar' in object) for (const column of columns) finder.column(column, relationName(object.RangeVar));
    const named = objects.flatMap((object) => ofObject(objtype, object)).map((mention) => ({ ...mention, span: context.span }));
    return [...named, ...finder.mentions];
  },
  ClusterStmt: ({ relation, indexname }, { span }) =>
    relation && indexname !== undefined ? [{ kind: 'part', part: 'index', table: relationName(relation), name: indexname, span }] : none,
  VacuumStmt: ({ rels = [] }, context) => {
    const finder = new MentionFinder(context);
    for (const item of rels) {
      if (!('VacuumRelation' in item)) continue;
      const { relation, va_cols: columns } = item.VacuumRelation;
      if (relation) for (const column of strings(columns)) finder.column(column, relationName(relation));
    }
    return finder.mentions;
  },
  AlterSeqStmt: ({ sequence, missing_ok: isOptional }, { span }) => (isOptional || !sequence ? none : [{ kind: 'relation', name: relationName(sequence), span }]),
  AlterStatsStmt: ({ defnames, missing_ok: isOptional }, { span }) => (isOptional ? none : [{ kind: 'statistics', name: nameOfList(defnames), span }]),
  AlterOwnerStmt: ({ objectType, object }, { span }) => ofObject(objectType, object).map((mention) => ({ ...mention, span })),
  AlterDomainStmt: ({ typeName, name, subtype, missing_ok: isOptional }, { span }) => {
    const domain = nameOfList(typeName);
    const isNamed = (subtype === 'X' || subtype === 'V') && name !== undefined && !isOptional;
    return [{ kind: 'type', name: domain, span }, ...(isNamed ? [{ kind: 'domain-constraint', domain, name, span } as const] : [])];
  },
  AlterEnumStmt: ({ typeName, oldVal, newValNeighbor: neighbour }, { span }) => {
    const type = nameOfList(typeName);
    const values = [oldVal, neighbour].filter((value) => value !== undefined);
    return [{ kind: 'type', name: type, span }, ...values.map((value) => ({ kind: 'enum-value', type, value, span }) as const)];
  },
  AlterTypeStmt: ({ typeName }, { span }) => [{ kind: 'type', name: nameOfList(typeName), span }],
  CreateFunctionStmt: (node, context) => {
    const types = [...parametersOf(node.parameters).map(({ argType }) => argType), node.returnType];
    const defaults = new MentionFinder(context);
    defaults.expression(parametersOf(node.parameters).map(({ defexpr }) => defexpr), noScope);
    return readLanguages.has(languageOf(node)) ? [...ofTypes(types, context), ...defaults.mentions] : defaults.mentions;
  },
  CreateDomainStmt: ({ typeName }, context) => ofTypes([typeName], context),
  CompositeTypeStmt: ({ coldeflist = [] }, context) => ofTypes(coldeflist.map((item) => ('ColumnDef' in item ? item.ColumnDef.typeName : undefined)), context),
  CreateRangeStmt: ({ params = [] }, context) =>
    ofTypes(params.map((item) => ('DefElem' in item && item.DefElem.defname === 'subtype' && item.DefElem.arg && 'TypeName' in item.DefElem.arg ? item.DefElem.arg.TypeName : undefined)), context),
};

/** In others, a type may be made by the function that returns it. */
const readLanguages: ReadonlySet<string> = new Set(['sql', 'plpgsql']);

const noScope: Scope = { items: [], outer: undefined };

function rowsOf(relation: RangeVar | undefined): Scope {
  const table = relationName(relation);
  return { items: [tableItem(table, 'new'), tableItem(table, 'old')], outer: undefined };
}

function ofTypes(types: readonly (TypeName | undefined)[], context: Context): readonly Mention[] {
  const finder = new MentionFinder(context);
  for (const type of types) finder.type(type);
  return finder.mentions;
}

/** What its own expressions name may come from wherever it gets columns: it is looked at when it is made. */
function inNewTable(node: CreateStmt, context: Context): readonly Mention[] {
  const { relation, tableElts = [], inhRelations = [], partbound, partspec, if_not_exists: isOptional } = node;
  const finder = new MentionFinder(context, 'behind');
  const own = { items: [tableItem(relationName(relation))], outer: undefined };
  const before = new MentionFinder(context);
  for (const parent of inhRelations) if ('RangeVar' in parent) before.relation(parent.RangeVar);
  for (const element of tableElts) {
    if ('ColumnDef' in element) inColumn(element.ColumnDef, relationName(relation), { own, finder, before });
    if ('TableLikeClause' in element) before.relation(element.TableLikeClause.relation);
    if ('Constraint' in element) inConstraint(element.Constraint, relationName(relation), { own, finder, before });
  }
  if (node.ofTypename) before.type(node.ofTypename);
  before.expression(partbound, { items: [openItem(undefined)], outer: undefined });
  for (const element of partspec?.partParams ?? []) {
    if (!('PartitionElem' in element)) continue;
    if (element.PartitionElem.name !== undefined) finder.column(element.PartitionElem.name, relationName(relation), element.PartitionElem.location);
    finder.expression(element.PartitionElem.expr, own);
  }
  return isOptional ? [] : [...before.mentions, ...finder.mentions];
}

interface Finders {
  /** The table itself. */
  readonly own: Scope;
  readonly finder: MentionFinder;
  readonly before: MentionFinder;
}

function inColumn({ typeName, constraints = [] }: ColumnDef, table: ReturnType<typeof relationName>, finders: Finders): void {
  finders.before.type(typeName);
  for (const constraint of constraints) if ('Constraint' in constraint) inConstraint(constraint.Constraint, table, finders);
}

/** A default may name no column. */
function inConstraint(node: Constraint, table: ReturnType<typeof relationName>, { own, finder, before }: Finders): void {
  const { contype, raw_expr: expression, keys, including, fk_attrs: columns, pktable, pk_attrs: referenced, exclusions = [], where_clause: where } = node;
  if (contype === 'CONSTR_DEFAULT') return before.expression(expression, noScope);
  finder.expression([expression, where], own);
  for (const column of [...strings(keys), ...strings(including), ...strings(columns)]) finder.column(column, table);
  for (const pair of exclusions) {
    const [element] = 'List' in pair ? (pair.List.items ?? []) : [];
    if (!element || !('IndexElem' in element)) continue;
    if (element.IndexElem.name !== undefined) finder.column(element.IndexElem.name, table);
    finder.expression(element.IndexElem.expr, own);
  }
  if (!pktable) return;
  const isItself = pktable.relname === table.name && (pktable.schemaname ?? table.schema) === table.schema;
  if (!isItself) before.relation(pktable);
  for (const column of strings(referenced)) (isItself ? finder : before).column(column, relationName(pktable));
}

/** Names that the changes of ALTER TABLE don't keep, and those in their expressions. */
function inAction({ subtype, def, missing_ok: isOptional }: AlterTableCmd, relation: RangeVar | undefined, context: Context): readonly Mention[] {
  const table = relationName(relation);
  const own = { items: [tableItem(table)], outer: undefined };
  const [finder, before] = [new MentionFinder(context, 'behind'), new MentionFinder(context)];
  if (subtype === 'AT_AddColumn' && isOptional) return none;
  if (subtype === 'AT_AddColumn' && def && 'ColumnDef' in def) inColumn(def.ColumnDef, table, { own, finder, before });
  if (subtype === 'AT_AddConstraint' && def && 'Constraint' in def) inConstraint(def.Constraint, table, { own, finder, before });
  if (subtype === 'AT_ColumnDefault') before.expression(def, noScope);
  if (subtype === 'AT_SetExpression') finder.expression(def, own);
  if (subtype === 'AT_AlterColumnType' && def && 'ColumnDef' in def) {
    before.type(def.ColumnDef.typeName);
    before.expression(def.ColumnDef.raw_default, own);
  }
  if (subtype === 'AT_AddInherit' && def && 'RangeVar' in def) before.relation(def.RangeVar);
  return [...before.mentions, ...finder.mentions];
}

/** COMMENT ON, GRANT ON, OWNER TO: whatever it is that is named. */
function ofObject(type: ObjectType | undefined, object: Node | undefined): readonly Mentioned[] {
  const parts = partsOf(object);
  const name = nameOfParts(parts);
  const part = (kind: PartKind): readonly Mentioned[] => {
    const table = nameOfParts(parts.slice(0, -1));
    return [{ kind: 'relation', name: table }, { kind: 'part', part: kind, table, name: name.name }];
  };
  switch (type) {
    case 'OBJECT_COLUMN': {
      const table = nameOfParts(parts.slice(0, -1));
      return [{ kind: 'relation', name: table }, { kind: 'column', column: name.name, of: [table], isField: false, at: 'before' }];
    }
    case 'OBJECT_TABCONSTRAINT':
      return part('constraint');
    case 'OBJECT_TRIGGER':
      return part('trigger');
    case 'OBJECT_POLICY':
      return part('policy');
    case 'OBJECT_RULE':
      return part('rule');
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return [{ kind: 'type', name: objectName(object) }];
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE': {
      const { function: meant, argumentTypes } = meantFunction(object && 'ObjectWithArgs' in object ? object.ObjectWithArgs : undefined);
      return [{ kind: 'function', name: meant, argumentTypes }];
    }
    case 'OBJECT_SCHEMA':
      return [{ kind: 'schema', name: name.name }];
    case 'OBJECT_PUBLICATION':
      return [{ kind: 'publication', name: name.name }];
    case 'OBJECT_STATISTIC_EXT':
      return [{ kind: 'statistics', name }];
    default:
      return relationKindOf(type) ? [{ kind: 'relation', name }] : [];
  }
}
