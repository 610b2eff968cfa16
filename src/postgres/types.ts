// PostgreSQL's own types and those of its contrib extensions, and how one becomes another.

import type { PostgresVersion } from '../model/version.ts';
import { holdsIn, type Cast, type CastFact, type TypeFact } from './facts.ts';
import { castFacts, typeFacts, typeSpellings } from './types.generated.ts';

/**
 * Whether a type comes with PostgreSQL or one of its contrib extensions. Array types (`_int4`, `int4[]`) and pseudo-types do;
 * domains and row types do not, nor does `serial`, which is no type.
 */
export function isBuiltinType(name: string, version: PostgresVersion): boolean {
  return catalogOf(version).types.has(catalogTypeName(name));
}

/** The method of `findCast`. */
export function castOf(from: string, to: string, version: PostgresVersion): Cast['method'] | 'none' {
  const cast = findCast(from, to, version);
  return cast === 'none' ? 'none' : cast.method;
}

/**
 * How a value of one built-in type becomes one of another, whatever their lengths and precisions. It is looked for where
 * find_coercion_pathway() of src/backend/parser/parse_coerce.c looks: in pg_cast, then element by element, then by way of text.
 *
 * Source: the catalogs of running servers, by test/postgres/generate-facts.mjs.
 */
export function findCast(from: string, to: string, version: PostgresVersion): Cast | 'none' {
  return coercion(catalogTypeName(from), catalogTypeName(to), catalogOf(version));
}

/** What pg_type calls a type: `integer` is `int4`, `integer[]` is `_int4`. */
export function catalogTypeName(spelling: string): string {
  if (spelling.endsWith('[]')) return `_${catalogTypeName(spelling.slice(0, -2))}`;
  return typeSpellings.get(spelling) ?? spelling;
}

interface TypeCatalog {
  readonly types: ReadonlyMap<string, TypeFact>;
  readonly casts: ReadonlyMap<string, CastFact>;
}

function coercion(from: string, to: string, catalog: TypeCatalog): Cast | 'none' {
  const [source, target] = [catalog.types.get(from), catalog.types.get(to)];
  if (!source || !target) return 'none';
  if (from === to) return { method: 'binary', context: 'implicit', volatility: 'immutable' };
  return catalog.casts.get(`${from}>${to}`) ?? elementwise(from, to, catalog) ?? throughText(source, target) ?? 'none';
}

/** Arrays are taken apart and put together again, even where the elements stay as they are. */
function elementwise(from: string, to: string, catalog: TypeCatalog): Cast | undefined {
  const [source, target] = [elementOf(from), elementOf(to)];
  const cast = source && target ? coercion(source, target, catalog) : 'none';
  if (cast === 'none') return undefined;
  return cast.method === 'binary' ? { ...cast, method: 'function' } : cast;
}

function elementOf(array: string): string | undefined {
  return array.startsWith('_') ? array.slice(1) : undefined;
}

/** Everything becomes a string where it is stored in one; of a string, anything where the SQL says so. */
function throughText(source: TypeFact, target: TypeFact): Cast | undefined {
  if (source.category === 'P' || target.category === 'P') return undefined;
  const volatility = source.volatility === 'immutable' ? target.volatility : source.volatility;
  if (target.category === 'S') return { method: 'inout', context: 'assignment', volatility };
  if (source.category === 'S') return { method: 'inout', context: 'explicit', volatility };
  return undefined;
}

const catalogs = new Map<PostgresVersion, TypeCatalog>();

/** Made on the first look-up. */
function catalogOf(version: PostgresVersion): TypeCatalog {
  const catalog = catalogs.get(version) ?? { types: byMember(typeFacts, version), casts: byMember(castFacts, version) };
  catalogs.set(version, catalog);
  return catalog;
}

function byMember<F extends TypeFact | CastFact>(facts: readonly F[], version: PostgresVersion): ReadonlyMap<string, F> {
  const inForce = facts.filter((fact) => holdsIn(fact, version));
  return new Map(
    inForce.flatMap((fact) =>
      fact.members
        .trim()
        .split(/\s+/)
        .map((member) => [member, fact] as const),
    ),
  );
}
