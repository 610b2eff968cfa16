// ALTER TABLE, and what the grammar calls so: ALTER INDEX, ALTER VIEW, ALTER TYPE … ADD ATTRIBUTE. One change for each action.

import type { AlterTableCmd, AlterTableStmt, AlterTableType, Node, ReplicaIdentityStmt, TypeName } from '@pgsql/types';
import type { Change } from '../../../model/change.ts';
import type { ColumnType } from '../../../model/column-type.ts';
import type { RelationKind, ReplicaIdentity, RowSecurityAction } from '../../../model/changes/table-changes.ts';
import type { RelationName } from '../../../model/names.ts';
import { chosenTriggers, switchesTriggersOn } from './attachments.ts';
import { lowerColumn } from './columns.ts';
import { lowerConstraint } from './constraints.ts';
import type { Context, StatementBody } from './context.ts';
import { lowerExpression } from './expressions.ts';
import { option } from './indexes.ts';
import { nameOfList, relationName, stringOf, strings } from './names.ts';
import { lowerBound } from './partitions.ts';
import { objectWords, relationKindOf } from './object-types.ts';
import { spansOf } from './spans-of-actions.ts';
import { lowerCollation, lowerType } from './types.ts';
import { roleName } from './wholesale.ts';

export function lowerAlterTable(node: AlterTableStmt, context: Context): StatementBody {
  const command = node.objtype === 'OBJECT_TYPE' ? 'ALTER TYPE' : `ALTER ${objectWords(node.objtype)}`;
  const table = relationName(node.relation);
  const commands = (node.cmds ?? []).flatMap((item) => ('AlterTableCmd' in item ? [item.AlterTableCmd] : []));
  if (node.objtype === 'OBJECT_TYPE') {
    const { span } = context;
    return { kind: 'schema', command, changes: commands.map((item) => ({ span, ...attributeAction(item, table) })) };
  }
  const spans = spansOf(node, commands.length, context);
  const target: Target = { table, only: node.relation?.inh !== true, kind: relationKindOf(node.objtype) ?? 'table', countedAnew: commands.flatMap(newColumn) };
  const isOptional = node.missing_ok === true && target.kind !== 'index';
  const changes = commands.map((item, index) => {
    const span = spans?.[index] ?? context.span;
    return { span, ...lowerAction(item, target, context), ...(isOptional ? { onlyIf: table } : {}) };
  });
  return { kind: 'schema', command, changes };
}

function newColumn({ subtype, def }: AlterTableCmd): readonly string[] {
  const column = subtype === 'AT_AddColumn' ? nodeOf(def, 'ColumnDef')?.colname : undefined;
  return column === undefined ? [] : [column];
}

/** ALTER TYPE of a composite type speaks of attributes as ALTER TABLE of columns. */
function attributeAction({ subtype, name = '', def, behavior, missing_ok: ifExists = false }: AlterTableCmd, type: RelationName): Action {
  const cascade = behavior === 'DROP_CASCADE';
  const column = nodeOf(def, 'ColumnDef');
  if (subtype === 'AT_AlterColumnType') {
    return { kind: 'alter-attribute', type, attribute: name, to: lowerType(column?.typeName), collation: lowerCollation(column?.collClause), cascade };
  }
  if (subtype === 'AT_DropColumn') return { kind: 'drop-attribute', type, attribute: name, ifExists, cascade };
  return { kind: 'add-attribute', type, attribute: lowerColumn(column ?? {}), cascade };
}

type WithoutSpan<C> = C extends unknown ? Omit<C, 'span'> : never;

type Action = WithoutSpan<Change>;

interface Target {
  readonly table: RelationName;
  readonly only: boolean;
  readonly kind: RelationKind;
  readonly countedAnew: readonly string[];
}

function lowerAction(command: AlterTableCmd, target: Target, context: Context): Action {
  const subtype = command.subtype ?? 'AT_AddColumn';
  return actions[subtype](command, target, context);
}

type LowerAction = (command: AlterTableCmd, target: Target, context: Context) => Action;

type ColumnAction = Extract<Action, { readonly column: string }>['kind'];

