// CREATE TABLE and ALTER TABLE in the SQL of Kysely.
// Source: src/schema/{create,alter}-table-builder.ts and default-query-compiler.ts of its source, 0.28.

import type { Scene } from '../../script/scene.ts';
import { plainText, type Value } from '../../script/value.ts';
import type { Told } from './builder.ts';
import { alterColumnSql, columnSql } from './column.ts';
import { constraintOf, type Constraint } from './constraint.ts';
import type { Statement } from './statements.ts';
import { identifierOf, nameOf, sqlOf } from './written.ts';

/** Undefined: the method begins no such statement. */
export function tableStatement(verb: string, table: Value | undefined, told: Told): Statement | undefined {
  if (verb === 'createTable') return createTable(table, told);
  return verb === 'alterTable' ? alterTable(table, told) : undefined;
}

function createTable(table: Value | undefined, told: Told): Statement {
  const columns: (string | undefined)[] = [];
  const constraints: Constraint[] = [];
  const words = { temporary: '', exists: '', front: '', commit: '', end: '' };
  return {
    tell: (name, args, scene) => {
      const constraint = constraintOf(name, args, told, scene);
      const sql = sqlOf(args[0]);
      if (constraint) constraints.push(constraint);
      else if (name === 'addColumn') columns.push(columnSql(args, told, scene));
      else if (name === 'temporary') words.temporary = 'temporary ';
      else if (name === 'ifNotExists') words.exists = 'if not exists ';
      else if (name === 'onCommit') words.commit = ` on commit ${plainText(args[0]) ?? ''}`;
      else if (name === 'modifyFront' && sql !== undefined) words.front += `${sql} `;
      else if (name === 'modifyEnd' && sql !== undefined) words.end += ` ${sql}`;
      else return undefined;
      return true;
    },
    sql: () => {
      const parts = [...columns, ...constraints.map((one) => one.sql())];
      const own = nameOf(table);
      if (own === undefined || parts.includes(undefined)) return undefined;
      return `create ${words.front}${words.temporary}table ${words.exists}${own} (${parts.join(', ')})${words.commit}${words.end}`;
    },
  };
}

function alterTable(table: Value | undefined, told: Told): Statement {
  const columns: (string | undefined)[] = [];
  const state: { constraint: Constraint | undefined; drop: string | undefined } = { constraint: undefined, drop: undefined };
  const others: (string | undefined)[] = [];
  return {
    tell: (name, args, scene) => tellAlter(name, args, scene),
    sql: () => {
      const constraint = state.constraint ? prefixed('add ', state.constraint.sql()) : undefined;
      const parts = [...others, ...(state.constraint ? [constraint] : []), ...(state.drop === undefined ? [] : [state.drop]), ...(columns.length === 0 ? [] : [columns.includes(undefined) ? undefined : columns.join(', ')])];
      const own = nameOf(table);
      return own === undefined || parts.length !== 1 || parts[0] === undefined ? undefined : `alter table ${own} ${parts[0]}`;
    },
  };

  function tellAlter(name: string, args: readonly Value[], scene: Scene): true | undefined {
    const [first, second] = args;
    const constraint = state.constraint ? undefined : constraintOf(name, args, told, scene);
    if (constraint) state.constraint = constraint;
    else if (state.constraint) return state.constraint.tell(name, args);
    else if (state.drop !== undefined) return tellDrop(name);
    else if (name === 'addColumn') columns.push(prefixed('add column ', columnSql(args, told, scene)));
    else if (name === 'dropColumn') columns.push(prefixed('drop column ', identifierOf(first)));
    else if (name === 'alterColumn') columns.push(alterColumnSql(args, told, scene));
    else if (name === 'renameColumn') columns.push(renamed('rename column ', first, second));
    else if (name === 'renameTo') others.push(prefixed('rename to ', nameOf(first)));
    else if (name === 'setSchema') others.push(prefixed('set schema ', identifierOf(first)));
    else if (name === 'renameConstraint') others.push(renamed('rename constraint ', first, second));
    else if (name === 'dropConstraint') state.drop = prefixed('drop constraint ', identifierOf(first));
    else return undefined;
    return name === 'dropConstraint' && state.drop === undefined ? undefined : true;
  }

  function tellDrop(name: string): true | undefined {
    if (name === 'ifExists') state.drop = state.drop?.replace('drop constraint ', 'drop constraint if exists ');
    else if (name === 'cascade' || name === 'restrict') state.drop = `${state.drop ?? ''} ${name}`;
    else return undefined;
    return true;
  }
}

function prefixed(before: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${before}${text}`;
}

function renamed(before: string, from: Value | undefined, to: Value | undefined): string | undefined {
  const [old, next] = [identifierOf(from), identifierOf(to)];
  return old === undefined || next === undefined ? undefined : `${before}${old} to ${next}`;
}
