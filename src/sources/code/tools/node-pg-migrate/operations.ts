// What the calls of node-pg-migrate's builder are in SQL.
// Source: src/operations of its source, 8.0.

import { isList, isRecord, type Plain } from '../../script/plain-value.ts';
import { columnsOf, commentOn, sequenceOptions } from './columns.ts';
import { constraintsOf, listOf } from './constraints.ts';
import { alteredColumn } from './altered-column.ts';
import { createdIndex, droppedIndex } from './indexes.ts';
import { escaped, quoted } from './literals.ts';
import { dropping, formatted, recordOf, type Operation } from './operation.ts';
import { applied } from './types.ts';

const createTable: Operation = ([table, columns, more], shorthands) => {
  if (!isRecord(columns)) return undefined;
  const options = recordOf(more);
  const { temporary, unlogged, ifNotExists, inherits, like, constraints, comment, partition } = options;
  const { lines, primaryKey, comments } = columnsOf(table, columns, shorthands);
  const own = constraintsOf(table, { ...recordOf(constraints), ...(primaryKey ? { primaryKey } : {}) }, '');
  const all = [...lines, ...own.lines, ...(like ? [likeOf(like)] : [])];
  const words = `CREATE${temporary ? ' TEMPORARY' : ''}${unlogged ? ' UNLOGGED' : ''} TABLE${ifNotExists ? ' IF NOT EXISTS' : ''} ${quoted(table)}`;
  const parts = isRecord(partition) ? ` PARTITION BY ${String(partition['strategy'])} (${listOf(partition['columns']).map(partitionColumn).join(', ')})` : '';
  const create = `${words} (\n${formatted(all)}\n)${inherits ? ` INHERITS (${quoted(inherits)})` : ''}${parts};`;
  return [[create, ...comments, ...own.comments, ...(comment === undefined ? [] : [commentOn('TABLE', quoted(table), comment)])].join('\n')];
};

function partitionColumn(column: Plain): string {
  if (!isRecord(column)) return quoted(column);
  const { name, collate, opclass } = column;
  return `${quoted(name)}${collate ? ` COLLATE ${String(collate)}` : ''}${opclass ? ` ${String(opclass)}` : ''}`;
}

function likeOf(like: Plain): string {
  if (!isRecord(like) || !('table' in like)) return `LIKE ${quoted(like)}`;
  const { including, excluding } = recordOf(like['options']);
  const words = (name: string, options: Plain): string => (options === undefined ? [] : listOf(options)).map((option) => ` ${name} ${String(option)}`).join('');
  return `LIKE ${quoted(like['table'])}${words('INCLUDING', including)}${words('EXCLUDING', excluding)}`;
}

const addColumns: Operation = ([table, columns, more], shorthands) => {
  if (!isRecord(columns)) return undefined;
  const { lines, comments } = columnsOf(table, columns, shorthands);
  const words = recordOf(more)['ifNotExists'] ? '  ADD IF NOT EXISTS ' : '  ADD ';
  return [[`ALTER TABLE ${quoted(table)}\n${formatted(lines, words)};`, ...comments].join('\n')];
};

const dropColumns: Operation = ([table, columns, more]) => {
  const { exists, cascade } = dropping(more);
  const names = isRecord(columns) ? Object.keys(columns) : listOf(columns);
  return [`ALTER TABLE ${quoted(table)}\n${formatted(names.map((name) => `DROP ${exists.trimStart()}${exists === '' ? '' : ' '}${quoted(name)}${cascade}`))};`];
};

const addConstraint: Operation = ([table, name, definition]) => {
  const given = name === null || name === undefined ? '' : String(name);
  if (typeof definition === 'string') return [`ALTER TABLE ${quoted(table)}\n${formatted([`${given === '' ? '' : `CONSTRAINT ${quoted(given)} `}${definition}`], '  ADD ')};`];
  if (!isRecord(definition)) return undefined;
  const { lines, comments } = constraintsOf(table, definition, given);
  return [[`ALTER TABLE ${quoted(table)}\n${formatted(lines, '  ADD ')};`, ...comments].join('\n')];
};

const alterTable: Operation = ([table, options]) => {
  const { levelSecurity, unlogged } = recordOf(options);
  const lines = [...(levelSecurity ? [`${String(levelSecurity)} ROW LEVEL SECURITY`] : []), ...(unlogged === true ? ['SET UNLOGGED'] : unlogged === false ? ['SET LOGGED'] : [])];
  return [`ALTER TABLE ${quoted(table)}\n  ${formatted(lines)};`];
};

const createType: Operation = ([name, options], shorthands) => {
  if (isList(options)) return [`CREATE TYPE ${quoted(name)} AS ENUM (${options.map(escaped).join(', ')});`];
  if (!isRecord(options)) return undefined;
  const lines = Object.entries(options).map(([attribute, type]) => `${quoted(attribute)} ${String(applied(type, shorthands)['type'])}`);
  return [`CREATE TYPE ${quoted(name)} AS (\n${lines.join(',\n')}\n);`];
};

