// Which statements of pgsql-ast-parser say the same as PostgreSQL's own grammar would, and what they say.

import type {
  AlterTableStatement,
  CreateIndexStatement,
  DeleteStatement,
  DropStatement,
  Expr,
  InsertStatement,
  QName,
  SelectStatement,
  SetGlobalStatement,
  SetStatement,
  Statement as Node,
  UpdateStatement,
  WithStatement,
} from 'pgsql-ast-parser';
import type { Change } from '../../model/change.ts';
import type { FunctionCall } from '../../model/expression.ts';
import { withoutQueries, type RowAction, type Rows } from '../../model/row-action.ts';
import type { SettingValue, Statement } from '../../model/statement.ts';
import { noUsage, type Usage } from '../../model/usage.ts';
import { handsOver } from '../../model/management.ts';
import { newerSettings, removedSettings } from '../../postgres/features.ts';
import { functionSince } from '../../postgres/functions.ts';
import { knownCall } from '../../postgres/known-calls.ts';
import { actionSpans } from '../action-spans.ts';
import { indexForm } from '../index-form.ts';
import { functionCall, isNullLiteral, isTrueLiteral, lowerExpression } from './expressions.ts';
import { nameOf, relationOf } from './names.ts';
import { lowerPredicate } from './predicate.ts';
import { lowerAlterTable, lowerCreateTable } from './tables.ts';
import type { Piece } from './piece.ts';
import { unsupported } from './unsupported.ts';

type OwnPart<S> = S extends unknown ? Omit<S, 'span' | 'features'> : never;

type Body = OwnPart<Statement>;

type Lowerings = { readonly [T in Node['type']]?: (node: Extract<Node, { readonly type: T }>, piece: Piece) => Body };

const lowerings: Lowerings = {
  begin: () => ({ kind: 'transaction', command: 'BEGIN', action: { kind: 'begin' } }),
  'start transaction': () => ({ kind: 'transaction', command: 'START TRANSACTION', action: { kind: 'begin' } }),
  commit: () => ({ kind: 'transaction', command: 'COMMIT', action: { kind: 'commit', chain: false } }),
  rollback: () => ({ kind: 'transaction', command: 'ROLLBACK', action: { kind: 'rollback', chain: false } }),
  set: lowerSet,
  show: () => ({ kind: 'harmless', command: 'SHOW' }),

  'create table': (node, { span }) => schema('CREATE TABLE', lowerCreateTable(node, span)),
  'alter table': (node, piece) => schema('ALTER TABLE', ...lowerAlterTable(node, piece.span, spansOf(node, piece))),
  'truncate table': ({ tables, cascade }, { span }) =>
    schema('TRUNCATE TABLE', ...tables.map((table) => truncate(table, cascade === 'cascade', span))),
  'drop table': lowerDrop('DROP TABLE', (name, form) => ({ kind: 'drop-table', table: name, ...form })),
  'drop sequence': lowerDrop('DROP SEQUENCE', (name, form) => ({ kind: 'drop-sequence', sequence: name, ...form })),
  'drop type': lowerDrop('DROP TYPE', (name, form) => ({ kind: 'drop-type', type: name, ...form })),
  'drop index': lowerDrop('DROP INDEX', (name, form, { concurrently }) => ({
    kind: 'drop-index',
    index: name,
    concurrently: concurrently === true,
    ...form,
  })),
  'create index': lowerCreateIndex,
  'create sequence': ({ name, temp, options, ifNotExists }, { span }) =>
    options.ownedBy === undefined
      ? schema('CREATE SEQUENCE', {
          kind: 'create-sequence',
          span,
          sequence: relationOf(name),
          ifNotExists: ifNotExists === true,
          persistence: temp ? 'temporary' : 'permanent',
          ownedBy: undefined,
        })
      : unsupported(),
  'create schema': ({ name, ifNotExists }, { span }) => schema('CREATE SCHEMA', { kind: 'create-schema', span, schema: nameOf(name), ifNotExists: ifNotExists === true }),
  'create extension': ({ extension }, { span }) => schema('CREATE EXTENSION', { kind: 'create-extension', span, extension: nameOf(extension) }),
  'create enum': ({ name }, { span, strings }) =>
    schema('CREATE TYPE', { kind: 'create-enum', span, type: relationOf(name), values: strings }),
  'alter enum': ({ name, change }, { span, strings }) =>
    change.type === 'add value'
      ? schema('ALTER TYPE', { kind: 'add-enum-value', span, type: relationOf(name), value: strings[0] ?? '', place: undefined, ifNotExists: false })
      : unsupported(),

  insert: lowerInsert,
  update: lowerUpdate,
  delete: lowerDelete,
  with: lowerWith,
  select: lowerSelect,
  union: lowerSelect,
  'union all': lowerSelect,
  values: lowerSelect,
};

