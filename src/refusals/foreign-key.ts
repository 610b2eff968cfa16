// Foreign keys that can't be. Source: ATAddForeignKeyConstraint(), transformFkeyGetPrimaryKey() and transformFkeyCheckAttrs() in
// src/backend/commands/tablecmds.c.

import type { ForeignKeyConstraint } from '../model/constraint.ts';
import { isSameName } from '../model/names.ts';
import type { Persistence } from '../model/changes/table-changes.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { Index, Relation } from '../model/relation.ts';
import { canReferTo } from '../postgres/operator-classes.ts';
import { list } from '../text/list.ts';
import { firstOf, kindWords, nameOf, refuse, shown, whole, type RefusalFacts } from './facts.ts';
import { isSameType, knownType, typeInWords } from './types.ts';

/** `own`: the table with all that the statement gives it. */
export function foreignKeyRefusal(key: ForeignKeyConstraint, own: Relation, facts: RefusalFacts): Impossibility | undefined {
  const target = isSameName(facts.after.qualify(key.references), own.name) ? own : shown(key.references, facts.before);
  if (target === undefined) return undefined;
  return firstOf(
    () => kindRefusal(own, target),
    () => persistenceRefusal(own, target),
    () => (target === own || whole(target.name, facts.before) ? keyRefusal(key, own, target, facts) : undefined),
  );
}

/** 42809: "cannot use ONLY for foreign key on partitioned table". */
export function onlyRefusal(own: Relation): Impossibility | undefined {
  if (own.kind !== 'partitioned-table') return undefined;
  return refuse('impossible-key', '42809', `${nameOf(own)} is partitioned: a foreign key of it can't be added to it ONLY`);
}

/** 42809: "referenced relation is not a table". 0A000: "foreign key constraints are not supported on foreign tables". */
function kindRefusal(own: Relation, target: Relation): Impossibility | undefined {
  if (own.kind === 'foreign-table') return refuse('impossible-key', '0A000', `${nameOf(own)} is a foreign table, which can't have a foreign key`);
  if (target.kind === 'table' || target.kind === 'partitioned-table') return undefined;
  return refuse('impossible-key', '42809', `${nameOf(target)} is ${kindWords[target.kind]}: a foreign key can refer to a table alone`, { isOfTable: true });
}

const mayReferTo: Readonly<Record<Persistence, readonly Persistence[]>> = {
  permanent: ['permanent'],
  unlogged: ['permanent', 'unlogged'],
  temporary: ['temporary'],
};

/** 42P16: "constraints on permanent tables may reference only permanent tables", and its kin. */
function persistenceRefusal(own: Relation, target: Relation): Impossibility | undefined {
  if (mayReferTo[own.persistence].includes(target.persistence)) return undefined;
  const message = `${nameOf(target)} is ${target.persistence}, and ${nameOf(own)} is ${own.persistence}: its foreign key can't refer to such a table`;
  return refuse('impossible-key', '42P16', message);
}

function keyRefusal(key: ForeignKeyConstraint, own: Relation, target: Relation, facts: RefusalFacts): Impossibility | undefined {
  const primary = target.constraints.find(({ type }) => type === 'primary-key');
  const columns = key.referencedColumns.length > 0 ? key.referencedColumns : primary?.type === 'primary-key' ? primary.columns : [];
  if (columns.length === 0) {
    return refuse('impossible-key', '42704', `${nameOf(target)} has no primary key, which a foreign key without columns refers to`);
  }
  if (key.temporal || !columns.every((column) => target.columns.has(column)) || !key.columns.every((column) => own.columns.has(column))) return undefined;
  if (key.columns.length !== columns.length) {
    const message = `The foreign key of ${nameOf(own)} has ${count(key.columns)}, and what it refers to in ${nameOf(target)} has ${count(columns)}`;
    return refuse('impossible-key', '42830', message);
  }
  return firstOf(
    () => uniquenessRefusal(columns, own, target),
    () => typeRefusal(key.columns, columns, own, target, facts),
    () => virtualRefusal(key.columns, own),
    () => (key.valid || facts.version >= 18 ? ownPartRefusal(own, target, facts) : undefined),
  );
}

