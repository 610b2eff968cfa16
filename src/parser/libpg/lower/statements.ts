// Which lowering reads which statement of the grammar. A statement that is not in the table does not compile.

import type { Node } from '@pgsql/types';
import type { RowAction } from '../../../model/row-action.ts';
import { culprit } from '../../../model/culprit.ts';
import type { Statement } from '../../../model/statement.ts';
import { lowerAlterTable } from './alter-table.ts';
import * as attachments from './attachments.ts';
import type { Context, NodeOf, StatementBody, Tag } from './context.ts';
import { lowerCreateSchema } from './create-schema.ts';
import { lowerCreateForeignTable, lowerCreateTable, lowerCreateTableAs } from './create-table.ts';
import { lowerCopy, lowerDelete, lowerInsert, lowerMerge, lowerSelect, lowerUpdate, writesOf } from './data.ts';
import { lowerDrop } from './drop.ts';
import { featuresOf } from './features.ts';
import { lowerAlterFunction, lowerCreateFunction } from './functions.ts';
import { lowerCreateIndex, lowerReindex } from './indexes.ts';
import { nameOfList } from './names.ts';
import { outreachOf } from './outreach.ts';
import * as objects from './objects.ts';
import { objectWords } from './object-types.ts';
import { lowerDo } from '../plpgsql/lower-block.ts';
import { lowerOwner, lowerRename, lowerSetSchema } from './rename.ts';
import { lowerAlterDatabaseSet, lowerAlterRoleSet, lowerDiscard, lowerSet } from './settings.ts';
import { leftBy } from './left-code.ts';
import { mentionsIn } from './mentions/mentions-in.ts';
import { lowerQuery } from './query.ts';
import { lowerTransaction } from './transactions.ts';
import { usageOf } from './usage.ts';
import { lowerDropOwned, lowerMoveAll, lowerReassignOwned } from './wholesale.ts';

/** Nodes that are called statements but never stand for one in a script. */
type InnerStatement = 'RawStmt' | 'SetOperationStmt' | 'ReturnStmt' | 'ReplicaIdentityStmt' | 'PLAssignStmt';

type StatementTag = Exclude<Extract<Tag, `${string}Stmt`>, InnerStatement>;

type Lowerings = { readonly [K in StatementTag]: (node: NodeOf<K>, context: Context) => StatementBody };

const { catalogOnly, extendTypes } = objects;

const harmless = (command: string) => (): StatementBody => ({ kind: 'harmless', command });

const unnamedObjects = (command: string) => (): StatementBody => ({ kind: 'opaque', command, culprit: culprit({ kind: 'unnamed-objects', command }) });

/** CURSOR_OPT_HOLD: it outlives its transaction. Source: src/include/nodes/parsenodes.h. */
const HOLD = 0x20;

