// What hangs on tables: triggers, policies, rules, statistics, publications.

import type {
  AlterPolicyStmt,
  AlterPublicationAction,
  AlterPublicationStmt,
  AlterTableCmd,
  CreatePolicyStmt,
  CreatePublicationStmt,
  CreateStatsStmt,
  CreateTrigStmt,
  Node,
  PublicationObjSpec,
  RuleStmt,
} from '@pgsql/types';
import type { Change, ChangeOf } from '../../../model/change.ts';
import type { PublishedTable, RuleEvent, TriggerChoice, TriggerEvent, TriggerTiming } from '../../../model/changes/attachment-changes.ts';
import { lowerClause } from './clause.ts';
import type { Context, StatementBody } from './context.ts';
import { writesOf } from './data.ts';
import { lowerExpression } from './expressions.ts';
import { option } from './indexes.ts';
import { mentionsIn } from './mentions.ts';
import { nameOfList, rangeVar, relationName, stringOf, strings } from './names.ts';
import { schema } from './objects.ts';

export function lowerTrigger(node: CreateTrigStmt, { span }: Context): StatementBody {
  return schema('CREATE TRIGGER', {
    kind: 'create-trigger',
    span,
    table: relationName(node.relation),
    name: node.trigname ?? '',
    level: node.row ? 'row' : 'statement',
    timing: timingOf(node.timing ?? 0),
    seesTable: (node.transitionRels ?? []).length > 0,
    function: nameOfList(node.funcname),
    events: triggerEvents(node.events ?? 0),
    references: node.constrrel && relationName(node.constrrel),
    replace: node.replace === true,
    columns: strings(node.columns),
    clause: lowerClause([node.whenClause], node.relation, ['new', 'old']),
  });
}

/** Source: TRIGGER_TYPE_BEFORE and TRIGGER_TYPE_INSTEAD in src/include/catalog/pg_trigger.h. */
function timingOf(bits: number): TriggerTiming {
  if (bits & 64) return 'instead';
  return bits & 2 ? 'before' : 'after';
}

/** Source: TRIGGER_TYPE_INSERT and its kin in src/include/catalog/pg_trigger.h. */
const eventBits: readonly { readonly bit: number; readonly event: TriggerEvent }[] = [
  { bit: 4, event: 'insert' },
  { bit: 8, event: 'delete' },
  { bit: 16, event: 'update' },
  { bit: 32, event: 'truncate' },
];

export function triggerEvents(bits: number): TriggerEvent[] {
  return eventBits.flatMap(({ bit, event }) => (bits & bit ? [event] : []));
}

const choices: Partial<Record<NonNullable<AlterTableCmd['subtype']>, TriggerChoice>> = {
  AT_EnableTrigAll: { kind: 'all' },
  AT_DisableTrigAll: { kind: 'all' },
  AT_EnableTrigUser: { kind: 'user' },
  AT_DisableTrigUser: { kind: 'user' },
};

/** What an action of ALTER TABLE turns on or off. */
export function chosenTriggers({ subtype, name = '' }: AlterTableCmd): TriggerChoice {
  return (subtype && choices[subtype]) ?? { kind: 'one', name };
}

export function switchesTriggersOn({ subtype }: AlterTableCmd): boolean {
  return subtype === 'AT_EnableTrig' || subtype === 'AT_EnableAlwaysTrig' || subtype === 'AT_EnableTrigAll' || subtype === 'AT_EnableTrigUser';
}

export function lowerCreatePolicy(node: CreatePolicyStmt, { span }: Context): StatementBody {
  return schema('CREATE POLICY', { kind: 'create-policy', span, ...policyOf(node) });
}

export function lowerAlterPolicy(node: AlterPolicyStmt, { span }: Context): StatementBody {
  return schema('ALTER POLICY', { kind: 'alter-policy', span, ...policyOf(node) });
}

function policyOf({ table, policy_name: name = '', qual, with_check: check }: AlterPolicyStmt): Pick<ChangeOf<'create-policy'>, 'table' | 'name' | 'clause'> {
  return { table: relationName(table), name, clause: lowerClause([qual, check], table, [table?.relname ?? '']) };
}

export const ruleEvents: Readonly<Record<string, RuleEvent>> = {
  CMD_SELECT: 'select',
  CMD_INSERT: 'insert',
  CMD_UPDATE: 'update',
  CMD_DELETE: 'delete',
};

