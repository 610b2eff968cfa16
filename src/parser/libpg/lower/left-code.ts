// What a statement leaves behind that is run later, by the use of what it makes: defaults, checks, queries of views, rules, operators.

import type { Node } from '@pgsql/types';
import type { RelationName } from '../../../model/names.ts';
import type { RuleEvent } from '../../../model/changes/attachment-changes.ts';
import { noUsage, type Holder, type LeftCode, type Occasion, type Usage } from '../../../model/usage.ts';
import type { Context, NodeOf, Tag } from './context.ts';
import { option } from './indexes.ts';
import { nameOfList, partsOf, nameOfParts, relationName, strings } from './names.ts';
import { ruleEvents, triggerEvents } from './attachments.ts';
import { typeName, usageIn } from './usage.ts';

export function leftBy(node: Node, context: Context): LeftCode[] {
  const [tag, content] = Object.entries(node)[0] ?? ['', undefined];
  const read = readers[tag as Tag] as ((content: unknown, context: Context) => LeftCode[]) | undefined;
  return read?.(content, context) ?? [];
}

type Readers = { readonly [K in Tag]?: (node: NodeOf<K>, context: Context) => LeftCode[] };

const writing: readonly Occasion[] = ['insert', 'update', 'scan'];

const readers: Readers = {
  CreateStmt: ({ relation, tableElts, constraints }, context) => {
    const parts = (tableElts ?? []).filter((element) => 'ColumnDef' in element || 'Constraint' in element);
    return [...parts, ...(constraints ?? [])].flatMap((part) => onRelation(relationName(relation), writing, [part], context));
  },
  AlterTableStmt: ({ relation, cmds = [] }, context) =>
    cmds.flatMap((cmd) => ('AlterTableCmd' in cmd && leaving.has(cmd.AlterTableCmd.subtype ?? '') ? onRelation(relationName(relation), writing, [cmd.AlterTableCmd.def], context) : [])),
  IndexStmt: ({ relation, indexParams, whereClause }, context) => onRelation(relationName(relation), writing, [indexParams, whereClause], context),
  CreateStatsStmt: ({ relations = [], exprs }, context) =>
    relations.flatMap((one) => ('RangeVar' in one ? onRelation(relationName(one.RangeVar), ['scan'], [exprs], context) : [])),
  ViewStmt: ({ view, query }, context) => onRelation(relationName(view), ['read'], [query], context),
  CreateTableAsStmt: ({ into, query, objtype }, context) =>
    objtype === 'OBJECT_MATVIEW' ? onRelation(relationName(into?.rel), ['refresh'], [query], context) : [],
  RuleStmt: ({ relation, event, whereClause, actions }, context) =>
    onRelation(relationName(relation), [occasions[ruleEvents[event ?? ''] ?? 'select']], [whereClause, actions], context),
  CreateTrigStmt: ({ relation, funcname, events = 0, whenClause }, context) => {
    const on = triggerEvents(events);
    const holder: Holder = { kind: 'relation', name: relationName(relation), on, isTrigger: true };
    return [{ holder, usage: callOf(nameOfList(funcname), context.span) }, ...onRelation(holder.name, on, [whenClause], context)];
  },
  CreatePolicyStmt: ({ table, qual, with_check: check }, context) => onRelation(relationName(table), ['read', ...writing, 'delete'], [qual, check], context),
  AlterPolicyStmt: ({ table, qual, with_check: check }, context) => onRelation(relationName(table), ['read', ...writing, 'delete'], [qual, check], context),
  CreateDomainStmt: ({ domainname, constraints }, context) => left({ kind: 'type', name: nameOfList(domainname) }, [constraints], context),
  AlterDomainStmt: ({ typeName, def }, context) => left({ kind: 'type', name: nameOfList(typeName) }, [def], context),
  CreateCastStmt: ({ targettype, func }, { span }) => (func ? [{ holder: { kind: 'type', name: typeName(targettype) }, usage: callOf(nameOfList(func.objname), span) }] : []),
  CreateOpClassStmt: ({ opclassname, datatype, items = [] }, { span }) => {
    const names = items.flatMap((item) => ('CreateOpClassItem' in item && item.CreateOpClassItem.itemtype === FUNCTION ? [nameOfParts(partsOf({ ObjectWithArgs: item.CreateOpClassItem.name ?? {} }))] : []));
    const types = [{ schema: undefined, name: nameOfList(opclassname).name }, typeName(datatype)];
    return names.flatMap((name) => types.map((type): LeftCode => ({ holder: { kind: 'type', name: type }, usage: callOf(name, span) })));
  },
  CreateRangeStmt: ({ typeName, params }, { span }) =>
    ['canonical', 'subtype_diff'].flatMap((name) => {
      const called = option(params, name)?.arg;
      return called ? [{ holder: { kind: 'type', name: nameOfList(typeName) } as const, usage: callOf(nameOfParts(partsOf(called)), span) }] : [];
    }),
  DefineStmt: ({ kind, defnames, definition }, { span }) => {
    const name = nameOfList(defnames);
    const holder: Holder | undefined = kind === 'OBJECT_OPERATOR' ? { kind: 'operator', name: name.name } : kind === 'OBJECT_AGGREGATE' ? { kind: 'function', name } : undefined;
    const run = (definition ?? []).flatMap((item) => ('DefElem' in item && runFor.has(item.DefElem.defname ?? '') ? [nameOfParts(partsOf(item.DefElem.arg))] : []));
    return holder ? run.map((one) => ({ holder, usage: callOf(one, span) })) : [];
  },
  CreateFunctionStmt: ({ funcname, parameters = [] }, context) => {
    const defaults = parameters.flatMap((one) => ('FunctionParameter' in one ? (one.FunctionParameter.defexpr ?? []) : []));
    return left({ kind: 'function', name: nameOfList(funcname) }, defaults, context);
  },
  CreateEventTrigStmt: ({ trigname = '', eventname, funcname, whenclause = [] }, { span }) => {
    const tags = whenclause.flatMap((item) => ('DefElem' in item && item.DefElem.arg && 'List' in item.DefElem.arg ? strings(item.DefElem.arg.List.items) : []));
    return eventname === 'login' ? [] : [{ holder: { kind: 'event', name: trigname, tags }, usage: callOf(nameOfList(funcname), span) }];
  },
  DropStmt: ({ removeType, objects = [] }) =>
    removeType === 'OBJECT_EVENT_TRIGGER' ? objects.map((one) => ({ holder: { kind: 'event', name: nameOfParts(partsOf(one)).name, tags: [] }, usage: noUsage })) : [],
  CreateSchemaStmt: ({ schemaname = '', schemaElts = [] }, context) =>
    schemaElts.flatMap((element) => leftBy(element, context)).map((code) => insideOf(schemaname, code)),
};

