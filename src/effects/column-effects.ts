// What ALTER TABLE does because of a column.

import type { TableConstraint } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import type { ColumnDefinition } from '../model/column.ts';
import type { Catalog } from '../model/catalog.ts';
import { isSerial, type ColumnType } from '../model/column-type.ts';
import type { Constraint } from '../model/constraint.ts';
import type { Assumption } from '../model/assumption.ts';
import type { Effect, RewriteCause, Work } from '../model/effect.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../model/names.ts';
import { isBuiltinType } from '../postgres/types.ts';
import { lockSequenceOfIdentity } from './sequence-effects.ts';
import {
  assumedIf,
  doubtAboutParts,
  holdsRows,
  known,
  lock,
  lockAlone,
  lockPartitions,
  lockUnlessOnly,
  treeOf,
  type Facts,
  type WorkFacts,
} from './facts.ts';
import { dropKeysOf, dropKeyTriggers, lockSide } from './foreign-key-effects.ts';
import { typeChange, type OtherSide } from './type-change.ts';
import { volatilityOf } from './volatility.ts';

const none: WorkFacts = { work: [] };

/** Tables that inherit get the column, and no key of it. Source: ATExecAddColumn() in src/backend/commands/tablecmds.c. */
export function addColumn({ table, only, column, ifNotExists }: ChangeOf<'add-column'>, facts: Facts): Effect[] {
  const isThere = facts.catalog.column(table, column.name);
  if (ifNotExists && isThere !== 'absent' && isThere !== 'unknown') return lock(table, 'ACCESS EXCLUSIVE', facts);
  const checksKeys = column.constraints.some(isForeignKey) && isForeignKeyChecked(column);
  return [
    ...(only ? [] : addColumnBelow(table, inherited(column), facts)),
    ...lockAlone(table, 'ACCESS EXCLUSIVE', facts, workOfNewColumn(column, facts)),
    ...lockPartitions(table, only, 'ACCESS EXCLUSIVE', facts, { work: [...(hasKey(column) ? build : []), ...(checksKeys ? check : [])] }),
    ...referencedBy(table, column.constraints, checksKeys, facts),
  ];
}

/** A table that has such a column already takes it for the new one: it gets what is said of it, and the tables below it nothing else. */
function addColumnBelow(table: RelationName, column: ColumnDefinition, facts: Facts): Effect[] {
  const children = known(table, facts)?.children.values() ?? [];
  return children.flatMap((child) => {
    const own = facts.catalog.column(child, column.name);
    if (typeof own === 'string') {
      const work = holdsRows(child, facts) ? workOfNewColumn(column, facts) : none;
      return [...lock(child, 'ACCESS EXCLUSIVE', facts, { assumption: doubtAboutParts(child, facts), ...work }), ...addColumnBelow(child, column, facts)];
    }
    return [...lock(child, 'ACCESS EXCLUSIVE', facts), ...saidBelow(child, column, facts)];
  });
}

/** CHECK, and from 18 on NOT NULL, go down by themselves, the latter to where the column is so already. */
function saidBelow(child: RelationName, column: ColumnDefinition, facts: Facts): Effect[] {
  const hasCheck = column.constraints.some((constraint) => constraint.type === 'check' && constraint.enforced);
  const isRequired = facts.version >= 18 && (column.notNull || isSerial(column.type)) && !isMarkedNotNull(child, column.name, facts);
  if (!hasCheck && !isRequired) return [];
  const below = known(child, facts)?.children.values() ?? [];
  return [...lock(child, 'ACCESS EXCLUSIVE', facts, { work: holdsRows(child, facts) ? ['scan'] : [] }), ...below.flatMap((name) => saidBelow(name, column, facts))];
}

function workOfNewColumn(column: ColumnDefinition, facts: Facts): WorkFacts {
  const because = rewriteCause(column, facts);
  if (because) return { work: ['rewrite'], assumption: assumptionOf(because, column, facts), because };
  const isKnownType = facts.catalog.type(column.type.name) || isBuiltinType(column.type.name.name, facts.version);
  const assumption = isKnownType ? undefined : ({ kind: 'type', type: column.type.name } as const);
  return { work: needsScan(column, facts) ? ['scan'] : [], assumption };
}

/** Of a table that inherits it, which gets no CHECK that says NO INHERIT. */
function inherited(column: ColumnDefinition): ColumnDefinition {
  return { ...column, constraints: column.constraints.filter((constraint) => constraint.type !== 'check' || !constraint.noInherit) };
}

const build: readonly Work[] = ['index-build'];

const check: readonly Work[] = ['foreign-key-check'];

function hasKey({ constraints }: ColumnDefinition): boolean {
  return constraints.some(({ type }) => type === 'unique' || type === 'primary-key');
}

function rewriteCause(column: ColumnDefinition, facts: Facts): RewriteCause | undefined {
  if (isSerial(column.type)) return 'serial';
  if (column.identity) return 'identity';
  if (column.generated === 'stored') return 'stored-values';
  if (column.default && volatilityOf(column.default, facts).volatile) return 'volatile-default';
  return causeInDomain(column, facts);
}

