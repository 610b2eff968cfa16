// What hands a table over to an extension: create_hypertable() and options of TimescaleDB, create_distributed_table() and its like of Citus.
// Source: sql/ddl_api.sql, src/with_clause/ and src/process_utility.c of TimescaleDB; src/backend/distributed/sql/udfs of Citus.

import type { DefElem, FuncCall, Node, SelectStmt } from '@pgsql/types';
import type { ChangeOf } from '../../../model/change.ts';
import type { Management } from '../../../model/management.ts';
import type { RelationName } from '../../../model/names.ts';
import type { Span } from '../../../text/span.ts';
import type { Context, StatementBody } from './context.ts';
import { nameOfList, nameOfText } from './names.ts';

type Managing = Omit<ChangeOf<'manage-table'>, 'kind' | 'span' | 'table'>;

/** Undefined where the query calls none of them. What else it calls is told of beside it. */
export function lowerManagement({ targetList = [], fromClause = [] }: SelectStmt, { span }: Context): StatementBody | undefined {
  const calls = [...targetList.flatMap(callOfTarget), ...fromClause.flatMap(callsOfSource)];
  const changes = calls.flatMap((call) => managementBy(call, span));
  return changes.length === 0 ? undefined : { kind: 'schema', command: 'SELECT', changes };
}

/** CREATE TABLE … WITH (timescaledb.hypertable, timescaledb.partition_column = 'time'). */
export function hypertableOf(options: readonly Node[] | undefined, table: RelationName, span: Span): ChangeOf<'manage-table'>[] {
  if (!isSet(ofTimescale(options, 'hypertable'))) return [];
  const column = ofTimescale(options, 'partition_column') ?? ofTimescale(options, 'partitioning_column');
  const said = column?.arg && textOf(column.arg);
  const management: Management = { kind: 'hypertable', columns: said === undefined ? 'unknown' : [said] };
  return [{ kind: 'manage-table', span, table, management, movesRows: false, isRefusedInTransaction: false }];
}

/** CREATE MATERIALIZED VIEW … WITH (timescaledb.continuous). With its data, TimescaleDB refuses it in a transaction. */
export function continuousAggregateOf(options: readonly Node[] | undefined, skipsData: boolean, view: RelationName, span: Span): ChangeOf<'manage-table'>[] {
  if (!isSet(ofTimescale(options, 'continuous'))) return [];
  return [{ kind: 'manage-table', span, table: view, management: { kind: 'continuous-aggregate' }, movesRows: false, isRefusedInTransaction: !skipsData }];
}

/** An option with the prefix `timescaledb.` or `tsdb.`. */
export function ofTimescale(options: readonly Node[] | undefined, name: string): DefElem | undefined {
  const all = (options ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem] : []));
  return all.find(({ defnamespace, defname }) => (defnamespace === 'timescaledb' || defnamespace === 'tsdb') && defname === name);
}

function isSet(option: DefElem | undefined): boolean {
  return option !== undefined && !/^(?:false|off|no|0)$/i.test((option.arg && textOf(option.arg)) ?? '');
}

function callOfTarget(node: Node): FuncCall[] {
  return 'ResTarget' in node && node.ResTarget.val ? callsIn(node.ResTarget.val) : [];
}

/** `(create_hypertable(…)).created` too. */
function callsIn(node: Node): FuncCall[] {
  if ('FuncCall' in node) return [node.FuncCall];
  return 'A_Indirection' in node && node.A_Indirection.arg ? callsIn(node.A_Indirection.arg) : [];
}

function callsOfSource(node: Node): FuncCall[] {
  if (!('RangeFunction' in node)) return [];
  return (node.RangeFunction.functions ?? []).flatMap((one) => ('List' in one ? (one.List.items ?? []) : [])).flatMap(callsIn);
}

function managementBy(call: FuncCall, span: Span): ChangeOf<'manage-table'>[] {
  const { schema, name } = nameOfList(call.funcname);
  const by = functions[name];
  const parameters = new Arguments(call);
  const table = parameters.table();
  if (by === undefined || table === undefined || !mayHold(schema)) return [];
  return [{ kind: 'manage-table', span, table, ...by(parameters) }];
}

/** Where people install these extensions. */
function mayHold(schema: string | undefined): boolean {
  return schema === undefined || ['public', 'pg_catalog', 'timescaledb', 'extensions', 'ext', 'extension'].includes(schema);
}

