// A CHECK, a foreign key or NOT NULL that is added and verified in one go.

import {
  blocksWhileWorking,
  isOfTransaction,
  list,
  onChange,
  printName,
  type ChangeContext,
  type ChangeOf,
  type Constraint,
} from '../../src/rule/index.ts';

export default onChange({
  id: 'unsplit-constraint',
  category: 'locking',
  summary: 'A constraint is added to an existing table and verified under the same lock',
  hazard: 'All rows are read while writes, and for a CHECK reads too, wait',
  remedy: 'Add it with NOT VALID, and VALIDATE CONSTRAINT in a later transaction: that lets reads and writes go on',
  severity: 'error',
  since: '0.1.0',
  on: ['add-constraint', 'add-column', 'validate-constraint'],
  when: (change, context) => {
    if (change.kind === 'validate-constraint') return isValidatedUnderLock(change, context);
    return context.effects.some(blocksWhileWorking) && splittable(change, context).length > 0;
  },
  message: (change, context) => {
    const tables = list(context.effects.filter(blocksWhileWorking).map(({ relation }) => printName(relation)));
    if (change.kind !== 'validate-constraint')
      return `${subject(change, context)} reads all rows under a lock that blocks ${blocked(context)} ${tables}`;
    const table = printName(context.before.qualify(change.table));
    return `Validating ${change.constraint} in the transaction that added it keeps ${table} locked while all its rows are read`;
  },
  help: (change) => {
    if (change.kind === 'validate-constraint') return 'Move VALIDATE CONSTRAINT into a transaction of its own, behind the COMMIT';
    if (change.kind === 'add-column')
      return 'Add the column without the constraint, then ADD CONSTRAINT … NOT VALID, and VALIDATE it in a later transaction';
    return undefined;
  },
});

/** The constraints of the change that PostgreSQL verifies at once and that could be added NOT VALID. */
function splittable(change: ChangeOf<'add-constraint' | 'add-column'>, { effects, before, step }: ChangeContext): Constraint[] {
  const work = effects.flatMap((effect) => effect.work);
  const constraints = change.kind === 'add-constraint' ? [change.constraint] : change.column.constraints;
  return constraints.filter(({ type, valid, enforced }) => {
    if (!valid || !enforced) return false;
    if (type === 'check') return work.includes('scan');
    if (type === 'foreign-key')
      return work.includes('foreign-key-check') && (step.version >= 18 || !before.isPartitioned(change.table));
    return type === 'not-null' && change.kind === 'add-constraint' && step.version >= 18 && work.includes('scan');
  });
}

function subject(change: ChangeOf<'add-constraint' | 'add-column'>, context: ChangeContext): string {
  const names = splittable(change, context).map((constraint) => constraint.name ?? words[constraint.type]);
  return change.kind === 'add-constraint' ? `Adding ${list(names)}` : `Adding ${change.column.name} with ${list(names)}`;
}

const words: Readonly<Record<Constraint['type'], string>> = {
  check: 'this CHECK',
  'foreign-key': 'this foreign key',
  'not-null': 'this NOT NULL',
  unique: 'this key',
  'primary-key': 'this key',
  exclusion: 'this constraint',
};

function blocked({ effects }: ChangeContext): string {
  const blocking = effects.filter(blocksWhileWorking);
  return blocking.some(({ lock }) => lock === 'ACCESS EXCLUSIVE') ? 'reads and writes of' : 'writes to';
}

/** The lock under which the constraint was added is held until the transaction ends, so through the scan. */
function isValidatedUnderLock({ table, constraint }: ChangeOf<'validate-constraint'>, { before, step }: ChangeContext): boolean {
  const relation = before.find(table);
  if (relation === 'absent' || relation === 'unknown' || !before.isLive(table)) return false;
  const found = relation.constraints.find(({ name }) => name === constraint);
  return found !== undefined && !found.valid && isOfTransaction(found.since, step);
}
