// What can't be done to a constraint, and triggers that can't be.
// Source: ATExecAlterConstraint(), ATExecValidateConstraint(), ATExecDropConstraint() and ATAddCheckNNConstraint() in
// src/backend/commands/tablecmds.c; CreateTriggerFiringOn() in src/backend/commands/trigger.c.

import type { ChangeOf } from '../model/change.ts';
import type { CheckConstraint } from '../model/constraint.ts';
import { printName } from '../model/names.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Relation, TableConstraint } from '../model/relation.ts';
import { firstOf, kindWords, nameOf, refuse, shown, whole, type MoreOfIt, type RefusalFacts } from './facts.ts';
import { droppedNotNullRefusal } from './not-null.ts';

function impossible(code: string, message: string, more: MoreOfIt = {}): Impossibility {
  return refuse('impossible-action', code, message, more);
}

const words: Readonly<Record<TableConstraint['type'], string>> = {
  check: 'a CHECK',
  'foreign-key': 'a foreign key',
  unique: 'a unique key',
  'primary-key': 'a primary key',
  exclusion: 'an exclusion constraint',
  'not-null': 'a NOT NULL constraint',
};

/**
 * 42P16, from 18 on: "constraint must be altered in child tables too". 42809: "is not a foreign key constraint", "cannot alter enforceability of constraint",
 * "… is not a not-null constraint". 55000: "cannot alter inherited constraint".
 */
export function alterConstraintRefusal({ table, only, constraint, enforced, deferral, noInherit }: ChangeOf<'alter-constraint'>, { before, version }: RefusalFacts): Impossibility | undefined {
  const named = shown(table, before);
  if (version >= 18 && only && named?.kind === 'partitioned-table') {
    return impossible('42P16', `${nameOf(named)} is partitioned: ${constraint} can't be altered ONLY there`, { help: 'Leave out ONLY', isOfTable: true });
  }
  const own = whole(table, before);
  const found = own?.constraints.get(constraint);
  if (own === undefined || found === undefined) return undefined;
  const place = `${constraint} of ${printName(before.qualify(table))} is ${words[found.type]}`;
  if (version < 18 && found.type !== 'foreign-key') return impossible('42809', `${place}: ALTER CONSTRAINT is for foreign keys alone`, { until: 17 });
  if (enforced !== undefined && found.type !== 'foreign-key') {
    return impossible('42809', `${place}: ALTER CONSTRAINT can make a foreign key alone ENFORCED or not`, { help: 'Drop the constraint and add it again, NOT VALID, and validate it then' });
  }
  if (deferral !== undefined && found.type !== 'foreign-key') return impossible('42809', `${place}: ALTER CONSTRAINT can make a foreign key alone deferrable`);
  if (noInherit !== undefined && found.type !== 'not-null') return impossible('42809', `${place}: ALTER CONSTRAINT … INHERIT is for NOT NULL constraints`);
  const parent = noInherit ? passingParent(own, found, before) : undefined;
  return parent && impossible('55000', `${constraint} of ${nameOf(own)} comes from ${nameOf(parent)}, and can't be NO INHERIT here alone`);
}

/** 42809: "is not a foreign key or check constraint". */
export function validateRefusal({ table, constraint }: ChangeOf<'validate-constraint'>, { before, version }: RefusalFacts): Impossibility | undefined {
  const found = whole(table, before)?.constraints.get(constraint);
  const isOther = found && (found.type === 'unique' || found.type === 'primary-key' || found.type === 'exclusion' || (found.type === 'not-null' && version < 18));
  return isOther ? impossible('42809', `${constraint} of ${printName(before.qualify(table))} is ${words[found.type]}, which is always valid and can't be validated`) : undefined;
}

/** 42P16: "cannot drop inherited constraint", "cannot remove constraint from only the partitioned table when partitions exist". */
export function dropConstraintRefusal(change: ChangeOf<'drop-constraint'>, facts: RefusalFacts): Impossibility | undefined {
  return firstOf(
    () => inheritedRefusal(change.table, change.constraint, 'dropped', facts),
    () => inheritedKeyRefusal(change, facts),
    () => droppedNotNullRefusal(change, facts),
    () => (change.only ? onlyRefusal(change, facts) : undefined),
  );
}

/** Keys and foreign keys that a partition has because the table above it has them. */
function inheritedKeyRefusal({ table, constraint }: ChangeOf<'drop-constraint'>, { before }: RefusalFacts): Impossibility | undefined {
  const own = whole(table, before);
  const found = own?.constraints.get(constraint);
  const parent = own?.partitionOf && whole(own.partitionOf.parent, before);
  if (!own || !found || !parent) return undefined;
  const partOf = own.indexes.get(constraint)?.partOf;
  const isKey = found.type === 'primary-key' || found.type === 'unique' || found.type === 'exclusion';
  const isInherited = found.type === 'foreign-key' ? !found.local : isKey && partOf !== undefined && parent.constraints.has(partOf);
  return isInherited ? impossible('42P16', `${constraint} of ${nameOf(own)} comes from ${nameOf(parent)}, and can't be dropped here alone`, { help: `Drop it from ${nameOf(parent)}: what is below it follows` }) : undefined;
}

/** A CHECK, up to 17; from then on, partitions have it by themselves. */
function onlyRefusal({ table, constraint }: ChangeOf<'drop-constraint'>, { before, version }: RefusalFacts): Impossibility | undefined {
  const own = whole(table, before);
  const found = own?.constraints.get(constraint);
  const isPassedOn = version < 18 && found?.type === 'check' && !found.noInherit;
  const child = own?.kind === 'partitioned-table' && isPassedOn ? own.children.values().find((name) => shown(name, before)) : undefined;
  return own && child && impossible('42P16', `${constraint} of ${nameOf(own)} can't be dropped ONLY there: ${printName(child)} is below it`, { help: 'Leave out ONLY', until: 17 });
}

