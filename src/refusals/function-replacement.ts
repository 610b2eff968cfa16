// CREATE OR REPLACE of a function that changes what its callers see. Source: ProcedureCreate() in src/backend/catalog/pg_proc.c.

import type { FunctionInfo, FunctionSignature, ReturnedType } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { ChangeOf } from '../model/change.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import { isMeant } from '../model/overload.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { PostgresVersion } from '../model/version.ts';
import { isBuiltinType } from '../postgres/types.ts';
import { firstOf, refuse, type RefusalFacts } from './facts.ts';
import { plainName } from './types.ts';

export function functionReplacementRefusal(change: ChangeOf<'create-function'>, { before, version }: RefusalFacts): Impossibility | undefined {
  const name = before.creationName(change.function);
  const old = change.replace ? replaced(name, change.argumentTypes, before) : undefined;
  if (old === undefined) return undefined;
  const [was, now] = [old.signature, change.signature];
  if (was.kind !== now.kind) return refuse('impossible-replacement', '42809', `${printName(name)} is a ${was.kind}, and can't be replaced by a ${now.kind}`);
  return firstOf(
    () => (was.kind === 'procedure' ? undefined : returnRefusal(name, was.returns, now.returns, before, version)),
    () => nameRefusal(name, was, now),
    () => defaultRefusal(name, was, now),
  );
}

/** The one with the same arguments, where it is certain that it is there. */
function replaced(name: QualifiedName, argumentTypes: readonly string[], catalog: Catalog): FunctionInfo | undefined {
  const overloads = (catalog.parts.functions.get(printName(name)) ?? []).filter((one) => isMeant(one, argumentTypes));
  const [old] = overloads;
  if (old === undefined || overloads.length > 1 || old.inDoubt || String(old.argumentTypes) !== String(argumentTypes)) return undefined;
  return catalog.isDoubted(name, old.born) ? undefined : old;
}

/** 42P13: "cannot change return type of existing function". */
function returnRefusal(
  name: QualifiedName,
  was: ReturnedType | undefined,
  now: ReturnedType | undefined,
  catalog: Catalog,
  version: PostgresVersion,
): Impossibility | undefined {
  if (was === undefined || now === undefined) return undefined;
  const isOther = (left: string, right: string): boolean => isOtherType(left, right, catalog, version);
  const isOtherRow =
    was.columns.length !== now.columns.length ||
    was.columns.some((column, place) => column.name !== now.columns[place]?.name || isOther(column.type, now.columns[place].type));
  if (was.isSet === now.isSet && !isOther(was.type, now.type) && !isOtherRow) return undefined;
  const message = `${printName(name)} returns ${inWords(was)}, and OR REPLACE can't make it return ${inWords(now)}`;
  return refuse('impossible-replacement', '42P13', message, { help: dropFirst });
}

const dropFirst = 'Drop the function first, in the same transaction, or make one of another name';

/** A type of the history may have got another name since: one of the two is PostgreSQL's own. */
function isOtherType(left: string, right: string, catalog: Catalog, version: PostgresVersion): boolean {
  return left !== right && [left, right].some((type) => isOwn(type, catalog, version)) && ![left, right].some((type) => isHidden(type, catalog));
}

function isOwn(type: string, catalog: Catalog, version: PostgresVersion): boolean {
  const element = elementOf(type);
  return !element.includes('.') && isBuiltinType(element, version) && catalog.knownType(element) === undefined;
}

/** The history has a type that is called like PostgreSQL's own. */
function isHidden(type: string, catalog: Catalog): boolean {
  const element = elementOf(type);
  return !element.includes('.') && isBuiltinType(element, 18) && catalog.knownType(element) !== undefined;
}

function elementOf(type: string): string {
  return type.replace(/\[\]$/, '');
}

function inWords({ isSet, type, columns }: ReturnedType): string {
  const row = columns.length > 0 ? `(${columns.map((column) => `${column.name} ${plainWords(column.type)}`).join(', ')})` : plainWords(type);
  return isSet && columns.length === 0 ? `SETOF ${row}` : isSet ? `TABLE ${row}` : row;
}

function plainWords(type: string): string {
  return type.replace(/^[^[]+/, plainName);
}

/** 42P13: "cannot change name of input parameter". */
function nameRefusal(name: QualifiedName, was: FunctionSignature, now: FunctionSignature): Impossibility | undefined {
  const place = was.names.findIndex((argument, index) => argument !== '' && argument !== now.names[index]);
  if (place < 0) return undefined;
  const next = now.names[place] || 'nothing';
  return refuse('impossible-replacement', '42P13', `An argument of ${printName(name)} is called ${was.names[place]}, and OR REPLACE can't call it ${next}`, {
    help: `Keep the name ${was.names[place]}, or drop the function first, in the same transaction`,
  });
}

/** 42P13: "cannot remove parameter defaults from existing function". */
function defaultRefusal(name: QualifiedName, was: FunctionSignature, now: FunctionSignature): Impossibility | undefined {
  if (now.defaults >= was.defaults) return undefined;
  const message = `${printName(name)} has ${was.defaults} arguments with a default, and OR REPLACE can't take one away`;
  return refuse('impossible-replacement', '42P13', was.defaults === 1 ? message.replace('1 arguments', 'one argument').replace('one away', 'it away') : message, { help: dropFirst });
}
