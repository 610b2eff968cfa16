// What hangs on tables: triggers, policies, rules, statistics, publications.

import type {
  AlterPolicyStmt,
  AlterPublicationStmt,
  AlterTableCmd,
  CreatePolicyStmt,
  CreatePublicationStmt,
  CreateStatsStmt,
  CreateTrigStmt,
  RuleStmt,
} from '@pgsql/types';
import type { Change } from '../../../model/change.ts';
import type { TriggerChoice } from '../../../model/changes/attachment-changes.ts';
import type { Context, StatementBody } from './context.ts';
import { writesOf } from './data.ts';
import { rangeVar, relationName } from './names.ts';
import { changesOrCatalog, schema } from './objects.ts';

export function lowerTrigger(node: CreateTrigStmt, { span }: Context): StatementBody {
  return schema('CREATE TRIGGER', {
    kind: 'create-trigger',
    span,
    table: relationName(node.relation),
    name: node.trigname ?? '',
    level: node.row ? 'row' : 'statement',
    references: node.constrrel && relationName(node.constrrel),
  });
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

export function lowerCreatePolicy({ table, policy_name = '' }: CreatePolicyStmt, { span }: Context): StatementBody {
  return schema('CREATE POLICY', { kind: 'create-policy', span, table: relationName(table), name: policy_name });
}

export function lowerAlterPolicy({ table, policy_name = '' }: AlterPolicyStmt, { span }: Context): StatementBody {
  return schema('ALTER POLICY', { kind: 'alter-policy', span, table: relationName(table), name: policy_name });
}

export function lowerRule(node: RuleStmt, { span }: Context): StatementBody {
  return schema('CREATE RULE', {
    kind: 'create-rule',
    span,
    table: relationName(node.relation),
    name: node.rulename ?? '',
    actions: (node.actions ?? []).flatMap(writesOf),
  });
}

export function lowerStatistics(node: CreateStatsStmt, { span }: Context): StatementBody {
  const tables = (node.relations ?? []).flatMap(rangeVar);
  return schema(
    'CREATE STATISTICS',
    ...tables.map((table): Change => ({ kind: 'create-statistics', span, table: relationName(table) })),
  );
}

export function lowerPublication(
  command: string,
): (node: CreatePublicationStmt | AlterPublicationStmt, context: Context) => StatementBody {
  return ({ pubobjects = [] }, { span }) => {
    const tables = pubobjects.flatMap((item) =>
      'PublicationObjSpec' in item ? (item.PublicationObjSpec.pubtable?.relation ?? []) : [],
    );
    return changesOrCatalog(
      command,
      tables.map((table): Change => ({ kind: 'publish-table', span, table: relationName(table) })),
      span,
    );
  };
}
