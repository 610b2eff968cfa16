// Views, types, domains, schemas and the rest: small statements, one function each.

import type {
  AlterDomainStmt,
  AlterSeqStmt,
  Node,
  AlterEnumStmt,
  ClusterStmt,
  CommentStmt,
  CompositeTypeStmt,
  CreateDomainStmt,
  CreateEnumStmt,
  CreateSeqStmt,
  DefineStmt,
  ExplainStmt,
  GrantStmt,
  LockStmt,
  RefreshMatViewStmt,
  SecLabelStmt,
  TruncateStmt,
  VacuumStmt,
  ViewStmt,
} from '@pgsql/types';
import type { Change } from '../../../model/change.ts';
import type { ColumnName } from '../../../model/changes/object-changes.ts';
import { lockModes } from '../../../model/lock.ts';
import type { RelationName } from '../../../model/names.ts';
import type { Span } from '../../../text/span.ts';
import { lowerColumn } from './columns.ts';
import { lowerConstraint } from './constraints.ts';
import type { Context, StatementBody } from './context.ts';
import { persistenceOf } from './create-table.ts';
import { lowerExpression } from './expressions.ts';
import { isOn, option } from './indexes.ts';
import { nameOfList, nameOfParts, partsOf, rangeVar, relationName, strings } from './names.ts';
import { objectWords, relationKindOf } from './object-types.ts';
import { lowerQuery } from './query.ts';
import { lowerType } from './types.ts';

export function schema(command: string, ...changes: readonly Change[]): StatementBody {
  return { kind: 'schema', command, changes };
}

export function catalogOnly(command: string): (node: unknown, context: Context) => StatementBody {
  return (_node, { span }) => schema(command, { kind: 'catalog-only', span });
}

export function extendTypes(command: string): (node: unknown, context: Context) => StatementBody {
  return (_node, { span }) => schema(command, { kind: 'extend-types', span });
}

export function lowerView(node: ViewStmt, { span }: Context): StatementBody {
  const temporary = persistenceOf(node.view) === 'temporary';
  return schema('CREATE VIEW', {
    kind: 'create-view',
    span,
    view: relationName(node.view),
    replace: node.replace === true,
    temporary,
    query: lowerQuery(node.query, node.aliases),
  });
}

export function lowerRefresh(node: RefreshMatViewStmt, { span }: Context): StatementBody {
  const { concurrent, skipData } = node;
  return schema('REFRESH MATERIALIZED VIEW', {
    kind: 'refresh',
    span,
    view: relationName(node.relation),
    concurrently: concurrent === true,
    withData: skipData !== true,
  });
}

export function lowerCreateEnum(node: CreateEnumStmt, { span }: Context): StatementBody {
  return schema('CREATE TYPE', { kind: 'create-enum', span, type: nameOfList(node.typeName), values: strings(node.vals) });
}

export function lowerAlterEnum(node: AlterEnumStmt, { span }: Context): StatementBody {
  const type = nameOfList(node.typeName);
  const { oldVal, newVal = '', newValNeighbor: neighbor, newValIsAfter } = node;
  const place = neighbor === undefined ? undefined : ({ side: newValIsAfter ? 'after' : 'before', value: neighbor } as const);
  return schema(
    'ALTER TYPE',
    oldVal === undefined
      ? { kind: 'add-enum-value', span, type, value: newVal, place, ifNotExists: node.skipIfNewValExists === true }
      : { kind: 'rename-enum-value', span, type, value: oldVal, to: newVal },
  );
}

export function lowerCompositeType(node: CompositeTypeStmt, { span }: Context): StatementBody {
  const attributes = (node.coldeflist ?? []).flatMap((item) => ('ColumnDef' in item ? [lowerColumn(item.ColumnDef)] : []));
  return schema('CREATE TYPE', { kind: 'create-composite', span, type: relationName(node.typevar), attributes });
}

export function lowerCreateDomain(node: CreateDomainStmt, { span }: Context): StatementBody {
  const constraints = (node.constraints ?? []).flatMap((item) => {
    const constraint = 'Constraint' in item ? lowerConstraint(item.Constraint) : undefined;
    return constraint ? [constraint] : [];
  });
  const defaultNode = (node.constraints ?? []).find(
    (item) => 'Constraint' in item && item.Constraint.contype === 'CONSTR_DEFAULT',
  );
  return schema('CREATE DOMAIN', {
    kind: 'create-domain',
    span,
    domain: nameOfList(node.domainname),
    base: lowerType(node.typeName),
    default:
      defaultNode && 'Constraint' in defaultNode && defaultNode.Constraint.raw_expr
        ? lowerExpression(defaultNode.Constraint.raw_expr)
        : undefined,
    constraints,
  });
}

export function lowerAlterDomain(node: AlterDomainStmt, { span }: Context): StatementBody {
  return schema('ALTER DOMAIN', domainChange(node, { span, domain: nameOfList(node.typeName) }));
}

/**
 * The subtypes are letters: T is SET and DROP DEFAULT, N is DROP and O is SET NOT NULL, C adds a constraint, X drops one, V
 * validates one. Source: AlterDomainStmt in parsenodes.h.
 */
