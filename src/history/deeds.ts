// How much a function of the history does, with all that it calls: whether a call of it has to be told.

import { runsIn } from '../model/block.ts';
import type { Catalog, CatalogParts } from '../model/catalog.ts';
import { isBlock, type FunctionBody } from '../model/function-body.ts';
import type { Statement } from '../model/statement.ts';
import { knownCall } from '../postgres/known-calls.ts';
import { candidatesFor } from './candidates.ts';
import { invocationsOf } from './invocations.ts';
import { codeOfFunction } from './left-code.ts';
import { schemasOf } from './search-path.ts';

/** `more`: it changes the schema, settings or transactions, or something that it runs can't be read. */
export type Deed = 'nothing' | 'rows' | 'more';

/** As long as nothing that it depends on changes, it is found once. */
export function deedOf(body: FunctionBody, catalog: Catalog): Deed {
  const { functions, relations, code, searchPath } = catalog.parts;
  const known = answers.get(functions);
  const isValid = known?.relations === relations && known.code === code && String(known.searchPath) === String(searchPath);
  const { deeds } = isValid ? known : { deeds: new Map<FunctionBody, Deed>() };
  if (!isValid) answers.set(functions, { relations, code, searchPath, deeds });
  const deed = deeds.get(body) ?? findDeed(body, catalog);
  deeds.set(body, deed);
  return deed;
}

interface Answers extends Pick<CatalogParts, 'relations' | 'code' | 'searchPath'> {
  readonly deeds: Map<FunctionBody, Deed>;
}

const answers = new WeakMap<CatalogParts['functions'], Answers>();

/** Each body is looked at once, however often it is called. */
function findDeed(body: FunctionBody, catalog: Catalog): Deed {
  const seen = new Set<FunctionBody>([body]);
  const pending: { readonly body: FunctionBody; readonly catalog: Catalog }[] = [{ body, catalog }];
  let deed: Deed = 'nothing';
  for (const next of pending) {
    const read = next.body.general;
    const inside = lookingIn(next.catalog, next.body);
    if (!isBlock(read) || inside === undefined) return 'more';
    for (const statement of statementsIn(read)) {
      const own = ownDeed(statement);
      if (own === 'more') return own;
      if (own === 'rows') deed = own;
      for (const invocation of invocationsOf(statement, inside)) {
        if (invocation.kind === 'prepared') return 'more';
        const called = candidatesFor(invocation.call, inside);
        if (called.length === 0 && !invocation.isImplied && codeOfFunction(inside, invocation.call.name).length === 0 && isUnread(knownCall(invocation.call))) return 'more';
        for (const { body: inner } of called) {
          if (seen.has(inner)) continue;
          seen.add(inner);
          pending.push({ body: inner, catalog: inside });
        }
      }
    }
  }
  return deed;
}

function isUnread(known: ReturnType<typeof knownCall>): boolean {
  return known === undefined || known === 'runs-sql';
}

/** Where its own SET search_path makes it look for names; undefined where only the server knows. */
function lookingIn(catalog: Catalog, { settings }: FunctionBody): Catalog | undefined {
  const path = settings.find(({ name }) => name === 'search_path');
  if (!path) return catalog;
  const searchPath = schemasOf(path.value);
  return searchPath && catalog.with({ searchPath });
}

function statementsIn(block: Parameters<typeof runsIn<Statement>>[0]): Statement[] {
  return runsIn(block).flatMap((statement) => (statement.kind === 'block' ? statementsIn(statement.body) : [statement]));
}

function ownDeed(statement: Statement): Deed {
  switch (statement.kind) {
    case 'harmless':
    case 'block':
      return 'nothing';
    case 'data':
      return statement.actions.some(({ verb }) => verb !== 'plan' && verb !== 'match') ? 'rows' : 'nothing';
    case 'setting':
      return statement.assignments.every(({ name }) => isOfApplication(name)) ? 'nothing' : 'more';
    case 'schema':
    case 'transaction':
    case 'reset-settings':
    case 'end-temporary':
    case 'opaque':
      return 'more';
  }
}

/** A name with a point is no setting of PostgreSQL. */
function isOfApplication(setting: string): boolean {
  return setting.includes('.');
}
