// What foreign keys do to the tables on both of their sides. Tables that inherit have no part in them: partitions alone have.

import { columnsReferenced, foreignKeysOf, isSameKey, type ForeignKey } from '../model/foreign-key.ts';
import type { ForeignKeyConstraint } from '../model/constraint.ts';
import type { Effect, Work } from '../model/effect.ts';
import type { LockMode } from '../model/lock.ts';
import { isSameName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { Relation } from '../model/relation.ts';
import { assumedIf, doubtAboutParts, holdsRows, known, lock, lockPartitions, lockUnlessOnly, type Facts, type WorkFacts } from './facts.ts';

/** A table on a side of a key, with its partitions. */
export function lockSide(name: RelationName, mode: LockMode, facts: Facts, work?: WorkFacts): Effect[] {
  return lockPartitions(name, false, mode, facts, work);
}

/** Of a table that holds no rows, none are looked up in the other. Tables that inherit get no key; 18 locks them all the same. */
export function addForeignKey(table: RelationName, only: boolean, key: ForeignKeyConstraint, facts: Facts): Effect[] {
  const { catalog, version } = facts;
  const wanted = { ...key, references: catalog.qualify(key.references), referencedColumns: columnsReferenced(key, known(key.references, facts)) };
  const parts = partsWith(table, wanted, facts, undefined);
  const isVerified = key.valid && key.enforced;
  const checked = parts.filter(({ name, own }) => isVerified && own?.valid !== true && holdsRows(name, facts));
  const isTakenOver = parts.some(({ own }) => own !== undefined);
  const workOf = (name: RelationName): WorkFacts => ({ work: checked.some((one) => isSameName(one.name, name)) ? check : [] });
  const modeOf = (own: ForeignKey | undefined): LockMode => (own && catalog.isPartitioned(key.references) ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE');
  return [
    ...parts.flatMap(({ name, own }) => lock(name, modeOf(own), facts, workOf(name))),
    ...lockUnlessOnly(table, only || version < 18, 'SHARE ROW EXCLUSIVE', facts),
    ...lockSide(key.references, 'SHARE ROW EXCLUSIVE', facts, { work: checked.length > 0 ? check : [], isIdle: catalog.isEmpty(table) }),
    ...(isTakenOver ? dropKeyTriggers(key.references, facts) : []),
  ];
}

const check: readonly Work[] = ['foreign-key-check'];

interface Part {
  readonly name: RelationName;
  /** A key that it has already, and that becomes the one of the tables above. */
  readonly own: ForeignKey | undefined;
}

type WantedKey = Parameters<typeof isSameKey>[0];

/** The table, and those partitions that don't have the key as a part of one that has it already. */
function partsWith(table: RelationName, key: WantedKey, facts: Facts, own: ForeignKey | undefined): Part[] {
  const relation = known(table, facts);
  const part: Part = { name: relation?.name ?? facts.catalog.qualify(table), own };
  if (relation?.kind !== 'partitioned-table' || own !== undefined) return [part];
  return [part, ...relation.children.values().flatMap((child) => partsWith(child, key, facts, ownKey(known(child, facts), key, facts)))];
}

/** Before 18, one that is not valid can't be taken over. */
export function ownKey(partition: Relation | undefined, key: WantedKey, { version }: Facts): ForeignKey | undefined {
  return foreignKeysOf(partition).find((own) => own.local && (own.valid || version >= 18) && isSameKey(own, key));
}

/** 18: partitions that have it valid already are left alone. */
export function validateForeignKey(table: RelationName, key: ForeignKey, facts: Facts): Effect[] {
  const isOpen = (name: RelationName): boolean => {
    const relation = known(name, facts);
    return relation?.kind === 'partitioned-table' || !foreignKeysOf(relation).some((own) => own.valid && isSameKey(own, key));
  };
  const below = facts.catalog.isPartitioned(table) ? facts.catalog.descendants(table).map(({ name }) => name) : [];
  return [table, ...below.filter(isOpen)].flatMap((name) => lock(name, 'SHARE UPDATE EXCLUSIVE', facts, { work: holdsRows(name, facts) ? check : [] }));
}

/** 18: [NOT] ENFORCED locks the other table too, and ENFORCED looks up all rows in it. */
export function enforceAnew(table: RelationName, other: RelationName, enforced: boolean, facts: Facts): Effect[] {
  const work: WorkFacts = { work: enforced ? check : [] };
  const modeOfOther = enforced ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE';
  return [...lockSide(table, 'ACCESS EXCLUSIVE', facts, work), ...lockSide(other, modeOfOther, facts, work)];
}

/** Tables on the other side of the foreign keys of a table, itself left out. */
export function referencedTables(relation: Relation | undefined): RelationName[] {
  return foreignKeysOf(relation).flatMap(({ references }) => (relation && isSameName(references, relation.name) ? [] : [references]));
}

/** What happens on the other side of a foreign key that goes with its table or column. Where it is not enforced, it has no triggers. */
export function dropKeysOf(relation: Relation | undefined, facts: Facts): Effect[] {
  const enforced = relation && { ...relation, constraints: relation.constraints.filter((constraint) => constraint.enforced) };
  const assumption = relation && doubtAboutParts(relation.name, facts);
  return referencedTables(enforced).flatMap((name) => dropKeyTriggers(name, facts).map((effect) => assumedIf(assumption, effect)));
}

/** A table loses the triggers of a foreign key that points to it. Before 15, of a partitioned table those partitions alone have them that hold rows. */
export function dropKeyTriggers(referenced: RelationName, facts: Facts): Effect[] {
  const locks = lockSide(referenced, 'ACCESS EXCLUSIVE', facts);
  return facts.version >= 15 ? locks : locks.filter(({ relation }) => !facts.catalog.isPartitioned(relation));
}

/** Tables with a foreign key of their own to a table, which may be one of its partitions, or the table itself. */
export function tablesReferring(referenced: Relation | undefined, facts: Facts): readonly QualifiedName[] {
  if (referenced === undefined) return [];
  const refers = (name: QualifiedName): boolean => foreignKeysOf(known(name, facts)).some((key) => key.local && isSameName(key.references, referenced.name));
  return [...referenced.referencedBy.values(), referenced.name].filter(refers);
}