const lowerings: Lowerings = {
  InsertStmt: lowerInsert,
  DeleteStmt: lowerDelete,
  UpdateStmt: lowerUpdate,
  MergeStmt: lowerMerge,
  SelectStmt: lowerSelect,
  CopyStmt: lowerCopy,

  CreateStmt: lowerCreateTable,
  CreateForeignTableStmt: (node, context) => lowerCreateForeignTable(node.base, context),
  CreateTableAsStmt: lowerCreateTableAs,
  AlterTableStmt: lowerAlterTable,
  AlterTableMoveAllStmt: lowerMoveAll,
  DropStmt: lowerDrop,
  RenameStmt: lowerRename,
  AlterObjectSchemaStmt: lowerSetSchema,
  AlterOwnerStmt: lowerOwner,
  TruncateStmt: objects.lowerTruncate,
  LockStmt: objects.lowerLock,
  CommentStmt: (node, context) => objects.lowerComment(node, 'COMMENT', context),
  SecLabelStmt: (node, context) => objects.lowerComment(node, 'SECURITY LABEL', context),
  GrantStmt: objects.lowerGrant,
  VacuumStmt: objects.lowerVacuum,
  ClusterStmt: objects.lowerCluster,

  IndexStmt: lowerCreateIndex,
  ReindexStmt: lowerReindex,
  CreateStatsStmt: attachments.lowerStatistics,
  AlterStatsStmt: catalogOnly('ALTER STATISTICS'),

  ViewStmt: objects.lowerView,
  RefreshMatViewStmt: objects.lowerRefresh,
  CreateTrigStmt: attachments.lowerTrigger,
  RuleStmt: attachments.lowerRule,
  CreatePolicyStmt: attachments.lowerCreatePolicy,
  AlterPolicyStmt: attachments.lowerAlterPolicy,
  CreatePublicationStmt: attachments.lowerCreatePublication,
  AlterPublicationStmt: attachments.lowerAlterPublication,

  CreateSchemaStmt: lowerCreateSchema,
  CreateSeqStmt: objects.lowerCreateSequence,
  AlterSeqStmt: objects.lowerAlterSequence,
  CreateEnumStmt: objects.lowerCreateEnum,
  AlterEnumStmt: objects.lowerAlterEnum,
  CompositeTypeStmt: objects.lowerCompositeType,
  CreateRangeStmt: (node, { span }) =>
    objects.schema('CREATE TYPE', { kind: 'create-type', span, type: nameOfList(node.typeName), isShell: false }),
  AlterTypeStmt: (node, { span }) => objects.schema('ALTER TYPE', { kind: 'alter-type', span, type: nameOfList(node.typeName) }),
  CreateDomainStmt: objects.lowerCreateDomain,
  AlterDomainStmt: objects.lowerAlterDomain,
  CreateFunctionStmt: lowerCreateFunction,
  AlterFunctionStmt: lowerAlterFunction,
  DefineStmt: objects.lowerDefine,

  VariableSetStmt: lowerSet,
  VariableShowStmt: harmless('SHOW'),
  DiscardStmt: lowerDiscard,
  TransactionStmt: lowerTransaction,
  ConstraintsSetStmt: harmless('SET CONSTRAINTS'),

  DoStmt: lowerDo,
  CallStmt: harmless('CALL'),
  ExecuteStmt: harmless('EXECUTE'),
  PrepareStmt: ({ query }) => planned('PREPARE', query),
  DeallocateStmt: ({ isall }) => harmless(isall ? 'DEALLOCATE ALL' : 'DEALLOCATE')(),
  DeclareCursorStmt: ({ options = 0 }) => harmless(options & HOLD ? 'DECLARE CURSOR WITH HOLD' : 'DECLARE CURSOR')(),
  ClosePortalStmt: harmless('CLOSE CURSOR'),
  FetchStmt: ({ ismove }) => harmless(ismove ? 'MOVE' : 'FETCH')(),
  ExplainStmt: lowerExplain,
  NotifyStmt: harmless('NOTIFY'),
  ListenStmt: harmless('LISTEN'),
  UnlistenStmt: harmless('UNLISTEN'),
  LoadStmt: harmless('LOAD'),
  CheckPointStmt: harmless('CHECKPOINT'),

  GrantRoleStmt: (node, context) => catalogOnly(node.is_grant ? 'GRANT ROLE' : 'REVOKE ROLE')(node, context),
  AlterDefaultPrivilegesStmt: catalogOnly('ALTER DEFAULT PRIVILEGES'),
  CreateRoleStmt: catalogOnly('CREATE ROLE'),
  AlterRoleStmt: catalogOnly('ALTER ROLE'),
  AlterRoleSetStmt: lowerAlterRoleSet,
  DropRoleStmt: catalogOnly('DROP ROLE'),
  DropOwnedStmt: (node, context) => lowerDropOwned(node, context) ?? unnamedObjects('DROP OWNED')(),
  ReassignOwnedStmt: lowerReassignOwned,
  CreateTableSpaceStmt: catalogOnly('CREATE TABLESPACE'),
  DropTableSpaceStmt: catalogOnly('DROP TABLESPACE'),
  AlterTableSpaceOptionsStmt: catalogOnly('ALTER TABLESPACE'),
  CreateExtensionStmt: ({ extname = '' }, { span }) => objects.schema('CREATE EXTENSION', { kind: 'create-extension', span, extension: extname }),
  AlterExtensionStmt: catalogOnly('ALTER EXTENSION'),
  AlterExtensionContentsStmt: catalogOnly('ALTER EXTENSION'),
  CreateFdwStmt: catalogOnly('CREATE FOREIGN DATA WRAPPER'),
  AlterFdwStmt: catalogOnly('ALTER FOREIGN DATA WRAPPER'),
  CreateForeignServerStmt: catalogOnly('CREATE SERVER'),
  AlterForeignServerStmt: catalogOnly('ALTER SERVER'),
  CreateUserMappingStmt: catalogOnly('CREATE USER MAPPING'),
  AlterUserMappingStmt: catalogOnly('ALTER USER MAPPING'),
  DropUserMappingStmt: catalogOnly('DROP USER MAPPING'),
  ImportForeignSchemaStmt: ({ local_schema: schema = '' }, { span }) => objects.schema('IMPORT FOREIGN SCHEMA', { kind: 'import-schema', span, schema }),
  CreateAmStmt: catalogOnly('CREATE ACCESS METHOD'),
  CreateEventTrigStmt: catalogOnly('CREATE EVENT TRIGGER'),
  AlterEventTrigStmt: catalogOnly('ALTER EVENT TRIGGER'),
  CreatePLangStmt: catalogOnly('CREATE LANGUAGE'),
  AlterCollationStmt: catalogOnly('ALTER COLLATION'),
  CreateOpClassStmt: extendTypes('CREATE OPERATOR CLASS'),
  CreateOpFamilyStmt: catalogOnly('CREATE OPERATOR FAMILY'),
  AlterOpFamilyStmt: extendTypes('ALTER OPERATOR FAMILY'),
  AlterOperatorStmt: catalogOnly('ALTER OPERATOR'),
  AlterObjectDependsStmt: (node, { span }) =>
    objects.schema(`ALTER ${objectWords(node.objectType)}`, { kind: 'catalog-only', span }),
  CreateConversionStmt: catalogOnly('CREATE CONVERSION'),
  CreateCastStmt: extendTypes('CREATE CAST'),
  CreateTransformStmt: catalogOnly('CREATE TRANSFORM'),
  AlterTSDictionaryStmt: catalogOnly('ALTER TEXT SEARCH DICTIONARY'),
  AlterTSConfigurationStmt: catalogOnly('ALTER TEXT SEARCH CONFIGURATION'),
  CreateSubscriptionStmt: catalogOnly('CREATE SUBSCRIPTION'),
  AlterSubscriptionStmt: catalogOnly('ALTER SUBSCRIPTION'),
  DropSubscriptionStmt: catalogOnly('DROP SUBSCRIPTION'),
  CreatedbStmt: catalogOnly('CREATE DATABASE'),
  DropdbStmt: ({ dbname = '' }, { span }) => objects.schema('DROP DATABASE', { kind: 'drop-database', span, database: dbname }),
  AlterDatabaseStmt: catalogOnly('ALTER DATABASE'),
  AlterDatabaseRefreshCollStmt: catalogOnly('ALTER DATABASE'),
  AlterDatabaseSetStmt: lowerAlterDatabaseSet,
  AlterSystemStmt: catalogOnly('ALTER SYSTEM'),
};