function domainChange({ subtype, def, name = '' }: AlterDomainStmt, of: { readonly span: Span; readonly domain: RelationName }): Change {
  const constraint = def && 'Constraint' in def ? lowerConstraint(def.Constraint) : undefined;
  const notNull = { type: 'not-null', name: undefined, valid: true, enforced: true, columns: [], noInherit: false } as const;
  switch (subtype) {
    case 'T':
      return { kind: 'set-domain-default', ...of, default: def && lowerExpression(def) };
    case 'N':
      return { kind: 'drop-domain-constraint', ...of, constraint: { kind: 'not-null' } };
    case 'O':
      return { kind: 'add-domain-constraint', ...of, constraint: notNull };
    case 'X':
      return { kind: 'drop-domain-constraint', ...of, constraint: { kind: 'named', name } };
    case 'V':
      return { kind: 'validate-domain-constraint', ...of };
    default:
      return { kind: 'add-domain-constraint', ...of, constraint: constraint ?? notNull };
  }
}

export function lowerComment(node: CommentStmt | SecLabelStmt, command: string, { span }: Context): StatementBody {
  const parts = partsOf(node.object);
  const isColumn = node.objtype === 'OBJECT_COLUMN';
  const relation = nameOfParts(isColumn ? parts.slice(0, -1) : parts);
  const relationKind = isColumn ? 'table' : relationKindOf(node.objtype);
  return schema(command, relationKind ? { kind: 'comment', span, relation, relationKind } : { kind: 'catalog-only', span });
}

export function lowerGrant(node: GrantStmt, { span }: Context): StatementBody {
  const tables = node.objtype === 'OBJECT_TABLE' ? (node.objects ?? []).flatMap(rangeVar) : [];
  const changes = tables.map((table): Change => ({ kind: 'grant', span, relation: relationName(table) }));
  return changesOrCatalog(node.is_grant ? 'GRANT' : 'REVOKE', changes, span);
}

export function lowerVacuum(node: VacuumStmt, { span }: Context): StatementBody {
  const tables = (node.rels ?? []).map((item) =>
    'VacuumRelation' in item ? relationName(item.VacuumRelation.relation) : undefined,
  );
  const named = tables.length === 0 ? [undefined] : tables;
  if (!node.is_vacuumcmd) return schema('ANALYZE', ...named.map((table): Change => ({ kind: 'analyze', span, table })));
  const full = isOn(option(node.options, 'full'));
  return schema('VACUUM', ...named.map((table): Change => ({ kind: 'vacuum', span, table, full })));
}

export function lowerCluster(node: ClusterStmt, { span }: Context): StatementBody {
  return schema('CLUSTER', { kind: 'cluster', span, table: node.relation && relationName(node.relation), byIndex: node.indexname });
}

export function lowerTruncate(node: TruncateStmt, { span }: Context): StatementBody {
  const cascade = node.behavior === 'DROP_CASCADE';
  const tables = (node.relations ?? []).flatMap(rangeVar);
  const changes = tables.map((table): Change => ({
    kind: 'truncate',
    span,
    table: relationName(table),
    only: !table.inh,
    cascade,
  }));
  return schema('TRUNCATE TABLE', ...changes);
}

/** The grammar counts the modes from 1. Source: src/include/storage/lockdefs.h. */
export function lowerLock(node: LockStmt, { span }: Context): StatementBody {
  const mode = lockModes[(node.mode ?? 8) - 1] ?? 'ACCESS EXCLUSIVE';
  const tables = (node.relations ?? []).flatMap(rangeVar);
  return schema(
    'LOCK TABLE',
    ...tables.map((table): Change => ({ kind: 'lock-table', span, table: relationName(table), only: !table.inh, mode })),
  );
}

export function lowerCreateSequence(node: CreateSeqStmt, { span }: Context): StatementBody {
  const [sequence, persistence] = [relationName(node.sequence), persistenceOf(node.sequence)];
  const ifNotExists = node.if_not_exists === true;
  return schema('CREATE SEQUENCE', { kind: 'create-sequence', span, sequence, ifNotExists, persistence, ownedBy: ownerOf(node.options) });
}

export function lowerAlterSequence(node: AlterSeqStmt, { span }: Context): StatementBody {
  const isOwned = option(node.options, 'owned_by') !== undefined;
  const of = { span, sequence: relationName(node.sequence), ifExists: node.missing_ok === true };
  return schema('ALTER SEQUENCE', isOwned ? { kind: 'own-sequence', ...of, ownedBy: ownerOf(node.options) } : { kind: 'alter-sequence', ...of, persistence: undefined });
}

/** NONE is a name without a table. */
function ownerOf(options: readonly Node[] | undefined): ColumnName | undefined {
  const parts = partsOf(option(options, 'owned_by')?.arg);
  return parts.length < 2 ? undefined : { table: nameOfParts(parts.slice(0, -1)), column: parts.at(-1) ?? '' };
}

/** CREATE AGGREGATE, OPERATOR, TYPE (a base type), COLLATION, TEXT SEARCH …. */
export function lowerDefine(node: DefineStmt, { span }: Context): StatementBody {
  const command = `CREATE ${objectWords(node.kind)}`;
  if (node.kind === 'OBJECT_TYPE') return schema(command, { kind: 'create-type', span, type: nameOfList(node.defnames), isShell: node.definition === undefined });
  return schema(command, { kind: 'catalog-only', span });
}

export function isAnalyzed(node: ExplainStmt): boolean {
  return isOn(option(node.options, 'analyze'));
}

function changesOrCatalog(command: string, changes: readonly Change[], span: Context['span']): StatementBody {
  return schema(command, ...(changes.length > 0 ? changes : [{ kind: 'catalog-only', span } as const]));
}
