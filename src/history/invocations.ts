// Which functions a statement calls: those that it names, and those that hang on the operators, types, relations and triggers it uses.

import type { Catalog } from '../model/catalog.ts';
import type { Change } from '../model/change.ts';
import { followingRows } from '../model/following-keys.ts';
import { printName, type QualifiedName, type RelationName } from '../model/names.ts';
import type { RowAction } from '../model/row-action.ts';
import type { Statement } from '../model/statement.ts';
import { usageAt, type Call, type Occasion, type Usage } from '../model/usage.ts';
import { callOfTrigger, codeOfEvents, codeOfFunction, codeOfOperator, codeOfRelation, codeOfType } from './left-code.ts';

export type Invocation =
  /** `isImplied`: it does not stand in the statement. */
  | { readonly kind: 'call'; readonly call: Call; readonly isImplied: boolean }
  /** EXECUTE; undefined where history does not show what was prepared. */
  | { readonly kind: 'prepared'; readonly name: string; readonly statement: Statement | undefined };

export function invocationsOf(statement: Statement, catalog: Catalog): readonly Invocation[] {
  const collector = new Collector(catalog, statement);
  if (statement.usage) collector.addUsage(statement.usage, false);
  if (statement.kind === 'data') for (const action of statement.actions) collector.addRows(action);
  if (statement.kind === 'schema') {
    for (const change of statement.changes) collector.addChange(change);
    collector.addEvents(statement.command);
  }
  return collector.all();
}

class Collector {
  readonly found: Invocation[] = [];
  readonly #catalog: Catalog;
  readonly #statement: Statement;
  readonly #seen = new Set<unknown>();
  /** What hangs on what is used, and is not looked at yet. */
  readonly #pending: Usage[] = [];

  constructor(catalog: Catalog, statement: Statement) {
    this.#catalog = catalog;
    this.#statement = statement;
  }