/** EXPLAIN ANALYZE runs what it explains. */
function lowerExplain(node: NodeOf<'ExplainStmt'>, context: Context): StatementBody {
  return objects.isAnalyzed(node) && node.query ? bodyOf(node.query, context) : planned('EXPLAIN', node.query);
}

/** What would be written is locked already. */
function planned(command: 'EXPLAIN' | 'PREPARE', query: Node | undefined): StatementBody {
  const plan = ({ verb, ...action }: RowAction): RowAction =>
    verb === 'plan' ? { ...action, verb } : { ...action, verb: 'plan', fills: [], plans: { verb, isNamesAlone: command === 'PREPARE' } };
  const actions = (query ? writesOf(query) : []).map(plan);
  return actions.length > 0 ? { kind: 'data', command, actions } : { kind: 'harmless', command };
}

export function lowerStatement(node: Node, context: Context): Statement {
  const usage = usageOf(node, context);
  const leaves = leftBy(node, context);
  const mentions = mentionsIn(node, context);
  const { start, end } = context.span;
  return {
    span: context.span,
    features: featuresOf(node, context),
    ...outreachOf(node, context.text.slice(start, end)),
    ...bodyOf(node, context),
    ...(usage ? { usage } : {}),
    ...(leaves.length > 0 ? { leaves } : {}),
    ...(mentions.length > 0 ? { mentions } : {}),
    ...preparedBy(node, context),
  } as Statement;
}

function preparedBy(node: Node, context: Context): Pick<Statement, 'prepares'> {
  if (!('PrepareStmt' in node)) return {};
  const { name = '', query } = node.PrepareStmt;
  return query ? { prepares: { name, statement: lowerStatement(query, context), query: lowerQuery(query, undefined) } } : {};
}

function bodyOf(node: Node, context: Context): StatementBody {
  const [tag, content] = Object.entries(node)[0] ?? ['', undefined];
  const lower = lowerings[tag as StatementTag] as ((content: unknown, context: Context) => StatementBody) | undefined;
  return lower?.(content, context) ?? unnamedObjects(tag)();
}
