// Values that can't become the type of a column by themselves: of the column, of its default, of USING.
// Source: ATPrepAlterColumnType() and ATExecAlterColumnType() in src/backend/commands/tablecmds.c, cookDefault() in src/backend/catalog/heap.c.

import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { ColumnDefinition } from '../model/column.ts';
import type { Expression } from '../model/expression.ts';
import type { Impossibility } from '../model/impossibility.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import { isPlaceholder } from '../model/placeholder.ts';
import type { Column, Relation } from '../model/relation.ts';
import type { PostgresVersion } from '../model/version.ts';
import { findCast } from '../postgres/types.ts';
import { retypedBelowRefusal, retypedColumnRefusal } from './column-form.ts';
import { firstOf, nameOf, refuse, whole, type RefusalFacts } from './facts.ts';
import { classRefusal, overlapRefusal } from './key.ts';
import { isOtherType, isSameType, knownType, typeInWords, type KnownType } from './types.ts';

/** Before anything is done, of the column as it is then. What the tables have against it is looked at behind what USING says. */
export function preparedTypeRefusal(change: ChangeOf<'alter-column-type'>, facts: RefusalFacts): Impossibility | undefined {
  const own = whole(change.table, facts.beginning);
  const column = own?.columns.get(change.column);
  if (!own || !column) return undefined;
  const found = firstOf(
    () => (change.using ? castRefusal(change.using, own, `What USING gives for ${column.name} of ${nameOf(own)}`, facts) : undefined),
    () => (change.explicit ? valueRefusal(change, own, column, facts) : undefined),
    () => identityTypeRefusal(own.name, column, change.type, facts),
    () => generatedRefusal(change, own, column),
    () => retypedColumnRefusal(change, facts),
    () => (change.explicit ? undefined : valueRefusal(change, own, column, facts)),
    () => retypedBelowRefusal(change, facts),
  );
  return found && { ...found, phase: 'preparation' };
}

/** 42611: "cannot specify USING when altering type of generated column". */
function generatedRefusal({ using }: ChangeOf<'alter-column-type'>, own: Relation, { name, generated }: Column): Impossibility | undefined {
  if (using === undefined || generated === undefined) return undefined;
  return refuse('impossible-column', '42611', `${name} of ${nameOf(own)} is generated, and takes its new values from its expression, not from USING`, { help: 'Leave out USING' });
}

/** The rest, as it is done. */
export function typeChangeRefusal(change: ChangeOf<'alter-column-type'>, facts: RefusalFacts): Impossibility | undefined {
  const own = whole(change.table, facts.before);
  const column = own?.columns.get(change.column);
  if (!own || !column) return undefined;
  const below = change.only ? [] : facts.before.descendants(own.name).flatMap(({ name }) => whole(name, facts.before) ?? []);
  return firstOf(
    () => twiceRefusal(change, own, facts),
    () => keptDefaultRefusal(change, own, column, facts),
    ...below.map((child) => () => atTable(child, keptDefaultRefusal(change, child, child.columns.get(change.column), facts))),
    () => keptOverlapRefusal(change, own, facts),
    () => keptIndexRefusal(change, own, facts),
    ...below.map((child) => () => atTable(child, keptIndexRefusal(change, child, facts))),
  );
}

function atTable({ name: table }: Relation, found: Impossibility | undefined): Impossibility | undefined {
  return found && { ...found, table };
}

/** A key that says WITHOUT OVERLAPS of it, which an index by gist is, has to be read again. */
function keptOverlapRefusal(change: ChangeOf<'alter-column-type'>, own: Relation, facts: RefusalFacts): Impossibility | undefined {
  const changed = whole(change.table, facts.after);
  const key = own.indexes.find(({ unique, method, columns }) => unique && method === 'gist' && columns.at(-1) === change.column);
  return changed && key && overlapRefusal(key.columns, changed, 'type-end', facts);
}

/** 42704: an index over it has no operator class for the new type. */
function keptIndexRefusal(change: ChangeOf<'alter-column-type'>, own: Relation, facts: RefusalFacts): Impossibility | undefined {
  const changed = whole(own.name, facts.after);
  const indexes = own.indexes.filter(({ columns }) => columns.includes(change.column));
  const found = changed && firstOf(...indexes.map((index) => () => classRefusal({ ...index, columns: [change.column] }, changed, facts)));
  return found && { ...found, pass: 'made-again' };
}