/** Throws `Unsupported` where it can't be certain. */
export function lowerStatement(node: Node, piece: Piece): Statement {
  if (mayBeNewer(node, piece)) unsupported();
  const usage = usageOf(node, piece);
  return { ...lowerNode(node, piece), ...(usage ? { usage } : {}), span: piece.span, features: [] } as Statement;
}

/** Of functions that nobody knows; for the others nothing is known here that they could run. */
function usageOf(node: Node, { span }: Piece): Usage | undefined {
  const calls = node.type === 'create table' ? [] : callsIn(node).filter(isUnread);
  if (calls.length === 0) return undefined;
  return { ...noUsage, calls: calls.map((call) => ({ ...call, span, arguments: [], isCertain: false })) };
}

/** What only newer versions of PostgreSQL know, or only older ones, or an extension, is left to the other parser. */
function mayBeNewer(node: Node, { sql }: Piece): boolean {
  if (node.type === 'set') {
    const name = nameOf(node.variable).toLowerCase();
    return Object.hasOwn(newerSettings, name) || removedSettings.has(name);
  }
  if (/\b(?:oid8|regdatabase)\b/i.test(sql)) return true;
  const returning = sql.search(/\breturning\b/i);
  if (returning >= 0 && /\b(?:old|new)\b/i.test(sql.slice(returning))) return true;
  return callsIn(node).some(({ name, argumentCount }) => handsOver(name.name) || functionSince(name.name, argumentCount) !== undefined);
}

function lowerNode(node: Node, piece: Piece): Body {
  const lower = lowerings[node.type] as ((node: Node, piece: Piece) => Body) | undefined;
  return lower === undefined ? unsupported() : lower(node, piece);
}

function schema(command: string, ...changes: readonly Change[]): Body {
  return { kind: 'schema', command, changes };
}

/** RESET, SET TIME ZONE and the like are not read. */
function lowerSet({ variable, scope, set }: SetGlobalStatement): Body {
  const name = nameOf(variable).toLowerCase();
  const assignment = { name, value: settingValue(set), scope: scope === 'local' ? 'transaction' : 'session' } as const;
  return { kind: 'setting', command: 'SET', assignments: [assignment] };
}

function settingValue(set: SetGlobalStatement['set']): SettingValue {
  if (set.type === 'default') return { kind: 'default' };
  if (set.type !== 'list') return { kind: 'text', text: settingText(set) };
  return { kind: 'list', items: set.values.map((value) => settingText(Array.isArray(value) ? value.at(-1) : value)) };
}

function settingText(value: Exclude<SetGlobalStatement['set'], { readonly type: 'default' | 'list' }>): string {
  if (value.type === 'identifier') return nameOf(value);
  if (typeof value.value === 'number' && !Number.isSafeInteger(value.value)) unsupported();
  return String(value.value);
}

/** A table that is named like the words before it is not told from them. */
function spansOf({ table, changes }: AlterTableStatement, { text, span, nameStart }: Piece): ReturnType<typeof actionSpans> {
  if (/^(?:alter|if|exists)$/.test(table.schema ?? table.name)) unsupported();
  return actionSpans(text, span, nameStart, changes.length);
}

