// What a statement says that older versions of PostgreSQL don't know: the grammar is that of the newest one.

import type { AlterTableCmd, Constraint, Node, ReturningClause, VariableSetStmt } from '@pgsql/types';
import type { Feature } from '../../../model/feature.ts';
import { oldestVersion } from '../../../model/version.ts';
import { features, newerSettings, readErrors, removedSetting, type FeatureName } from '../../../postgres/features.ts';
import { functionSince } from '../../../postgres/functions.ts';
import type { Span } from '../../../text/span.ts';
import { sqlTokens } from '../../../text/sql-tokens.ts';
import type { Context, NodeOf, Tag } from './context.ts';
import { option } from './indexes.ts';
import { nameOfList, stringOf } from './names.ts';

const none: readonly Feature[] = [];

/** Each once, in the order of the tree. */
export function featuresOf(node: Node, context: Context): readonly Feature[] {
  const found = new Map<string, Feature>();
  visit(node, (feature, location) => {
    if (!found.has(feature.name)) found.set(feature.name, { ...feature, span: spanAt(location, context) });
  });
  return found.size === 0 ? none : [...found.values()];
}

/** The word at a byte offset. */
function spanAt(location: number | undefined, { text, span, offset }: Context): Span {
  if (location === undefined || location < 0) return span;
  const [token] = sqlTokens(text, offset(location), span.end);
  return token ? { start: token.start, end: token.end } : span;
}

type Report = (feature: Omit<Feature, 'span'>, location: number | undefined) => void;

/** Below them is nothing that is new in any version. */
const leaves: ReadonlySet<string> = new Set([
  'A_Const',
  'ColumnRef',
  'RangeVar',
  'String',
  'TypeName',
  'fields',
  'funcname',
  'relation',
  'typeName',
]);

/** Most nodes of all trees are visited, so without a copy of any of them. */
function visit(node: object, report: Report): void {
  for (const key in node) {
    const content = node[key as keyof typeof node] as unknown;
    if (typeof content !== 'object' || content === null || leaves.has(key)) continue;
    const find = finders[key as Tag] as ((content: unknown, report: Report) => unknown) | undefined;
    find?.(content, report);
    if (key !== 'AlterDomainStmt') visit(content, report);
  }
}

type Finders = { readonly [K in Tag]?: (node: NodeOf<K>, report: Report) => void };

/** Reports what holds of a node. */
const each =
  <N extends object>(conditions: Partial<Record<FeatureName, (node: N) => unknown>>) => {
    const entries = Object.entries(conditions);
    return (node: N, report: Report): void => {
      for (const [name, holds] of entries) if (holds(node)) tell(name as FeatureName, report, locationOf(node));
    };
  };

const always =
  (name: FeatureName) =>
  (node: object, report: Report): void =>
    tell(name, report, locationOf(node));

/** By the names of the options that a statement lists. */
const byOption =
  <N extends object>(listOf: (node: N) => readonly Node[] | undefined, names: Readonly<Record<string, FeatureName>>) =>
  (node: N, report: Report): void => {
    for (const item of listOf(node) ?? []) {
      const element = 'DefElem' in item ? item.DefElem : undefined;
      const name = names[element?.defname ?? ''];
      if (name !== undefined) tell(name, report, element?.location);
    }
  };

const all =
  <N>(...finds: readonly ((node: N, report: Report) => void)[]) =>
  (node: N, report: Report): void =>
    finds.forEach((find) => find(node, report));

function tell(name: FeatureName, report: Report, location: number | undefined): void {
  const readError = readErrors[name];
  report({ name, since: features[name], call: undefined, ...(readError ? { readError } : {}) }, location);
}

function locationOf(node: object): number | undefined {
  return 'location' in node && typeof node.location === 'number' ? node.location : undefined;
}