export function lowerRule(node: RuleStmt, { span }: Context): StatementBody {
  return schema('CREATE RULE', {
    kind: 'create-rule',
    span,
    table: relationName(node.relation),
    name: node.rulename ?? '',
    event: ruleEvents[node.event ?? ''] ?? 'select',
    instead: node.instead === true,
    isConditional: node.whereClause !== undefined,
    readsRows: readsRows(node),
    runsQuery: (node.actions ?? []).some((action) => !('NotifyStmt' in action)),
    actions: (node.actions ?? []).flatMap(writesOf),
    replace: node.replace === true,
    clause: lowerClause([node.whereClause, ...(node.actions ?? [])], node.relation, ['new', 'old']),
  });
}

/** NEW of an INSERT is the values that it writes: nothing is read for it. Source: transformRuleStmt() in src/backend/parser/parse_utilcmd.c. */
function readsRows({ event, actions }: RuleStmt): boolean {
  const read = event === 'CMD_UPDATE' ? ['old', 'new'] : ['old'];
  return mentionsRow(actions, read);
}

function mentionsRow(value: unknown, names: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((one) => mentionsRow(one, names));
  if (typeof value !== 'object' || value === null) return false;
  const node = value as Node;
  if ('ColumnRef' in node) return names.includes(stringOf(node.ColumnRef.fields?.[0]) ?? '');
  return Object.values(node).some((part) => mentionsRow(part, names));
}

export function lowerStatistics(node: CreateStatsStmt, { span }: Context): StatementBody {
  const name = node.defnames && nameOfList(node.defnames);
  const elements = (node.exprs ?? []).flatMap((item) => ('StatsElem' in item ? [item.StatsElem] : []));
  const parts = elements.map((element) => element.name ?? 'expr');
  const columns = elements.flatMap((element) => element.name ?? []);
  const expressions = elements.flatMap(({ expr }) => (expr ? [lowerExpression(expr)] : []));
  const mentions = mentionsIn(node.exprs);
  const tables = (node.relations ?? []).flatMap(rangeVar);
  const ifNotExists = node.if_not_exists === true;
  return schema(
    'CREATE STATISTICS',
    ...tables.map((table): Change => {
      return { kind: 'create-statistics', span, statistics: name, table: relationName(table), ifNotExists, columns, expressions, parts, mentions };
    }),
  );
}

export function lowerCreatePublication(node: CreatePublicationStmt, { span }: Context): StatementBody {
  return schema('CREATE PUBLICATION', {
    kind: 'create-publication',
    span,
    publication: node.pubname ?? '',
    everything: node.for_all_tables === true,
    viaRoot: option(node.options, 'publish_via_partition_root') === undefined ? false : 'unknown',
    ...publishedBy(node),
  });
}

const actions: Readonly<Record<AlterPublicationAction, ChangeOf<'alter-publication'>['action']>> = {
  AP_AddObjects: 'add',
  AP_SetObjects: 'set',
  AP_DropObjects: 'drop',
};

/** SET (…) has no objects, and changes none. */
export function lowerAlterPublication(node: AlterPublicationStmt, { span }: Context): StatementBody {
  return schema('ALTER PUBLICATION', {
    kind: 'alter-publication',
    span,
    publication: node.pubname ?? '',
    action: node.pubobjects === undefined ? 'add' : actions[node.action ?? 'AP_AddObjects'],
    ...publishedBy(node),
  });
}

function publishedBy({ pubobjects = [], options }: AlterPublicationStmt): Pick<ChangeOf<'alter-publication'>, 'tables' | 'schemas' | 'publish'> {
  const objects = pubobjects.flatMap((item) => ('PublicationObjSpec' in item ? [item.PublicationObjSpec] : []));
  const publish = option(options, 'publish')?.arg;
  return {
    tables: objects.flatMap(publishedTable),
    schemas: objects.flatMap(({ pubobjtype, name }) => (pubobjtype === 'PUBLICATIONOBJ_TABLES_IN_SCHEMA' && name !== undefined ? [name] : [])),
    publish: publish && stringOf(publish).split(',').map((word) => word.trim().toLowerCase()),
  };
}

function publishedTable({ pubtable }: PublicationObjSpec): PublishedTable[] {
  const range = pubtable?.relation;
  const clause = lowerClause([pubtable?.whereClause], range, [range?.relname ?? '']);
  return range ? [{ table: relationName(range), only: range.inh !== true, columns: strings(pubtable?.columns), hasCondition: pubtable?.whereClause !== undefined, clause }] : [];
}
