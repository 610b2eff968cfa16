// The methods of a migration that change the schema, by name, and what the block of `change_table` calls them.

import * as alterations from './alterations.ts';
import * as constraints from './constraints.ts';
import { addForeignKey, removeForeignKey, validateForeignKey } from './foreign-keys.ts';
import { addIndex, removeIndex, renameIndex } from './indexes.ts';
import * as objects from './objects.ts';
import type { Operation } from './operation.ts';
import { changeTableComment, createJoinTable, createTable, dropJoinTable, dropTable, renameTable } from './tables.ts';

export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...alterations.operations,
  ...objects.operations,
  ['create_table', createTable],
  ['create_join_table', createJoinTable],
  ['drop_table', dropTable],
  ['drop_join_table', dropJoinTable],
  ['rename_table', renameTable],
  ['change_table_comment', changeTableComment],
  ['add_index', addIndex],
  ['remove_index', removeIndex],
  ['rename_index', renameIndex],
  ['add_foreign_key', addForeignKey],
  ['remove_foreign_key', removeForeignKey],
  ['validate_foreign_key', validateForeignKey],
  ['add_check_constraint', constraints.addCheck],
  ['remove_check_constraint', constraints.removeCheck],
  ['validate_check_constraint', constraints.validateCheck],
  ['validate_constraint', constraints.validateConstraint],
  ['add_exclusion_constraint', constraints.addExclusion],
  ['remove_exclusion_constraint', constraints.removeExclusion],
  ['add_unique_constraint', constraints.addUnique],
  ['remove_unique_constraint', constraints.removeUnique],
]);

/** Source: Table in activerecord/lib/active_record/connection_adapters/{abstract,postgresql}/schema_definitions.rb of Rails 8.0. */
export const inChangedTables: ReadonlyMap<string, string> = new Map([
  ['column', 'add_column'],
  ['index', 'add_index'],
  ['rename_index', 'rename_index'],
  ['remove_index', 'remove_index'],
  ['timestamps', 'add_timestamps'],
  ['remove_timestamps', 'remove_timestamps'],
  ['change', 'change_column'],
  ['change_default', 'change_column_default'],
  ['change_null', 'change_column_null'],
  ['remove', 'remove_columns'],
  ['rename', 'rename_column'],
  ['foreign_key', 'add_foreign_key'],
  ['remove_foreign_key', 'remove_foreign_key'],
  ['check_constraint', 'add_check_constraint'],
  ['remove_check_constraint', 'remove_check_constraint'],
  ['validate_check_constraint', 'validate_check_constraint'],
  ['validate_constraint', 'validate_constraint'],
  ['exclusion_constraint', 'add_exclusion_constraint'],
  ['remove_exclusion_constraint', 'remove_exclusion_constraint'],
  ['unique_constraint', 'add_unique_constraint'],
  ['remove_unique_constraint', 'remove_unique_constraint'],
]);
