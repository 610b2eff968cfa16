// Partitions and children that don't fit to their parent. Source: ATExecAttachPartition(), ATExecDetachPartition(), ATExecAddInherit(),
// MergeAttributes(), MergeAttributesIntoExisting() and MergeConstraintsIntoExisting() in src/backend/commands/tablecmds.c.

import type { ChangeOf } from '../model/change.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Column, Relation } from '../model/relation.ts';
import { boundFormRefusal, boundRefusal } from './partition-bound.ts';
import { firstOf, kindWords, nameOf, refuse, shown, whole, type MoreOfIt, type RefusalFacts } from './facts.ts';
import { isOtherType, isSameType, knownType, typeInWords } from './types.ts';

function misfit(code: string, message: string, more: MoreOfIt = {}): Impossibility {
  return refuse('impossible-partition', code, message, more);
}

export function attachRefusal({ table, partition, bound }: ChangeOf<'attach-partition'>, facts: RefusalFacts): Impossibility | undefined {
  const { before } = facts;
  const [parent, child] = [shown(table, before), shown(partition, before)];
  return firstOf(
    () => (parent ? notPartitioned(parent, facts) ?? boundFormRefusal(parent, bound) : undefined),
    () => (child ? childKindRefusal(child) : undefined),
    () => (parent && child ? circleRefusal(child, parent, facts) : undefined),
    () => (parent && child ? persistenceRefusal(child, parent) : undefined),
    () => broughtColumnRefusal(table, partition, facts),
    () => (parent ? boundRefusal(parent, bound, before.qualify(partition), facts) : undefined),
    () => fittingRefusal(table, partition, facts),
  );
}

/** 42809, and 42P17 up to 14: "is not partitioned". */
function notPartitioned(parent: Relation, { version }: RefusalFacts): Impossibility | undefined {
  if (parent.kind === 'partitioned-table') return undefined;
  const isTable = parent.kind === 'table';
  return misfit(isTable && version < 15 ? '42P17' : '42809', `${nameOf(parent)} is ${kindWords[parent.kind]}, and has no partitions`);
}

/** 42809: "is already a partition", "cannot attach inheritance child as partition". */
function childKindRefusal(child: Relation): Impossibility | undefined {
  if (!['table', 'partitioned-table', 'foreign-table'].includes(child.kind)) return misfit('42809', `${nameOf(child)} is ${kindWords[child.kind]}, and can't be a partition`);
  if (child.partitionOf) return misfit('42809', `${nameOf(child)} is a partition already`);
  if (child.parents.length > 0) return misfit('42809', `${nameOf(child)} inherits from another table, and can't be a partition`);
  return child.children.length > 0 && child.kind === 'table' ? misfit('42809', `${nameOf(child)} has tables that inherit from it, and can't be a partition`) : undefined;
}

/** 42P07: "circular inheritance not allowed". */
function circleRefusal(child: Relation, parent: Relation, { before }: RefusalFacts): Impossibility | undefined {
  if (isSameName(child.name, parent.name)) return misfit('42P07', `${nameOf(child)} can't be below itself`);
  const isBelow = before.descendants(child.name).some(({ name }) => isSameName(name, parent.name) && shown(name, before));
  return isBelow ? misfit('42P07', `${nameOf(parent)} is below ${nameOf(child)}, and can't be above it as well`) : undefined;
}

/** 42809: "cannot attach a temporary relation as partition of permanent relation", and the other way round. */
function persistenceRefusal(child: Relation, parent: Relation): Impossibility | undefined {
  if ((child.persistence === 'temporary') === (parent.persistence === 'temporary')) return undefined;
  return misfit('42809', `${nameOf(child)} is ${child.persistence}, and can't be below ${nameOf(parent)}, which is ${parent.persistence}`);
}

/** 42804: "child table is missing column", "… has different type for column", "… must be marked NOT NULL", "… missing constraint". */
function fittingRefusal(above: RelationName, below: RelationName, facts: RefusalFacts): Impossibility | undefined {
  const [parent, child] = [whole(above, facts.before), whole(below, facts.before)];
  if (!parent || !child) return undefined;
  return firstOf(
    ...[...parent.columns.values()].map((column) => () => columnRefusal(column, parent, child, facts)),
    ...parent.constraints.map((one) => () => (one.type === 'check' && !one.noInherit ? missingCheck(one.name, parent, child) : undefined)),
  );
}

