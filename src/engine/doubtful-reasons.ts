// What may be a reason for PostgreSQL to refuse a change, and may be none: no text can tell.

import { absenceOfFunction } from '../history/refusals/absence.ts';
import type { Change } from '../model/change.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { IndexConstraint } from '../model/constraint.ts';
import { isOfExtension } from '../model/extensions.ts';
import type { Pass } from '../model/pass.ts';
import type { Phase } from '../model/refusal.ts';
import type { Act } from '../model/timeline.ts';

export interface DoubtfulReason {
  /** What PostgreSQL looks for with it. */
  readonly kind: 'of-table' | 'missing' | 'late';
  readonly phase: Phase;
  readonly pass: Pass | undefined;
  /** A sentence without a full stop. */
  readonly message: string;
}

export function doubtfulReasons(act: Act): readonly DoubtfulReason[] {
  return [...doubtfulTypes(act), ...doubtfulKey(act), ...doubtfulIndex(act), ...doubtfulCall(act), ...doubtfulDefault(act)];
}

/** Which collations there are, the system that PostgreSQL runs on decides; which types of extensions, who set up the database. */
function doubtfulTypes({ change, before }: Act): readonly DoubtfulReason[] {
  const uses = usesOf(change);
  const collation = uses.find(({ collation: name }) => name !== undefined && !collationsEverywhere.has(name))?.collation;
  const type = uses.find(({ type: { name } }) => isOfExtension('types', name.name) && before.type(name) === undefined)?.type;
  const lost = type ? `type ${type.name.name}` : collation && `collation ${collation}`;
  return lost === undefined ? [] : [{ ...turnOfType(change), message: `the ${lost} may not be there`, pass: undefined }];
}

function turnOfType({ kind }: Change): Pick<DoubtfulReason, 'kind' | 'phase'> {
  if (kind === 'create-table') return { kind: 'of-table', phase: 'analysis' };
  return kind === 'alter-column-type' ? { kind: 'late', phase: 'preparation' } : { kind: 'missing', phase: 'execution' };
}

interface Use {
  readonly type: ColumnType;
  readonly collation: string | undefined;
}

function usesOf(change: Change): readonly Use[] {
  if (change.kind === 'create-table') return change.columns;
  if (change.kind === 'add-column') return [change.column];
  return change.kind === 'alter-column-type' ? [{ type: change.type, collation: change.collation }] : [];
}

/** Source: src/include/catalog/pg_collation.dat. */
const collationsEverywhere: ReadonlySet<string> = new Set(['C', 'POSIX', 'ucs_basic']);

/** Whether a key WITHOUT OVERLAPS can hold anything but ranges, the extension btree_gist decides; how its table is partitioned, PostgreSQL looks at behind that. */
function doubtfulKey({ change, after }: Act): readonly DoubtfulReason[] {
  const isTemporal = addedKeys(change).some(({ temporal, columns }) => temporal && columns.length > 1);
  const table = isTemporal && 'table' in change && change.table !== undefined ? after.find(change.table) : 'absent';
  if (typeof table === 'string' || table.partitionBy === undefined) return [];
  const phase = change.kind === 'create-table' ? 'completion' : 'execution';
  return [{ kind: 'of-table', message: `a key of ${table.name.name} may not be possible`, phase, pass: 'key' }];
}

function addedKeys(change: Change): readonly IndexConstraint[] {
  const added = change.kind === 'add-constraint' ? [change.constraint] : change.kind === 'add-column' ? change.column.constraints : [];
  const all = change.kind === 'create-table' ? [...change.columns.flatMap(({ constraints }) => constraints), ...change.constraints] : added;
  return all.filter((one): one is IndexConstraint => 'included' in one);
}

/** Which types an index can hold by gin or gist, the extensions btree_gin and btree_gist decide. */
function doubtfulIndex({ change, before }: Act): readonly DoubtfulReason[] {
  const table = change.kind === 'alter-column-type' ? before.find(change.table) : 'absent';
  if (change.kind !== 'alter-column-type' || typeof table === 'string') return [];
  const index = table.indexes.find(({ method, columns }) => (method === 'gin' || method === 'gist') && columns.includes(change.column));
  return index ? [{ kind: 'late', message: `${index.name} may not hold the new type`, phase: 'execution', pass: 'made-again' }] : [];
}

/** `total(x)` may be a function, or the field of a row: what no schema of the path has is none. */
function doubtfulCall({ change, before }: Act): readonly DoubtfulReason[] {
  const query = 'query' in change ? change.query : undefined;
  const name = query?.mentions.functions.map((one) => one.name).find((one) => absenceOfFunction(one, undefined, before) === 'nowhere');
  return name ? [{ kind: 'missing', message: `the function ${name.name} is not there`, phase: 'analysis', pass: undefined }] : [];
}

/** A default may call a function of an extension, which who set up the database may have left out. */
function doubtfulDefault({ change, before }: Act): readonly DoubtfulReason[] {
  const value = change.kind === 'add-column' ? (change.column.default ?? change.column.generatedBy) : undefined;
  const name = value?.mentions.functions.map((one) => one.name).find((one) => isOfExtension('functions', one.name) && before.function(one).length === 0);
  return name ? [{ kind: 'missing', message: `the function ${name.name} may not be there`, phase: 'execution', pass: undefined }] : [];
}
