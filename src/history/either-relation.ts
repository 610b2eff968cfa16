// What is known of a relation where one of two states of it is the true one.

import { eitherNeeds, unsure } from '../model/dependencies/needs.ts';
import { NameList } from '../model/name-list.ts';
import type { Moment } from '../model/moment.ts';
import { eitherCode } from './left-code.ts';
import type { OrderedMap } from '../model/ordered-map.ts';
import type { Column, Relation } from '../model/relation.ts';
import type { Storage } from '../model/storage.ts';

export function eitherRelation(mine: Relation, yours: Relation): Relation {
  const columns = sharedColumns(mine, yours);
  const constraints = eitherConstraints(mine.constraints, yours.constraints);
  const indexes = mine.indexes.filter((one) => isSame(one, yours.indexes.get(one.name)));
  const isShared =
    columns.size === Math.max(mine.columns.size, yours.columns.size) &&
    [mine.constraints, yours.constraints].every((own) => own.length === constraints.length) &&
    [mine.indexes, yours.indexes].every((own) => own.length === indexes.length);
  const complete = mine.complete && yours.complete && isShared;
  const changed = !isShared || !sameNames(mine.children, yours.children) || !isSame(mine.partitionOf, yours.partitionOf) || !isSame(mine.management, yours.management);
  return {
    ...mine,
    complete,
    doubt: [mine.doubt, yours.doubt].includes('existence') ? 'existence' : changed || yours.doubt === 'parts' ? 'parts' : mine.doubt,
    persistence: mine.persistence === yours.persistence ? mine.persistence : 'permanent',
    born: earlierOf(mine.born, yours.born),
    written: mine.written || yours.written,
    owner: mine.owner === yours.owner ? mine.owner : undefined,
    storage: eitherStorage(mine.storage, yours.storage),
    columns,
    constraints,
    indexes,
    triggers: eitherMap(mine.triggers, yours.triggers),
    policies: eitherMap(mine.policies, yours.policies),
    rules: eitherMap(mine.rules, yours.rules),
    rowSecurity: mine.rowSecurity === yours.rowSecurity ? mine.rowSecurity : 'unknown',
    partitionBy: mine.partitionBy ?? yours.partitionBy,
    partitionOf: mine.partitionOf ?? yours.partitionOf,
    parents: mine.parents === yours.parents ? mine.parents : allNames(NameList.of(mine.parents), NameList.of(yours.parents)).values(),
    children: allNames(mine.children, yours.children),
    defaultPartitions: allNames(mine.defaultPartitions, yours.defaultPartitions),
    referencedBy: allNames(mine.referencedBy, yours.referencedBy),
    ownedBy: mine.ownedBy ?? yours.ownedBy,
    gives: isSame(mine.gives, yours.gives) ? mine.gives : 'unknown',
    reads: isSame(mine.reads, yours.reads) ? mine.reads : [...mine.reads, ...yours.reads].map(unsure),
    needs: isSame(mine.needs, yours.needs) ? mine.needs : eitherNeeds(mine.needs, yours.needs),
    base: mine.base ?? yours.base,
    readBy: allNames(mine.readBy, yours.readBy),
    code: eitherCode(mine, yours, eitherMap(mine.triggers, yours.triggers) !== 'unknown'),
    management: mine.management ?? yours.management,
    mayHold: mine.mayHold === yours.mayHold ? mine.mayHold : [...mine.mayHold, ...yours.mayHold],
  };
}

/** Those that are the same in all that decides what a change of them costs. */
function sharedColumns(mine: Relation, yours: Relation): Relation['columns'] {
  return yours.columns.since(mine.columns).reduce(
    (shared, other) => {
      const own = shared.get(other.name);
      const either = own && eitherColumn(own, other);
      return either ? shared.with(other.name, either) : shared.without(other.name);
    },
    mine.columns.filter((_, name) => yours.columns.has(name)),
  );
}

function eitherColumn(mine: Column, yours: Column): Column | undefined {
  if (mine === yours) return mine;
  const trunk = ({ type, hasDefault, defaultType, identity, generated }: Column): unknown => [type, hasDefault, defaultType, identity, generated];
  if (!isSame(trunk(mine), trunk(yours))) return undefined;
  return {
    ...mine,
    nullable: mine.nullable || yours.nullable,
    local: mine.local || yours.local,
    born: earlierOf(mine.born, yours.born),
    reads: [...new Set([...mine.reads, ...yours.reads])],
    needs: isSame(mine.needs, yours.needs) ? mine.needs : eitherNeeds(mine.needs, yours.needs),
    emptySince: mine.emptySince?.statement === yours.emptySince?.statement ? mine.emptySince : undefined,
  };
}

/** What proves something has to be in both. A foreign key in one of them locks the table at its other end, and is taken for not valid. */
function eitherConstraints(mine: Constraints, yours: Constraints): Constraints {
  if (mine === yours) return mine;
  const shared = mine.filter((one) => isSame(one, yours.get(one.name)));
  const keys = [...mine, ...yours].filter((one) => one.type === 'foreign-key' && !shared.has(one.name));
  return keys.reduce((all, key) => all.with({ ...key, valid: false }), shared);
}

type Constraints = Relation['constraints'];

function eitherStorage(mine: Storage, yours: Storage): Storage {
  return {
    tablespace: mine.tablespace === yours.tablespace ? mine.tablespace : undefined,
    accessMethod: mine.accessMethod === yours.accessMethod ? mine.accessMethod : undefined,
  };
}

/** Undefined is before the history. */
function earlierOf(mine: Moment | undefined, yours: Moment | undefined): Moment | undefined {
  if (mine === undefined || yours === undefined) return undefined;
  return mine.statement < yours.statement ? mine : yours;
}

function allNames(mine: NameList, yours: NameList): NameList {
  return mine === yours ? mine : yours.values().reduce((all, name) => all.with(name), mine);
}

function sameNames(mine: NameList, yours: NameList): boolean {
  return mine === yours || (mine.length === yours.length && allNames(mine, yours) === mine);
}

function eitherMap<V>(mine: OrderedMap<V> | 'unknown', yours: OrderedMap<V> | 'unknown'): OrderedMap<V> | 'unknown' {
  if (mine === yours) return mine;
  return mine !== 'unknown' && yours !== 'unknown' && isSame([...mine], [...yours]) ? mine : 'unknown';
}

/** Plain data, compared by what it says. */
function isSame(mine: unknown, yours: unknown): boolean {
  return mine === yours || JSON.stringify(mine) === JSON.stringify(yours);
}