/** 0A000: "cannot alter type of column twice", where the first time made it another. */
function twiceRefusal({ column }: ChangeOf<'alter-column-type'>, own: Relation, { beginning, before, version }: RefusalFacts): Impossibility | undefined {
  const [now, old] = [own.columns.get(column), whole(own.name, beginning)?.columns.get(column)];
  const isChanged = now !== undefined && old !== undefined && isOtherType(now.type, old.type, before, version);
  return isChanged ? refuse('impossible-column', '0A000', `${column} of ${nameOf(own)} is given two types in one statement`, { help: 'Give it the last one alone' }) : undefined;
}

/** 22023: "identity column type must be smallint, integer, or bigint". */
export function identityTypeRefusal(
  table: QualifiedName,
  { name, identity }: Pick<Column, 'name' | 'identity'>,
  type: ColumnType,
  { after, version }: RefusalFacts,
): Impossibility | undefined {
  if (!identity || !isNoInteger(type, after, version)) return undefined;
  return refuse('impossible-column', '22023', `${name} of ${printName(table)} is an identity column, and can't be ${typeInWords(type)}: it is smallint, integer or bigint`);
}

/** For certain. A domain over one of them is none, and an array never is. */
export function isNoInteger(type: ColumnType, catalog: Catalog, version: PostgresVersion): boolean {
  const info = catalog.isAnythingDoubted() ? undefined : catalog.type(type.name);
  const known = knownType(type, catalog, version);
  return type.isArray || info !== undefined || (known !== undefined && !(known.kind === 'builtin' && integers.has(known.name)));
}

const integers: ReadonlySet<string> = new Set(['int2', 'int4', 'int8']);

/** 42804: "column cannot be cast automatically". 42846: "cannot cast type". */
function valueRefusal({ type, using, explicit }: ChangeOf<'alter-column-type'>, own: Relation, column: Column, facts: RefusalFacts): Impossibility | undefined {
  const source = using === undefined ? column : using.isColumn ? own.columns.get(using.columns[0] ?? '') : undefined;
  const from = source?.type ?? (using && typeOf(using));
  if (from === undefined || canBecome(from, type, explicit ? 'explicit' : 'assignment', facts) !== false) return undefined;
  const place = `${column.name} of ${nameOf(own)}`;
  if (source?.name !== column.name && !explicit) {
    return refuse('impossible-column', '42804', `What USING gives for ${place} is ${typeInWords(from)}, which does not become ${typeInWords(type)} by itself`);
  }
  if (explicit) {
    return refuse('impossible-column', '42846', `${source?.name ?? column.name} of ${nameOf(own)} is ${typeInWords(from)}, which nothing makes ${typeInWords(type)}`, {
      help: 'Say with USING how a value is made from the old one, by way of text for instance',
    });
  }
  return refuse('impossible-column', '42804', `${place} is ${typeInWords(from)}, which does not become ${typeInWords(type)} by itself`, {
    help: `Say how with USING, for instance USING ${column.name}::${typeInWords(type)}`,
  });
}

/** 42846: "cannot cast type", of a cast in it. `what` begins a sentence. */
function castRefusal({ cast }: Expression, own: Relation, what: string, facts: RefusalFacts): Impossibility | undefined {
  const first = cast && ('type' in cast.from ? cast.from.type : own.columns.get(cast.from.column)?.type);
  if (cast === undefined || first === undefined) return undefined;
  const types = [first, ...cast.through];
  const place = types.findIndex((to, index) => index > 0 && canBecome(types[index - 1] ?? to, to, 'explicit', facts) === false);
  const [from, to] = [types[place - 1], types[place]];
  return from && to && refuse('impossible-column', '42846', `${what} goes from ${typeInWords(from)} to ${typeInWords(to)}, which no cast does`, { help: 'Go by way of text for instance' });
}

/** 42804: "default for column cannot be cast automatically". */
function keptDefaultRefusal({ type }: ChangeOf<'alter-column-type'>, own: Relation, column: Column | undefined, facts: RefusalFacts): Impossibility | undefined {
  if (column === undefined) return undefined;
  const { name, hasDefault, defaultType } = column;
  if (!hasDefault || defaultType === undefined || canBecome(defaultType, type, 'assignment', facts) !== false) return undefined;
  const message = `The default of ${name} of ${nameOf(own)} is ${typeInWords(defaultType)}, which does not become ${typeInWords(type)} by itself`;
  return refuse('impossible-column', '42804', message, {
    help: `Drop the default and set it again in the same statement: ALTER COLUMN ${name} DROP DEFAULT, ALTER COLUMN ${name} TYPE …, ALTER COLUMN ${name} SET DEFAULT …`,
  });
}

