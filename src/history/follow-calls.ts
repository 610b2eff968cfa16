// What a statement runs because of what it calls: the bodies of functions of the history, and what keeps others from being read.

import type { Block, BlockNode } from '../model/block.ts';
import type { FunctionInfo } from '../model/catalog-objects.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Cause, Culprit } from '../model/culprit.ts';
import { isBlock, type ArgumentTexts, type FunctionBody, type FunctionRun } from '../model/function-body.ts';
import type { QualifiedName } from '../model/names.ts';
import { blockAt, statementAt, type Statement } from '../model/statement.ts';
import type { Call } from '../model/usage.ts';
import type { Span } from '../text/span.ts';
import { knownCall } from '../postgres/known-calls.ts';
import { candidatesFor } from './candidates.ts';
import { deedOf } from './deeds.ts';
import { invocationsOf, type Invocation } from './invocations.ts';
import { codeOfFunction } from './left-code.ts';

/** In the order in which they stand in it; nothing of what only reads. */
export function followCalls(statement: Statement, catalog: Catalog): Block<Statement> {
  return invocationsOf(statement, catalog).flatMap((invocation) => new Follower(statement, catalog).follow(invocation));
}

class Follower {
  readonly #statement: Statement;
  readonly #catalog: Catalog;

  constructor(statement: Statement, catalog: Catalog) {
    this.#statement = statement;
    this.#catalog = catalog;
  }

  follow(invocation: Invocation): Block<Statement> {
    if (invocation.kind === 'call') return this.#call(invocation.call, invocation.isImplied);
    const { span } = this.#statement;
    const { statement } = invocation;
    if (statement) return [{ kind: 'run', what: statementAt(statement.kind === 'data' ? { ...statement, wasPrepared: true } : statement, span) }];
    return [this.#gap({ kind: 'unprepared', name: invocation.name }, span, false)];
  }

  #call(call: Call, isImplied: boolean): Block<Statement> {
    const known = knownCall(call);
    const own = candidatesFor(call, this.#catalog);
    if (own.length === 0) return this.#ofServer(call, known, isImplied);
    const runs = own.flatMap((one): BlockNode<Statement>[] => this.#own(one, call, isImplied));
    const isCertain = call.isCertain && !isImplied && known === undefined;
    if (runs.length === 0) return [];
    if (own.length === 1) return isCertain ? runs : [{ kind: 'loop', body: runs }];
    const arms = runs.map((run) => ({ condition: { kind: 'unknown' } as const, body: [run] }));
    return [{ kind: 'choice', arms }];
  }

  /** Of several functions, one is meant. */
  #own(info: FunctionInfo, call: Call, isImplied: boolean): BlockNode<Statement>[] {
    const deed = deedOf(info.body, this.#catalog);
    if (deed === 'nothing') return [];
    const run: FunctionRun = { function: this.#catalog.qualifyFunction(call.name), body: info.body, values: valuesOf(call, info.body), isImplied };
    const read = info.body.for(run.values);
    if (!isBlock(read)) return [this.#gap(read.unread === 'language' ? { kind: 'unread-language', language: read.language } : { kind: 'unread-body' }, call.span, isImplied, [run.function])];
    return [{ kind: 'run', what: { kind: 'block', command: this.#statement.command, span: call.span, features: [], body: blockAt(read, call.span), run } }];
  }

  /** Of PostgreSQL, of an extension, or of nobody that history shows. */
  #ofServer(call: Call, known: ReturnType<typeof knownCall>, isImplied: boolean): Block<Statement> {
    const isType = call.argumentCount === 1 && this.#catalog.type(call.name) !== undefined;
    if (known === 'builtin' || known === 'harmless' || call.isField || isType || codeOfFunction(this.#catalog, call.name).length > 0) return [];
    return [this.#gap({ kind: known === 'runs-sql' ? 'handed-sql' : 'unknown-function', function: call.name }, call.span, isImplied)];
  }

  #gap(cause: Cause, span: Span, isImplied: boolean, through: readonly QualifiedName[] = []): BlockNode<Statement> {
    return { kind: 'run', what: gap(this.#statement, { cause, through, isImplied }, span) };
  }
}

/** What can't be followed. */
export function gap({ command }: Statement, culprit: Culprit, span: Span): Statement {
  return { kind: 'opaque', command, span, features: [], culprit };
}

function valuesOf({ arguments: given }: Call, { parameters }: FunctionBody): ArgumentTexts {
  const values = parameters.map((one) => one.default);
  given.forEach((one, place) => {
    const index = one.parameter === undefined ? place : parameters.findIndex(({ name }) => name === one.parameter);
    if (index in values) values[index] = one.kind === 'text' ? one.text : undefined;
  });
  return values;
}