function columnRefusal(column: Column, parent: Relation, child: Relation, { before, version }: RefusalFacts): Impossibility | undefined {
  const own = child.columns.get(column.name);
  if (own === undefined) return misfit('42804', `${nameOf(child)} has no column ${column.name}, which ${nameOf(parent)} has`);
  if (isOtherType(own.type, column.type, before, version)) {
    return misfit('42804', `${column.name} of ${nameOf(child)} is ${typeInWords(own.type)}, and of ${nameOf(parent)} it is ${typeInWords(column.type)}`);
  }
  const isRequired = !column.nullable && !parent.constraints.some((one) => one.type === 'not-null' && one.noInherit && one.columns.includes(column.name));
  if (isRequired && own.nullable) {
    return misfit('42804', `${column.name} of ${nameOf(child)} may hold NULL, and of ${nameOf(parent)} it may not`, { help: `Make ${column.name} of ${nameOf(child)} NOT NULL first` });
  }
  if (column.generated && !own.generated) return misfit('42804', `${column.name} of ${nameOf(parent)} is generated, and of ${nameOf(child)} it is not`);
  if (!column.generated && own.generated && version >= 16) return misfit('42804', `${column.name} of ${nameOf(child)} is generated, and of ${nameOf(parent)} it is not`);
  return undefined;
}

function missingCheck(name: string, parent: Relation, child: Relation): Impossibility | undefined {
  const own = child.constraints.get(name);
  if (own?.type === 'check') return undefined;
  return misfit('42804', `${nameOf(parent)} has the CHECK ${name}, and ${nameOf(child)} has none that is called so`, {
    help: `Add the same CHECK under the name ${name} to ${nameOf(child)} first, NOT VALID and then validated`,
  });
}

/** 42804: "table contains column not found in parent". 55000: "table being attached contains an identity column", from 17 on. */
function broughtColumnRefusal(above: RelationName, below: RelationName, { before, version }: RefusalFacts): Impossibility | undefined {
  const [parent, child] = [whole(above, before), whole(below, before)];
  if (!parent || !child) return undefined;
  for (const { name, identity } of child.columns.values()) {
    if (identity && version >= 17) {
      return misfit('55000', `${name} of ${nameOf(child)} is an identity column, which a partition can't bring`, {
        help: `Make the table with LIKE … INCLUDING ALL EXCLUDING IDENTITY, or drop the identity first: as a partition it has that of ${nameOf(parent)}`,
      });
    }
    if (!parent.columns.has(name)) return misfit('42804', `${nameOf(child)} has a column ${name}, which ${nameOf(parent)} does not have`);
  }
  return undefined;
}

export function detachRefusal({ table, partition, mode }: ChangeOf<'detach-partition'>, facts: RefusalFacts): Impossibility | undefined {
  const { before } = facts;
  const parent = shown(table, before);
  if (parent === undefined) return undefined;
  return firstOf(
    () => notPartitioned(parent, facts),
    () => strangerRefusal(parent, partition, facts),
    () => (mode === 'concurrently' ? besideDefault(parent, facts) : undefined),
  );
}

/** 42P01: "relation is not a partition of relation". */
function strangerRefusal(parent: Relation, partition: RelationName, { before }: RefusalFacts): Impossibility | undefined {
  const child = shown(partition, before);
  if (child === undefined || whole(parent.name, before) === undefined || (child.partitionOf && isSameName(child.partitionOf.parent, parent.name))) return undefined;
  return misfit('42P01', `${nameOf(child)} is no partition of ${nameOf(parent)}`);
}

/** 55000: "cannot detach partitions concurrently when a default partition exists". */
function besideDefault(parent: Relation, { before }: RefusalFacts): Impossibility | undefined {
  const found = parent.defaultPartitions.values().find((name) => shown(name, before)?.partitionOf?.bound.kind === 'default');
  if (found === undefined) return undefined;
  return misfit('55000', `${nameOf(parent)} has a default partition, and PostgreSQL can't detach one CONCURRENTLY beside it`, {
    help: 'Detach it without CONCURRENTLY, with a short lock_timeout: it takes a moment, but locks the whole table',
  });
}

export function inheritRefusal({ table, parent: above }: ChangeOf<'inherit'>, facts: RefusalFacts): Impossibility | undefined {
  const [child, parent] = [shown(table, facts.before), shown(above, facts.before)];
  return firstOf(
    () => (child ? changeRefusal(child) : undefined),
    () => (parent ? parentRefusal(parent) : undefined),
    () => (child && parent ? repeatedRefusal(child, parent, facts) ?? circleRefusal(child, parent, facts) : undefined),
    () => fittingRefusal(above, table, facts),
  );
}

/** 42P07: "would be inherited from more than once". */
function repeatedRefusal(child: Relation, parent: Relation, { before }: RefusalFacts): Impossibility | undefined {
  if (whole(child.name, before) === undefined || !child.parents.some((name) => isSameName(name, parent.name))) return undefined;
  return misfit('42P07', `${nameOf(child)} inherits from ${nameOf(parent)} already`);
}

export function noInheritRefusal({ table }: ChangeOf<'no-inherit'>, { before }: RefusalFacts): Impossibility | undefined {
  const child = shown(table, before);
  return child?.partitionOf ? misfit('42809', `${nameOf(child)} is a partition: NO INHERIT is for other children`, { help: 'Use DETACH PARTITION' }) : undefined;
}