const constraint = each<Constraint>({
  'NULLS NOT DISTINCT': (node) => node.nulls_not_distinct,
  'ON DELETE SET … with a list of columns': (node) => node.fk_del_set_cols,
  'a VIRTUAL generated column': (node) => node.contype === 'CONSTR_GENERATED' && node.generated_kind === 'v',
  'NOT NULL … NOT VALID': (node) => node.contype === 'CONSTR_NOTNULL' && node.skip_validation,
  'NOT NULL as a constraint of the table': (node) => node.contype === 'CONSTR_NOTNULL' && node.keys && !node.skip_validation,
  'NOT NULL … NO INHERIT': (node) => node.contype === 'CONSTR_NOTNULL' && node.is_no_inherit,
  'ENFORCED or NOT ENFORCED': ({ contype, is_enforced }) =>
    ((contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN') && !is_enforced) ||
    contype === 'CONSTR_ATTR_ENFORCED' ||
    contype === 'CONSTR_ATTR_NOT_ENFORCED',
  'WITHOUT OVERLAPS': (node) => node.without_overlaps,
  'PERIOD in a foreign key': (node) => node.fk_with_period,
});

const action = each<AlterTableCmd>({
  'SET ACCESS METHOD': ({ subtype, name }) => subtype === 'AT_SetAccessMethod' && name !== undefined,
  'SET ACCESS METHOD DEFAULT': ({ subtype, name }) => subtype === 'AT_SetAccessMethod' && name === undefined,
  'SET EXPRESSION': ({ subtype, def }) => subtype === 'AT_SetExpression' && def,
  'SET STORAGE DEFAULT': ({ subtype, def }) => subtype === 'AT_SetStorage' && stringOf(def).toLowerCase() === 'default',
  'SET STATISTICS DEFAULT': ({ subtype, def }) => subtype === 'AT_SetStatistics' && def === undefined,
  'ENFORCED or NOT ENFORCED': ({ def }) => def && 'ATAlterConstraint' in def && def.ATAlterConstraint.alterEnforceability,
  'ALTER CONSTRAINT … INHERIT': ({ def }) => isInheritable(def) === true,
  'ALTER CONSTRAINT … NO INHERIT': ({ def }) => isInheritable(def) === false,
});

/** What ALTER CONSTRAINT makes of it, if it says that. */
function isInheritable(def: Node | undefined): boolean | undefined {
  const altered = def && 'ATAlterConstraint' in def ? def.ATAlterConstraint : undefined;
  return altered?.alterInheritability ? altered.noinherit !== true : undefined;
}

function setting({ name = '', kind, args = [] }: VariableSetStmt, report: Report): void {
  const called = name.toLowerCase();
  const since = newerSettings[called];
  if (since !== undefined) report({ name: `the setting ${called}`, since, call: undefined }, undefined);
  const removal = removedSetting(called, kind === 'VAR_SET_VALUE' ? wordOf(args[0]) : '');
  if (removal) report({ name: removal.name, since: oldestVersion, until: removal.until, call: undefined }, undefined);
}

/** Of a string, a number or a bare word. */
function wordOf(node: Node | undefined): string {
  const constant = node && 'A_Const' in node ? node.A_Const : undefined;
  return constant?.sval?.sval ?? (constant?.boolval ? String(constant.boolval.boolval ?? false) : String(constant?.ival?.ival ?? 0));
}

const ofSetting = ({ setstmt }: { readonly setstmt?: VariableSetStmt }, report: Report): void => {
  if (setstmt) setting(setstmt, report);
};

/** `old.total` in RETURNING, where nothing else in the statement is called so. */
function returning(node: { readonly returningClause?: ReturningClause }, report: Report): void {
  const { returningClause: clause, ...rest } = node;
  if (clause === undefined) return;
  const isTaken = (name: string): boolean => new RegExp(`"(?:relname|aliasname)":"${name}"`).test(JSON.stringify(rest));
  const names = ['old', 'new'].filter((name) => !isTaken(name));
  if (clause.options !== undefined || names.some((name) => JSON.stringify(clause).includes(`"fields":[{"String":{"sval":"${name}"}},`)))
    tell('OLD or NEW in RETURNING', report, undefined);
}

const grants = {
  'the privilege MAINTAIN': ({ privileges = [] }: NodeOf<'GrantStmt'>): boolean =>
    privileges.some((item) => 'AccessPriv' in item && item.AccessPriv.priv_name === 'maintain'),
  'GRANT … ON PARAMETER': ({ objtype }: NodeOf<'GrantStmt'>): boolean => objtype === 'OBJECT_PARAMETER_ACL',
  'GRANT … GRANTED BY another role': ({ grantor }: NodeOf<'GrantStmt'>): boolean => grantor?.roletype === 'ROLESPEC_CSTRING',
  'ALTER DEFAULT PRIVILEGES … ON LARGE OBJECTS': ({ objtype, targtype }: NodeOf<'GrantStmt'>): boolean =>
    objtype === 'OBJECT_LARGEOBJECT' && targtype === 'ACL_TARGET_DEFAULTS',
};

const viewOptions = { security_invoker: 'a security_invoker view' } as const;

const isStringOption = (nodes: readonly Node[] | undefined, name: string, value: string): boolean =>
  stringOf(option(nodes, name)?.arg).toLowerCase() === value;

const isMoreThanOne = (node: Node | undefined): boolean => node !== undefined && 'Integer' in node && (node.Integer.ival ?? 0) > 1;

const finders: Finders = {
  Constraint: constraint,
  AlterTableCmd: action,
  IndexStmt: each({ 'NULLS NOT DISTINCT': (node) => node.nulls_not_distinct }),
  ColumnDef: each({
    'STORAGE of a column in CREATE TABLE': (node) => node.storage_name,
    'the type oid8': ({ typeName }) => nameOfList(typeName?.names).name === 'oid8',
    'the type regdatabase': ({ typeName }) => nameOfList(typeName?.names).name === 'regdatabase',
  }),
  CreateStmt: each({
    'USING of a partitioned table': ({ partspec, accessMethod }) => partspec && accessMethod,
    'an exclusion constraint of a partitioned table': ({ partspec, tableElts = [] }) =>
      partspec && tableElts.some((item) => 'Constraint' in item && item.Constraint.contype === 'CONSTR_EXCLUSION'),
  }),
  CreateForeignTableStmt: each({
    'LIKE in CREATE FOREIGN TABLE': ({ base }) => base?.tableElts?.some((item) => 'TableLikeClause' in item),
  }),
  AlterTableStmt: ({ objtype, cmds = [] }, report) => {
    for (const item of cmds) {
      if (!('AlterTableCmd' in item)) continue;
      const { subtype, def } = item.AlterTableCmd;
      const options = def && 'List' in def ? def.List.items : undefined;
      if (objtype === 'OBJECT_SEQUENCE' && (subtype === 'AT_SetLogged' || subtype === 'AT_SetUnLogged'))
        tell('SET LOGGED or UNLOGGED of a sequence', report, undefined);
      if (objtype === 'OBJECT_VIEW') byOption(() => options, viewOptions)(item, report);
    }
  },
  AlterDomainStmt: each({
    'ALTER DOMAIN … ADD NOT NULL': ({ def }) => def && 'Constraint' in def && def.Constraint.contype === 'CONSTR_NOTNULL',
  }),
  CreateSeqStmt: each({ 'an unlogged sequence': ({ sequence }) => sequence?.relpersistence === 'u' }),
  CreateStatsStmt: each({ 'CREATE STATISTICS without a name': ({ defnames }) => defnames === undefined }),
  ViewStmt: byOption(({ options }) => options, viewOptions),

  MergeStmt: all(
    each<NodeOf<'MergeStmt'>>({
      MERGE: () => true,
      'MERGE … RETURNING': ({ returningClause }) => returningClause,
      'WHEN NOT MATCHED BY SOURCE': ({ mergeWhenClauses = [] }) =>
        mergeWhenClauses.some(
          (item) => 'MergeWhenClause' in item && item.MergeWhenClause.matchKind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE',
        ),
    }),
    returning,
  ),
  InsertStmt: returning,
  UpdateStmt: returning,
  DeleteStmt: returning,
  RangeSubselect: each({ 'a subquery in FROM without an alias': ({ alias }) => alias === undefined }),
  FuncCall: ({ funcname, args = [], funcformat, location }, report) => {
    const { schema, name } = nameOfList(funcname);
    if (schema !== undefined && schema !== 'pg_catalog') return;
    const since = functionSince(name, args.length);
    if (since === undefined) return;
    const special = funcformat === 'COERCE_SQL_SYNTAX' ? syntaxOfFunctions[name] : undefined;
    if (special) tell(special, report, location);
    else report({ name: `the function ${name}()`, since, call: { name: { schema: undefined, name }, argumentCount: args.length } }, location);
  },
  JsonObjectConstructor: always('the constructor JSON_OBJECT'),
  JsonArrayConstructor: always('the constructor JSON_ARRAY'),
  JsonArrayQueryConstructor: always('the constructor JSON_ARRAY'),
  JsonObjectAgg: always('JSON_OBJECTAGG'),
  JsonArrayAgg: always('JSON_ARRAYAGG'),
  JsonIsPredicate: always('IS JSON'),
  JsonTable: always('JSON_TABLE'),
  JsonFuncExpr: always('JSON_EXISTS, JSON_QUERY and JSON_VALUE'),
  JsonParseExpr: each({ 'JSON (… WITH UNIQUE KEYS)': (node) => node.unique_keys }),
  JsonScalarExpr: always('JSON_SCALAR'),
  JsonSerializeExpr: always('JSON_SERIALIZE'),

  CopyStmt: all(
    byOption(({ options }) => options, {
      default: 'COPY … DEFAULT',
      on_error: 'COPY … ON_ERROR',
      log_verbosity: 'COPY … LOG_VERBOSITY',
      reject_limit: 'COPY … REJECT_LIMIT',
      force_array: 'COPY … FORCE_ARRAY',
    }),
    each({
      'COPY … HEADER MATCH': ({ options }) => isStringOption(options, 'header', 'match'),
      'COPY … HEADER of several lines': ({ options }) => isMoreThanOne(option(options, 'header')?.arg),
      'COPY … ON_ERROR SET_NULL': ({ options }) => isStringOption(options, 'on_error', 'set_null'),
      'COPY … FORCE_NULL or FORCE_NOT_NULL of all columns': ({ options }) =>
        ['force_null', 'force_not_null'].some((name) => 'A_Star' in (option(options, name)?.arg ?? {})),
    }),
  ),
  VacuumStmt: (node, report) => {
    const isOfOne = (node.rels ?? []).some((item) => 'VacuumRelation' in item && item.VacuumRelation.relation?.inh !== true);
    if (isOfOne) tell(node.is_vacuumcmd ? 'VACUUM ONLY' : 'ANALYZE ONLY', report, undefined);
    byOption(() => node.options, {
      process_main: 'VACUUM (PROCESS_MAIN)',
      skip_database_stats: 'VACUUM (SKIP_DATABASE_STATS)',
      only_database_stats: 'VACUUM (ONLY_DATABASE_STATS)',
      buffer_usage_limit: 'BUFFER_USAGE_LIMIT',
    })(node, report);
  },
  ReindexStmt: each({
    'REINDEX without the name of the database': ({ kind, name }) =>
      name === undefined && (kind === 'REINDEX_OBJECT_DATABASE' || kind === 'REINDEX_OBJECT_SYSTEM'),
  }),
  ExplainStmt: byOption(({ options }) => options, {
    generic_plan: 'EXPLAIN (GENERIC_PLAN)',
    serialize: 'EXPLAIN (SERIALIZE)',
    memory: 'EXPLAIN (MEMORY)',
    io: 'EXPLAIN (IO)',
  }),

  CreatePublicationStmt: byOption(({ options }) => options, {
    publish_generated_columns: 'CREATE PUBLICATION … PUBLISH_GENERATED_COLUMNS',
  }),
  PublicationObjSpec: each({
    'a publication with a list of columns': ({ pubtable }) => pubtable?.columns,
    'a publication with a WHERE': ({ pubtable }) => pubtable?.whereClause,
    'a publication of TABLES IN SCHEMA': ({ pubobjtype }) => pubobjtype !== undefined && pubobjtype !== 'PUBLICATIONOBJ_TABLE',
  }),
  CreateSubscriptionStmt: byOption(({ options }) => options, {
    two_phase: 'CREATE SUBSCRIPTION … TWO_PHASE',
    disable_on_error: 'CREATE SUBSCRIPTION … DISABLE_ON_ERROR',
    origin: 'CREATE SUBSCRIPTION … ORIGIN',
    password_required: 'CREATE SUBSCRIPTION … PASSWORD_REQUIRED',
    run_as_owner: 'CREATE SUBSCRIPTION … RUN_AS_OWNER',
    failover: 'CREATE SUBSCRIPTION … FAILOVER',
  }),
  AlterSubscriptionStmt: each({ 'ALTER SUBSCRIPTION … SKIP': ({ kind }) => kind === 'ALTER_SUBSCRIPTION_SKIP' }),

  GrantStmt: each(grants),
  AlterDefaultPrivilegesStmt: ({ action: grant }, report) => each(grants)(grant ?? {}, report),
  GrantRoleStmt: byOption(({ opt }) => opt, { inherit: 'GRANT … WITH INHERIT', set: 'GRANT … WITH SET' }),
  VariableSetStmt: setting,
  AlterRoleSetStmt: ofSetting,
  AlterDatabaseSetStmt: ofSetting,
  AlterSystemStmt: ofSetting,

  AlterDatabaseRefreshCollStmt: always('ALTER DATABASE … REFRESH COLLATION VERSION'),
  DefineStmt: ({ kind, definition }, report) => {
    if (kind === 'OBJECT_COLLATION') byOption(() => definition, { rules: 'CREATE COLLATION … RULES' })({}, report);
  },
  AlterOperatorStmt: each({
    'ALTER OPERATOR … SET (MERGES, HASHES, COMMUTATOR, NEGATOR)': ({ options }) =>
      ['merges', 'hashes', 'commutator', 'negator'].some((name) => option(options, name)),
  }),
  CreateEventTrigStmt: each({ 'an event trigger ON login': ({ eventname }) => eventname === 'login' }),
};

/** Functions that the grammar calls for words of its own. */
const syntaxOfFunctions: Readonly<Record<string, FeatureName>> = { system_user: 'SYSTEM_USER', timezone: 'AT LOCAL' };
