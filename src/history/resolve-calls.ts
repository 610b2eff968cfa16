// What SELECT f() does, by the body of f in the history: nothing, or a deed that keeps the statement opaque.

import { runsIn } from '../model/block.ts';
import type { FunctionInfo } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Change } from '../model/change.ts';
import type { Culprit, Deed } from '../model/culprit.ts';
import type { FunctionCall } from '../model/expression.ts';
import type { FunctionBody } from '../model/function-body.ts';
import type { Statement, StatementKind, StatementOf } from '../model/statement.ts';
import { schemasOf } from './advance.ts';

/** Harmless where history shows that all the functions it calls only read; else opaque, with the first call that does more. */
export function resolveCalls(statement: StatementOf<'opaque'>, catalog: Catalog): Statement {
  const { span, features, command, calls, actions } = statement;
  if (calls.length === 0) return statement;
  const culprit = culpritOf(calls, catalog);
  if (culprit) return { culprit, ...statement };
  return actions.length > 0 ? { kind: 'data', span, features, command, actions } : { kind: 'harmless', span, features, command };
}

function culpritOf(calls: readonly FunctionCall[], catalog: Catalog): Culprit | undefined {
  const reader = new BodyReader(catalog);
  for (const call of calls) {
    const deed = reader.ofCall(call);
    if (deed) return { function: call.name, deed };
  }
  return undefined;
}

type Deeds = { readonly [K in StatementKind]: (statement: StatementOf<K>) => Deed | undefined };

class BodyReader {
  readonly #catalog: Catalog;
  /** A function that calls itself does what else it does. */
  readonly #read: Set<FunctionBody>;

  constructor(catalog: Catalog, read = new Set<FunctionBody>()) {
    this.#catalog = catalog;
    this.#read = read;
  }

  ofCall({ name, argumentCount }: FunctionCall): Deed | undefined {
    const called = overloadsFor(this.#catalog.function(name), argumentCount);
    if (called.length === 0) return 'unknown';
    return first(called, ({ body }) => this.#ofBody(body));
  }

  #ofBody(body: FunctionBody): Deed | undefined {
    if (this.#read.has(body)) return undefined;
    this.#read.add(body);
    const { statements, searchPath } = body;
    const schemas = searchPath ? schemasOf(searchPath) : this.#catalog.parts.searchPath;
    if (statements === 'unreadable' || schemas === undefined) return 'unread';
    const inside = new BodyReader(this.#catalog.with({ searchPath: schemas }), this.#read);
    return first(statements, (statement) => inside.#ofStatement(statement.kind, statement));
  }

  #ofStatement<K extends StatementKind>(kind: K, statement: StatementOf<K>): Deed | undefined {
    return this.#deeds[kind](statement);
  }

  readonly #deeds: Deeds = {
    schema: ({ changes }) => (changes.some(isOfTable) ? 'alters-tables' : 'changes-schema'),
    data: ({ actions }) => {
      const done = actions.filter(({ verb }) => verb !== 'plan');
      if (done.length === 0) return undefined;
      return done.every(({ verb }) => verb === 'lock-rows') ? 'locks-rows' : 'writes-rows';
    },
    transaction: () => 'ends-transactions',
    setting: ({ assignments }) => (assignments.every(({ name }) => isOfApplication(name)) ? undefined : 'changes-settings'),
    'reset-settings': () => 'changes-settings',
    'end-temporary': () => 'changes-settings',
    opaque: ({ calls, actions }) => {
      if (calls.length === 0) return 'unread';
      return first(calls, (call) => this.ofCall(call)) ?? (actions.length > 0 ? 'locks-rows' : undefined);
    },
    block: ({ body }) => first(runsIn(body), (statement) => this.#ofStatement(statement.kind, statement)),
    harmless: () => undefined,
  };
}

/** Those with as many arguments; where none has, any may be meant, because of defaults and VARIADIC. */
function overloadsFor(overloads: readonly FunctionInfo[], argumentCount: number): readonly FunctionInfo[] {
  const exact = overloads.filter((overload) => overload.argumentTypes.length === argumentCount);
  return exact.length > 0 ? exact : overloads;
}

function first<T>(items: readonly T[], deedOf: (item: T) => Deed | undefined): Deed | undefined {
  for (const item of items) {
    const deed = deedOf(item);
    if (deed) return deed;
  }
  return undefined;
}

function isOfTable(change: Change): boolean {
  return change.kind !== 'create-table' && 'table' in change && change.table !== undefined;
}

/** A name with a point is no setting of PostgreSQL. */
function isOfApplication(setting: string): boolean {
  return setting.includes('.');
}
