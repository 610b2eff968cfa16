// What undoes a command on the way down of `change`, as ActiveRecord finds it. Source:
// activerecord/lib/active_record/migration/command_recorder.rb of Rails 8.0.

import { isTrue, noOptions, type KnownCall, type Options } from '../../tree/options.ts';
import { keepsComments, type Version } from './version.ts';

export interface Command {
  readonly name: string;
  readonly given: KnownCall;
}

type Reverse = (given: KnownCall) => Command | undefined;

/** Undefined where ActiveRecord raises an error. */
export function reversed(command: Command, version: Version): Command | undefined {
  return keepsComments(version) && /_comment$/.test(command.name) ? command : reversals.get(command.name)?.(command.given);
}

/** `change`: of its options. */
function by(name: string, change: (options: Options) => Options = (options) => options): Reverse {
  return (given) => ({ name, given: { ...given, options: change(given.options) } });
}

function if_(condition: (given: KnownCall) => boolean, reverse: Reverse): Reverse {
  return (given) => (condition(given) ? reverse(given) : undefined);
}

/** The second argument is the new name. */
function renames(name: string, position: number): Reverse {
  return ({ args, ...rest }) => {
    const [from = null, to = null] = args.slice(position);
    return { name, given: { ...rest, args: [...args.slice(0, position), to, from] } };
  };
}

/** Only with `from:` and `to:`. */
function changes(name: string): Reverse {
  return ({ options, ...rest }) => {
    const { change } = options;
    return change && { name, given: { ...rest, options: options.with({ from: change.to, to: change.from }) } };
  };
}

function conditionTurned(options: Options, from: string, to: string): Options {
  return options.has(from) ? options.without(from).with({ [to]: options.take(from) ?? null }) : options;
}

const removedIndex: Reverse = ({ args: [table = null, columns], options, block }) => {
  const all = columns ?? options.take('column');
  return all === undefined || !isTrue(all) ? undefined : { name: 'add_index', given: { args: [table, all], options: options.without('column', 'if_exists'), block } };
};

const removedForeignKey: Reverse = ({ args: [table = null, to], options, block }) => {
  const target = to ?? options.take('to_table');
  return target === undefined || !isTrue(target) ? undefined : { name: 'add_foreign_key', given: { args: [table, target], options: options.without('to_table'), block } };
};

const reversals: ReadonlyMap<string, Reverse> = new Map<string, Reverse>([
  ['create_table', by('drop_table', (options) => options.without('if_not_exists'))],
  ['drop_table', if_(({ args, options, block }) => args.length === 1 && (options.without('if_exists').entries.size > 0 || block !== undefined), by('create_table', (options) => options.without('if_exists')))],
  ['create_join_table', by('drop_join_table')],
  ['drop_join_table', by('create_join_table')],
  ['rename_table', renames('rename_table', 0)],
  ['add_column', by('remove_column')],
  ['remove_column', if_(({ args }) => args.length > 2, by('add_column'))],
  ['remove_columns', if_(({ options }) => options.has('type'), by('add_columns'))],
  ['add_timestamps', by('remove_timestamps')],
  ['remove_timestamps', by('add_timestamps')],
  ['rename_column', renames('rename_column', 1)],
  ['rename_index', renames('rename_index', 1)],
  ['add_index', by('remove_index')],
  ['remove_index', removedIndex],
  ['add_reference', by('remove_reference')],
  ['add_belongs_to', by('remove_reference')],
  ['remove_reference', by('add_reference')],
  ['remove_belongs_to', by('add_reference')],
  ['add_foreign_key', by('remove_foreign_key', (options) => options.without('validate'))],
  ['remove_foreign_key', removedForeignKey],
  ['add_check_constraint', by('remove_check_constraint', (options) => conditionTurned(options.without('validate'), 'if_not_exists', 'if_exists'))],
  ['remove_check_constraint', if_(({ args }) => args.length > 1, by('add_check_constraint', (options) => conditionTurned(options, 'if_exists', 'if_not_exists')))],
  ['add_exclusion_constraint', by('remove_exclusion_constraint')],
  ['remove_exclusion_constraint', if_(({ args }) => args.length > 1, by('add_exclusion_constraint'))],
  ['add_unique_constraint', if_(({ options }) => !options.has('using_index'), by('remove_unique_constraint'))],
  ['remove_unique_constraint', if_(({ args }) => args.length > 1, by('add_unique_constraint'))],
  ['change_column_default', changes('change_column_default')],
  ['change_column_comment', changes('change_column_comment')],
  ['change_table_comment', changes('change_table_comment')],
  ['change_column_null', ({ args: [table = null, column = null, isNullable, ...rest], ...given }): Command => ({ name: 'change_column_null', given: { ...given, args: [table, column, !isTrue(isNullable), ...rest] } })],
  ['enable_extension', by('disable_extension')],
  ['disable_extension', by('enable_extension')],
  ['create_enum', by('drop_enum')],
  ['drop_enum', if_(({ args }) => args.length > 1, by('create_enum'))],
  ['rename_enum', ({ args: [name = null, next], options, block }): Command => ({ name: 'rename_enum', given: { args: [next ?? options.take('to') ?? null, name], options: noOptions, block } })],
  ['rename_enum_value', changes('rename_enum_value')],
  ['create_schema', by('drop_schema')],
  ['drop_schema', by('create_schema')],
]);
