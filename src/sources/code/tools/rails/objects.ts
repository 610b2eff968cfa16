// Extensions, types and schemas as ActiveRecord makes them. Source: enable_extension, create_enum and their like in
// activerecord/lib/active_record/connection_adapters/postgresql_adapter.rb, and create_schema in
// connection_adapters/postgresql/schema_statements.rb of Rails 8.0.

import { isList, type Plain } from '../../tree/plain.ts';
import { literal, partsOf, quotedColumn, quotedTable } from './names.ts';
import { isTrue } from '../../tree/options.ts';
import type { Operation } from './operation.ts';
import { cascadesExtensions } from './version.ts';

const enableExtension: Operation = ({ args: [given] }) => {
  const [name = '', schema] = String(given).split('.').toReversed();
  return [`CREATE EXTENSION IF NOT EXISTS "${name}"${schema === undefined ? '' : ` SCHEMA ${schema}`}`];
};

const disableExtension: Operation = ({ args: [given], options }, { version }) => {
  const name = String(given).split('.').at(-1) ?? '';
  return [`DROP EXTENSION IF EXISTS "${name}"${options.take('force') === 'cascade' || cascadesExtensions(version) ? ' CASCADE' : ''}`];
};

/** It is made where it is not there. */
const createEnum: Operation = ({ args: [name, values] }) => {
  if (!isList(values)) return undefined;
  const { schema, identifier } = partsOf(String(name));
  const lines = [
    'DO $$',
    'BEGIN',
    '    IF NOT EXISTS (',
    '      SELECT 1',
    '      FROM pg_type t',
    '      JOIN pg_namespace n ON t.typnamespace = n.oid',
    `      WHERE t.typname = ${literal(identifier)}`,
    `        AND n.nspname = ${schema === undefined ? 'ANY (current_schemas(false))' : literal(schema)}`,
    '    ) THEN',
    `        CREATE TYPE ${quotedTable(String(name))} AS ENUM (${values.map((value) => literal(String(value))).join(', ')});`,
    '    END IF;',
    'END',
    '$$;',
    '',
  ];
  return [lines.join('\n')];
};

const dropEnum: Operation = ({ args: [name], options }) => [`DROP TYPE${options.flag('if_exists') ? ' IF EXISTS' : ''} ${quotedTable(String(name))};\n`];

const renameEnum: Operation = ({ args: [name, next], options }) => {
  const to = next ?? options.take('to');
  return to === undefined ? undefined : [`ALTER TYPE ${quotedTable(String(name))} RENAME TO ${quotedTable(String(to))}`];
};

const addEnumValue: Operation = ({ args: [name, value], options }) => {
  const near = (word: string, other: Plain | undefined): string => (isTrue(other) ? ` ${word} ${literal(String(other))}` : '');
  return [`ALTER TYPE ${quotedTable(String(name))} ADD VALUE${options.flag('if_not_exists') ? ' IF NOT EXISTS' : ''} ${literal(String(value))}${near('BEFORE', options.take('before'))}${near('AFTER', options.take('after'))}`];
};

const renameEnumValue: Operation = ({ args: [name], options: { change } }) => change && [`ALTER TYPE ${quotedTable(String(name))} RENAME VALUE ${literal(String(change.from))} TO ${literal(String(change.to))}`];

const createSchema: Operation = ({ args: [name], options }) => [
  ...(options.flag('force') ? [`DROP SCHEMA IF EXISTS ${quotedColumn(String(name))} CASCADE`] : []),
  `CREATE SCHEMA${options.flag('if_not_exists') ? ' IF NOT EXISTS' : ''} ${quotedColumn(String(name))}`,
];

const dropSchema: Operation = ({ args: [name], options }) => [`DROP SCHEMA${options.flag('if_exists') ? ' IF EXISTS' : ''} ${quotedColumn(String(name))} CASCADE`];

export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['enable_extension', enableExtension],
  ['disable_extension', disableExtension],
  ['create_enum', createEnum],
  ['drop_enum', dropEnum],
  ['rename_enum', renameEnum],
  ['add_enum_value', addEnumValue],
  ['rename_enum_value', renameEnumValue],
  ['create_schema', createSchema],
  ['drop_schema', dropSchema],
]);
