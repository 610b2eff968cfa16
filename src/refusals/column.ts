// What can't be done to a column: of a partition key, of a parent, an identity, a generated one, one of a primary key.
// Source: the functions ATPrep… and ATExec… of each action in src/backend/commands/tablecmds.c, transformColumnDefinition() in
// src/backend/parser/parse_utilcmd.c.

import type { ChangeOf } from '../model/change.ts';
import type { ColumnDefinition } from '../model/column.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Column, Relation } from '../model/relation.ts';
import { firstOf, nameOf, refuse, whole, type RefusalFacts } from './facts.ts';
import { identityTypeRefusal, integers, newDefaultRefusal, pseudoTypeRefusal } from './type-change.ts';
import { isSameType, knownType, typeInWords } from './types.ts';

/** Of a change of one column that is there: the table and the column. */
interface Place {
  readonly own: Relation;
  readonly column: Column;
  /** `status of public.orders`. */
  readonly words: string;
}

function placeOf({ table, column: name }: Pick<ChangeOf<'set-default'>, 'table' | 'column'>, { before }: RefusalFacts): Place | undefined {
  const own = whole(table, before);
  const column = own?.columns.get(name);
  return own && column && { own, column, words: `${name} of ${nameOf(own)}` };
}

function impossible(code: string, message: string, more: Pick<Impossibility, 'help' | 'until'> = {}): Impossibility {
  return refuse('impossible-column', code, message, more);
}

/** Columns as a table or an ADD COLUMN makes them. */
export function definitionRefusal(definition: ColumnDefinition, own: Relation, facts: RefusalFacts): Impossibility | undefined {
  const words = `${definition.name} of ${nameOf(own)}`;
  const column = own.columns.get(definition.name);
  return firstOf(
    () => pseudoTypeRefusal(own, definition, facts),
    () => (definition.identity && definition.default ? impossible('42601', `${words} is an identity column, and can't have a default beside`) : undefined),
    () => (definition.generated && definition.default ? impossible('42601', `${words} is generated, and can't have a default beside`) : undefined),
    () => identityTypeRefusal(own, definition, definition.type, facts),
    () => (definition.identity && own.partitionOf ? impossible('0A000', `${words} is in a partition, which can't have an identity of its own`) : undefined),
    () => (definition.default && column ? defaultRefusal(own, column, definition.default, facts) : undefined),
  );
}

/** 0A000: "cannot use column reference in DEFAULT expression", and the type. */
function defaultRefusal(own: Relation, column: Column, value: NonNullable<ColumnDefinition['default']>, facts: RefusalFacts): Impossibility | undefined {
  if (value.isColumn && value.columns.some((name) => own.columns.has(name))) {
    return impossible('0A000', `The default of ${column.name} of ${nameOf(own)} names a column, which a default can't do`);
  }
  return newDefaultRefusal(own, column, value, facts);
}

/** 42601: "is an identity column", "is a generated column". */
export function setDefaultRefusal(change: ChangeOf<'set-default'>, facts: RefusalFacts): Impossibility | undefined {
  const place = placeOf(change, facts);
  return place && firstOf(
    () => computedRefusal(place, 'get a default'),
    () => defaultRefusal(place.own, place.column, change.default, facts),
  );
}

export function dropDefaultRefusal(change: ChangeOf<'drop-default'>, facts: RefusalFacts): Impossibility | undefined {
  const place = placeOf(change, facts);
  return place && computedRefusal(place, 'lose a default');
}

function computedRefusal({ column, words }: Place, what: string): Impossibility | undefined {
  if (column.identity) {
    return impossible('42601', `${words} is an identity column, and can't ${what}`, { help: 'Use ALTER COLUMN … DROP IDENTITY, or SET GENERATED' });
  }
  if (!column.generated) return undefined;
  return impossible('42601', `${words} is generated, and can't ${what}`, { help: 'Use ALTER COLUMN … DROP EXPRESSION, or SET EXPRESSION (17 and newer)' });
}

/** 42601: "is an identity column". 42P16: "column is in a primary key", "… marked NOT NULL in parent table". */
export function dropNotNullRefusal(change: ChangeOf<'drop-not-null'>, facts: RefusalFacts): Impossibility | undefined {
  const place = placeOf(change, facts);
  if (place === undefined || place.column.nullable) return undefined;
  const { own, column, words } = place;
  if (column.identity) return impossible('42601', `${words} is an identity column, and can't hold NULL`);
  const key = own.constraints.find((one) => one.type === 'primary-key' && one.columns.includes(column.name));
  if (key) return impossible('42P16', `${words} is in the primary key, and can't hold NULL`);
  const parent = own.partitionOf && whole(own.partitionOf.parent, facts.before);
  const isRequired = parent?.columns.get(column.name)?.nullable === false;
  return isRequired ? impossible('42P16', `${words} is NOT NULL in ${nameOf(parent)}, and so it is in a partition of it`) : undefined;
}

/** 22023 and 55000. Source: ATExecAddIdentity(). */
export function addIdentityRefusal(change: ChangeOf<'add-identity'>, facts: RefusalFacts): Impossibility | undefined {
  const place = placeOf(change, facts);
  if (place === undefined) return undefined;
  const { own, column, words } = place;
  const type = knownType(column.type, facts.before, facts.version);
  if (own.partitionOf && facts.version >= 17) return impossible('42P16', `${words} is in a partition, which can't have an identity of its own`);
  if (type !== undefined && (type.kind !== 'builtin' || !integers.has(type.name))) {
    return impossible('22023', `${words} is ${typeInWords(column.type)}, and can't be an identity: that is smallint, integer or bigint`);
  }
  if (column.identity) return impossible('55000', `${words} is an identity column already`);
  if (column.hasDefault) return impossible('55000', `${words} has a default, and can't be an identity beside`, { help: 'Drop the default in the same statement, before it' });
  if (!column.nullable) return undefined;
  return impossible('55000', `${words} may hold NULL, and can't be an identity`, { help: 'Make it NOT NULL first' });
}

