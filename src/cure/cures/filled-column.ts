// A column whose values would be computed for each row while nobody gets at the table: added empty, with its default for new rows, and filled in
// batches. Others see rows without a value by then.

import { sequenceName } from '../../history/constraint-names.ts';
import type { ChangeOf } from '../../model/change.ts';
import type { ColumnDefinition } from '../../model/column.ts';
import { isSerial, storedType } from '../../model/column-type.ts';
import type { Edit, Stage, Treatment, Withheld } from '../../model/cure.ts';
import type { Relation } from '../../model/relation.ts';
import type { Act } from '../../model/timeline.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { Span } from '../../text/span.ts';
import type { Ailment, Remedy } from '../ailment.ts';
import { columnPartsIn, type ColumnPart } from '../column-parts.ts';
import { indentationAt, lineEndIn } from '../edits.ts';
import { handOf, literal, quoted, quotedName } from '../hand.ts';
import { notNullProof } from '../not-null-proof.ts';
import { inBatches } from '../row-work.ts';

export const volatileDefault: Remedy = (ailment) => {
  const { act, step, timeline: { source } } = ailment;
  if (act?.change.kind !== 'add-column') return undefined;
  const parts = columnPartsIn(source, act.change.span);
  const [given, required] = [parts.find(({ kind }) => kind === 'default'), parts.find(({ kind }) => kind === 'not-null')];
  if (given === undefined) return { why: 'the default is that of its domain, which an empty column would have to be filled with by hand' };
  const sql = handOf(source, step.statement.span);
  const name = quoted(act.change.column.name);
  return filled(ailment, act, act.change, {
    title: 'Add the column empty, with its default for new rows, and fill it in batches',
    edits: [...removedParts([given, required], source), insertedBehind(act.change.span, sql`, ALTER COLUMN ${name} SET ${source.slice(given)}`)],
    isRequired: required !== undefined,
    end: [],
    names: [],
  });
};

export const rewritingColumn: Remedy = (ailment) => {
  const { act } = ailment;
  if (act?.change.kind !== 'add-column') return { why: 'the values of a stored column are computed for each row, whatever is done: only a plain column that a trigger fills spares that' };
  const { column } = act.change;
  if (column.generated !== undefined) return { why: 'the values of a stored column are computed for each row, whatever is done: only a plain column that a trigger fills spares that' };
  if (isSerial(column.type)) return serial(ailment, act, act.change);
  return column.identity ? identity(ailment, act, act.change) : { why: 'a domain checks each value: only a column of its base type, with a CHECK of its own, spares that' };
};

/** PostgreSQL's own three steps for it: a sequence, a default, and that the two belong together. */
function serial(ailment: Ailment, act: Act, change: ChangeOf<'add-column'>): Treatment | Withheld {
  const { step, timeline: { source } } = ailment;
  const relation = act.before.find(change.table);
  if (typeof relation === 'string') return unknownKey;
  const sql = handOf(source, step.statement.span);
  const written = columnPartsIn(source, change.span);
  const type = written.find(({ kind }) => kind === 'type');
  if (type === undefined) return unreadable;
  const { table, column: { name } } = change;
  const stored = storedType(change.column.type).name.name;
  const sequence = { schema: table.schema, name: sequenceName(name, relation, act.before) };
  const as = stored === 'int8' ? '' : sql` AS ${typeWords[stored] ?? stored}`;
  return filled(ailment, act, change, {
    title: 'Add a plain column with a sequence for new rows, and fill it in batches',
    edits: [
      insertedBefore(step.statement.span, sql`CREATE SEQUENCE ${quotedName(sequence)}${as}`, source),
      { span: type, text: typeWords[stored] ?? stored },
      ...removedParts(written.filter(({ kind }) => kind === 'not-null'), source),
      insertedBehind(change.span, sql`, ALTER COLUMN ${quoted(name)} SET DEFAULT nextval(${literal(quotedName(sequence)).trim()})`),
    ],
    isRequired: true,
    behind: [sql`ALTER SEQUENCE ${quotedName(sequence)} OWNED BY ${quotedName(table)}.${quoted(name)}`],
    end: [],
    names: [sequence.name],
  });
}