function truncate(table: QName, cascade: boolean, span: Piece['span']): Change {
  return { kind: 'truncate', span, table: relationOf(table), only: false, cascade };
}

interface DropForm {
  readonly span: Piece['span'];
  readonly ifExists: boolean;
  readonly cascade: boolean;
}

function lowerDrop(
  command: string,
  changeOf: (name: ReturnType<typeof relationOf>, form: DropForm, node: DropStatement) => Change,
): (node: DropStatement, piece: Piece) => Body {
  return (node, { span }) => {
    const form = { span, ifExists: node.ifExists === true, cascade: node.cascade === 'cascade' };
    return schema(command, ...node.names.map((name) => changeOf(relationOf(name), form, node)));
  };
}

function lowerCreateIndex(node: CreateIndexStatement, { text, span }: Piece): Body {
  const keys = node.expressions.map(({ expression }) => lowerExpression(expression));
  return schema('CREATE INDEX', {
    kind: 'create-index',
    span,
    table: relationOf(node.table),
    only: false,
    concurrently: node.concurrently === true,
    ifNotExists: node.ifNotExists === true,
    perChunk: false,
    index: {
      name: node.indexName && nameOf(node.indexName),
      unique: node.unique === true,
      method: node.using ? nameOf(node.using) : 'btree',
      plain: node.expressions.every(({ order, nulls, collate, opclass }) => order !== 'desc' && !nulls && !collate && !opclass),
      reordered: node.expressions.some(({ order, nulls }) => order === 'desc' || nulls === 'first'),
      ownClass: node.expressions.flatMap(({ opclass }, place) => (opclass && keys[place]?.isColumn ? keys[place].columns : [])),
      nullsNotDistinct: false,
      form: indexForm(text, span),
      parts: node.expressions.map(({ expression }) => partOf(expression)),
      columns: keys.flatMap(({ isColumn, columns }) => (isColumn ? columns : [])),
      included: [],
      expressions: keys.filter(({ isColumn }) => !isColumn),
      predicate: node.where && !isTrueLiteral(node.where) ? lowerExpression(node.where) : undefined,
      operatorClasses: node.expressions.flatMap(({ opclass }) => (opclass ? [nameOf(opclass)] : [])),
      tablespace: node.tablespace,
    },
  });
}

/** What an index calls a column. How other expressions are called is left to the other parser. */
function partOf(expression: Expr): string {
  const { isColumn, columns } = lowerExpression(expression);
  if (isColumn) return columns.join('.');
  if (expression.type === 'call') return nameOf(expression.function);
  return expression.type === 'binary' || expression.type === 'unary' ? 'expr' : unsupported();
}

function lowerInsert({ into, insert, onConflict }: InsertStatement, piece: Piece): Body {
  if (!insert) unsupported();
  const sets = onConflict && onConflict.do !== 'do nothing' ? onConflict.do.sets : [];
  return rows('INSERT', { verb: 'insert', target: relationOf(into), only: false, rows: rowsInserted(insert), fills: assigned(sets, piece) });
}