  all(): readonly Invocation[] {
    for (const usage of this.#pending) this.addUsage(usageAt(usage, this.#statement.span), true);
    return this.found;
  }

  addUsage({ calls, operators, types, relations, writes, prepared }: Usage, isImplied: boolean): void {
    for (const call of calls) this.#call(call, isImplied || call.isField === true);
    for (const name of prepared) this.found.push({ kind: 'prepared', name, statement: this.#catalog.parts.prepared.get(name)?.statement });
    for (const name of isImplied ? writes : []) for (const occasion of writing) this.#written(this.#catalog.qualify(name), occasion);
    for (const name of relations) this.#relation(this.#catalog.qualify(name), 'read');
    if (this.#catalog.parts.code.isEmpty) return;
    for (const name of operators) this.#implied(codeOfOperator(this.#catalog, name));
    for (const name of types) this.#type(name);
  }

  /** Of the target, of its partitions, of what lies below a view, and of tables whose rows follow by their foreign keys. */
  addRows({ verb, target, fills }: RowAction): void {
    for (const occasion of occasionsOf(verb, fills)) this.#written(this.#catalog.qualify(target), occasion);
  }

  addChange(change: Change): void {
    if (change.kind === 'truncate') this.#written(this.#catalog.qualify(change.table), 'truncate');
    if (change.kind === 'refresh' && change.withData) this.#relation(this.#catalog.qualify(change.view), 'refresh');
    if (scanning.has(change.kind) && 'table' in change && change.table) this.#relation(this.#catalog.qualify(change.table), 'scan');
    if (change.kind === 'reindex' && change.relation) this.#relation(this.#catalog.qualify(change.relation), 'scan');
  }

  /** Event triggers know nothing of what belongs to the whole server, nor of each other. */
  addEvents(command: string): void {
    if (unheard.test(command)) return;
    this.#implied(codeOfEvents(this.#catalog).filter(({ holder }) => holder.kind === 'event' && (holder.tags.length === 0 || holder.tags.includes(command))));
  }

  #call(call: Call, isImplied: boolean): void {
    this.found.push({ kind: 'call', call, isImplied });
    if (this.#catalog.parts.code.isEmpty) return;
    this.#implied(codeOfFunction(this.#catalog, call.name));
    if (call.argumentCount === 1) this.#type(call.name);
  }

  #implied(held: readonly { readonly usage: Usage }[]): void {
    for (const { usage } of held) {
      if (this.#seen.has(usage)) continue;
      this.#seen.add(usage);
      this.#pending.push(usage);
    }
  }

  /** Many triggers may run one function. */
  #trigger(run: QualifiedName): void {
    const key = `trigger ${printName(run)}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#implied([{ usage: callOfTrigger(run) }]);
  }

  /** A value of a domain is one of the domain below it too, and a row has values. */
  #type(name: RelationName): void {
    const key = `type ${printName(name)}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#implied(codeOfType(this.#catalog, name));
    const info = this.#catalog.type(name);
    if (info?.kind === 'domain') this.#type(info.base.name);
    if (info?.kind === 'composite') for (const { type } of info.attributes) this.#type(type.name);
  }

  #relation(name: QualifiedName, occasion: Occasion): void {
    this.#implied(codeOfRelation(this.#catalog, name, occasion));
  }

  #written(first: QualifiedName, event: Occasion): void {
    const pending: { readonly name: QualifiedName; readonly occasion: Occasion }[] = [{ name: first, occasion: event }];
    for (const { name, occasion } of pending) {
      const key = `${occasion} ${printName(name)}`;
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      this.#relation(name, occasion);
      const relation = this.#catalog.find(name);
      if (typeof relation === 'string') continue;
      if (relation.triggers !== 'unknown') {
        for (const { events, function: run } of relation.triggers.values()) {
          if (events.some((event) => event === occasion)) this.#trigger(run);
        }
      }
      if (!this.#catalog.parts.code.isEmpty && occasion !== 'delete') for (const { type } of relation.columns.values()) this.#type(type.name);
      const below = [...relation.children, ...(relation.base ? [relation.base] : [])];
      pending.push(...below.map((one) => ({ name: one, occasion })), ...this.#following(name, occasion));
    }
  }

  /** Rows that point to those of a table: foreign keys delete or change them, and TRUNCATE … CASCADE goes on there. */
  #following(name: QualifiedName, occasion: Occasion): readonly { readonly name: QualifiedName; readonly occasion: Occasion }[] {
    if (occasion === 'delete' || occasion === 'update') {
      return followingRows(this.#catalog, name, occasion, 'all').map(({ table, verb }) => ({ name: table, occasion: verb }));
    }
    const relation = occasion === 'truncate' ? this.#catalog.find(name) : 'absent';
    return typeof relation === 'string' ? [] : relation.referencedBy.values().map((one) => ({ name: one, occasion }));
  }
}

const writing: readonly Occasion[] = ['insert', 'update', 'delete'];

function occasionsOf(verb: RowAction['verb'], fills: readonly string[]): readonly Occasion[] {
  switch (verb) {
    case 'insert':
      return fills.length > 0 ? ['insert', 'update'] : ['insert'];
    case 'copy':
      return ['insert'];
    case 'merge':
      return ['insert', 'update', 'delete'];
    case 'update':
    case 'delete':
      return [verb];
    case 'lock-rows':
    case 'plan':
    case 'match':
      return [];
  }
}

/** Changes that go through the rows of a table, or through samples of them. */
const scanning: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'alter-column-type',
  'validate-constraint',
  'set-access-method',
  'cluster',
  'repack',
  'vacuum',
  'analyze',
  'attach-partition',
]);

/** Source: the event trigger support matrix of PostgreSQL's documentation. */
const unheard =
  /^(?:TRUNCATE|VACUUM|ANALYZE|CLUSTER|LOCK|CHECKPOINT|LOAD|(?:CREATE|ALTER|DROP) (?:DATABASE|ROLE|USER|TABLESPACE|EVENT TRIGGER)|GRANT ROLE|REVOKE ROLE|ALTER SYSTEM)/;
