// What SQL names, after the search path: what a thing of the catalog needs.

import type { Catalog } from '../../model/catalog.ts';
import { columnNames } from '../../model/column-names.ts';
import type { IndexDefinition } from '../../model/changes/index-changes.ts';
import { noMentions, type Clause, type Mentions } from '../../model/dependencies/mentions.ts';
import { noNeeds, type AttachedNeeds, type NeededFunction, type NeededRelation, type Needs } from '../../model/dependencies/needs.ts';
import { isOfExtension } from '../../model/extensions.ts';
import type { FunctionCall } from '../../model/expression.ts';
import type { RelationName } from '../../model/names.ts';
import type { QuerySource } from '../../model/query.ts';
import { isBuiltinFunction } from '../../postgres/functions.ts';

export function needsOf({ sources, mentions }: Omit<Clause, 'own'>, catalog: Catalog): Needs {
  if (sources.length === 0 && mentions === noMentions) return noNeeds;
  const relations = [...sources.flatMap((source) => neededRelations(source, catalog)), ...mentions.constants.flatMap((name) => neededRelations(whole(name), catalog))];
  const functions = mentions.functions.flatMap((call) => neededFunction(call, catalog));
  const types = mentions.types.flatMap((name) => neededType(name, catalog));
  const { operatorClasses } = mentions;
  return relations.length + functions.length + types.length + operatorClasses.length === 0 ? noNeeds : { relations, functions, types, operatorClasses };
}

/** Of an expression that names the columns of one table alone. */
export function needsOfMentions(mentions: Mentions, catalog: Catalog): Needs {
  return needsOf({ sources: [], mentions }, catalog);
}

export function needsOfIndex({ expressions, predicate, operatorClasses }: Pick<IndexDefinition, 'expressions' | 'predicate' | 'operatorClasses'>, catalog: Catalog): Needs {
  const all = [...expressions, ...(predicate ? [predicate] : [])].map(({ mentions }) => mentions);
  return needsOfMentions({ ...joined(all), operatorClasses }, catalog);
}

function joined(all: readonly Mentions[]): Mentions {
  return {
    functions: all.flatMap(({ functions }) => functions),
    types: all.flatMap(({ types }) => types),
    constants: all.flatMap(({ constants }) => constants),
    operatorClasses: [],
  };
}

/** `NEW.*` is all columns that there are by now; the row as a whole needs none of them. */
export function attachedNeeds({ own, ...clause }: Clause, catalog: Catalog): AttachedNeeds {
  const [all] = own.all === 'surely' ? neededRelations(own, catalog) : [];
  const { columns, surely } = all ?? own;
  return { columns, surely, needs: needsOf(clause, catalog) };
}

function whole(relation: RelationName): QuerySource {
  return { relation, columns: [], surely: [], all: 'no' };
}

/** PostgreSQL's own views and tables are never dropped. A column without a table is one that the table has. */
export function neededRelations({ relation: name, columns, surely, all }: QuerySource, catalog: Catalog): NeededRelation[] {
  if (isOfPostgres(name)) return [];
  const found = catalog.find(name);
  if (found === 'absent') return [];
  const relation = catalog.qualify(name);
  if (found === 'unknown') return [{ relation, columns, surely: [], isSure: false }];
  const names = columnNames(found);
  const every = names === 'unknown' ? found.columns.keys() : names;
  const isThere = (column: string): boolean => names === 'unknown' || names.includes(column);
  return [
    {
      relation,
      columns: all === 'no' ? columns.filter(isThere) : every,
      surely: all === 'surely' ? every : surely.filter((column) => every.includes(column)),
      isSure: true,
    },
  ];
}

function isOfPostgres({ schema, name }: RelationName): boolean {
  return schema === 'pg_catalog' || schema === 'information_schema' || (schema === undefined && name.startsWith('pg_'));
}

/** A name of PostgreSQL's comes first in the search path, where the arguments are right. */
function neededFunction({ name, argumentCount }: FunctionCall, catalog: Catalog): NeededFunction[] {
  if (catalog.function(name).length > 0) {
    const isSure = name.schema !== undefined || !isBuiltinFunction(name.name);
    return [{ name: catalog.qualifyFunction(name), argumentCount, isSure }];
  }
  return isOfExtension('functions', name.name) ? [{ name: { schema: undefined, name: name.name }, argumentCount, isSure: true }] : [];
}

function neededType(name: RelationName, catalog: Catalog): RelationName[] {
  if (catalog.type(name)) return [catalog.qualifyType(name)];
  return isOfExtension('types', name.name) ? [{ schema: undefined, name: name.name }] : [];
}