function assumptionOf(because: RewriteCause, column: ColumnDefinition, facts: Facts): Assumption | undefined {
  const info = because === 'domain-default' ? facts.catalog.type(column.type.name) : undefined;
  const ofDomain = info?.kind === 'domain' ? info.default : undefined;
  const computed = because === 'volatile-default' ? column.default : ofDomain;
  return computed && volatilityOf(computed, facts).assumption;
}

/** A CHECK is verified whatever it says; NOT NULL only where no default, of its own or of its domain, stands in for the missing value. */
function needsScan(column: ColumnDefinition, facts: Facts): boolean {
  const hasCheck = column.constraints.some((constraint) => constraint.type === 'check' && constraint.enforced);
  const info = column.type.isArray ? undefined : facts.catalog.type(column.type.name);
  const value = column.default ?? (info?.kind === 'domain' ? info.default : undefined);
  const hasValue = value !== undefined && !value.isNull;
  return hasCheck || (column.notNull && !hasValue);
}

/** A domain checks its values even where its constraint is NOT VALID, or computes a default for each row. Arrays of it do not. */
function causeInDomain({ type, default: own }: ColumnDefinition, facts: Facts): RewriteCause | undefined {
  const info = type.isArray ? undefined : facts.catalog.type(type.name);
  if (info?.kind !== 'domain') return undefined;
  if (facts.catalog.isConstrained(type)) return 'checking-domain';
  const computes = own === undefined && info.default !== undefined && volatilityOf(info.default, facts).volatile;
  return computes ? 'domain-default' : undefined;
}

function isForeignKey({ type }: Constraint): boolean {
  return type === 'foreign-key';
}

/** Where the new column can hold anything but NULL, as far as the text says. Source: transformFKConstraints() in parse_utilcmd.c. */
function isForeignKeyChecked(column: ColumnDefinition): boolean {
  const enforced = column.constraints.some((constraint) => isForeignKey(constraint) && constraint.enforced);
  return enforced && (column.default !== undefined || isSerial(column.type) || column.generated === 'stored');
}

function referencedBy(table: RelationName, constraints: readonly Constraint[], checked: boolean, facts: Facts): Effect[] {
  const work: WorkFacts = checked ? { work: ['foreign-key-check'], isIdle: facts.catalog.isEmpty(table) } : none;
  return constraints.flatMap((constraint) =>
    constraint.type === 'foreign-key' ? lockSide(constraint.references, 'SHARE ROW EXCLUSIVE', facts, work) : [],
  );
}

/** ONLY spares the children the loss of the column, not the lock. IF EXISTS goes no further than the table where it finds none. */
export function dropColumn({ table, only, column, ifExists }: ChangeOf<'drop-column'>, facts: Facts): Effect[] {
  const own = lock(table, 'ACCESS EXCLUSIVE', facts);
  const found = facts.catalog.column(table, column);
  if (ifExists && found === 'absent') return own;
  const relation = known(table, facts);
  const isKeyOfIt = (one: TableConstraint): boolean => one.type === 'foreign-key' && one.columns.includes(column);
  const children = only ? (relation?.children.values() ?? []) : [];
  const others = [
    ...lockUnlessOnly(table, only, 'ACCESS EXCLUSIVE', facts),
    ...children.flatMap((child) => lock(child, 'ACCESS EXCLUSIVE', facts)),
    ...dropKeysOf(relation && { ...relation, constraints: relation.constraints.filter(isKeyOfIt) }, facts),
  ].filter((effect) => !own.some(({ relation: name }) => isSameName(name, effect.relation)));
  const doubt: Assumption | undefined = ifExists && found === 'unknown' ? { kind: 'constraints', table: facts.catalog.qualify(table) } : undefined;
  return [...own, ...others.map((effect) => assumedIf(doubt, effect))];
}

/** Values that are computed when they are read are nowhere to be rewritten. */
export function setExpression({ table, only, column }: ChangeOf<'set-expression'>, facts: Facts): Effect[] {
  const isVirtual = known(table, facts)?.columns.get(column)?.generated === 'virtual';
  return lockUnlessOnly(table, only, 'ACCESS EXCLUSIVE', facts, isVirtual ? none : { work: ['rewrite'], because: 'stored-values' });
}

/** A valid CHECK that proves the column spares the scan. Of a column that can't be NULL, partitions are left alone, and from 18 on all tables below. */
export function setNotNull({ table, only, column }: ChangeOf<'set-not-null'>, facts: Facts): Effect[] {
  const endsHere = facts.version >= 18 || facts.catalog.isPartitioned(table);
  if (endsHere && isMarkedNotNull(table, column, facts)) return lock(table, 'ACCESS EXCLUSIVE', facts);
  const relations = only ? [table] : [table, ...requiredBelow(table, column, facts)];
  const provenAbove = isProvenNotNull(table, column, facts, 'for its children');
  return relations.flatMap((name) => {
    const proven = provenAbove || isProvenNotNull(name, column, facts);
    const relation = known(name, facts);
    const isEmptyParent = relation?.kind === 'partitioned-table' && relation.children.length > 0;
    const isOpen = relation?.born !== undefined && facts.catalog.column(name, column) === 'unknown';
    const assumption: Assumption | undefined = isOpen ? { kind: 'constraints', table: relation.name } : undefined;
    return lock(name, 'ACCESS EXCLUSIVE', facts, proven || isEmptyParent ? none : { work: ['scan'], assumption });
  });
}