/** 55006: "cannot ALTER TABLE because it is being used by active queries in this session". Source: addFkRecurseReferencing(). A partitioned table takes none NOT VALID before 18. */
function ownPartRefusal(own: Relation, target: Relation, { before }: RefusalFacts): Impossibility | undefined {
  if (!before.partitionedAbove(target.name).some(({ name }) => isSameName(name, own.name))) return undefined;
  return refuse('impossible-key', '55006', `${nameOf(target)} is a partition of ${nameOf(own)}, whose foreign key can't refer to a part of it`, {
    help: `Refer to ${nameOf(own)} itself`,
  });
}

function count(columns: readonly string[]): string {
  return columns.length === 1 ? 'one column' : `${columns.length} columns`;
}

/** 42830: "there is no unique constraint matching given keys", "foreign key must use PERIOD". 55000: "cannot use a deferrable unique constraint". */
function uniquenessRefusal(columns: readonly string[], own: Relation, target: Relation): Impossibility | undefined {
  const isKey = (index: Index): boolean =>
    index.unique && index.valid && index.predicate === undefined && index.expressions.length === 0 && hasSame(index.columns, columns);
  const keys = target.indexes.filter(isKey);
  const isDeferrable = ({ name }: Index): boolean => {
    const constraint = target.constraints.get(name);
    return constraint !== undefined && 'deferrable' in constraint && constraint.deferrable;
  };
  const place = `${nameOf(target)} (${columns.join(', ')})`;
  const usable = keys.filter((index) => !isDeferrable(index));
  if (usable.length > 0) {
    const isTemporal = usable.every(({ method }) => method === 'gist');
    return isTemporal ? refuse('impossible-key', '42830', `The key of ${place} is WITHOUT OVERLAPS: a foreign key of ${nameOf(own)} that refers to it has to say PERIOD`) : undefined;
  }
  if (keys.length > 0) {
    return refuse('impossible-key', '55000', `The key of ${place} is deferrable: a foreign key of ${nameOf(own)} can't refer to it`);
  }
  const almost = target.indexes.find((index) => index.unique && index.predicate !== undefined && hasSame(index.columns, columns));
  const reason = almost ? `is unique only where the condition of ${almost.name} holds` : 'is not unique';
  return refuse('impossible-key', '42830', `${place} ${reason}: a foreign key of ${nameOf(own)} can't refer to it`, {
    help: `Make ${list([...columns])} unique first, with CREATE UNIQUE INDEX CONCURRENTLY without a WHERE, in a migration of its own`,
  });
}

/** In any order. */
function hasSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((column) => right.includes(column)) && right.every((column) => left.includes(column));
}

/** 42804: "foreign key constraint cannot be implemented". */
function typeRefusal(
  columns: readonly string[],
  referenced: readonly string[],
  own: Relation,
  target: Relation,
  { after, version }: RefusalFacts,
): Impossibility | undefined {
  const isOfOwnClass = ({ columns: keys, ownClass }: Index): boolean => ownClass.length > 0 && hasSame(keys, referenced);
  if (after.parts.typesAreExtended || target.indexes.some(isOfOwnClass)) return undefined;
  for (const [place, name] of columns.entries()) {
    const [column, other] = [own.columns.get(name), target.columns.get(referenced[place] ?? '')];
    const [type, key] = [column && knownType(column.type, after, version), other && knownType(other.type, after, version)];
    if (!column || !other || !type || !key || isSameType(type, key)) continue;
    const isPossible = type.kind === 'builtin' && key.kind === 'builtin' ? canReferTo(type.name, key.name, version) : false;
    if (isPossible !== false) continue;
    const message =
      `${name} of ${nameOf(own)} is ${typeInWords(column.type)}, and ${other.name} of ${nameOf(target)} is ${typeInWords(other.type)}: ` +
      `a foreign key can't compare the two`;
    return refuse('impossible-key', '42804', message, { help: `Give ${name} the type of what it refers to, ${typeInWords(other.type)}` });
  }
  return undefined;
}

/** 0A000: "foreign key constraints on virtual generated columns are not supported". */
function virtualRefusal(columns: readonly string[], own: Relation): Impossibility | undefined {
  const virtual = columns.find((column) => own.columns.get(column)?.generated === 'virtual');
  return virtual === undefined
    ? undefined
    : refuse('impossible-key', '0A000', `${virtual} of ${nameOf(own)} is a virtual column, which can't be a part of a foreign key`);
}