/** 42809: "cannot change inheritance of a partition", "… of partitioned table", "… of typed table". */
function changeRefusal(child: Relation): Impossibility | undefined {
  if (child.partitionOf) return misfit('42809', `${nameOf(child)} is a partition, and can't inherit from another table`);
  if (child.kind === 'partitioned-table') return misfit('42809', `${nameOf(child)} is partitioned, and can't inherit from another table`);
  return child.ofType ? misfit('42809', `${nameOf(child)} is a table of a type, and can't inherit from another table`) : undefined;
}

/** 42809: "cannot inherit from partitioned table", "… from partition", "inherited relation is not a table". */
function parentRefusal(parent: Relation): Impossibility | undefined {
  if (parent.kind === 'partitioned-table') return misfit('42809', `${nameOf(parent)} is partitioned: a table can be its partition, and not inherit from it`);
  if (parent.kind !== 'table' && parent.kind !== 'foreign-table') return misfit('42809', `${nameOf(parent)} is ${kindWords[parent.kind]}, and no table can inherit from it`);
  return parent.partitionOf ? misfit('42809', `${nameOf(parent)} is a partition, and no table can inherit from it`) : undefined;
}

/** CREATE TABLE … INHERITS, which PostgreSQL looks at before the table gets its name. */
export function saidParentsRefusal({ inherits, columns, persistence }: ChangeOf<'create-table'>, table: QualifiedName, facts: RefusalFacts): Impossibility | undefined {
  const parents = inherits.flatMap((name) => shown(name, facts.before) ?? []);
  return firstOf(
    ...parents.map((above) => () => parentRefusal(above) ?? temporaryParent(persistence, table, above) ?? conflictRefusal(columns, table, above, facts)),
    () => parentsRefusal(table, parents, facts),
  );
}

/** CREATE TABLE … PARTITION OF. `own`: as if it were made. */
export function newChildRefusal({ partitionOf }: ChangeOf<'create-table'>, own: Relation, { before }: RefusalFacts): Impossibility | undefined {
  const parent = partitionOf && shown(partitionOf.parent, before);
  return firstOf(
    () => (parent && parent.kind !== 'partitioned-table' ? noPartitions(parent) : undefined),
    () => (parent ? persistenceRefusal(own, parent) : undefined),
  );
}

/** Its bounds, at which PostgreSQL looks behind the defaults of its columns. */
export function newBoundRefusal({ partitionOf }: ChangeOf<'create-table'>, own: Relation, facts: RefusalFacts): Impossibility | undefined {
  const parent = partitionOf && shown(partitionOf.parent, facts.before);
  return parent && partitionOf && (boundFormRefusal(parent, partitionOf.bound) ?? boundRefusal(parent, partitionOf.bound, own.name, facts));
}

function noPartitions(parent: Relation): Impossibility {
  return misfit(parent.kind === 'table' || parent.kind === 'foreign-table' ? '42P17' : '42809', `${nameOf(parent)} is ${kindWords[parent.kind]}, and has no partitions`);
}

/** 42809: "cannot inherit from temporary relation". */
function temporaryParent(persistence: Relation['persistence'], table: QualifiedName, parent: Relation): Impossibility | undefined {
  return persistence !== 'temporary' && parent.persistence === 'temporary' ? misfit('42809', `${nameOf(parent)} is temporary, and ${printName(table)} can't inherit from it`) : undefined;
}

/** 42804: "column has a type conflict". */
function conflictRefusal(columns: ChangeOf<'create-table'>['columns'], table: QualifiedName, above: Relation, { before, version }: RefusalFacts): Impossibility | undefined {
  const parent = whole(above.name, before);
  for (const { name, type } of columns) {
    const inherited = parent?.columns.get(name);
    const [left, right] = [knownType(type, before, version), inherited && knownType(inherited.type, before, version)];
    if (!inherited || !left || !right || isSameType(left, right)) continue;
    return misfit('42804', `${name} of ${printName(table)} is ${typeInWords(type)}, and in ${nameOf(above)}, which it inherits from, it is ${typeInWords(inherited.type)}`);
  }
  return undefined;
}

/** The same of a column that two parents have. */
function parentsRefusal(table: QualifiedName, parents: readonly Relation[], { before, version }: RefusalFacts): Impossibility | undefined {
  const seen = new Map<string, { readonly column: Column; readonly of: Relation }>();
  for (const parent of parents) {
    for (const column of whole(parent.name, before)?.columns.values() ?? []) {
      const other = seen.get(column.name);
      if (other === undefined) seen.set(column.name, { column, of: parent });
      else if (isOtherType(column.type, other.column.type, before, version)) {
        return misfit('42804', `${printName(table)} can't inherit ${column.name} twice: in ${nameOf(other.of)} it is ${typeInWords(other.column.type)}, and in ${nameOf(parent)} ${typeInWords(column.type)}`);
      }
    }
  }
  return undefined;
}
