// ALTER TABLE behind rows that a deferred foreign key has not checked yet.

import { certainRuns, list, overMigration, printName, transactionOf, type Change, type RowAction, type Statement, type Step } from '../../src/rule/index.ts';

export default overMigration({
  id: 'pending-trigger-events',
  category: 'failing',
  summary: 'A table is altered in the transaction that wrote rows of it which a deferred foreign key has still to check',
  hazard: 'The migration fails with "because it has pending trigger events", though only where there are rows to write',
  remedy: 'Say SET CONSTRAINTS ALL IMMEDIATE between the two, or write the rows in a transaction of their own',
  severity: 'error',
  since: '0.1.0',
  *check({ steps, source }) {
    let pending: Pending[] = [];
    let modes: Modes = { transaction: undefined, all: undefined, named: new Map() };
    for (const step of steps) {
      modes = modesBehind(modes, step, source.slice(step.statement.span));
      pending = endsWaiting(step) ? [] : pending.filter(({ transaction }) => transaction === transactionOf(step));
      for (const { change, before } of step.acts) {
        const table = tableOfRefused(change);
        const name = table && printName(before.qualify(table));
        const event = pending.find((one) => one.table === name);
        if (event === undefined) continue;
        const { line } = source.positionOf(event.step.statement.span.start);
        const message = `${event.table} has rows of line ${line} that ${list(event.keys)} checks when the transaction ends: PostgreSQL refuses ${step.statement.command} until then`;
        yield { step, span: change.span, message };
        pending = pending.filter((one) => one !== event);
      }
      if (step.session.transaction !== undefined) pending.push(...eventsOf(step, modes));
    }
  },
});

interface Pending {
  /** `schema.name`. */
  readonly table: string;
  /** The names of the foreign keys. */
  readonly keys: readonly string[];
  readonly step: Step;
  readonly transaction: number;
}

type Mode = 'immediate' | 'deferred';

/** What SET CONSTRAINTS has said in a transaction. */
interface Modes {
  readonly transaction: number | undefined;
  readonly all: Mode | undefined;
  /** By the name of a key, without its schema. */
  readonly named: ReadonlyMap<string, Mode>;
}

/** ALL holds for keys that are made later too. */
function modesBehind(modes: Modes, step: Step, text: string): Modes {
  const transaction = transactionOf(step);
  const here: Modes = modes.transaction === transaction ? modes : { transaction, all: undefined, named: new Map() };
  const [, names, said] = step.statement.command === 'SET CONSTRAINTS' ? (/^SET\s+CONSTRAINTS\s+([^]+?)\s+(IMMEDIATE|DEFERRED)\s*;?\s*$/i.exec(text) ?? []) : [];
  if (names === undefined || said === undefined) return here;
  const mode: Mode = /^i/i.test(said) ? 'immediate' : 'deferred';
  if (/^ALL$/i.test(names)) return { transaction, all: mode, named: new Map() };
  return { ...here, named: new Map([...here.named, ...names.split(',').map((name): [string, Mode] => [bareName(name), mode])]) };
}

function bareName(written: string): string {
  const last = /("(?:[^"]|"")*"|[^\s."]+)\s*$/.exec(written)?.[1] ?? '';
  return last.startsWith('"') ? last.slice(1, -1).replaceAll('""', '"') : last.toLowerCase();
}

/** The waiting checks are done, or undone with the rows. */
function endsWaiting({ statement }: Step): boolean {
  return statement.command === 'SET CONSTRAINTS' || (statement.kind === 'transaction' && statement.action.kind === 'rollback-to');
}

function eventsOf(step: Step, { all, named }: Modes): Pending[] {
  return actionsOf(step.statement).flatMap((action) => {
    const keys = keysThatWait(action, step).filter((key) => (named.get(key) ?? all) !== 'immediate');
    const table = printName(step.before.qualify(action.target));
    return keys.length > 0 ? [{ table, keys, step, transaction: transactionOf(step) }] : [];
  });
}

function actionsOf(statement: Statement): readonly RowAction[] {
  return certainRuns(statement).flatMap((one) => (one.kind === 'data' ? one.actions : []));
}

/** An UPDATE that leaves the key alone, or sets it to NULL, is not checked. */
function keysThatWait({ verb, target, fills }: RowAction, { before }: Step): string[] {
  const relation = before.find(target);
  if (relation === 'absent' || relation === 'unknown') return [];
  return relation.constraints.flatMap((constraint) => {
    if (constraint.type !== 'foreign-key' || !constraint.deferred || !constraint.enforced) return [];
    const isWritten = verb === 'insert' || verb === 'copy' || (verb === 'update' && constraint.columns.some((column) => fills.includes(column)));
    return isWritten ? [constraint.name] : [];
  });
}

/** Renaming, policies and triggers are allowed. Source: the callers of CheckTableNotInUse() in src/backend/commands. */
function tableOfRefused(change: Change): Extract<Change, { readonly table: unknown }>['table'] {
  return 'table' in change && refused.has(change.kind) ? change.table : undefined;
}

const refused: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'add-column',
  'add-constraint',
  'add-identity',
  'alter-column-type',
  'alter-constraint',
  'create-index',
  'drop-column',
  'drop-constraint',
  'drop-default',
  'drop-expression',
  'drop-identity',
  'drop-not-null',
  'drop-table',
  'set-access-method',
  'set-default',
  'set-expression',
  'set-not-null',
  'set-persistence',
  'truncate',
  'validate-constraint',
]);
