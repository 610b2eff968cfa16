// What a statement can't do to a relation of another kind (42809).
// Source: ATSimplePermissions() in src/backend/commands/tablecmds.c, and the checks of each command.

import type { Change, ChangeKind } from '../model/change.ts';
import type { RelationKind } from '../model/changes/table-changes.ts';
import type { RelationName } from '../model/names.ts';
import type { Impossibility } from '../model/impossibility.ts';
import type { TableKind } from '../model/relation.ts';
import { kindWords, nameOf, refuse, shown, type RefusalFacts } from './facts.ts';

const tables: readonly TableKind[] = ['table', 'partitioned-table'];
const tablesAndForeign: readonly TableKind[] = [...tables, 'foreign-table'];
const stored: readonly TableKind[] = [...tables, 'materialized-view'];
const storedAndForeign: readonly TableKind[] = [...tablesAndForeign, 'materialized-view'];
const withDefaults: readonly TableKind[] = [...tablesAndForeign, 'view'];

/** By what they name as `table`: the kinds that the change can be made to. */
const kindsByTable: { readonly [K in ChangeKind]?: readonly TableKind[] } = {
  truncate: tablesAndForeign,
  'replica-identity': stored,
  'cluster-on': stored,
  'set-persistence': [...tables, 'sequence'],
  'set-row-security': tables,
  inherit: tablesAndForeign,
  'no-inherit': tablesAndForeign,
  'set-of-type': tables,
  'add-column': tablesAndForeign,
  'drop-column': tablesAndForeign,
  'alter-column-type': tablesAndForeign,
  'set-default': withDefaults,
  'drop-default': withDefaults,
  'set-not-null': tablesAndForeign,
  'drop-not-null': tablesAndForeign,
  'set-expression': tablesAndForeign,
  'drop-expression': tablesAndForeign,
  'add-identity': withDefaults,
  'alter-identity': withDefaults,
  'drop-identity': withDefaults,
  'set-column-statistics': storedAndForeign,
  'set-column-options': storedAndForeign,
  'set-column-storage': storedAndForeign,
  'set-column-compression': stored,
  'add-constraint': tablesAndForeign,
  'validate-constraint': tablesAndForeign,
  'drop-constraint': tablesAndForeign,
  'alter-constraint': tables,
  'toggle-trigger': tablesAndForeign,
  'toggle-rule': tables,
  'create-policy': tables,
  'alter-policy': tables,
  'create-statistics': storedAndForeign,
  cluster: stored,
};

export function relationKindRefusal(change: Change, { before }: RefusalFacts): Impossibility | undefined {
  const wanted = wantedBy(change);
  const found = wanted && shown(wanted.relation, before);
  if (!wanted || !found || wanted.kinds.includes(found.kind)) return undefined;
  return refuse('impossible-action', '42809', `${nameOf(found)} is ${kindWords[found.kind]}, and ${wanted.action} is not for ${found.kind.replace('-', ' ')}s`, { phase: statements.has(change.kind) ? 'lookup' : 'preparation' });
}

/** They are no actions of an ALTER TABLE. */
const statements: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  'truncate', 'cluster', 'reindex', 'create-policy', 'alter-policy', 'create-statistics', 'drop-table', 'drop-view', 'drop-sequence', 'rename-relation', 'set-schema',
]);

interface Wanted {
  readonly relation: RelationName;
  readonly kinds: readonly TableKind[];
  /** `DROP TABLE`. */
  readonly action: string;
}

function wantedBy(change: Change): Wanted | undefined {
  switch (change.kind) {
    case 'drop-table':
      return { relation: change.table, kinds: tablesAndForeign, action: 'DROP TABLE' };
    case 'drop-view':
      return change.materialized
        ? { relation: change.view, kinds: ['materialized-view'], action: 'DROP MATERIALIZED VIEW' }
        : { relation: change.view, kinds: ['view'], action: 'DROP VIEW' };
    case 'drop-sequence':
      return { relation: change.sequence, kinds: ['sequence'], action: 'DROP SEQUENCE' };
    case 'rename-relation':
    case 'set-schema':
      return ofStatement(change.relation, change.relationKind);
    case 'reindex':
      return change.target === 'table' && change.relation ? { relation: change.relation, kinds: stored, action: 'REINDEX TABLE' } : undefined;
    default: {
      const kinds = kindsByTable[change.kind];
      if (kinds === undefined || !('table' in change) || change.table === undefined) return undefined;
      return { relation: change.table, kinds, action: actions[change.kind] ?? change.kind.replaceAll('-', ' ').toUpperCase() };
    }
  }
}

/** ALTER TABLE is for all of them. */
function ofStatement(relation: RelationName, kind: RelationKind): Wanted | undefined {
  if (kind === 'table' || kind === 'index' || kind === 'type') return undefined;
  return { relation, kinds: [kind], action: `ALTER ${kind.replaceAll('-', ' ').toUpperCase()}` };
}

const actions: { readonly [K in ChangeKind]?: string } = {
  truncate: 'TRUNCATE',
  'replica-identity': 'REPLICA IDENTITY',
  'cluster-on': 'CLUSTER ON',
  'set-row-security': 'row level security',
  inherit: 'INHERIT',
  'no-inherit': 'NO INHERIT',
  'set-of-type': 'OF',
  'set-persistence': 'SET LOGGED or UNLOGGED',
  'alter-column-type': 'a change of a column’s type',
  'alter-identity': 'a change of an identity',
  'set-column-statistics': 'SET STATISTICS',
  'set-column-options': 'an option of a column',
  'set-column-storage': 'SET STORAGE',
  'set-column-compression': 'SET COMPRESSION',
  'toggle-trigger': 'ENABLE or DISABLE TRIGGER',
  'toggle-rule': 'ENABLE or DISABLE RULE',
  'create-policy': 'CREATE POLICY',
  'alter-policy': 'ALTER POLICY',
  'create-statistics': 'CREATE STATISTICS',
  cluster: 'CLUSTER',
};