type ActionWithDetails =
  | 'set-column-storage'
  | 'drop-column'
  | 'rename-column'
  | 'alter-column-type'
  | 'set-default'
  | 'set-expression'
  | 'drop-expression'
  | 'alter-identity'
  | 'drop-identity';

/** Actions of a column that need nothing but its name. */
const ofColumn =
  (
    kind: Exclude<ColumnAction, ActionWithDetails>,
  ): LowerAction =>
  ({ name }, { table, only }) => ({ kind, table, only, column: name ?? '' });

const dropOids: LowerAction = (_command, { table }) => ({ kind: 'drop-oids', table });

const toggleRule =
  (enabled: boolean): LowerAction =>
  ({ name = '' }, { table }) => ({ kind: 'toggle-rule', table, name, enabled });

const clusterOn: LowerAction = ({ name }, { table }) => ({ kind: 'cluster-on', table, byIndex: name });

const rowSecurity =
  (action: RowSecurityAction): LowerAction =>
  (_command, { table }) => ({ kind: 'set-row-security', table, action });

const setDefault: LowerAction = ({ name = '', def }, { table, only }) =>
  def
    ? { kind: 'set-default', table, only, column: name, default: lowerExpression(def) }
    : { kind: 'drop-default', table, only, column: name };

const addColumn: LowerAction = ({ def, missing_ok }, { table, only }) => ({
  kind: 'add-column',
  table,
  only,
  ifNotExists: missing_ok === true,
  column: lowerColumn(nodeOf(def, 'ColumnDef') ?? {}),
});

const alterType: LowerAction = ({ name = '', def }, { table, only }) => {
  const column = nodeOf(def, 'ColumnDef');
  const using = column?.raw_default;
  const uncast = using && withoutCast(using, column.typeName);
  return {
    kind: 'alter-column-type',
    table,
    only,
    column: name,
    type: lowerType(column?.typeName),
    using: uncast && lowerExpression(uncast),
    explicit: uncast !== using,
    casts: using ? castsOf(using, name) : [],
    collation: lowerCollation(column?.collClause),
  };
};

/** `USING c::type` with the new type itself says nothing more than `USING c`. */
function withoutCast(node: Node, type: TypeName | undefined): Node {
  const cast = 'TypeCast' in node ? node.TypeCast : undefined;
  const isSameType = cast !== undefined && JSON.stringify(lowerType(cast.typeName)) === JSON.stringify(lowerType(type));
  return cast?.arg && isSameType && 'ColumnRef' in cast.arg ? cast.arg : node;
}

/** From the inside to the outside. */
function castsOf(node: Node, column: string): ColumnType[] | undefined {
  const casts: ColumnType[] = [];
  let inner: Node | undefined = node;
  while (inner && 'TypeCast' in inner) {
    casts.unshift(lowerType(inner.TypeCast.typeName));
    inner = inner.TypeCast.arg;
  }
  const read = inner && 'ColumnRef' in inner ? strings(inner.ColumnRef.fields).at(-1) : undefined;
  return read === column ? casts : undefined;
}

const addConstraint: LowerAction = ({ def }, { table, only }) => {
  const node = nodeOf(def, 'Constraint');
  const constraint = node && lowerConstraint(node);
  return constraint ? { kind: 'add-constraint', table, only, constraint } : { kind: 'catalog-only' };
};

const setOptions: LowerAction = ({ def }, { table, kind }) => ({
  kind: 'set-options',
  relation: table,
  relationKind: kind,
  options: listItems(def).flatMap((item) =>
    'DefElem' in item && item.DefElem.defname !== undefined ? [item.DefElem.defname] : [],
  ),
});

const setPersistence =
  (persistence: 'permanent' | 'unlogged'): LowerAction =>
  (_command, { table, kind, countedAnew }) =>
    kind === 'sequence' ? { kind: 'alter-sequence', sequence: table, ifExists: false, persistence } : { kind: 'set-persistence', table, persistence, countedAnew };

const inheritance =
  (kind: 'inherit' | 'no-inherit'): LowerAction =>
  ({ def }, { table }) => ({ kind, table, parent: relationName(nodeOf(def, 'RangeVar')) });

