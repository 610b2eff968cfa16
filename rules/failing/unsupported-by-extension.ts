// What TimescaleDB refuses on a hypertable, and Citus on a distributed table.

import { list, managedInWords, onChange, printName, type ChangeContext, type ChangeOf, type Management } from '../../src/rule/index.ts';

export default onChange({
  id: 'unsupported-by-extension',
  category: 'failing',
  summary: 'A statement that TimescaleDB refuses on a hypertable, or Citus on a distributed table',
  hazard: 'The extension refuses it, and the migration fails',
  remedy: 'Use the form that the extension supports',
  severity: 'error',
  since: '0.1.0',
  on: ['create-index', 'reindex', 'add-constraint', 'manage-table', 'drop-column', 'detach-partition'],
  when: (change, context) => refusalOf(change, context) !== undefined,
  message: (change, context) => refusalOf(change, context)?.message ?? '',
  help: (change, context) => refusalOf(change, context)?.help,
});

type Refusable = ChangeOf<'create-index' | 'reindex' | 'add-constraint' | 'manage-table' | 'drop-column' | 'detach-partition'>;

interface Refusal {
  readonly message: string;
  readonly help: string;
}

const perChunk = 'Build it WITH (timescaledb.transaction_per_chunk), outside a transaction: writes wait for one piece of the table at a time';
const wholeTable = 'Build it without CONCURRENTLY in a maintenance window: TimescaleDB can build a unique index in no other way';

/** Source: process_index_start(), process_altertable_end_subcmd(), process_reindex() in src/process_utility.c of TimescaleDB. */
function refusalOf(change: Refusable, context: ChangeContext): Refusal | undefined {
  const table = tableOf(change);
  const found = table && context.before.find(table);
  if (found === undefined || typeof found === 'string' || found.doubt !== 'none') return undefined;
  const name = printName(found.name);
  if (change.kind === 'manage-table') return handedOver(change, context, name);
  const { management } = found;
  return management && (ofTimescale(change, management, name) ?? ofBoth(change, management, name) ?? ofCitus(change, management, name));
}

function tableOf(change: Refusable): Parameters<ChangeContext['before']['find']>[0] | undefined {
  return change.kind === 'reindex' ? (change.target === 'table' ? change.relation : undefined) : change.table;
}

function ofTimescale(change: Refusable, management: Management, name: string): Refusal | undefined {
  if (management.kind !== 'hypertable' && management.kind !== 'continuous-aggregate') return undefined;
  if (change.kind === 'create-index' && change.concurrently) {
    const help = change.index.unique ? wholeTable : perChunk;
    return { message: `TimescaleDB can't build an index CONCURRENTLY on ${name}, which is ${managedInWords(management)} (0A000)`, help };
  }
  if (change.kind === 'create-index' && change.perChunk && change.index.unique)
    return { message: `TimescaleDB can't build a unique index of ${name} WITH (timescaledb.transaction_per_chunk) (0A000)`, help: wholeTable };
  if (change.kind === 'reindex' && change.concurrently && management.kind === 'hypertable')
    return { message: `TimescaleDB can't rebuild the indexes of ${name} CONCURRENTLY, because it is a hypertable (0A000)`, help: 'REINDEX one chunk after the other' };
  if (change.kind === 'add-constraint' && 'usingIndex' in change.constraint && change.constraint.usingIndex !== undefined)
    return { message: `TimescaleDB can't make a constraint of ${name} out of an index, because it is a hypertable (0A000)`, help: 'Add the constraint without USING INDEX, in a maintenance window' };
  return undefined;
}

/** Rows are spread by columns: where a key does not hold them, nobody looks for the same key elsewhere. */
function ofBoth(change: Refusable, management: Management, name: string): Refusal | undefined {
  const spread = 'columns' in management && management.columns !== 'unknown' ? management.columns : [];
  if (change.kind === 'drop-column' && spread.includes(change.column))
    return { message: `${change.column} can't be dropped, because the rows of ${name}, ${managedInWords(management)}, are spread by it`, help: 'Make a new table, and copy the rows that you need' };
  const key = keyOf(change);
  const missing = key ? spread.filter((column) => !key.includes(column)) : [];
  return missing.length === 0 ? undefined : withoutColumns(missing, management, name);
}

function keyOf(change: Refusable): readonly string[] | undefined {
  if (change.kind === 'create-index') return change.index.unique && change.index.expressions.length === 0 ? change.index.columns : undefined;
  if (change.kind !== 'add-constraint') return undefined;
  const { constraint } = change;
  return (constraint.type === 'unique' || constraint.type === 'primary-key') && constraint.usingIndex === undefined ? constraint.columns : undefined;
}

function withoutColumns(missing: readonly string[], management: Management, name: string): Refusal {
  return {
    message: `A unique key of ${name}, ${managedInWords(management)}, has to hold ${list(missing)}, by which its rows are spread`,
    help: `Add ${list(missing)} to its columns`,
  };
}

/** Source: ErrorIfUnsupportedAlterTableStmt() in src/backend/distributed/commands/table.c. */
function ofCitus(change: Refusable, management: Management, name: string): Refusal | undefined {
  if (management.kind !== 'distributed-table' || change.kind !== 'detach-partition' || change.mode !== 'concurrently') return undefined;
  return { message: `Citus can't detach a partition of ${name} CONCURRENTLY, because it is a distributed table`, help: 'Detach it without CONCURRENTLY, with a short lock_timeout' };
}

/** The keys that are there when a table is handed over. */
function handedOver({ management, table }: ChangeOf<'manage-table'>, { before }: ChangeContext, name: string): Refusal | undefined {
  const found = before.find(table);
  if (typeof management === 'string' || !('columns' in management) || management.columns === 'unknown' || typeof found === 'string') return undefined;
  const { columns } = management;
  const keys = [
    ...found.constraints.flatMap((one) => (one.type === 'unique' || one.type === 'primary-key' ? [one.columns] : [])),
    ...found.indexes.flatMap((one) => (one.unique && one.expressions.length === 0 ? [one.columns] : [])),
  ];
  const missing = keys.map((key) => columns.filter((column) => !key.includes(column))).find(({ length }) => length > 0);
  return missing && withoutColumns(missing, management, name);
}
