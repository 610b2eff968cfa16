// A primary or unique key of a table in use goes, and no other key is on its columns.

import {
  isBefore,
  isSameName,
  losingIdentity,
  onChange,
  outcomeOf,
  printName,
  type Catalog,
  type ChangeContext,
  type ChangeOf,
  type Index,
  type QualifiedName,
  type Relation,
  type RelationName,
  type TableConstraint,
} from '../../src/rule/index.ts';

export default onChange({
  id: 'dropped-key',
  category: 'compatibility',
  summary: 'A primary key, or a unique constraint or index, of an existing table is dropped',
  hazard: 'INSERT … ON CONFLICT of running code that names its columns fails, and rows may be there twice',
  remedy: 'Make the new key before the old one goes, or first deploy code without ON CONFLICT on these columns',
  severity: 'warning',
  since: '0.1.0',
  on: ['drop-constraint', 'drop-index'],
  when: (change, context) => lossOf(change, context) !== undefined,
  atMost: (change, context) => (lossOf(change, context)?.kind === 'certain' ? undefined : 'info'),
  message: (change, context) => messageFor(change, lossOf(change, context)),
});

type Drop = ChangeOf<'drop-constraint' | 'drop-index'>;

type Loss =
  | { readonly kind: 'certain'; readonly table: Relation; readonly key: Index }
  /** A later transaction of the migration makes another key. */
  | { readonly kind: 'for-now'; readonly table: Relation; readonly key: Index }
  /** History does not show what it is, but it is called like a key. */
  | { readonly kind: 'by-name'; readonly name: string };

function messageFor(change: Drop, loss: Loss | undefined): string {
  if (loss === undefined || loss.kind === 'by-name') {
    return `If ${loss?.name ?? nameOf(change)} is a key, INSERT … ON CONFLICT of running code on its columns fails without it`;
  }
  const { table, key, kind } = loss;
  const columns = key.expressions.length === 0 ? ` (${key.columns.join(', ')})` : '';
  const until = kind === 'for-now' ? ' until a later statement makes another one' : ', and rows may be there twice';
  return `INSERT … ON CONFLICT${columns} of running code into ${printName(table.name)} fails without the key ${key.name}${until}`;
}

function lossOf(change: Drop, context: ChangeContext): Loss | undefined {
  const { before, step, timeline } = context;
  const found = change.kind === 'drop-index' ? before.tableOfIndex(change.index) : before.qualify(change.table);
  const table = typeof found === 'string' ? 'unknown' : before.find(found);
  if (table === 'absent') return undefined;
  if (table === 'unknown') return byName(change, context);
  const key = keyOf(change, table);
  if (key === undefined) return isKnown(change, table, before) ? undefined : byName(change, context);
  const outcome = outcomeOf(context, timeline);
  if (!before.isInUse(table) || isNew(key, table, context) || isRefused(change, key, table, before) || isKept(key, table.name, outcome)) return undefined;
  if (losingIdentity({ ...context, change }, outcome).length > 0) return undefined;
  const end = timeline.steps.at(-1);
  const isMadeLater = end !== undefined && isBefore(step, end) && isKept(key, table.name, end.after);
  return { kind: isMadeLater ? 'for-now' : 'certain', table, key };
}

function nameOf(change: Drop): string {
  return change.kind === 'drop-index' ? change.index.name : change.constraint;
}

/** An index of a constraint goes with the constraint alone; one that not all partitions have is no key yet. */
function keyOf(change: Drop, { constraints, indexes }: Relation): Index | undefined {
  const name = nameOf(change);
  const constraint = constraints.get(name);
  const isKey = change.kind === 'drop-index' ? constraint === undefined : constraint?.type === 'unique' || constraint?.type === 'primary-key';
  const index = indexes.get(name);
  return isKey && index?.unique && index.valid ? index : undefined;
}

/** The migration itself has made it: no code knows of it. */
function isNew({ name }: Index, table: Relation, { timeline }: ChangeContext): boolean {
  const [first] = timeline.steps;
  const then = first?.before.find(table.name);
  return typeof then === 'object' && !then.indexes.has(name) && first?.before.isWhollyKnown(then) === true;
}

/** A foreign key points to it, and there is no CASCADE. */
function isRefused({ cascade }: Drop, key: Index, table: Relation, catalog: Catalog): boolean {
  const pointsToIt = (one: TableConstraint): boolean =>
    one.type === 'foreign-key' && isSameName(one.references, table.name) && String(one.referencedColumns.toSorted()) === String(key.columns.toSorted());
  const referring = cascade ? [] : [table.name, ...table.referencedBy];
  return referring.some((name) => {
    const other = catalog.find(name);
    return typeof other === 'object' && other.constraints.some(pointsToIt);
  });
}

/** No table, or one with a key on the same columns, in whatever order. */
function isKept(key: Index, table: QualifiedName, catalog: Catalog): boolean {
  const relation = catalog.find(table);
  if (typeof relation === 'string' || relation.kind === 'view') return true;
  return relation.indexes.some((other) => other.unique && other.valid && stands(other, key));
}

/** ON CONFLICT finds it as it found the other one: rows that a WHERE leaves out are not asked for. */
function stands(other: Index, key: Index): boolean {
  const words = ({ columns, expressions }: Index): string => JSON.stringify([columns.toSorted(), expressions]);
  const isWhole = other.predicate === undefined || JSON.stringify(other.predicate) === JSON.stringify(key.predicate);
  return isWhole && words(other) === words(key);
}

function isKnown(change: Drop, table: Relation, catalog: Catalog): boolean {
  const name = nameOf(change);
  return table.indexes.has(name) || table.constraints.has(name) || catalog.isWhollyKnown(table);
}

/** Unless the migration makes a key of that name, or on that table, itself. */
function byName(change: Drop, { before, timeline }: ChangeContext): Loss | undefined {
  const name = nameOf(change);
  const isThere = change.kind === 'drop-index' ? !before.isIndexAbsent(change.index, change.ifExists) : before.isLive(change.table);
  if (!isThere || !keyNames.test(name)) return undefined;
  const isOnTable = (table: RelationName): boolean => change.kind === 'drop-constraint' && isSameName(before.qualify(table), before.qualify(change.table));
  const made = [...(timeline.acts.get('create-index') ?? []), ...(timeline.acts.get('add-constraint') ?? [])].some(({ change: other }) => {
    if (other.kind === 'create-index') return other.index.unique && (other.index.name === name || isOnTable(other.table));
    return other.kind === 'add-constraint' && 'usingIndex' in other.constraint && (other.constraint.name === name || isOnTable(other.table));
  });
  return made ? undefined : { kind: 'by-name', name };
}

/** As PostgreSQL and the tools that write migrations call keys. */
const keyNames = /^(?:pk|ak|uk|uq|uniq|unique)_|_(?:pkey|pk|key|uk|uq|uniq|unique)$/i;
