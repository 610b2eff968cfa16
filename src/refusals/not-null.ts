// NOT NULL constraints that can't be, or can't go, mostly from 18 on, where they have names. Source: AdjustNotNullInheritance() in
// src/backend/catalog/pg_constraint.c, ATExecAddConstraint() and dropconstraint_internal() in src/backend/commands/tablecmds.c.

import type { ChangeOf } from '../model/change.ts';
import type { NotNullConstraint } from '../model/constraint.ts';
import type { Impossibility } from '../model/impossibility.ts';
import { printName, type QualifiedName } from '../model/names.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import { firstOf, nameOf, refuse, shown, whole, type MoreOfIt, type RefusalFacts } from './facts.ts';

type NotNull = Extract<TableConstraint, { readonly type: 'not-null' }>;

function impossible(code: string, message: string, more: MoreOfIt = {}): Impossibility {
  return refuse('impossible-action', code, message, more);
}

/** `old`: without it. */
export function addedNotNullRefusal(change: ChangeOf<'add-constraint'>, constraint: NotNullConstraint, old: Relation, facts: RefusalFacts): Impossibility | undefined {
  const [column] = constraint.columns;
  if (facts.version < 18 || column === undefined || !old.columns.has(column)) return undefined;
  const there = notNullOf(old, column);
  return firstOf(
    () => (there ? conflictRefusal(constraint, there, column, old) : keyRefusal(change, constraint, column, old, facts)),
    () => childrenRefusal(change, constraint, column, old, facts),
  );
}

/** 55000: "cannot change NO INHERIT status", "cannot create not-null constraint", "incompatible NOT VALID constraint". */
function conflictRefusal({ name, noInherit, valid }: NotNullConstraint, there: NotNull, column: string, old: Relation): Impossibility | undefined {
  const words = `${column} of ${nameOf(old)} is NOT NULL by ${there.name} already`;
  if (noInherit !== there.noInherit) return impossible('55000', `${words}, which is ${there.noInherit ? '' : 'not '}NO INHERIT, and can't become otherwise by another one`);
  if (name !== undefined && name !== there.name) return impossible('55000', `${words}, and can't have ${name} as well`, { help: `Leave it out, or rename ${there.name}` });
  return valid && !there.valid ? impossible('55000', `${words}, which is NOT VALID`, { help: `Use VALIDATE CONSTRAINT ${there.name}` }) : undefined;
}

/** 55000: the primary key that the statement says before it has made one of another name. */
function keyRefusal({ span }: ChangeOf<'add-constraint'>, { name }: NotNullConstraint, column: string, old: Relation, { beside }: RefusalFacts): Impossibility | undefined {
  if (name === undefined || name.endsWith('_not_null')) return undefined;
  const isBefore = beside.some(
    (one) => one.kind === 'add-constraint' && one.constraint.type === 'primary-key' && one.constraint.columns.includes(column) && one.span.start < span.start,
  );
  return isBefore ? impossible('55000', `The primary key makes ${column} of ${nameOf(old)} NOT NULL, which can't have ${name} as well`, { help: `Add ${name} before the key` }) : undefined;
}

/** 42P16: "constraint must be added to child tables too". 55000: "cannot change NO INHERIT status" of a table below. */
function childrenRefusal({ only }: ChangeOf<'add-constraint'>, { noInherit }: NotNullConstraint, column: string, old: Relation, { before }: RefusalFacts): Impossibility | undefined {
  if (noInherit) return undefined;
  if (only) {
    const child = notNullOf(old, column) ? undefined : old.children.values().find((name) => shown(name, before));
    return child && impossible('42P16', `NOT NULL can't be added to ${column} of ${nameOf(old)} ONLY: ${printName(child)} is below it`, { help: 'Leave out ONLY, or say NO INHERIT' });
  }
  if (notNullOf(old, column)) return undefined;
  const children = before.descendants(old.name).flatMap(({ name }) => whole(name, before) ?? []);
  const child = children.find((one) => notNullOf(one, column)?.noInherit);
  return child && impossible('55000', `${column} of ${nameOf(child)}, which is below ${nameOf(old)}, has a NOT NULL that is NO INHERIT`, { help: 'Say ALTER CONSTRAINT … INHERIT of it first' });
}

/** SET NOT NULL. 0A000: "cannot change NO INHERIT status". 42P16: "constraint must be added to child tables too". */
export function setNotNullRefusal({ table, column, only }: ChangeOf<'set-not-null'>, { before, version }: RefusalFacts): Impossibility | undefined {
  const own = whole(table, before);
  if (own && only && own.kind === 'partitioned-table' && own.columns.get(column)?.nullable) {
    const partition = own.children.values().flatMap((name) => whole(name, before) ?? []).find((one) => version >= 18 || one.columns.get(column)?.nullable);
    return partition && impossible('42P16', `${column} of ${nameOf(own)} can't be made NOT NULL ONLY there: ${nameOf(partition)} is below it`, { help: 'Leave out ONLY' });
  }
  const there = own && version >= 18 ? notNullOf(own, column) : undefined;
  if (!own || !there?.noInherit) return undefined;
  return impossible('0A000', `${column} of ${nameOf(own)} is NOT NULL by ${there.name} already, which is NO INHERIT, and SET NOT NULL is for the tables below too`, {
    help: `Say ALTER CONSTRAINT ${there.name} INHERIT`,
  });
}

/** 55000: "column is an identity column". 42P16: "column is in a primary key". */
export function droppedNotNullRefusal({ table, constraint }: ChangeOf<'drop-constraint'>, { before, beginning, version }: RefusalFacts): Impossibility | undefined {
  const own = version < 18 ? undefined : whole(table, before);
  const found = own?.constraints.get(constraint);
  if (!own || found?.type !== 'not-null') return undefined;
  const place = `${constraint} of ${nameOf(own)} is what makes ${found.columns.join(', ')} NOT NULL`;
  const isInKey = [before, beginning].every((catalog) => whole(table, catalog)?.constraints.some((one) => one.type === 'primary-key' && found.columns.every((name) => one.columns.includes(name))));
  if (isInKey) return impossible('42P16', `${place}, which is in the primary key`);
  return found.columns.some((name) => own.columns.get(name)?.identity) ? impossible('55000', `${place}, which is an identity column`) : undefined;
}

/** 42601: "conflicting not-null constraint names", of one that the column and one that the table says; XX000, where the column says both. */
export function namesRefusal({ columns, constraints }: ChangeOf<'create-table'>, table: QualifiedName, { version }: RefusalFacts): Impossibility | undefined {
  if (version < 18) return undefined;
  for (const column of columns) {
    const own = column.constraints.filter(({ type }) => type === 'not-null');
    const other = constraints.filter((one) => one.type === 'not-null' && one.columns.includes(column.name));
    const names = [...new Set([...own, ...other].flatMap(({ name }) => name ?? []))];
    const ofColumn = new Set(own.flatMap(({ name }) => name ?? []));
    if (names.length > 1) return impossible(ofColumn.size > 1 ? 'XX000' : '42601', `${column.name} of ${printName(table)} is NOT NULL by ${names.join(' and ')}, and can be by one alone`);
  }
  return undefined;
}

function notNullOf({ constraints }: Relation, column: string): NotNull | undefined {
  return constraints.values().find((one): one is NotNull => one.type === 'not-null' && one.columns[0] === column);
}