/** 55000: "is not an identity column". */
export function identityRefusal(change: ChangeOf<'alter-identity' | 'drop-identity'>, facts: RefusalFacts): Impossibility | undefined {
  const place = placeOf(change, facts);
  if (place === undefined || place.own.partitionOf || place.column.identity || (change.kind === 'drop-identity' && change.ifExists)) return undefined;
  return impossible('55000', `${place.words} is no identity column`);
}

/** 0A000: "not supported for virtual generated columns". 55000: "is not a generated column". */
export function expressionRefusal(change: ChangeOf<'drop-expression' | 'set-expression'>, facts: RefusalFacts): Impossibility | undefined {
  const place = placeOf(change, facts);
  if (place === undefined) return undefined;
  const { column, words } = place;
  if (column.generated === undefined) {
    const isPassedOver = change.kind === 'drop-expression' && change.ifExists;
    return isPassedOver ? undefined : impossible('55000', `${words} is no generated column`);
  }
  if (change.kind !== 'drop-expression') return undefined;
  if (column.generated === 'virtual') {
    return impossible('0A000', `${words} is a virtual column, of which PostgreSQL stores no values: its expression can't be dropped`, {
      help: 'Add a plain column, fill it, and drop the virtual one',
    });
  }
  return column.local ? undefined : impossible('42P16', `${words} is generated because it is so in a parent table: its expression can't be dropped here`);
}

/** 42P16: "cannot alter inherited column", "… must be changed in child tables too", "… part of the partition key". 42809: of a typed table. */
export function formRefusal(change: ChangeOf<'drop-column' | 'rename-column' | 'alter-column-type'>, facts: RefusalFacts): Impossibility | undefined {
  const place = placeOf(change, facts);
  if (place === undefined) return undefined;
  const { own, column, words } = place;
  const deed = deeds[change.kind];
  const above = own.partitionOf?.parent ?? own.parents.find((parent) => facts.before.column(parent, column.name) !== 'absent');
  return firstOf(
    () => (own.ofType ? impossible('42809', `${nameOf(own)} is a table of the type ${printName(own.ofType)}: ${words} can't be ${deed} alone`) : undefined),
    () => (above ? inheritedRefusal(words, deed, above, facts) : undefined),
    () => (change.kind === 'rename-column' ? undefined : partitionKeyRefusal(place, deed)),
    () => (change.only ? onlyRefusal(change.kind, place, facts) : undefined),
  );
}

const deeds = { 'drop-column': 'dropped', 'rename-column': 'renamed', 'alter-column-type': 'given another type' } as const;

function inheritedRefusal(words: string, deed: string, above: QualifiedName, { before }: RefusalFacts): Impossibility | undefined {
  if (whole(above, before) === undefined) return undefined;
  return impossible('42P16', `${words} comes from ${printName(above)}, and can't be ${deed} here alone`, { help: `Do it to ${printName(above)}: what is below it follows` });
}

function partitionKeyRefusal({ own, column, words }: Place, deed: string): Impossibility | undefined {
  if (!own.partitionBy?.columns.includes(column.name)) return undefined;
  return impossible('42P16', `${words} is what the table is partitioned by, and can't be ${deed}`, {
    help: 'Make a new partitioned table, and move the rows to it',
  });
}

function onlyRefusal(kind: keyof typeof deeds, { own, column, words }: Place, { before }: RefusalFacts): Impossibility | undefined {
  const children = own.children.values().filter((child) => whole(child, before)?.columns.has(column.name));
  if (children.length === 0 || (kind === 'drop-column' && own.kind !== 'partitioned-table')) return undefined;
  return impossible('42P16', `${words} can't be ${deeds[kind]} ONLY there: ${printName(children[0] ?? own.name)} has it from it`, { help: 'Leave out ONLY' });
}

/** 42809: "cannot add column to a partition", "… to typed table". 42P16: "column must be added to child tables too". 42804: of another type. */
export function addedColumnRefusal({ table, only, column }: ChangeOf<'add-column'>, facts: RefusalFacts): Impossibility | undefined {
  const own = whole(table, facts.before);
  if (!own || own.columns.has(column.name)) return undefined;
  if (own.partitionOf) {
    const parent = printName(own.partitionOf.parent);
    return impossible('42809', `${nameOf(own)} is a partition of ${parent}, and can't have columns of its own`, { help: `Add the column to ${parent}: its partitions get it as well` });
  }
  if (own.ofType) return impossible('42809', `${nameOf(own)} is a table of the type ${printName(own.ofType)}, and can't have other columns`);
  const children = own.children.values().flatMap((child) => whole(child, facts.before) ?? []);
  if (only) {
    const child = own.children.values()[0];
    return child && children.length > 0 ? impossible('42P16', `${column.name} can't be added to ${nameOf(own)} ONLY: ${printName(child)} has all of its columns`, { help: 'Leave out ONLY' }) : undefined;
  }
  const added = knownType(column.type, facts.after, facts.version);
  for (const child of children) {
    const there = child.columns.get(column.name);
    const type = there && knownType(there.type, facts.after, facts.version);
    if (!there || !type || !added || isSameType(type, added)) continue;
    return impossible('42804', `${column.name} of ${nameOf(child)}, which inherits from ${nameOf(own)}, is ${typeInWords(there.type)}, and the new one is ${typeInWords(column.type)}`);
  }
  return undefined;
}
