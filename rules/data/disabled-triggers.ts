// Triggers that are switched off, and the checks of foreign keys with them.

import {
  isBefore,
  overMigration,
  printName,
  runsOf,
  settingInForce,
  transactionOf,
  type Catalog,
  type Change,
  type ChangeOf,
  type QualifiedName,
  type Remark,
  type Session,
  type SettingValue,
  type Statement,
  type Step,
  type Timeline,
} from '../../src/rule/index.ts';

export default overMigration({
  id: 'disabled-triggers',
  category: 'data',
  summary: 'Triggers are switched off, and with them the checks of foreign keys',
  hazard: 'Rows that break a foreign key get in and stay: ENABLE TRIGGER checks nothing',
  remedy: 'Leave the triggers on: drop the foreign key, and add it again with NOT VALID and VALIDATE; or switch off one trigger by its name',
  severity: 'error',
  since: '0.1.0',
  *check(timeline) {
    const { steps } = timeline;
    const switches = switchesIn(timeline);
    for (const [index, step] of steps.entries()) {
      for (const { change, before, effects } of step.acts) {
        const remark = change.kind === 'toggle-trigger' ? onTriggers(change, step, before, switches, timeline) : onDefault(change);
        if (remark) yield { step, span: change.span, effects, ...remark };
      }
      const written = isReplicaFrom(step) ? writtenUnder(index, timeline) : undefined;
      if (written) yield { step, message: `Rows that ${written} are not checked against foreign keys, and no trigger runs for them`, atMost: 'warning' };
    }
  },
});

type Said = Pick<Remark, 'message' | 'help' | 'atMost'>;

/** By the table. */
type Switches = ReadonlyMap<string, readonly { readonly change: ChangeOf<'toggle-trigger'>; readonly step: Step }[]>;

function switchesIn({ acts }: Timeline): Switches {
  const switches = new Map<string, { change: ChangeOf<'toggle-trigger'>; step: Step }[]>();
  for (const { change, before, step } of acts.get('toggle-trigger') ?? []) {
    if (change.kind !== 'toggle-trigger' || !change.on) continue;
    const table = printName(before.qualify(change.table));
    const known = switches.get(table);
    if (known) known.push({ change, step });
    else switches.set(table, [{ change, step }]);
  }
  return switches;
}

function onDefault(change: Change): Said | undefined {
  const assignment = change.kind === 'set-connection-default' ? change.assignment : undefined;
  if (assignment === undefined || !isReplica(assignment.name, assignment.value)) return undefined;
  return { message: 'Every session that begins with this setting writes rows that are not checked against foreign keys' };
}

function onTriggers(change: ChangeOf<'toggle-trigger'>, step: Step, before: Catalog, switches: Switches, timeline: Timeline): Said | undefined {
  if (change.on) return undefined;
  const table = before.qualify(change.table);
  const end = switches.get(printName(table))?.find((other) => isBefore(step, other.step) && covers(other.change, change))?.step;
  const keys = isOfKeys(change) ? keysOf(table, before) : 'none';
  if (keys !== 'none') return onKeys(table, keys, step, end, timeline);
  if (change.triggers.kind === 'one' || end !== undefined || !hasTriggers(table, before)) return undefined;
  return { message: `The triggers of ${printName(table)} are off from here on, for everybody: nothing switches them on again`, help: 'Switch them on again in the same transaction', atMost: 'info' };
}

function onKeys(table: QualifiedName, keys: 'some' | 'perhaps', step: Step, end: Step | undefined, timeline: Timeline): Said | undefined {
  const foreignKeys = `foreign keys${keys === 'perhaps' ? ', if there are any,' : ''}`;
  if (end === undefined) {
    const message = `The ${foreignKeys} of ${printName(table)} and those that point to it are not checked from here on: nothing switches the triggers on again`;
    return keys === 'some' ? { message } : { message, atMost: 'warning' };
  }
  const { line } = timeline.source.positionOf(end.statement.span.start);
  const isOwn = transactionOf(step) === transactionOf(end) || (!timeline.isRunKnown && !timeline.links.saysHowItIsRun);
  const { steps } = timeline;
  if (isOwn && !steps.slice(steps.indexOf(step) + 1, steps.indexOf(end)).some(mayWrite)) return undefined;
  const who = isOwn ? 'this migration writes' : 'anybody writes';
  return { message: `What ${who} to ${printName(table)} up to line ${line} is not checked against its ${foreignKeys} nor afterwards`, atMost: 'warning' };
}

/** ALL, or the trigger of a foreign key by its name. */
function isOfKeys({ triggers }: ChangeOf<'toggle-trigger'>): boolean {
  return triggers.kind === 'all' || (triggers.kind === 'one' && triggers.name.startsWith('RI_ConstraintTrigger_'));
}

function covers(on: ChangeOf<'toggle-trigger'>, off: ChangeOf<'toggle-trigger'>): boolean {
  if (on.triggers.kind === 'all') return true;
  return on.triggers.kind === off.triggers.kind && (on.triggers.kind !== 'one' || off.triggers.kind !== 'one' || on.triggers.name === off.triggers.name);
}

/** Has the table foreign keys, or do others point to it? */
function keysOf(table: QualifiedName, catalog: Catalog): 'some' | 'none' | 'perhaps' {
  const relation = catalog.find(table);
  if (relation === 'absent') return 'none';
  if (relation === 'unknown') return 'perhaps';
  if (relation.referencedBy.length > 0 || relation.constraints.some(({ type, enforced }) => type === 'foreign-key' && enforced)) return 'some';
  return catalog.isWhollyKnown(relation) ? 'none' : 'perhaps';
}

function hasTriggers(table: QualifiedName, catalog: Catalog): boolean {
  const relation = catalog.find(table);
  if (relation === 'absent') return false;
  return relation === 'unknown' || relation.triggers === 'unknown' || relation.triggers.size > 0;
}

function mayWrite({ statement, before }: Step): boolean {
  return runsOf(statement).some((run) => run.kind === 'opaque' || writesRows(run, before));
}

function writesRows(run: Statement, catalog: Catalog): boolean {
  return run.kind === 'data' && run.actions.some(({ verb, target }) => verb !== 'plan' && verb !== 'match' && verb !== 'lock-rows' && keysOf(catalog.qualify(target), catalog) !== 'none');
}

function isReplica(name: string, value: SettingValue | undefined): boolean {
  return name === 'session_replication_role' && value?.kind === 'text' && value.text.toLowerCase() === 'replica';
}

/** It begins here. */
function isReplicaFrom({ statement, session }: Step): boolean {
  const sets = runsOf(statement).some((run) => run.kind === 'setting' && run.assignments.some(({ name, value }) => isReplica(name, value)));
  return sets && !isReplicaIn(session);
}

function isReplicaIn(session: Session | undefined): boolean {
  return session !== undefined && isReplica('session_replication_role', settingInForce(session, 'session_replication_role'));
}

/** `the migration writes up to line 7`; undefined where it writes none in which it matters. */
function writtenUnder(index: number, { steps, source, ending }: Timeline): string | undefined {
  let end = index + 1;
  while (steps[end] !== undefined && isReplicaIn(steps[end]?.session)) end += 1;
  const under = steps.slice(steps[index]?.statement.kind === 'block' ? index : index + 1, end);
  if (!under.some(mayWrite)) return undefined;
  const isOver = end < steps.length || (ending !== undefined && !isReplicaIn(ending));
  const { line } = source.positionOf(under.at(-1)?.statement.span.start ?? 0);
  return isOver ? `the migration writes up to line ${line}` : 'this session writes from here on';
}
