// STORAGE that the type of a column does not take. Source: GetAttributeStorage() in src/backend/commands/tablecmds.c, src/include/catalog/pg_type.dat.

import type { ChangeOf } from '../model/change.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { ColumnDefinition } from '../model/column.ts';
import type { Impossibility } from '../model/impossibility.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import { refuse, whole, type RefusalFacts } from './facts.ts';
import { knownType, typeInWords } from './types.ts';

export function setStorageRefusal({ table, column, storage }: ChangeOf<'set-column-storage'>, facts: RefusalFacts): Impossibility | undefined {
  const own = whole(table, facts.before);
  const found = own?.columns.get(column);
  return own && found && storageRefusal(found.name, own.name, found.type, storage, facts);
}

export function saidStorageRefusal({ name, type, storage }: ColumnDefinition, table: QualifiedName, facts: RefusalFacts): Impossibility | undefined {
  return storage === undefined ? undefined : storageRefusal(name, table, type, storage, facts);
}

/** 0A000: "column data type can only have storage PLAIN". */
function storageRefusal(column: string, table: QualifiedName, type: ColumnType, storage: string, { after, version }: RefusalFacts): Impossibility | undefined {
  const known = toasted.has(storage) ? knownType(type, after, version) : undefined;
  const isPlain = known?.kind === 'builtin' ? plainTypes.has(known.name) : known?.kind === 'enum' && !known.isArray;
  if (!isPlain) return undefined;
  return refuse('impossible-column', '0A000', `${column} of ${printName(table)} is ${typeInWords(type)}, whose values are always stored PLAIN, and not ${storage.toUpperCase()}`);
}

const toasted: ReadonlySet<string> = new Set(['external', 'extended', 'main']);

/** Their `typstorage` is `p`. */
const plainTypes: ReadonlySet<string> = new Set(
  (
    'bool box char cid circle date float4 float8 int2 int4 int8 interval line lseg macaddr macaddr8 money name oid pg_lsn point regclass regcollation ' +
    'regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype tid time timestamp timestamptz timetz uuid xid xid8'
  ).split(' '),
);
