// Is what a statement names certainly not there? One way to look for each kind of name, and the SQLSTATE that PostgreSQL answers with.

import type { Catalog } from '../../model/catalog.ts';
import type { Mentioned, PartKind } from '../../model/mention.ts';
import { isSameName, printName, type RelationName } from '../../model/names.ts';
import { isPlaceholder } from '../../model/placeholder.ts';
import type { Relation } from '../../model/relation.ts';
import type { Refusal } from '../../model/refusal.ts';
import { isBuiltinFunction } from '../../postgres/functions.ts';
import { systemColumns } from '../../postgres/system-columns.ts';
import * as absences from './absence.ts';
import type { Absence } from './absence.ts';

export type Missing = Pick<Refusal, 'error' | 'object' | 'of' | 'why'>;

export function missing(mentioned: Mentioned, catalog: Catalog): Missing | undefined {
  return ofKind(mentioned.kind, mentioned, catalog);
}

type MentionedOf<K extends Mentioned['kind']> = Extract<Mentioned, { readonly kind: K }>;

function ofKind<K extends Mentioned['kind']>(kind: K, mentioned: MentionedOf<K>, catalog: Catalog): Missing | undefined {
  return looks[kind](mentioned, catalog);
}

type Looks = { readonly [K in Mentioned['kind']]: (mentioned: MentionedOf<K>, catalog: Catalog) => Missing | undefined };

const looks: Looks = {
  relation: ({ name }, catalog) => whole(absences.absenceOfRelation(name, catalog), name, printName(catalog.qualify(name)), '42P01', catalog),
  index: ({ name }, catalog) => whole(absences.absenceOfIndex(name, catalog), name, printName(catalog.qualifyIndex(name)), '42704', catalog),
  column: missingColumn,
  part: ({ part, table, name }, catalog) => {
    const relation = knownRelation(table, catalog);
    return relation && !isPlaceholder(name) && hasNo[part](relation, name, catalog) ? ofWhole(`${part} ${name}`, relation, '42704') : undefined;
  },
  parent: ({ table, parent }, catalog) => {
    const [child, above] = [knownRelation(table, catalog), knownRelation(parent, catalog)];
    const isChild = above === undefined || child?.parents.some((one) => isSameName(one, above.name));
    return child && !isChild && child.partitionOf === undefined ? ofWhole(`parent ${printName(above.name)}`, child, '42P01') : undefined;
  },
  partition: ({ table, partition }, catalog) => {
    const [above, child] = [knownRelation(table, catalog), knownRelation(partition, catalog)];
    if (above?.kind !== 'partitioned-table' || child === undefined) return undefined;
    const isPart = child.partitionOf !== undefined && isSameName(child.partitionOf.parent, above.name);
    return isPart ? undefined : ofWhole(`partition ${printName(child.name)}`, above, '42P01');
  },
  type: ({ name }, catalog) => inSchema(whole(absences.absenceOfType(name, catalog), name, `type ${printName(catalog.qualifyType(name))}`, '42704', catalog), name, catalog),
  'domain-constraint': ({ domain, name }, catalog) => {
    const info = knownType(domain, catalog);
    const isMissing = info?.kind === 'domain' && !info.constraints.has(name) && !isPlaceholder(name);
    return isMissing ? { error: '42704', object: `constraint ${name}`, of: `domain ${printName(catalog.qualifyType(domain))}`, why: 'never' } : undefined;
  },
  'enum-value': ({ type, value }, catalog) => {
    const info = knownType(type, catalog);
    const isMissing = info?.kind === 'enum' && !info.values.includes(value) && !isPlaceholder(value);
    return isMissing ? { error: '22023', object: `value ${value}`, of: `type ${printName(catalog.qualifyType(type))}`, why: 'never' } : undefined;
  },
  attribute: ({ type, name }, catalog) => {
    const info = knownType(type, catalog);
    const isMissing = info?.kind === 'composite' && !info.attributes.some((one) => one.name === name) && !isPlaceholder(name);
    return isMissing ? { error: '42703', object: `attribute ${name}`, of: `type ${printName(catalog.qualifyType(type))}`, why: 'never' } : undefined;
  },
  function: ({ name, argumentTypes }, catalog) => {
    const words = `function ${printName(catalog.qualifyFunction(name))}${argumentTypes === undefined ? '' : `(${argumentTypes.join(', ')})`}`;
    return inSchema(whole(absences.absenceOfFunction(name, argumentTypes, catalog), name, words, '42883', catalog), name, catalog);
  },
  schema: ({ name }, catalog) => {
    const absence = absences.absenceOfSchema(name, catalog);
    return absence && { error: '3F000', object: `schema ${name}`, of: undefined, why: absence };
  },
  place: ({ name }, catalog) => {
    const absence = absences.absenceOfPlace(name, catalog);
    const object = name.schema === undefined ? `a schema for ${name.name}` : `schema ${name.schema}`;
    return absence && { error: '3F000', object, of: undefined, why: absence };
  },
  statistics: ({ name }, catalog) => whole(absences.absenceOfStatistics(name, catalog), name, `statistics object ${printName(catalog.qualifyStatistics(name))}`, '42704', catalog),
  publication: ({ name }, catalog) => {
    const absence = absences.absenceOfPublication(name, catalog);
    return absence && { error: '42704', object: `publication ${name}`, of: undefined, why: absence };
  },
  'published-table': ({ publication, table }, catalog) => {
    const known = catalog.parts.perhaps.has(`publication ${publication}`) || catalog.isAnythingDoubted() ? undefined : catalog.parts.publications.get(publication);
    const name = catalog.qualify(table);
    if (!known || known.everything || typeof catalog.find(table) === 'string' || known.tables.some((one) => isSameName(one, name))) return undefined;
    return { error: '42704', object: `table ${printName(name)}`, of: `publication ${publication}`, why: 'never' };
  },
};

