// The parts of a holder, with what each needs.

import type { Catalog } from '../catalog.ts';
import { printName, type QualifiedName, type RelationName } from '../names.ts';
import type { OrderedMap } from '../ordered-map.ts';
import type { Relation } from '../relation.ts';
import type { Holder } from './holder.ts';
import { noNeeds, type AttachedNeeds, type Needs } from './needs.ts';
import type { Part } from './part.ts';

export interface Holding {
  readonly part: Part;
  readonly needs: Needs;
}

/** None of one that has gone. */
export function holdings({ kind, name }: Holder, catalog: Catalog): Holding[] {
  const { parts } = catalog;
  const key = printName(name);
  switch (kind) {
    case 'relation': {
      const relation = parts.relations.get(key);
      return relation === undefined || typeof relation === 'string' ? [] : ofRelation(relation);
    }
    case 'function':
      return (parts.functions.get(key) ?? []).map(({ argumentTypes, types, needs }) => ({ part: { kind: 'function', name, argumentTypes }, needs: types.length === 0 ? needs : { ...needs, types: [...needs.types, ...types] } }));
    case 'type': {
      const info = parts.types.get(key);
      if (info?.kind === 'composite') return info.attributes.map((one) => ({ part: { kind: 'attribute', type: name, name: one.name }, needs: ofTypes([one.type.name]) }));
      if (info?.kind !== 'domain') return [];
      const constraints = info.constraints.map((one): Holding => ({ part: { kind: 'domain-constraint', type: name, name: one.name }, needs: one.needs }));
      return [{ part: { kind: 'type', name }, needs: ofTypes([info.base.name]) }, ...constraints, { part: { kind: 'domain-default', type: name }, needs: info.defaultNeeds }];
    }
    case 'publication':
      return (parts.publications.get(name.name)?.narrowed ?? []).map((one) => ({
        part: { kind: 'published', publication: name.name, table: one.relation },
        needs: { ...one.needs, relations: [...one.needs.relations, one] },
      }));
  }
}

function ofRelation(relation: Relation): Holding[] {
  const { name: table, columns, constraints, indexes, triggers, policies, rules } = relation;
  const query: Needs = relation.reads.length === 0 ? relation.needs : { ...relation.needs, relations: [...relation.needs.relations, ...relation.reads] };
  // A view goes with any of its columns.
  const isQuery = relation.kind === 'view' || relation.kind === 'materialized-view';
  const all: Holding[] = [
    { part: { kind: 'relation', name: table }, needs: relation.ofType ? { ...query, types: [...query.types, relation.ofType] } : query },
    ...columns.values().map(({ name, type }): Holding => ({ part: isQuery ? { kind: 'relation', name: table } : { kind: 'column', table, name }, needs: ofTypes([type.name]) })),
    // What generates a column can't be taken from it.
    ...columns.values().map(({ name, generated, needs }): Holding => ({ part: { kind: generated ? 'column' : 'default', table, name }, needs })),
    ...constraints.flatMap((one): Holding[] => (one.type === 'check' ? [{ part: { kind: 'constraint', table, name: one.name }, needs: one.needs }] : [])),
    ...indexes.map(({ name, needs }): Holding => ({ part: { kind: 'index', table, name }, needs })),
    ...attached('policy', policies, table),
    ...attached('rule', rules, table),
    ...(triggers === 'unknown' ? [] : [...triggers].map(([name, one]): Holding => ({ part: { kind: 'trigger', table, name }, needs: withFunction(one.needs, one.function) }))),
  ];
  return all.filter(({ needs }) => needs !== noNeeds);
}

function ofTypes(types: readonly RelationName[]): Needs {
  return { ...noNeeds, types };
}

/** What a trigger runs has no arguments. */
function withFunction(needs: Needs, name: QualifiedName): Needs {
  return { ...needs, functions: [...needs.functions, { name, argumentCount: 'none', isSure: true }] };
}

function attached(kind: 'policy' | 'rule', all: OrderedMap<AttachedNeeds> | 'unknown', table: QualifiedName): Holding[] {
  return all === 'unknown' ? [] : [...all].map(([name, { needs }]) => ({ part: { kind, table, name }, needs }));
}