/** Until all rows have a number, another sequence gives them; the identity goes on behind it. */
function identity(ailment: Ailment, act: Act, change: ChangeOf<'add-column'>): Treatment | Withheld {
  const { step, timeline: { source } } = ailment;
  const relation = act.before.find(change.table);
  if (typeof relation === 'string') return unknownKey;
  const sql = handOf(source, step.statement.span);
  const written = columnPartsIn(source, change.span);
  const generated = written.find(({ kind }) => kind === 'identity');
  if (generated === undefined) return unreadable;
  if (source.slice(generated).includes('(')) return { why: 'the identity has a beginning or a step of its own' };
  const { table, column: { name, type } } = change;
  const sequence = { schema: table.schema, name: sequenceName(`${name}_fill`, relation, act.before) };
  const [target, column, number] = [quotedName(table), quoted(name), literal(quotedName(sequence)).trim()];
  const as = type.name.name === 'int8' ? '' : sql` AS ${typeWords[type.name.name] ?? type.name.name}`;
  return filled(ailment, act, change, {
    title: 'Add a plain column with a sequence for new rows, fill it in batches, and make it the identity in the end',
    edits: [
      insertedBefore(step.statement.span, sql`CREATE SEQUENCE ${quotedName(sequence)}${as}`, source),
      ...removedParts([generated, ...written.filter(({ kind }) => kind === 'not-null')], source),
      insertedBehind(change.span, sql`, ALTER COLUMN ${column} SET DEFAULT nextval(${number})`),
    ],
    isRequired: true,
    end: [
      sql`ALTER TABLE ${target} ALTER COLUMN ${column} DROP DEFAULT, ALTER COLUMN ${column} ADD ${source.slice(generated)}`,
      sql`SELECT setval(pg_get_serial_sequence(${literal(target).trim()}, ${literal(name).trim()}), nextval(${number}), false)`,
      sql`DROP SEQUENCE ${quotedName(sequence)}`,
    ],
    names: [sequence.name],
  });
}

const unknownKey = { why: 'the primary key of the table is not known, by which its rows could be taken in batches' };

const unreadable = { why: 'the definition of the column is written in a form that can’t be taken apart' };

/** As people write them. */
const typeWords: Readonly<Record<string, string>> = { int2: 'smallint', int4: 'integer', int8: 'bigint' };

interface Filling {
  readonly title: string;
  /** What makes the column an empty one with a default. */
  readonly edits: readonly Edit[];
  readonly isRequired: boolean;
  /** Right behind the statement. */
  readonly behind?: readonly string[];
  /** When all rows are filled and the column is required. */
  readonly end: readonly string[];
  /** What else is made. */
  readonly names: readonly string[];
}

function filled(ailment: Ailment, act: Act, { table, column, ifNotExists }: ChangeOf<'add-column'>, filling: Filling): Treatment | Withheld {
  const { step, timeline: { source } } = ailment;
  const relation = act.before.find(table);
  if (typeof relation === 'string') return unknownKey;
  const why = whyNotFilled(column, relation, ifNotExists);
  if (why !== undefined) return { why };
  const sql = handOf(source, step.statement.span);
  const name = quoted(column.name);
  const loop = inBatches({ table: quotedName(table), isOnly: false, prefix: '', head: sql`UPDATE ${quotedName(table)} SET ${name} = DEFAULT`, condition: sql`${name} IS NULL` }, relation, source, sql);
  if (typeof loop !== 'string') return loop;
  const required = notNullProof({ table, column: column.name, isOnly: false }, act.before, step.version, sql);
  const last = filling.isRequired ? [...required.demanded, ...filling.end] : filling.end;
  const proof: readonly Stage[] = filling.isRequired
    ? [
        { name: `prove_${table.name}_${column.name}`, statements: [required.added], place: 'own', undo: [] },
        { name: `validate_${required.constraint}`, statements: [required.validated], place: 'own', undo: [] },
      ]
    : [];
  return {
    title: filling.title,
    isUnsafe: true,
    edits: filling.edits,
    behind: [
      ...(filling.behind ? [{ name: '', statements: filling.behind, place: 'together', undo: [] } as const] : []),
      { name: `fill_${table.name}_${column.name}`, statements: [loop], place: 'outside', undo: [] },
      ...proof,
      ...(last.length > 0 ? [{ name: `require_${table.name}_${column.name}`, statements: last, place: 'own', undo: [], ...(filling.end.length > 0 ? ({ isAtomic: true } as const) : {}) } as const] : []),
    ],
    about: [{ relation: relation.name, names: [column.name, ...filling.names], commutes: new Set(['add-column', 'comment', 'grant', 'drop-column', 'create-index']) }],
  };
}

function whyNotFilled({ constraints, identity: isIdentity }: ColumnDefinition, { kind }: Relation, ifNotExists: boolean): string | undefined {
  if (ifNotExists) return 'the column may be there already, and filled otherwise';
  if (constraints.some(({ type }) => type !== 'not-null')) return 'the column has constraints that would have to wait until it is filled';
  return kind === 'table' || isIdentity ? undefined : 'the table is partitioned, and its rows can’t be taken in batches by one key';
}

function insertedBefore({ start }: Span, text: string, source: SourceText): Edit {
  return { span: { start, end: start }, text: `${text};${lineEndIn(source)}${indentationAt(start, source)}` };
}

function insertedBehind({ end }: Span, text: string): Edit {
  return { span: { start: end, end }, text };
}

/** With the white space before them. */
function removedParts(parts: readonly (ColumnPart | undefined)[], source: SourceText): readonly Edit[] {
  return parts.flatMap((part): Edit[] => {
    if (part === undefined) return [];
    const space = /\s*$/.exec(source.text.slice(Math.max(0, part.start - 200), part.start))?.[0].length ?? 0;
    return [{ span: { start: part.start - space, end: part.end }, text: '' }];
  });
}
