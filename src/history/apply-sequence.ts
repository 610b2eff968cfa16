// Sequences: those that stand alone, and those that belong to a column and go with it.

import type { Catalog } from '../model/catalog.ts';
import type { Relation } from '../model/relation.ts';
import type { ChangeOf } from '../model/change.ts';
import { noNeeds, type Needs } from '../model/dependencies/needs.ts';
import { printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { PostgresVersion } from '../model/version.ts';
import { bare } from './bare.ts';
import { sequenceName } from './constraint-names.ts';
import { putRelation, removeRelation, unknownRelation, updateColumn, updateRelation } from './relation.ts';

export function createSequence(catalog: Catalog, { sequence, persistence, ownedBy }: ChangeOf<'create-sequence'>): Catalog {
  const name = catalog.creationName(sequence, persistence === 'temporary');
  const there = catalog.parts.relations.get(printName(name));
  if (there !== undefined && typeof there !== 'string' && there.doubt !== 'existence' && there.persistence !== 'temporary') return catalog;
  const owner = ownedBy && { table: catalog.qualify(ownedBy.table), column: ownedBy.column, isPart: false };
  return putRelation(catalog, { ...sequenceOf(name, catalog), persistence, ownedBy: owner });
}

export function alterSequence(catalog: Catalog, { sequence, ifExists, persistence }: ChangeOf<'alter-sequence'>): Catalog {
  if (ifExists && typeof catalog.find(sequence) === 'string') return catalog;
  return updateRelation(catalog, sequence, (relation) => ({ ...relation, kind: 'sequence', persistence: persistence ?? relation.persistence }));
}

export function ownSequence(catalog: Catalog, { sequence, ownedBy }: ChangeOf<'own-sequence'>): Catalog {
  const owner = ownedBy && { table: catalog.qualify(ownedBy.table), column: ownedBy.column, isPart: false };
  return updateRelation(catalog, sequence, (relation) => ({ ...relation, kind: 'sequence', ownedBy: owner }));
}

/** One for each serial or identity column of a table; before 15, none is UNLOGGED. */
export function addSequences(catalog: Catalog, table: RelationName, columns: readonly string[], version: PostgresVersion): Catalog {
  return columns.reduce((next, column) => {
    const relation = next.find(table);
    if (typeof relation === 'string') return next;
    const name = { schema: relation.name.schema, name: sequenceName(column, relation, next) };
    const persistence = version < 15 && relation.persistence === 'unlogged' ? 'permanent' : relation.persistence;
    const made = putRelation(next, { ...sequenceOf(name, next), persistence, ownedBy: { table: relation.name, column, isPart: relation.columns.get(column)?.identity === true } });
    return updateRelation(made, relation.name, (table) => updateColumn(table, column, (one) => (one.identity ? one : { ...one, needs: drawingFrom(name) })));
  }, catalog);
}

/** The default of a serial column. */
function drawingFrom(sequence: QualifiedName): Needs {
  return { ...noNeeds, relations: [{ relation: sequence, columns: [], surely: [], isSure: true }] };
}

/** Without a column, those of all columns. */
export function dropSequencesOf(catalog: Catalog, table: QualifiedName, column?: string): Catalog {
  return catalog.sequencesOf(table, column).reduce((next, { name }) => removeRelation(next, name), catalog);
}

/** Others that the column owns stay. */
export function dropSequenceOfIdentity(catalog: Catalog, table: QualifiedName, column: string): Catalog {
  const found = catalog.sequenceOfIdentity(table, column);
  return found ? removeRelation(catalog, found.name) : catalog;
}

/** They follow their table, into another schema as well, and their column. */
export function followOwner(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  return catalog.sequencesOf(from).reduce((next, sequence) => {
    const moved = { ...sequence, name: { ...sequence.name, schema: to.schema }, ownedBy: sequence.ownedBy && { ...sequence.ownedBy, table: to } };
    return putRelation(from.schema === to.schema ? next : removeRelation(next, sequence.name), moved);
  }, catalog);
}

export function followColumn(catalog: Catalog, table: QualifiedName, column: string, to: string): Catalog {
  return catalog.sequencesOf(table, column).reduce((next, one) => putRelation(next, { ...one, ownedBy: one.ownedBy && { ...one.ownedBy, table, column: to } }), catalog);
}

/** From 15 on, LOGGED and UNLOGGED are those of the table. */
export function followPersistence(catalog: Catalog, { table, persistence, countedAnew }: ChangeOf<'set-persistence'>, version: PostgresVersion): Catalog {
  if (version < 15) return catalog;
  const owned = catalog.sequencesOf(catalog.qualify(table)).filter(({ ownedBy }) => ownedBy === undefined || !countedAnew.includes(ownedBy.column));
  return owned.reduce((next, one) => putRelation(next, { ...one, persistence }), catalog);
}

function sequenceOf(name: QualifiedName, catalog: Catalog): Relation {
  return { ...unknownRelation(name), ...bare, kind: 'sequence', complete: true, written: false, born: catalog.parts.moment };
}