/** 42P16: "cannot rename inherited constraint". */
export function renameConstraintRefusal({ table, constraint }: ChangeOf<'rename-constraint'>, facts: RefusalFacts): Impossibility | undefined {
  return inheritedRefusal(table, constraint, 'renamed', facts);
}

function inheritedRefusal(table: ChangeOf<'drop-constraint'>['table'], constraint: string, deed: string, { before, version }: RefusalFacts): Impossibility | undefined {
  const own = whole(table, before);
  const found = own?.constraints.get(constraint);
  if (!own || !(found?.type === 'check' || (found?.type === 'not-null' && version >= 18))) return undefined;
  const parent = passingParent(own, found, before);
  if (parent === undefined) return undefined;
  return impossible('42P16', `${constraint} of ${nameOf(own)} comes from ${nameOf(parent)}, and can't be ${deed} here alone`, { help: `Do it to ${nameOf(parent)}: what is below it follows` });
}

/** The table above that hands it down. */
function passingParent(own: Relation, constraint: TableConstraint, before: RefusalFacts['before']): Relation | undefined {
  const above = own.partitionOf ? [own.partitionOf.parent] : own.parents;
  return above.flatMap((name) => whole(name, before) ?? []).find((one) => isPassing(one, constraint));
}

/** Does the parent hand it down? A CHECK by its name, a NOT NULL by its column. */
function isPassing({ constraints }: Relation, own: TableConstraint): boolean {
  if (own.type === 'not-null') return constraints.some((one) => one.type === 'not-null' && !one.noInherit && one.columns.join() === own.columns.join());
  const found = constraints.get(own.name);
  return found?.type === 'check' && !found.noInherit;
}

/** 42P16: "constraint must be added to child tables too", "cannot add NO INHERIT constraint to partitioned table". */
export function addedCheckRefusal(constraint: CheckConstraint, own: Relation, only: boolean, { before }: RefusalFacts): Impossibility | undefined {
  if (constraint.noInherit) {
    return own.kind === 'partitioned-table' ? impossible('42P16', `${nameOf(own)} is partitioned, and its CHECKs can't be NO INHERIT`) : undefined;
  }
  const child = only ? own.children.values().find((name) => shown(name, before)) : undefined;
  return child && impossible('42P16', `A CHECK can't be added to ${nameOf(own)} ONLY: ${printName(child)} is below it`, { help: 'Leave out ONLY, or say NO INHERIT' });
}

export function triggerRefusal(change: ChangeOf<'create-trigger'>, { before }: RefusalFacts): Impossibility | undefined {
  const own = shown(change.table, before);
  if (own === undefined) return undefined;
  return firstOf(
    () => holderRefusal(change, own),
    () => formRefusal(change, own),
    () => functionRefusal(change, before),
  );
}

/** 42809: "is a table", "is a view", "relation cannot have triggers". */
function holderRefusal({ timing, level, events, name }: ChangeOf<'create-trigger'>, own: Relation): Impossibility | undefined {
  const isView = own.kind === 'view';
  if (own.kind === 'materialized-view' || own.kind === 'sequence') return impossible('42809', `${nameOf(own)} is ${kindWords[own.kind]}, which can't have a trigger`);
  if (timing === 'instead' && !isView) return impossible('42809', `${nameOf(own)} is ${kindWords[own.kind]}: INSTEAD OF triggers like ${name} are for views`);
  if (!isView) return undefined;
  if (timing !== 'instead' && level === 'row') {
    return impossible('42809', `${nameOf(own)} is a view: a trigger FOR EACH ROW like ${name} has to be INSTEAD OF there`);
  }
  return events.includes('truncate') ? impossible('42809', `${nameOf(own)} is a view, which can't be truncated: ${name} can't be a trigger for it`) : undefined;
}

/** 0A000: "TRUNCATE FOR EACH ROW triggers are not supported", "ROW triggers with transition tables are not supported on partitions". */
function formRefusal({ timing, level, events, seesTable, name }: ChangeOf<'create-trigger'>, own: Relation): Impossibility | undefined {
  if (timing === 'instead' && level === 'statement') return impossible('0A000', `${name} is INSTEAD OF, and so it has to be FOR EACH ROW`);
  if (level === 'row' && events.includes('truncate')) return impossible('0A000', `${name} is for TRUNCATE, and so it has to be FOR EACH STATEMENT`);
  if (!seesTable || timing !== 'after') return undefined;
  if (events.length > 1) return impossible('0A000', `${name} names a table of its rows, and so it can be for one event alone, and not for ${events.length}`);
  const isChild = level === 'row' && (own.partitionOf !== undefined || own.parents.length > 0);
  return isChild ? impossible('0A000', `${nameOf(own)} is below another table: a trigger FOR EACH ROW like ${name} can't name a table of its rows there`) : undefined;
}

/** 42P17: "function must return type trigger". */
function functionRefusal({ function: name }: ChangeOf<'create-trigger'>, catalog: RefusalFacts['before']): Impossibility | undefined {
  const meant = catalog.function(name).filter(({ argumentTypes }) => argumentTypes.length === 0);
  const [only] = meant;
  const { returns } = only?.signature ?? {};
  if (meant.length !== 1 || only === undefined || returns === undefined || only.inDoubt || only.forTriggers) return undefined;
  const qualified = catalog.qualifyFunction(name);
  if (catalog.isDoubted(qualified, only.born)) return undefined;
  return impossible('42P17', `${printName(qualified)} returns ${returns.type}, and a trigger can run a function that returns trigger alone`);
}
