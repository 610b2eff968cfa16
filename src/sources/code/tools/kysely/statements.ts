// Indexes, types, schemas and views in the SQL of Kysely, and what is dropped.
// Source: src/schema/*.ts and src/query-compiler/default-query-compiler.ts of its source, 0.28.

import type { Scene } from '../../script/scene.ts';
import { plainText, type Value } from '../../script/value.ts';
import { identifierOf, listOf, nameOf, orderedOf, sqlOf, valueOf } from './written.ts';

/** A statement that is put together by one call after the other. */
export interface Statement {
  /** Undefined: it does not know that. */
  readonly tell: (name: string, args: readonly Value[], scene: Scene) => true | undefined;
  /** Undefined where not all of it is known. */
  readonly sql: () => string | undefined;
}

/** Undefined: the method begins no statement that is known here. */
export function statementOf(verb: string, [name, more]: readonly Value[]): Statement | undefined {
  const own = verb === 'createIndex' || verb === 'dropIndex' || verb.endsWith('Schema') ? identifierOf(name) : nameOf(name);
  if (own === undefined) return undefined;
  if (verb === 'createIndex') return createIndex(own);
  if (verb === 'createType') return createType(own);
  if (verb === 'createSchema') return worded((has) => `create schema ${has('ifNotExists') ? 'if not exists ' : ''}${own}`, ['ifNotExists']);
  if (verb === 'refreshMaterializedView') return worded((has) => `refresh materialized view ${has('concurrently') ? 'concurrently ' : ''}${own} with ${has('withNoData') ? 'no ' : ''}data`, ['concurrently', 'withNoData']);
  if (verb === 'dropView') return worded((has) => `drop ${has('materialized') ? 'materialized ' : ''}view ${has('ifExists') ? 'if exists ' : ''}${own}${has('cascade') ? ' cascade' : ''}`, ['materialized', 'ifExists', 'cascade']);
  const what = Object.hasOwn(dropped, verb) ? dropped[verb] : undefined;
  return what === undefined || more !== undefined ? undefined : worded((has) => `drop ${what} ${has('ifExists') ? 'if exists ' : ''}${own}${has('cascade') ? ' cascade' : ''}`, ['ifExists', 'cascade']);
}

const dropped: Readonly<Record<string, string>> = { dropTable: 'table', dropIndex: 'index', dropSchema: 'schema', dropType: 'type' };

/** `known`: the words that may be said. */
function worded(write: (has: (word: string) => boolean) => string, known: readonly string[]): Statement {
  const said = new Set<string>();
  return {
    tell: (name) => {
      said.add(name);
      return known.includes(name) ? true : undefined;
    },
    sql: () => write((word) => said.has(word)),
  };
}

function createType(name: string): Statement {
  const state: { values: string | undefined } = { values: undefined };
  return {
    tell: (method, [values]) => {
      state.values = method === 'asEnum' ? listOf(values, valueOf) : undefined;
      return state.values === undefined ? undefined : true;
    },
    sql: () => (state.values === undefined ? `create type ${name}` : `create type ${name} as enum (${state.values})`),
  };
}

function createIndex(name: string): Statement {
  const words = { unique: '', exists: '', table: '', using: '', nulls: '' };
  const columns: (string | undefined)[] = [];
  const conditions: (string | undefined)[] = [];
  return {
    tell: (method, args) => {
      const [first] = args;
      const text = method === 'on' ? nameOf(first) : method === 'using' ? (sqlOf(first) ?? plainText(first)) : '';
      if (text === undefined) return undefined;
      if (method === 'on') words.table = ` on ${text}`;
      else if (method === 'using') words.using = ` using ${text}`;
      else if (method === 'unique') words.unique = 'unique ';
      else if (method === 'ifNotExists') words.exists = 'if not exists ';
      else if (method === 'nullsNotDistinct') words.nulls = ' nulls not distinct';
      else if (method === 'column') columns.push(first && orderedOf(first));
      else if (method === 'columns') columns.push(listOf(first, orderedOf));
      else if (method === 'expression') columns.push(sqlOf(first));
      else if (method === 'where') conditions.push(conditionOf(args));
      else return undefined;
      return true;
    },
    sql: () => {
      if (columns.includes(undefined) || conditions.includes(undefined)) return undefined;
      const keys = columns.length === 0 ? '' : ` (${columns.join(', ')})`;
      return `create ${words.unique}index ${words.exists}${name}${words.table}${words.using}${keys}${words.nulls}${conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`}`;
    },
  };
}

/** A piece of SQL, or a column, an operator and a value. */
function conditionOf([left, operator, right]: readonly Value[]): string | undefined {
  if (operator === undefined) return sqlOf(left);
  const [column, sign, value] = [nameOf(left), plainText(operator), valueOf(right)];
  return column === undefined || sign === undefined || value === undefined ? undefined : `${column} ${sign} ${value}`;
}
