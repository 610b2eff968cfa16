// ON DELETE SET NULL and its kin, where the column can't be NULL: what they are to do fails.

import {
  catalogBehind,
  domainNames,
  overMigration,
  printName,
  refusedEmptyings,
  whyRequired,
  type Catalog,
  type Change,
  type ForeignKey,
  type PlacedAct,
  type QualifiedName,
  type RefusedEmptying,
  type Relation,
  type Timeline,
} from '../../src/rule/index.ts';

export default overMigration({
  id: 'set-null-on-required-column',
  category: 'compatibility',
  summary: 'A foreign key sets a column to NULL that must have a value',
  hazard: 'Each DELETE of a row that others refer to fails, and with ON UPDATE SET NULL each change of its key',
  remedy: 'Let the column hold NULL; or say ON DELETE CASCADE or RESTRICT, whichever is meant',
  severity: 'warning',
  since: '0.1.0',
  *check(timeline) {
    for (const [table, acts] of touchedTables(timeline)) {
      for (const emptying of emptyingsIn(table, catalogBehind(timeline))) {
        const act = acts.findLast((one) => isMadeBy(one, emptying));
        if (act === undefined) continue;
        const help = helpFor(emptying, act);
        yield { step: act.step, span: act.change.span, effects: act.effects, message: messageFor(emptying), ...(help ? { help } : {}) };
      }
    }
  },
});

const mayMake = [
  'create-table',
  'add-column',
  'add-constraint',
  'alter-constraint',
  'set-not-null',
  'add-identity',
  'drop-default',
  'set-default',
  'alter-column-type',
  'add-domain-constraint',
  'set-domain-default',
] as const;

/** By their names behind the last statement, each with what the migration does to it, or to the domains of its columns. */
function touchedTables(timeline: Timeline): Iterable<readonly [string, readonly PlacedAct[]]> {
  const acts = mayMake.flatMap((kind) => timeline.acts.get(kind) ?? []).toSorted((one, other) => one.before.parts.moment.statement - other.before.parts.moment.statement);
  const ofTables = grouped(acts, ({ change, after }) => ('table' in change && change.table ? [after.qualify(change.table)] : []));
  const ofDomains = grouped(acts, ({ change, after }) => ('domain' in change ? [after.qualifyType(change.domain)] : []));
  const end = catalogBehind(timeline);
  if (end === undefined || ofDomains.size === 0) return ofTables;
  for (const { name, columns, constraints } of end.relationsIn(undefined)) {
    const types = constraints.flatMap((key) => (key.type === 'foreign-key' ? key.columns : [])).flatMap((column) => columns.get(column)?.type ?? []);
    const others = types.flatMap((type) => domainNames(type, end)).flatMap((domain) => ofDomains.get(printName(domain)) ?? []);
    if (others.length > 0) ofTables.set(printName(name), [...(ofTables.get(printName(name)) ?? []), ...others]);
  }
  return ofTables;
}

function grouped(acts: readonly PlacedAct[], namesOf: (act: PlacedAct) => readonly QualifiedName[]): Map<string, PlacedAct[]> {
  const groups = new Map<string, PlacedAct[]>();
  for (const act of acts) {
    for (const name of namesOf(act).map(printName)) {
      const group = groups.get(name);
      if (group) group.push(act);
      else groups.set(name, [act]);
    }
  }
  return groups;
}

function emptyingsIn(table: string, end: Catalog | undefined): RefusedEmptying[] {
  const relation = end?.parts.relations.get(table);
  if (end === undefined || relation === undefined || typeof relation === 'string' || isFilledByTriggers(relation)) return [];
  return relation.constraints.flatMap((key) => (key.type === 'foreign-key' ? refusedEmptyings(key, relation, end) : []));
}

/** A trigger may put a value in the place of the NULL. */
function isFilledByTriggers({ triggers }: Relation): boolean {
  return triggers !== 'unknown' && [...triggers.values()].some(({ level, events }) => level === 'row' && events.includes('update'));
}

/** Before the act the key did something else, or the column could be NULL; a partition has its keys from its table. */
function isMadeBy({ change, before, after }: PlacedAct, { table, key, on }: RefusedEmptying): boolean {
  if ((change.kind === 'create-table' && !key.local) || !concerns(change, key)) return false;
  const fails = (catalog: Catalog): boolean => {
    const relation = catalog.find(table.name);
    const found = typeof relation === 'string' ? undefined : relation.constraints.get(key.name);
    return typeof relation !== 'string' && found?.type === 'foreign-key' && refusedEmptyings(found, relation, catalog).some((one) => one.on === on);
  };
  return fails(after) && !fails(before);
}

/** May it have to do with a column of the key? Asked of many statements, so it looks at their words alone. */
function concerns(change: Change, { columns }: ForeignKey): boolean {
  if (!('column' in change)) return true;
  const { column } = change;
  return columns.includes(typeof column === 'string' ? column : column.name);
}

function messageFor({ table, key, on, column, why }: RefusedEmptying): string {
  const action = (on === 'DELETE' ? key.onDelete : key.onUpdate)?.kind === 'set-null' ? 'SET NULL' : 'SET DEFAULT';
  const deed = on === 'DELETE' ? 'Deleting a row' : 'Changing the key of a row';
  const without = action === 'SET DEFAULT' ? ' without a default' : '';
  return `${deed} of ${printName(key.references)} that ${printName(table.name)} refers to fails: ON ${on} ${action} would empty ${column}${without}, ${why}`;
}

/** SET NULL (columns) is there for DELETE alone, from 15 on. */
function helpFor({ table, key, on }: RefusedEmptying, { step, after }: PlacedAct): string | undefined {
  const free = key.columns.filter((name) => {
    const column = table.columns.get(name);
    return column !== undefined && whyRequired(column, table, after) === undefined;
  });
  if (on === 'UPDATE' || free.length === 0 || step.version < 15 || key.onDelete?.kind !== 'set-null') return undefined;
  return `Name the columns that may be emptied: ON DELETE SET NULL (${free.join(', ')})`;
}