/** 42804: "column is of type … but default expression is of type …". */
export function newDefaultRefusal(own: Relation, column: Pick<Column, 'name' | 'type'>, value: Expression, facts: RefusalFacts): Impossibility | undefined {
  const broken = castRefusal(value, own, `The default of ${column.name} of ${nameOf(own)}`, facts);
  if (broken) return broken;
  const malformed = value.text === undefined ? undefined : malformedRefusal(own, column, value.text, facts);
  if (malformed) return malformed;
  const given = value.isNull ? undefined : typeOf(value);
  if (given === undefined || canBecome(given, column.type, 'assignment', facts) !== false) return undefined;
  return refuse('impossible-column', '42804', `${column.name} of ${nameOf(own)} is ${typeInWords(column.type)}, and its default is ${typeInWords(given)}`);
}

/** 22P02: "invalid input value for enum", "malformed range literal", "malformed multirange literal". Of ranges, what they begin with. */
function malformedRefusal(own: Relation, column: Pick<Column, 'name' | 'type'>, text: string, { after, version }: RefusalFacts): Impossibility | undefined {
  const type = isPlaceholder(text) ? undefined : knownType(column.type, after, version);
  if (type === undefined || isArray(type) || isWellFormed(text, type, after)) return undefined;
  return refuse('impossible-column', '22P02', `The default of ${column.name} of ${nameOf(own)} is no value of ${typeInWords(column.type)}`, { help: 'Give it a default that the type takes' });
}

function isWellFormed(text: string, type: KnownType, catalog: Catalog): boolean {
  if (type.kind === 'builtin') return type.name.endsWith('multirange') ? /^\s*\{/.test(text) : !type.name.endsWith('range') || /^\s*(?:[[(]|empty\s*$)/i.test(text);
  const info = type.kind === 'enum' && !catalog.isAnythingDoubted() && !catalog.parts.perhaps.has(`type ${printName(type.name)}`) ? catalog.type(type.name) : undefined;
  return info?.kind !== 'enum' || info.values.includes(text) || info.values.some(isPlaceholder);
}

/** 42P16: "column has pseudo-type". Source: CheckAttributeType() in src/backend/catalog/heap.c. */
export function pseudoTypeRefusal(table: QualifiedName, { name, type }: ColumnDefinition, { after }: RefusalFacts): Impossibility | undefined {
  const isPseudo = type.name.schema === undefined && !type.isArray && pseudoTypes.has(type.name.name) && after.type(type.name) === undefined;
  return isPseudo ? refuse('impossible-column', '42P16', `${name} of ${printName(table)} is ${type.name.name}, which no column can be`) : undefined;
}

const pseudoTypes: ReadonlySet<string> = new Set(
  'any anyarray anycompatible anyelement anyenum anynonarray anyrange cstring event_trigger internal record trigger unknown void'.split(' '),
);

function typeOf({ gives }: Expression): ColumnType | undefined {
  return gives === 'string' ? undefined : gives;
}

/** `assignment`: by itself, where a value is stored. */
function canBecome(from: ColumnType, to: ColumnType, how: 'assignment' | 'explicit', { after, version }: RefusalFacts): boolean | 'unknown' {
  const [source, target] = [knownType(from, after, version), knownType(to, after, version)];
  if (source === undefined || target === undefined || after.parts.typesAreExtended) return 'unknown';
  if (isSameType(source, target)) return true;
  if (source.kind === 'builtin' && target.kind === 'builtin') {
    const cast = findCast(source.name, target.name, version);
    return cast !== 'none' && (how === 'explicit' || cast.context !== 'explicit');
  }
  return isArray(source) || isArray(target) ? 'unknown' : canEnumBecome(source, target, how);
}

/** An enum becomes a string where it is stored in one; of a string it is made where the SQL says so. */
function canEnumBecome(source: KnownType, target: KnownType, how: 'assignment' | 'explicit'): boolean | 'unknown' {
  if (source.kind === 'composite' || target.kind === 'composite') return 'unknown';
  const isString = (type: KnownType): boolean => type.kind === 'builtin' && strings.has(type.name);
  if (isString(target)) return true;
  return isString(source) ? how === 'explicit' : false;
}

function isArray(type: KnownType): boolean {
  return type.kind === 'builtin' ? type.name.startsWith('_') : type.isArray;
}

const strings: ReadonlySet<string> = new Set(['bpchar', 'char', 'citext', 'name', 'text', 'varchar']);
