// References to other tables: columns, an index, and a foreign key. Source: ReferenceDefinition in
// activerecord/lib/active_record/connection_adapters/abstract/schema_definitions.rb of Rails 8.0.

import { isRecord, type Plain } from '../../tree/plain.ts';
import { plural } from './inflections.ts';
import { isTrue, noOptions, Options, optionsOf } from '../../tree/options.ts';
import { hasBigKeys, hasIndexedReferences, namesPolymorphicIndexes, type Version } from './version.ts';

export interface Reference {
  readonly columns: readonly { readonly name: string; readonly type: string; readonly options: Options }[];
  readonly index: Options | undefined;
  readonly foreignKey: { readonly to: string; readonly options: Options } | undefined;
}

export function referenceOf(table: string, name: string, given: Options, version: Version): Reference {
  const polymorphic = given.entries.get('polymorphic');
  const index = given.entries.get('index') ?? hasIndexedReferences(version);
  const foreignKey = given.entries.get('foreign_key');
  const type = given.entries.get('type') ?? (hasBigKeys(version) ? 'bigint' : 'integer');
  const own = given.without('polymorphic', 'index', 'foreign_key', 'type');
  const column = `${name}_id`;
  return {
    columns: [...(isTrue(polymorphic) ? [{ name: `${name}_type`, type: 'string', options: typeOptions(polymorphic, own) }] : []), { name: column, type: String(type), options: own }],
    index: isTrue(index) ? indexOptions(table, name, index, conditions(own), isTrue(polymorphic) && namesPolymorphicIndexes(version)) : undefined,
    foreignKey: isTrue(foreignKey) ? keyOptions(name, column, foreignKey, conditions(own)) : undefined,
  };
}

function typeOptions(polymorphic: Plain | undefined, own: Options): Options {
  const shared = [...own.entries].filter(([name]) => ['null', 'first', 'after', 'if_exists', 'if_not_exists'].includes(name));
  return new Options(new Map([...optionsOf(polymorphic).entries, ...shared]));
}

/** They go for all of it. */
function conditions({ entries }: Options): Readonly<Record<string, Plain>> {
  return Object.fromEntries([...entries].filter(([name]) => name === 'if_exists' || name === 'if_not_exists'));
}

function indexOptions(table: string, name: string, index: Plain, shared: Readonly<Record<string, Plain>>, isNamed: boolean): Options {
  const own = (isRecord(index) ? optionsOf(index) : noOptions).with(shared);
  return isNamed ? own.withDefaults({ name: `index_${table}_on_${name}` }) : own;
}

function keyOptions(name: string, column: string, foreignKey: Plain | undefined, shared: Readonly<Record<string, Plain>>): Reference['foreignKey'] {
  const options = optionsOf(foreignKey).with({ column, ...shared });
  return { to: String(options.entries.get('to_table') ?? plural(name)), options: options.without('to_table') };
}