const addTypeValue: Operation = ([name, value, more]) => {
  const { before, after, ifNotExists } = recordOf(more);
  const place = `${before ? ` BEFORE ${escaped(before)}` : ''}${after ? ` AFTER ${escaped(after)}` : ''}`;
  return [`ALTER TYPE ${quoted(name)} ADD VALUE${ifNotExists ? ' IF NOT EXISTS' : ''} ${escaped(value)}${place};`];
};

const createExtension: Operation = ([names, more]) => {
  const { ifNotExists, schema } = recordOf(more);
  return listOf(names).map((name) => `CREATE EXTENSION${ifNotExists ? ' IF NOT EXISTS' : ''} ${quoted(name)}${schema ? ` SCHEMA ${quoted(schema)}` : ''};`);
};

const createSchema: Operation = ([name, more]) => {
  const { ifNotExists, authorization } = recordOf(more);
  return [`CREATE SCHEMA${ifNotExists ? ' IF NOT EXISTS' : ''} ${quoted(name)}${authorization ? ` AUTHORIZATION ${String(authorization)}` : ''};`];
};

const createSequence: Operation = ([name, more], shorthands) => {
  const { temporary, ifNotExists } = recordOf(more);
  return [`CREATE${temporary ? ' TEMPORARY' : ''} SEQUENCE${ifNotExists ? ' IF NOT EXISTS' : ''} ${quoted(name)}\n  ${sequenceOptions(recordOf(more), shorthands).join('\n  ')};`];
};

const createView: Operation = ([name, more, definition]) => {
  const { temporary, replace, recursive, columns = [], options, checkOption } = recordOf(more);
  if (typeof definition !== 'string' || options !== undefined) return undefined;
  const list = listOf(columns).map(quoted).join(', ');
  const words = `CREATE${replace ? ' OR REPLACE' : ''}${temporary ? ' TEMPORARY' : ''}${recursive ? ' RECURSIVE' : ''} VIEW ${quoted(name)}`;
  return [`${words}${list === '' ? '' : `(${list})`} AS ${definition}${checkOption ? ` WITH ${String(checkOption)} CHECK OPTION` : ''};`];
};

/** `what`: `TABLE`. */
function drops(what: string): Operation {
  return ([name, more]) => {
    const { exists, cascade } = dropping(more);
    return [`DROP ${what}${exists} ${quoted(name)}${cascade};`];
  };
}

const dropExtension: Operation = ([names, more]) => listOf(names).flatMap((name) => drops('EXTENSION')([name, more], {}) ?? []);

/** `DROP TRIGGER x ON t`. */
const dropTrigger: Operation = ([table, name, more]) => {
  const { exists, cascade } = dropping(more);
  return [`DROP TRIGGER${exists} ${quoted(name)} ON ${quoted(table)}${cascade};`];
};

const dropConstraint: Operation = ([table, name, more]) => {
  const { exists, cascade } = dropping(more);
  return [`ALTER TABLE ${quoted(table)} DROP CONSTRAINT${exists} ${quoted(name)}${cascade};`];
};

/** `what`: `ALTER TABLE`. */
function renames(what: string): Operation {
  return ([name, next]) => [`ALTER ${what} ${quoted(name)} RENAME TO ${quoted(next)};`];
}

/** `part`: what of it, such as `CONSTRAINT `. */
function renamesIn(part: string): Operation {
  return ([table, name, next]) => [`ALTER TABLE ${quoted(table)} RENAME ${part}${quoted(name)} TO ${quoted(next)};`];
}

export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['createTable', createTable],
  ['addColumns', addColumns],
  ['addColumn', addColumns],
  ['dropColumns', dropColumns],
  ['dropColumn', dropColumns],
  ['alterColumn', alteredColumn],
  ['alterTable', alterTable],
  ['renameTable', renames('TABLE')],
  ['renameColumn', renamesIn('')],
  ['renameConstraint', renamesIn('CONSTRAINT ')],
  ['addConstraint', addConstraint],
  ['createConstraint', addConstraint],
  ['dropConstraint', dropConstraint],
  ['createIndex', createdIndex],
  ['addIndex', createdIndex],
  ['dropIndex', droppedIndex],
  ['createType', createType],
  ['addType', createType],
  ['renameType', renames('TYPE')],
  ['renameTypeValue', ([name, value, next]) => [`ALTER TYPE ${quoted(name)} RENAME VALUE ${escaped(value)} TO ${escaped(next)};`]],
  ['addTypeValue', addTypeValue],
  ['createExtension', createExtension],
  ['addExtension', createExtension],
  ['dropExtension', dropExtension],
  ['createSchema', createSchema],
  ['renameSchema', renames('SCHEMA')],
  ['createSequence', createSequence],
  ['renameSequence', renames('SEQUENCE')],
  ['createView', createView],
  ['renameView', renames('VIEW')],
  ['dropTrigger', dropTrigger],
  ...['TABLE', 'TYPE', 'SCHEMA', 'SEQUENCE', 'VIEW', 'DOMAIN'].map((what): readonly [string, Operation] => [`drop${what.charAt(0)}${what.slice(1).toLowerCase()}`, drops(what)]),
  ['dropMaterializedView', drops('MATERIALIZED VIEW')],
]);
