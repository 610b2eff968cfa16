// Who needs something needs it under its new name.

import type { FunctionInfo, Publication, TypeInfo } from '../../model/catalog-objects.ts';
import type { Catalog } from '../../model/catalog.ts';
import { withHolder, type Holder } from '../../model/dependencies/holder.ts';
import { functionKey, keysOf, relationKey, renamedNeeds, typeKey, type Renames } from '../../model/dependencies/needs.ts';
import { renamedIn } from '../../model/dependencies/renamed-in.ts';
import { isSameName, printName, type QualifiedName, type RelationName } from '../../model/names.ts';
import { updateRelation } from '../relation.ts';

/** The type of its rows has its name. */
export function followRelation(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  const followed = follow(catalog, relationKey(from), relationKey(to), { relation: (name) => (isSameName(name, from) ? to : name) });
  return followTypeName(followed, from, to);
}

export function followColumnName(catalog: Catalog, of: QualifiedName, from: string, to: string): Catalog {
  const key = relationKey(of);
  return follow(catalog, key, key, { columns: { of, rename: (name) => (name === from ? to : name) } });
}

/** `what`: where others of its name stay, nobody knows which of them a call means. */
export function followFunctionName(catalog: Catalog, from: QualifiedName, to: QualifiedName, what: readonly ('calls' | 'triggers')[]): Catalog {
  const rename = instead(from, to);
  return follow(catalog, functionKey(from), functionKey(to), {
    ...(what.includes('calls') ? { function: rename } : {}),
    ...(what.includes('triggers') ? { ofTriggers: rename } : {}),
  });
}

export function followTypeName(catalog: Catalog, from: QualifiedName, to: QualifiedName): Catalog {
  return follow(catalog, typeKey(from), typeKey(to), { type: instead(from, to) });
}

const instead =
  (from: QualifiedName, to: QualifiedName) =>
  (name: RelationName): RelationName =>
    isSameName(name, from) ? to : name;

function follow(catalog: Catalog, from: string, to: string, renames: Renames): Catalog {
  const holders = catalog.parts.neededBy.get(from)?.values() ?? [];
  const followed = holders.reduce((next, holder) => renameIn(next, holder, renames), catalog);
  if (from === to || holders.length === 0) return followed;
  return followed.with({ neededBy: holders.reduce((map, holder) => withHolder(map, [to], holder), followed.parts.neededBy) });
}

function renameIn(catalog: Catalog, { kind, name }: Holder, renames: Renames): Catalog {
  const key = printName(name);
  const { functions, types, publications } = catalog.parts;
  switch (kind) {
    case 'relation':
      return typeof catalog.parts.relations.get(key) === 'object' ? updateRelation(catalog, name, (relation) => renamedIn(relation, renames)) : catalog;
    case 'function': {
      const overloads = functions.get(key);
      const rename = (one: FunctionInfo): FunctionInfo => ({ ...one, needs: renamedNeeds(one.needs, renames) });
      return overloads ? catalog.with({ functions: functions.with(key, overloads.map(rename)) }) : catalog;
    }
    case 'type': {
      const info = types.get(key);
      return info?.kind === 'domain' ? catalog.with({ types: types.with(key, renamedDomain(info, renames)) }) : catalog;
    }
    case 'publication': {
      const one = publications.get(name.name);
      return one ? catalog.with({ publications: publications.with(name.name, renamedPublication(one, renames)) }) : catalog;
    }
  }
}

function renamedDomain(info: Extract<TypeInfo, { readonly kind: 'domain' }>, renames: Renames): TypeInfo {
  const constraints = info.constraints.changed((one) => ({ ...one, needs: renamedNeeds(one.needs, renames) }));
  return { ...info, constraints, defaultNeeds: renamedNeeds(info.defaultNeeds, renames) };
}

function renamedPublication(one: Publication, renames: Renames): Publication {
  const narrowed = one.narrowed.map((part) => {
    const [relation] = renamedNeeds({ relations: [part], functions: [], types: [], operatorClasses: [] }, renames).relations;
    return { ...part, ...relation, needs: renamedNeeds(part.needs, renames) };
  });
  return { ...one, narrowed };
}

/** Somebody needs something from now on. */
export function noteNeeds(catalog: Catalog, holder: Holder, all: readonly Parameters<typeof keysOf>[0][]): Catalog {
  const keys = all.flatMap(keysOf);
  if (keys.length === 0) return catalog;
  return catalog.with({ neededBy: withHolder(catalog.parts.neededBy, keys, holder) });
}
