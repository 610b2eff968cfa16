// Constraints as ActiveRecord makes them, but for foreign keys. Source: visit_…ConstraintDefinition in
// activerecord/lib/active_record/connection_adapters/{abstract,postgresql}/schema_creation.rb, and the methods of the same names in
// connection_adapters/{abstract,postgresql}/schema_statements.rb of Rails 8.0.

import { listOf, type Plain } from '../../tree/plain.ts';
import { deferrability } from './foreign-keys.ts';
import { hashedName, quotedColumn, quotedColumns, quotedTable } from './names.ts';
import { isTrue, type Options } from '../../tree/options.ts';
import { perhaps, type Operation } from './operation.ts';

/** Undefined where something is not known here. */
type Clause = (table: string, what: Plain | undefined, options: Options) => string | undefined;

export const checkSql: Clause = (table, expression, options) => {
  const name = checkName(table, expression, options);
  const isValid = options.take('validate');
  options.pass('if_not_exists');
  if (typeof expression !== 'string' || name === undefined || !options.isUnderstood) return undefined;
  return `CONSTRAINT ${name} CHECK (${expression})${isValid !== undefined && !isTrue(isValid) ? ' NOT VALID' : ''}`;
};

export const exclusionSql: Clause = (table, expression, options) => {
  const name = exclusionName(table, expression, options);
  const [using, where, late] = [options.take('using'), options.take('where'), deferrability(options.take('deferrable'))];
  if (typeof expression !== 'string' || name === undefined || late === undefined || !options.isUnderstood) return undefined;
  return `CONSTRAINT ${quotedColumn(name)} EXCLUDE${isTrue(using) ? ` USING ${String(using)}` : ''} (${expression})${isTrue(where) ? ` WHERE (${String(where)})` : ''}${late}`;
};

export const uniqueSql: Clause = (table, columns, options) => {
  const index = options.take('using_index');
  const name = uniqueName(table, columns ?? index, options);
  const [isNullless, late] = [options.flag('nulls_not_distinct'), deferrability(options.take('deferrable'))];
  if (name === undefined || late === undefined || !options.isUnderstood || isTrue(columns) === isTrue(index)) return undefined;
  const what = isTrue(index) ? `USING INDEX ${quotedColumn(String(index))}` : `(${quotedColumns(listOf(columns).map(String))})`;
  return `CONSTRAINT ${quotedColumn(name)} UNIQUE${isNullless ? ' NULLS NOT DISTINCT' : ''} ${what}${late}`;
};

/** The name that is given, or that ActiveRecord makes up of what the constraint says. */
type Name = (table: string, what: Plain | undefined, options: Options) => string | undefined;

const checkName: Name = (table, expression, options) => nameOf(options, options.take('expression') ?? expression, (what) => hashedName('chk_rails_', `${table}_${String(what)}_chk`));

const exclusionName: Name = (table, expression, options) => nameOf(options, options.take('expression') ?? expression, (what) => hashedName('excl_rails_', `${table}_${String(what)}_excl`));

const uniqueName: Name = (table, columns, options) => nameOf(options, columns, (what) => hashedName('uniq_rails_', `${table}_${listOf(what).map(String).join('_and_')}_unique`));

function nameOf(options: Options, what: Plain | undefined, made: (what: Plain) => string): string | undefined {
  const name = options.take('name');
  return isTrue(name) ? String(name) : what !== undefined && isTrue(what) ? made(what) : undefined;
}

function adds(clause: Clause): Operation {
  return ({ args: [table, what], options }) => {
    const sql = clause(String(table), what, options);
    return perhaps(options.flag('if_not_exists'), sql === undefined ? undefined : [`ALTER TABLE ${quotedTable(String(table))} ADD ${sql}`]);
  };
}

function changes(words: string, name: Name): Operation {
  return ({ args: [table, what], options }) => {
    const found = name(String(table), what ?? options.take('column'), options);
    return perhaps(options.flag('if_exists'), found === undefined ? undefined : [`ALTER TABLE ${quotedTable(String(table))} ${words} CONSTRAINT ${quotedColumn(found)}`]);
  };
}

export const addCheck = adds(checkSql);
export const addExclusion = adds(exclusionSql);
export const addUnique = adds(uniqueSql);
export const removeCheck = changes('DROP', checkName);
export const removeExclusion = changes('DROP', exclusionName);
export const removeUnique = changes('DROP', uniqueName);
export const validateCheck = changes('VALIDATE', checkName);

export const validateConstraint: Operation = ({ args: [table, name] }) => [`ALTER TABLE ${quotedTable(String(table))} VALIDATE CONSTRAINT ${quotedColumn(String(name))}`];