/** The tables of FROM; what queries in a query read is left to the other parser. */
function rowsInserted(query: SelectStatement): Rows {
  if (query.type === 'values' || (query.type === 'select' && !query.from)) return { kind: 'listed' };
  const { from, columns, where } = query.type === 'select' ? query : unsupported();
  if (/"type":"(?:select|union)/.test(JSON.stringify([columns, where]))) unsupported();
  return { kind: 'given', by: (from ?? []).map((source) => (source.type === 'table' ? relationOf(source.name) : unsupported())) };
}

function rowsChosen(condition: Expr | null | undefined, fromOthers: boolean): Rows {
  if (fromOthers) return { kind: 'where', condition: { kind: 'other' } };
  return condition ? { kind: 'where', condition: lowerPredicate(condition) } : { kind: 'all' };
}

function lowerUpdate({ table, sets, where, from }: UpdateStatement, piece: Piece): Body {
  return rows('UPDATE', { verb: 'update', target: relationOf(table), only: false, rows: rowsChosen(where, !!from), fills: assigned(sets, piece) });
}

function lowerDelete({ from, where }: DeleteStatement): Body {
  const fills = where ? lowerExpression(where).columns : [];
  return rows('DELETE', { verb: 'delete', target: relationOf(from), only: false, rows: rowsChosen(where, false), fills });
}

function rows(command: string, ...actions: readonly RowAction[]): Extract<Body, { readonly kind: 'data' }> {
  return { kind: 'data', command, actions };
}

/** In `SET (a, b) = (…)` PostgreSQL's grammar doesn't show which value goes where. */
const assignsRow = /\)\s*=\s*\(/;

function assigned(sets: readonly SetStatement[], { text, span }: Piece): string[] {
  const filled = sets.filter(({ value }) => !isNullLiteral(value));
  if (filled.length < sets.length && assignsRow.test(text.slice(span.start, span.end))) unsupported();
  return filled.map(({ column }) => nameOf(column));
}

function lowerWith({ bind, in: inner }: WithStatement, piece: Piece): Body {
  const isWriting = ({ type }: Node): boolean => type === 'insert' || type === 'update' || type === 'delete';
  if (!isWriting(inner)) unsupported();
  const writing = [...bind.map(({ statement }) => statement).filter(isWriting), inner];
  const bodies = writing.map((part) => lowerNode(part, piece));
  const actions = bodies.flatMap((body) => (body.kind === 'data' ? body.actions : []));
  const names = bind.map(({ alias }) => nameOf(alias));
  const reading = bind.filter(({ statement }) => !isWriting(statement)).map(({ alias }) => nameOf(alias));
  if (actions.some((action) => readsQuery(action, reading))) unsupported();
  return rows(bodies.at(-1)?.command ?? '', ...actions.map((action) => withoutQueries(action, names)));
}

/** What a query of WITH reads is not followed here. */
function readsQuery({ rows: chosen }: RowAction, names: readonly string[]): boolean {
  return chosen.kind === 'given' && chosen.by.some(({ schema: of, name }) => of === undefined && names.includes(name));
}

/** Only where the query calls nothing that may do anything, or is nothing but one such call. */
function lowerSelect(node: SelectStatement): Body {
  const calls = callsIn(node);
  if (calls.some(({ name }) => name.name === 'set_config')) unsupported();
  if (!calls.some(isUnread)) return lockedRows(node) ?? { kind: 'harmless', command: 'SELECT' };
  const first = node.type === 'select' ? node.columns?.[0]?.expr : undefined;
  const isOnlyCall = calls.length === 1 && first?.type === 'call' && functionCall(first) !== undefined;
  return isOnlyCall ? { kind: 'harmless', command: 'SELECT' } : unsupported();
}

function isUnread({ name, argumentCount }: FunctionCall): boolean {
  return !['builtin', 'harmless'].includes(knownCall({ name, argumentCount }) ?? '');
}

function lockedRows(node: SelectStatement): Body | undefined {
  if (node.type !== 'select' || !node.for || !node.from) return undefined;
  const [source] = node.from;
  if (node.from.length > 1 || source?.type !== 'table') unsupported();
  const target = relationOf(source.name);
  return rows('SELECT', { verb: 'lock-rows', target, only: false, rows: rowsChosen(node.where, false), fills: [] });
}

function callsIn(value: unknown): FunctionCall[] {
  if (typeof value !== 'object' || value === null) return [];
  const call = 'type' in value && value.type === 'call' ? functionCall(value as Parameters<typeof functionCall>[0]) : undefined;
  return [...(call ? [call] : []), ...Object.values(value).flatMap(callsIn)];
}