const attachPartition: LowerAction = ({ def }, { table, kind }) => {
  const partition = nodeOf(def, 'PartitionCmd');
  const name = relationName(partition?.name);
  if (kind === 'index') return { kind: 'attach-index-partition', index: table, partition: name };
  return { kind: 'attach-partition', table, partition: name, bound: lowerBound(partition?.bound) };
};

const detachPartition: LowerAction = ({ def, subtype }, { table }) => {
  const partition = nodeOf(def, 'PartitionCmd');
  const mode = subtype === 'AT_DetachPartitionFinalize' ? 'finalize' : partition?.concurrent ? 'concurrently' : 'plain';
  return { kind: 'detach-partition', table, partition: relationName(partition?.name), mode };
};

const alterConstraint: LowerAction = ({ def }, { table, only }) => {
  const node = nodeOf(def, 'ATAlterConstraint');
  return {
    kind: 'alter-constraint',
    table,
    only,
    constraint: node?.conname ?? '',
    enforced: node?.alterEnforceability ? node.is_enforced === true : undefined,
    deferral: node?.alterDeferrability ? { deferrable: node.deferrable === true, deferred: node.initdeferred === true } : undefined,
    noInherit: node?.alterInheritability ? node.noinherit === true : undefined,
  };
};

const toggleTrigger: LowerAction = (command, { table, only }) => ({
  kind: 'toggle-trigger',
  table,
  only,
  triggers: chosenTriggers(command),
  on: switchesTriggersOn(command),
});

/** Actions that PostgreSQL makes itself on the way and that no text can hold. */
const internal: LowerAction = () => ({ kind: 'catalog-only' });

