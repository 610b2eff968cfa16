// The ways to make a rule, from the easy to the hard.

import type { Change, ChangeKind, ChangeOf } from '../model/change.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { Effect } from '../model/effect.ts';
import type { RefusedHazard } from '../model/impossibility.ts';
import { milderOf, type Draft, type Severity } from '../model/finding.ts';
import type { QualifiedName } from '../model/names.ts';
import type { OptionValues, Rule, RuleMeta } from '../model/rule.ts';
import type { PlacedAct, Reach, Step, Timeline } from '../model/timeline.ts';
import { printName } from '../model/names.ts';
import type { Span } from '../text/span.ts';
import { typedColumns, type TypedColumn } from './columns.ts';

/** What is true around one change. */
export interface ChangeContext extends PlacedAct {
  readonly timeline: Timeline;
  readonly options: OptionValues;
}

export interface ChangeRule<K extends ChangeKind> extends RuleMeta {
  readonly on: K | readonly K[];
  readonly when: (change: ChangeOf<K>, context: ChangeContext) => boolean;
  readonly message: (change: ChangeOf<K>, context: ChangeContext) => string;
  /** Where the remedy depends on the case. */
  readonly help?: (change: ChangeOf<K>, context: ChangeContext) => string | undefined;
  /** Where the case is milder than what the rule is mostly about. */
  readonly atMost?: (change: ChangeOf<K>, context: ChangeContext) => Severity | undefined;
}

/** A condition on one change, and a sentence. */
export function onChange<K extends ChangeKind>({ on, when, message, help, atMost, ...meta }: ChangeRule<K>): Rule {
  const kinds: readonly K[] = typeof on === 'string' ? [on] : on;
  const isOfKind = (change: Change): change is ChangeOf<K> => kinds.some((kind) => kind === change.kind);
  return {
    meta,
    *check(timeline, options) {
      for (const act of kinds.flatMap((kind) => timeline.acts.get(kind) ?? [])) {
        const { change, step, effects } = act;
        const context = { timeline, options, ...act };
        if (!isOfKind(change) || !when(change, context)) continue;
        const remark = {
          step,
          span: change.span,
          message: message(change, context),
          help: help?.(change, context) ?? meta.remedy,
          effects,
          atMost: atMost?.(change, context),
        };
        yield draftOf(remark, meta);
      }
    },
  };
}

/** All that PostgreSQL refuses for one reason: the rule is called as the hazard is. */
export function onRefusal(meta: RuleMeta & { readonly id: RefusedHazard }): Rule {
  return {
    meta,
    *check({ steps, versionSource }) {
      for (const step of steps) {
        for (const { change, effects, impossibility } of step.acts) {
          if (impossibility?.hazard !== meta.id) continue;
          const { message, code, help, until } = impossibility;
          const isOfAssumedVersion = until !== undefined && versionSource.kind === 'assumed';
          const remark = { step, span: change.span, message: `${message} (${code})`, effects, ...(help ? { help } : {}), ...(isOfAssumedVersion ? { atMost: 'warning' as const } : {}) };
          yield draftOf(remark, meta);
        }
      }
    },
  };
}

export interface ColumnTypeRule extends RuleMeta {
  readonly when: (type: ColumnType, column: TypedColumn) => boolean;
  readonly message: (column: TypedColumn, table: string) => string;
}

/** A condition on the type that a column gets, and a sentence. */
export function onColumnType({ when, message, ...meta }: ColumnTypeRule): Rule {
  return {
    meta,
    *check(timeline) {
      for (const column of typedColumns(timeline)) {
        const { change, step, before, effects } = column.act;
        if (!when(column.type, column) || !('table' in change) || change.table === undefined) continue;
        const remark = { step, span: column.span, message: message(column, printName(before.qualify(change.table))), effects };
        yield draftOf(remark, meta);
      }
    },
  };
}

/** A remark on a place of the migration; `effects` and `help` are those of the step and of the rule where nothing else is said. */
export interface Remark {
  readonly step: Step;
  readonly message: string;
  readonly span?: Span;
  readonly help?: string;
  readonly effects?: readonly Effect[];
  /** See `Draft`. */
  readonly once?: string;
  readonly held?: readonly QualifiedName[];
  /** Where the case is milder than what the rule is mostly about. */
  readonly atMost?: Severity | undefined;
}

export interface MigrationRule extends RuleMeta {
  readonly check: (timeline: Timeline, options: OptionValues) => Iterable<Remark>;
  /** See `Rule`. */
  readonly isNet?: boolean;
}

/** For rules that remember: a walk over all steps. */
export function overMigration({ check, isNet = false, ...meta }: MigrationRule): Rule {
  return {
    meta,
    isNet,
    *check(timeline, options) {
      for (const remark of check(timeline, options)) yield draftOf(remark, meta);
    },
  };
}

function draftOf(remark: Remark, meta: RuleMeta): Draft {
  const { step, message, span, help, effects, once, held, atMost } = meta.category === 'failing' ? ifItRuns(remark) : remark;
  return {
    rule: meta.id,
    span: span ?? step.statement.span,
    statement: step.statement.span,
    message,
    help: help ?? meta.remedy,
    effects: effects ?? step.effects,
    once,
    held,
    atMost,
  };
}

/** What stands in a branch, or in a migration that may be passed over, fails only where that is run. */
function ifItRuns(remark: Remark): Remark {
  const { step, span, message, atMost = 'warning' } = remark;
  const isOpen = (place: Span, reached: Reach): boolean => reached === 'perhaps' && place === span;
  const { acts, refused } = step;
  if (!acts.some(({ change, reached }) => isOpen(change.span, reached)) && !refused.some(({ statement, reached }) => isOpen(statement.span, reached))) return remark;
  return { ...remark, message: `If this is run: ${message}`, atMost: milderOf(atMost, 'warning') };
}
