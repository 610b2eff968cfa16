// How the statements of a block with EXCEPTION go, where the errors that it waits for are about what is there and what is not.

import type { Catalog } from '../model/catalog.ts';
import type { Change, ChangeKind, ChangeOf } from '../model/change.ts';
import type { RelationName } from '../model/names.ts';
import type { NamePattern } from '../model/condition.ts';
import type { Statement } from '../model/statement.ts';
import type { PostgresVersion } from '../model/version.ts';
import { apply } from './apply.ts';
import { patternFor, presenceOf, type Presence } from './presence.ts';

/** `fails`: the first change that is refused, on what, and with which error · `refused`: no transaction takes the statement. */
export type Outcome =
  | { readonly kind: 'succeeds' | 'unknown' }
  | { readonly kind: 'refused'; readonly statement: Statement }
  | { readonly kind: 'fails'; readonly change: Change; readonly before: Catalog; readonly error: string };

/** Of what is waited for; any other error ends the migration. `errors`: names or SQLSTATEs; `isRefused`: wherever there is a transaction. */
export function foresee(
  statements: readonly Statement[],
  errors: readonly string[],
  start: Catalog,
  version: PostgresVersion,
  isRefused: (statement: Statement, catalog: Catalog) => boolean,
): Outcome {
  let catalog = start;
  let isKnown = true;
  for (const statement of statements) {
    if (isKnown && isRefused(statement, catalog)) return { kind: 'refused', statement };
    if (statement.kind === 'harmless') continue;
    if (statement.kind !== 'schema') return { kind: 'unknown' };
    for (const change of statement.changes) {
      const refusal = refusalOf(change, catalog);
      if (refusal !== 'none' && refusal !== 'unknown' && isKnown) return { kind: 'fails', change, before: catalog, error: refusal };
      isKnown &&= refusal === 'none';
      catalog = apply(catalog, change, version);
    }
  }
  return { kind: isKnown && errors.every((error) => nameOfError(error) !== undefined) ? 'succeeds' : 'unknown' };
}

/** Of the errors about what is there and what is not. Source: src/backend/utils/errcodes.txt. */
const names: Readonly<Record<string, string>> = {
  '42710': 'duplicate_object',
  '42P07': 'duplicate_table',
  '42701': 'duplicate_column',
  '42P06': 'duplicate_schema',
  '42723': 'duplicate_function',
  '42704': 'undefined_object',
  '42P01': 'undefined_table',
  '42703': 'undefined_column',
  '42883': 'undefined_function',
  '42P16': 'invalid_table_definition',
};

/** Undefined for all others. */
export function nameOfError(error: string): string | undefined {
  return names[error] ?? Object.values(names).find((name) => name === error);
}

type Refusal = 'none' | 'unknown' | 'duplicate_object' | 'duplicate_table' | 'duplicate_column' | 'undefined_table' | 'undefined_object' | 'undefined_column';

function refusalOf(change: Change, catalog: Catalog): Refusal {
  return ofKind(change.kind, change, catalog);
}

function ofKind<K extends ChangeKind>(kind: K, change: ChangeOf<K>, catalog: Catalog): Refusal {
  return refusals[kind]?.(change, catalog) ?? 'unknown';
}

/** Of the changes that people guard in this way. */
const refusals: { readonly [K in ChangeKind]?: (change: ChangeOf<K>, catalog: Catalog) => Refusal } = {
  'create-table': ({ table, ifNotExists }, catalog) => {
    return ifNotExists ? 'none' : refusedIf(presenceOf({ kind: 'relation', name: madeAs(table, catalog), kinds: undefined }, catalog), 'duplicate_table');
  },
  'create-index': ({ table, index, ifNotExists }, catalog) => {
    const relation = catalog.find(table);
    if (ifNotExists || index.name === undefined) return 'none';
    if (typeof relation === 'string') return 'unknown';
    const name = patternFor({ schema: relation.name.schema, name: index.name });
    return refusedIf(presenceOf({ kind: 'relation', name, kinds: undefined }, catalog), 'duplicate_table');
  },
  'add-column': ({ table, column, ifNotExists }, catalog) => {
    if (ifNotExists) return 'none';
    return refusedIf(presenceOf({ kind: 'column', table: patternFor(catalog.qualify(table)), name: column.name }, catalog), 'duplicate_column');
  },
  'add-constraint': ({ table, constraint }, catalog) => {
    const relation = catalog.find(table);
    if (constraint.name === undefined || typeof relation === 'string') return 'unknown';
    const isKey = constraint.type === 'unique' || constraint.type === 'primary-key' || constraint.type === 'exclusion';
    const name = patternFor({ schema: relation.name.schema, name: constraint.name });
    if (!isKey) return refusedIf(presenceOf({ kind: 'constraint', name, table: patternFor(relation.name), types: undefined }, catalog), 'duplicate_object');
    if (constraint.type === 'primary-key' && relation.constraints.some(({ type }) => type === 'primary-key')) return 'unknown';
    return refusedIf(presenceOf({ kind: 'relation', name, kinds: undefined }, catalog), 'duplicate_table');
  },
  'drop-constraint': ({ table, constraint, ifExists }, catalog) => {
    if (ifExists) return 'none';
    const name = { name: constraint, schema: { kind: 'any' } } as const;
    const presence = presenceOf({ kind: 'constraint', name, table: patternFor(catalog.qualify(table)), types: undefined }, catalog);
    return refusedIf(negated(presence), 'undefined_object');
  },
  'drop-column': ({ table, column, ifExists }, catalog) => {
    if (ifExists) return 'none';
    return refusedIf(negated(presenceOf({ kind: 'column', table: patternFor(catalog.qualify(table)), name: column }, catalog)), 'undefined_column');
  },
  'create-enum': ({ type }, catalog) => ofType(type, catalog),
  'create-type': ({ type }, catalog) => ofType(type, catalog),
  'create-composite': ({ type }, catalog) => ofType(type, catalog),
  'create-domain': ({ domain }, catalog) => ofType(domain, catalog),
  'create-trigger': ({ table, name }, catalog) => ofTablePart('trigger', table, name, catalog),
  'create-policy': ({ table, name }, catalog) => ofTablePart('policy', table, name, catalog),
  'drop-table': ({ table, ifExists }, catalog) => {
    if (ifExists) return 'none';
    const presence = presenceOf({ kind: 'relation', name: patternFor(catalog.qualify(table)), kinds: undefined }, catalog);
    return refusedIf(negated(presence), 'undefined_table');
  },
};

function negated(presence: Presence): Presence {
  return presence === 'unknown' ? presence : !presence;
}

function refusedIf(presence: Presence, refusal: Refusal): Refusal {
  return presence === 'unknown' ? presence : presence ? refusal : 'none';
}

function madeAs(name: RelationName, catalog: Catalog): NamePattern {
  return patternFor(catalog.creationName(name));
}

function ofType(type: RelationName, catalog: Catalog): Refusal {
  return refusedIf(presenceOf({ kind: 'type', name: madeAs(type, catalog) }, catalog), 'duplicate_object');
}

function ofTablePart(kind: 'trigger' | 'policy', table: RelationName, name: string, catalog: Catalog): Refusal {
  const presence = presenceOf({ kind, name: { name, schema: { kind: 'any' } }, table: patternFor(catalog.qualify(table)) }, catalog);
  return refusedIf(presence, 'duplicate_object');
}