/** OPCLASS_ITEM_FUNCTION. Source: src/include/nodes/parsenodes.h. */
const FUNCTION = 2;

/** What an operator or an aggregate runs for its values. */
const runFor: ReadonlySet<string> = new Set(['procedure', 'function', 'sfunc', 'finalfunc', 'combinefunc', 'msfunc', 'minvfunc', 'mfinalfunc', 'serialfunc', 'deserialfunc']);

const leaving: ReadonlySet<string> = new Set(['AT_AddColumn', 'AT_ColumnDefault', 'AT_AddConstraint', 'AT_SetExpression']);

const occasions = { select: 'read', insert: 'insert', update: 'update', delete: 'delete' } as const satisfies Record<RuleEvent, Occasion>;

function onRelation(name: RelationName, on: readonly Occasion[], parts: readonly unknown[], context: Context): LeftCode[] {
  return left({ kind: 'relation', name, on }, parts, context);
}

function left(holder: Holder, parts: readonly unknown[], context: Context): LeftCode[] {
  const usage = usageIn(parts.filter((part) => part !== undefined), context, false);
  return usage ? [{ holder, usage }] : [];
}

function callOf(name: RelationName, span: Context['span']): Usage {
  return { ...noUsage, calls: [{ name, argumentCount: ANY, arguments: [], span, isCertain: false }] };
}

/** How many arguments it has, the function itself says. */
const ANY = -1;

function insideOf(schema: string, code: LeftCode): LeftCode {
  const { holder } = code;
  return holder.kind === 'relation' && holder.name.schema === undefined ? { ...code, holder: { ...holder, name: { ...holder.name, schema } } } : code;
}

