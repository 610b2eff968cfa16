// Foreign keys as ActiveRecord makes them. Source: visit_ForeignKeyDefinition in activerecord/lib/active_record/connection_adapters/{abstract,postgresql}/schema_creation.rb
// and foreign_key_options in connection_adapters/abstract/schema_statements.rb of Rails 8.0.

import { listOf, type Plain } from '../../tree/plain.ts';
import { foreignKeyName, keyColumn, quotedColumn, quotedColumns, quotedTable } from './names.ts';
import { isTrue, type KnownCall, type Options } from '../../tree/options.ts';
import { perhaps, type Operation } from './operation.ts';

const actions: Readonly<Record<string, string>> = { nullify: 'SET NULL', cascade: 'CASCADE', restrict: 'RESTRICT' };

/** `isAdded`: to a table that is there. Undefined where something is not known here. */
export function foreignKeySql(table: string, to: string, options: Options, isAdded: boolean): string | undefined {
  const keys = options.names('primary_key') ?? ['id'];
  const columns = options.names('column') ?? [keyColumn(to)];
  const name = options.take('name');
  const [onDelete, onUpdate] = [action('DELETE', options.take('on_delete')), action('UPDATE', options.take('on_update'))];
  const late = deferrability(options.take('deferrable'));
  const isValid = options.take('validate');
  options.pass('if_not_exists', 'if_exists');
  if (onDelete === undefined || onUpdate === undefined || late === undefined || !options.isUnderstood || keys.length !== columns.length) return undefined;
  const words = `CONSTRAINT ${quotedColumn(isTrue(name) ? String(name) : foreignKeyName(table, columns))}\nFOREIGN KEY (${quotedColumns(columns)})\n  REFERENCES ${quotedTable(to)} (${quotedColumns(keys)})\n`;
  return `${words}${onDelete}${onUpdate}${late}${isAdded && isValid !== undefined && !isTrue(isValid) ? ' NOT VALID' : ''}`;
}

function action(event: string, value: Plain | undefined): string | undefined {
  if (!isTrue(value)) return '';
  const words = actions[String(value)];
  return words === undefined ? undefined : ` ON ${event} ${words}`;
}

/** Of a constraint. `true` was the same as `:immediate`, up to 7.0. */
export function deferrability(value: Plain | undefined): string | undefined {
  if (!isTrue(value)) return '';
  const word = value === true ? 'immediate' : String(value);
  return word === 'immediate' || word === 'deferred' ? ` DEFERRABLE INITIALLY ${word.toUpperCase()}` : undefined;
}

export const addForeignKey: Operation = ({ args: [table, to], options }) => {
  const sql = foreignKeySql(String(table), String(to), options, true);
  return perhaps(options.flag('if_not_exists'), sql === undefined ? undefined : [`ALTER TABLE ${quotedTable(String(table))} ADD ${sql}`]);
};

/** Without a name, the one that points there is dropped, whatever it is called: most likely as ActiveRecord calls it. */
export const removeForeignKey: Operation = (given) => {
  const isNamed = isTrue(given.options.take('name'));
  const name = foreignKeyNameOf(given);
  return perhaps(given.options.flag('if_exists') || !isNamed, name === undefined ? undefined : [`ALTER TABLE ${quotedTable(String(given.args[0]))} DROP CONSTRAINT ${quotedColumn(name)}`]);
};

export const validateForeignKey: Operation = (given) => {
  const name = foreignKeyNameOf(given);
  return name === undefined ? undefined : [`ALTER TABLE ${quotedTable(String(given.args[0]))} VALIDATE CONSTRAINT ${quotedColumn(name)}`];
};

/** The one that is looked for is called as ActiveRecord calls it, unless it is said otherwise. */
function foreignKeyNameOf({ args: [table, to], options }: KnownCall): string | undefined {
  const [name, columns, target] = [options.take('name'), options.take('column'), to ?? options.take('to_table')];
  if (isTrue(name)) return String(name);
  const own = isTrue(columns) ? listOf(columns).map(String) : isTrue(target) ? [keyColumn(String(target))] : undefined;
  return own && foreignKeyName(String(table), own);
}