const plainly = { movesRows: true, isRefusedInTransaction: false };

const functions: Readonly<Partial<Record<string, (parameters: Arguments) => Managing>>> = {
  create_hypertable: (parameters) => ({ management: { kind: 'hypertable', columns: parameters.dimensions() }, movesRows: parameters.isTrue('migrate_data'), isRefusedInTransaction: false }),
  create_distributed_hypertable: (parameters) => ({ management: { kind: 'hypertable', columns: parameters.dimensions() }, movesRows: parameters.isTrue('migrate_data'), isRefusedInTransaction: false }),
  add_dimension: (parameters) => ({ management: { kind: 'further-column', column: parameters.column(1) }, movesRows: false, isRefusedInTransaction: false }),
  create_distributed_table: (parameters) => ({ management: distributedBy(parameters), ...plainly }),
  create_distributed_table_concurrently: (parameters) => ({ management: distributedBy(parameters), movesRows: false, isRefusedInTransaction: true }),
  create_reference_table: () => ({ management: { kind: 'reference-table' }, ...plainly }),
  citus_add_local_table_to_metadata: () => ({ management: { kind: 'local-table' }, movesRows: false, isRefusedInTransaction: false }),
  create_citus_local_table: () => ({ management: { kind: 'local-table' }, movesRows: false, isRefusedInTransaction: false }),
  undistribute_table: () => ({ management: 'none', ...plainly }),
};

/** Without a column, the table is a single shard. */
function distributedBy(parameters: Arguments): Management {
  const column = parameters.column(1);
  return { kind: 'distributed-table', columns: column === undefined ? 'unknown' : [column] };
}

class Arguments {
  readonly #positional: readonly Node[];
  readonly #named = new Map<string, Node>();

  constructor({ args = [] }: FuncCall) {
    this.#positional = args.filter((arg) => !('NamedArgExpr' in arg));
    for (const arg of args) if ('NamedArgExpr' in arg && arg.NamedArgExpr.name && arg.NamedArgExpr.arg) this.#named.set(arg.NamedArgExpr.name, arg.NamedArgExpr.arg);
  }

  /** The first one, by whatever name. */
  table(): RelationName | undefined {
    const first = this.#positional[0] ?? this.#by('relation', 'main_table', 'hypertable', 'table_name');
    const text = first && textOf(first);
    return text === undefined ? undefined : nameOfText(text);
  }

  /** The name of a column, or by_range() or by_hash() of one. */
  column(place: number): string | undefined {
    const node = this.#positional[place] ?? this.#by('dimension', 'time_column_name', 'column_name', 'distribution_column');
    return node && columnOf(node);
  }

  dimensions(): readonly string[] | 'unknown' {
    const first = this.column(1);
    const further = this.#positional[2] ?? this.#by('partitioning_column');
    const second = further && (isBoolean(further) ? undefined : textOf(further));
    return first === undefined ? 'unknown' : [first, ...(second === undefined ? [] : [second])];
  }

  isTrue(name: string): boolean {
    const node = this.#by(name);
    return node !== undefined && 'A_Const' in node && node.A_Const.boolval?.boolval === true;
  }

  #by(...names: readonly string[]): Node | undefined {
    return names.map((name) => this.#named.get(name)).find((node) => node !== undefined);
  }
}

function columnOf(node: Node): string | undefined {
  if (!('FuncCall' in node)) return textOf(node);
  const { name } = nameOfList(node.FuncCall.funcname);
  const [first] = node.FuncCall.args ?? [];
  return /^by_(?:range|hash)$/.test(name) && first ? textOf('NamedArgExpr' in first && first.NamedArgExpr.arg ? first.NamedArgExpr.arg : first) : undefined;
}

function isBoolean(node: Node): boolean {
  return 'A_Const' in node && node.A_Const.boolval !== undefined;
}

/** A string, be it cast or not, or a word of an option. */
function textOf(node: Node): string | undefined {
  if ('TypeCast' in node) return node.TypeCast.arg && textOf(node.TypeCast.arg);
  if ('String' in node) return node.String.sval;
  if ('TypeName' in node) return nameOfList(node.TypeName.names).name;
  return 'A_Const' in node ? node.A_Const.sval?.sval : undefined;
}