/** From 18 on, nothing below a table that has the constraint. Source: ATExecSetNotNull() in src/backend/commands/tablecmds.c. */
function requiredBelow(table: RelationName, column: string, facts: Facts): readonly QualifiedName[] {
  if (facts.version < 18) return facts.catalog.descendants(table).map(({ name }) => name);
  const found = new Map<string, QualifiedName>();
  const pending = [facts.catalog.qualify(table)];
  for (const name of pending) {
    const relation = known(name, facts);
    const isEnd = relation === undefined || (found.has(printName(name)) && isMarkedNotNull(name, column, facts));
    for (const child of isEnd ? [] : relation.children.values().filter((one) => !found.has(printName(one)))) {
      found.set(printName(child), child);
      pending.push(child);
    }
  }
  return [...found.values()];
}

/** Does history show that PostgreSQL needs no scan to know that the column holds no NULL? Of a row, IS NOT NULL speaks of its fields. */
export function isProvenNotNull(
  table: ChangeOf<'set-not-null'>['table'],
  column: string,
  facts: Facts,
  where: 'there' | 'for its children' = 'there',
): boolean {
  if (isMarkedNotNull(table, column, facts)) return true;
  const relation = known(table, facts);
  const type = relation?.columns.get(column)?.type;
  const constraints = type && isRowType(type, facts.catalog) ? [] : (relation?.constraints ?? []);
  return constraints.some(
    (constraint) =>
      constraint.type === 'check' &&
      (where === 'there' || !constraint.noInherit) &&
      constraint.valid &&
      constraint.enforced &&
      constraint.expression.provesNotNull.includes(column),
  );
}

/** A composite type, or the row of a table. */
function isRowType({ name, isArray }: ColumnType, catalog: Catalog): boolean {
  if (isArray) return false;
  const info = catalog.type(name);
  if (info?.kind === 'domain') return isRowType(info.base, catalog);
  return info === undefined ? typeof catalog.find(name) !== 'string' : info.kind === 'composite';
}

export function isMarkedNotNull(table: RelationName, name: string, { catalog }: Facts): boolean {
  const column = catalog.column(table, name);
  return column !== 'absent' && column !== 'unknown' && !column.nullable;
}

/** Of the tables below, each has indexes, constraints and foreign keys of its own, and of a partitioned table above them. */
export function alterColumnType(change: ChangeOf<'alter-column-type'>, facts: Facts): Effect[] {
  const names = change.only ? [change.table] : treeOf(change.table, facts);
  return names.flatMap((name) => {
    const { own, others, checksKeys } = typeChange({ ...change, table: name }, facts);
    return [
      ...lock(name, 'ACCESS EXCLUSIVE', facts, holdsRows(name, facts) ? own : none),
      ...others.flatMap((other) => lockOtherSide(other, name, checksKeys, facts)),
    ];
  });
}

/** The key is dropped and made again, with the locks of both. Of a table that holds no rows, none are looked up in the other. */
function lockOtherSide({ name, referenced, enforced, valid }: OtherSide, changed: RelationName, checksKeys: boolean, facts: Facts): Effect[] {
  if (!enforced) return lockSide(name, referenced ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE', facts);
  const work: WorkFacts = checksKeys && valid ? { work: check, isIdle: facts.catalog.isEmpty(referenced ? changed : name) } : none;
  const made = lockSide(name, 'SHARE ROW EXCLUSIVE', facts, work);
  return [...made, ...(referenced ? dropKeyTriggers(name, facts) : lockSide(name, 'ACCESS EXCLUSIVE', facts))];
}

/** The sequence belongs to the partitioned table; what a value is taken for, from 17 on, to its partitions as well. */
export function alterIdentity({ table, column, generation }: ChangeOf<'alter-identity'>, facts: Facts): Effect[] {
  return [
    ...lockPartitions(table, facts.version < 17 || !generation, 'ACCESS EXCLUSIVE', facts),
    ...lockSequenceOfIdentity(table, column, 'SHARE ROW EXCLUSIVE', facts),
  ];
}

/** IF EXISTS goes no further than the table where it finds none. */
export function dropIdentity({ table, column, ifExists }: ChangeOf<'drop-identity'>, facts: Facts): Effect[] {
  const found = facts.catalog.column(table, column);
  const isGone = ifExists && found !== 'absent' && found !== 'unknown' && !found.identity;
  const own = lockPartitions(table, facts.version < 17 || isGone, 'ACCESS EXCLUSIVE', facts);
  return isGone ? own : [...own, ...lockSequenceOfIdentity(table, column, 'ACCESS EXCLUSIVE', facts)];
}