/** Where its schema may not be there either, PostgreSQL may complain of that. */
function whole(absence: Absence, { schema }: RelationName, object: string, error: string, { parts }: Catalog): Missing | undefined {
  if (absence === undefined) return undefined;
  const isInSchema = schema === undefined || schema === 'public' || (parts.schemas.get(schema) ?? 'absent') !== 'absent';
  return { error: isInSchema ? error : undefined, object, of: undefined, why: absence };
}

/** Types and functions PostgreSQL looks for in their schema, and asks for that first. */
function inSchema(found: Missing | undefined, { schema }: RelationName, catalog: Catalog): Missing | undefined {
  const absence = found && schema !== undefined ? absences.absenceOfSchema(schema, catalog) : undefined;
  return absence ? { error: '3F000', object: `schema ${schema}`, of: undefined, why: absence } : found;
}

function ofWhole(object: string, { name }: Relation, error: string): Missing {
  return { error, object, of: printName(name), why: 'never' };
}

function missingColumn({ column, of, isField }: MentionedOf<'column'>, catalog: Catalog): Missing | undefined {
  const relations = of.map((table) => knownRelation(table, catalog));
  const [first] = relations;
  if (first === undefined || systemColumns.has(column) || isPlaceholder(column)) return undefined;
  if (relations.some((one) => one === undefined || one.kind === 'sequence' || one.columns.has(column))) return undefined;
  if (isField && (isBuiltinFunction(column) || catalog.function({ schema: undefined, name: column }).length > 0)) return undefined;
  const names = [...new Set(relations.flatMap((one) => (one ? [printName(one.name)] : [])))];
  return { error: '42703', object: `column ${column}`, of: names.length > 2 ? undefined : names.join(' and '), why: 'never' };
}

/** One of which the history shows all. */
function knownRelation(name: RelationName, catalog: Catalog): Relation | undefined {
  const found = absences.mayBeTemporary(name, catalog) ? 'unknown' : catalog.find(name);
  return typeof found === 'string' || !catalog.isWhollyKnown(found) || !catalog.parts.isPathKnown ? undefined : found;
}

function knownType(name: RelationName, catalog: Catalog): ReturnType<Catalog['type']> {
  const key = printName(catalog.qualifyType(name));
  return catalog.isAnythingDoubted() || catalog.parts.perhaps.has(`type ${key}`) ? undefined : catalog.type(name);
}

/** Behind a foreign key to a partitioned table stand more, one for each partition, under names that PostgreSQL makes up. */
function mayBeHidden({ constraints }: Relation, name: string, catalog: Catalog): boolean {
  return /(?:fkey|\d)$/.test(name) && constraints.some((one) => one.type === 'foreign-key' && (typeof catalog.find(one.references) === 'string' || catalog.isPartitioned(one.references)));
}

const hasNo: { readonly [K in PartKind]: (relation: Relation, name: string, catalog: Catalog) => boolean } = {
  constraint: (relation, name, catalog) => !relation.constraints.has(name) && relation.kind !== 'view' && !mayBeHidden(relation, name, catalog),
  trigger: ({ triggers }, name) => triggers !== 'unknown' && !triggers.has(name) && !name.startsWith('RI_ConstraintTrigger'),
  policy: ({ policies }, name) => policies !== 'unknown' && !policies.has(name),
  rule: ({ rules }, name) => rules !== 'unknown' && !rules.has(name) && name !== '_RETURN',
  index: ({ indexes, name: { schema } }, name, catalog) => !indexes.has(name) && absences.absenceOfIndex({ schema, name }, catalog) !== undefined,
};