const actions: Readonly<Record<AlterTableType, LowerAction>> = {
  AT_AddColumn: addColumn,
  AT_AddColumnToView: internal,
  AT_ColumnDefault: setDefault,
  AT_CookedColumnDefault: internal,
  AT_DropNotNull: ofColumn('drop-not-null'),
  AT_SetNotNull: ofColumn('set-not-null'),
  AT_SetExpression: ({ name = '', def }, { table, only }) =>
    def
      ? { kind: 'set-expression', table, only, column: name, expression: lowerExpression(def) }
      : { kind: 'drop-expression', table, only, column: name, ifExists: false },
  AT_DropExpression: ({ name = '', missing_ok }, { table, only }) => ({ kind: 'drop-expression', table, only, column: name, ifExists: missing_ok === true }),
  AT_SetStatistics: ofColumn('set-column-statistics'),
  AT_SetOptions: ofColumn('set-column-options'),
  AT_ResetOptions: ofColumn('set-column-options'),
  AT_SetStorage: ({ name = '', def }, { table, only }) => ({ kind: 'set-column-storage', table, only, column: name, storage: stringOf(def).toLowerCase() }),
  AT_SetCompression: ofColumn('set-column-compression'),
  AT_DropColumn: ({ name = '', behavior, missing_ok }, { table, only }) => ({
    kind: 'drop-column',
    table,
    only,
    column: name,
    ifExists: missing_ok === true,
    cascade: behavior === 'DROP_CASCADE',
  }),
  AT_AddIndex: internal,
  AT_ReAddIndex: internal,
  AT_AddConstraint: addConstraint,
  AT_ReAddConstraint: internal,
  AT_ReAddDomainConstraint: internal,
  AT_AlterConstraint: alterConstraint,
  AT_ValidateConstraint: ({ name = '' }, { table }) => ({ kind: 'validate-constraint', table, constraint: name }),
  AT_AddIndexConstraint: internal,
  AT_DropConstraint: ({ name = '', behavior, missing_ok }, { table, only }) => ({
    kind: 'drop-constraint',
    table,
    only,
    constraint: name,
    ifExists: missing_ok === true,
    cascade: behavior === 'DROP_CASCADE',
  }),
  AT_ReAddComment: internal,
  AT_AlterColumnType: alterType,
  AT_AlterColumnGenericOptions: ofColumn('set-column-options'),
  AT_ChangeOwner: ({ newowner }, { table, kind }) => ({ kind: 'change-owner', relation: table, relationKind: kind, owner: roleName(newowner) }),
  AT_ClusterOn: clusterOn,
  AT_DropCluster: clusterOn,
  AT_SetLogged: setPersistence('permanent'),
  AT_SetUnLogged: setPersistence('unlogged'),
  AT_DropOids: dropOids,
  AT_SetAccessMethod: ({ name }, { table }) => ({ kind: 'set-access-method', table, accessMethod: name }),
  AT_SetTableSpace: ({ name = '' }, { table, kind }) => ({
    kind: 'set-tablespace',
    relation: table,
    relationKind: kind,
    tablespace: name,
  }),
  AT_SetRelOptions: setOptions,
  AT_ResetRelOptions: setOptions,
  AT_ReplaceRelOptions: internal,
  AT_EnableTrig: toggleTrigger,
  AT_EnableAlwaysTrig: toggleTrigger,
  AT_EnableReplicaTrig: toggleTrigger,
  AT_DisableTrig: toggleTrigger,
  AT_EnableTrigAll: toggleTrigger,
  AT_DisableTrigAll: toggleTrigger,
  AT_EnableTrigUser: toggleTrigger,
  AT_DisableTrigUser: toggleTrigger,
  AT_EnableRule: toggleRule(true),
  AT_EnableAlwaysRule: toggleRule(true),
  AT_EnableReplicaRule: toggleRule(false),
  AT_DisableRule: toggleRule(false),
  AT_AddInherit: inheritance('inherit'),
  AT_DropInherit: inheritance('no-inherit'),
  AT_AddOf: ({ def }, { table }) => ({ kind: 'set-of-type', table, type: nameOfList(nodeOf(def, 'TypeName')?.names) }),
  AT_DropOf: (_command, { table }) => ({ kind: 'set-of-type', table, type: undefined }),
  AT_ReplicaIdentity: ({ def }, { table }) => ({ kind: 'replica-identity', table, identity: identityOf(nodeOf(def, 'ReplicaIdentityStmt')) }),
  AT_EnableRowSecurity: rowSecurity('enable'),
  AT_DisableRowSecurity: rowSecurity('disable'),
  AT_ForceRowSecurity: rowSecurity('force'),
  AT_NoForceRowSecurity: rowSecurity('no-force'),
  AT_GenericOptions: setOptions,
  AT_AttachPartition: attachPartition,
  AT_DetachPartition: detachPartition,
  AT_DetachPartitionFinalize: detachPartition,
  AT_AddIdentity: ofColumn('add-identity'),
  AT_SetIdentity: ({ name = '', def }, { table, only }) => ({
    kind: 'alter-identity',
    table,
    only,
    column: name,
    generation: option(listItems(def), 'generated') !== undefined,
  }),
  AT_DropIdentity: ({ name = '', missing_ok }, { table, only }) => ({
    kind: 'drop-identity',
    table,
    only,
    column: name,
    ifExists: missing_ok === true,
  }),
  AT_ReAddStatistics: internal,
};

/** Source: REPLICA_IDENTITY_… in src/include/catalog/pg_class.h. */
const identities: Readonly<Record<string, 'default' | 'full' | 'nothing'>> = { d: 'default', f: 'full', n: 'nothing' };

function identityOf(node: ReplicaIdentityStmt | undefined): ReplicaIdentity {
  const kind = identities[node?.identity_type ?? ''];
  return kind ? { kind } : { kind: 'index', index: node?.name ?? '' };
}

type Definition = 'ReplicaIdentityStmt' | 'ColumnDef' | 'TypeName' | 'Constraint' | 'RangeVar' | 'PartitionCmd' | 'ATAlterConstraint';

function nodeOf<K extends Definition>(node: Node | undefined, tag: K): Extract<Node, Record<K, unknown>>[K] | undefined {
  return node !== undefined && tag in node ? (node as Extract<Node, Record<K, unknown>>)[tag] : undefined;
}

function listItems(node: Node | undefined): readonly Node[] {
  return node !== undefined && 'List' in node ? (node.List.items ?? []) : [];
}
