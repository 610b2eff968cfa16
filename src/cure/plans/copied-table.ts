// A new table in the place of one: copied while a trigger keeps it in step, and put under its name in a short transaction.

import type { Withheld } from '../../model/cure.ts';
import { foreignKeysOf } from '../../model/foreign-key.ts';
import { isSameName, truncateName } from '../../model/names.ts';
import type { Plan, PlanStep, Question } from '../../model/plan.ts';
import type { Relation } from '../../model/relation.ts';
import { list } from '../../text/list.ts';
import type { Ailment } from '../ailment.ts';
import { dollarQuoted } from '../dollar-quoted.ts';
import { literal, quoted, quotedList, quotedName } from '../hand.ts';
import { inBatches } from './batches.ts';
import { dependentsOf, type PlacedKey } from './column-dependents.ts';
import { foreignKeySql } from './foreign-key-sql.ts';
import { eachAlone, inShortTransaction, inTransaction, lockedInOrder, writtenAlone } from './planner.ts';
import { rowsQuestion } from './questions.ts';
import { beside, type Target } from './target.ts';

/** `action`: of ALTER TABLE, for the new table while it is empty. */
export function copiedTable(ailment: Ailment, target: Target, action: string, questions: readonly Question[]): Plan | Withheld {
  const { relation } = target;
  if (relation === undefined) return { why: `history does not show what ${target.sql} is like` };
  const why = whyNot(target, relation);
  if (why !== undefined) return { why };
  const scene = sceneOf(target, relation, action);
  return {
    title: `Copy ${target.sql} into a new table while it is in use, and let the two change places`,
    instead: writtenAlone(ailment),
    decisions: [],
    questions: [...questions, rightsQuestion(relation)],
    steps: [made(scene), ...ownKeys(scene), copied(scene), ...checked(scene.own, scene), swapped(scene), ...checked(scene.pointing, scene), dropped(scene)],
    differs: [`The indexes and constraints of ${target.sql} are called after ${scene.fresh}: ALTER INDEX … RENAME gives them their names back when the old table is gone.`],
  };
}

interface Scene {
  readonly target: Target;
  readonly relation: Relation;
  readonly action: string;
  /** What the new table is called until it takes the place, and the old one behind that. */
  readonly fresh: string;
  readonly past: string;
  readonly filler: string;
  readonly trigger: string;
  /** Those that can be written. */
  readonly columns: readonly string[];
  readonly own: readonly PlacedKey[];
  readonly pointing: readonly PlacedKey[];
}

function whyNot({ sql, decisions, catalog }: Target, relation: Relation): string | undefined {
  if (!catalog.isWhollyKnown(relation)) return `history does not show all of ${sql}, and what it does not show would not be copied`;
  if (relation.kind !== 'table' || relation.partitionOf !== undefined || relation.children.length > 0) return `${sql} is no table by itself, but has partitions or is one`;
  if (decisions.length > 0) return `${sql} has no primary key by which its rows could be copied in batches`;
  const views = relation.readBy.values().map(({ name }) => name);
  if (views.length > 0) return `${list(views)} would go on reading the old table`;
  if (relation.triggers === 'unknown' || relation.triggers.size > 0) return `the triggers of ${sql} would have to be made for the new table too`;
  if (relation.rowSecurity !== false || relation.rules === 'unknown' || relation.rules.size > 0) return `the policies and rules of ${sql} would have to be made for the new table too`;
  return foreignKeysOf(relation).some(({ references }) => isSameName(references, relation.name)) ? `${sql} refers to itself` : undefined;
}

function sceneOf(target: Target, relation: Relation, action: string): Scene {
  const { name, key } = target;
  const keys = relation.columns.values().flatMap((column) => dependentsOf(column.name, target).foreignKeys);
  const unique = keys.filter((one, index) => keys.findIndex((other) => other.key === one.key) === index);
  return {
    target,
    relation,
    action,
    fresh: truncateName(`new_${name.name}`),
    past: truncateName(`old_${name.name}`),
    filler: beside(target, truncateName(`copy_${name.name}`)),
    trigger: quoted(truncateName(`zz_copy_${name.name}`)),
    columns: relation.columns.values().filter(({ generated }) => generated === undefined).map((column) => column.name),
    own: unique.filter(({ on }) => on === target),
    pointing: unique.filter(({ on }) => on !== target && key.length > 0),
  };
}

function made({ target, relation, action, fresh, filler, trigger, columns }: Scene): PlanStep {
  const { sql, key } = target;
  const now = beside(target, fresh);
  const isOld = key.map((column) => `${column} = OLD.${column}`).join(' AND ');
  const body = `
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM ${now} WHERE ${isOld};
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO ${now} (${quotedList(columns)})${overriding(relation)} VALUES (${columns.map((column) => `NEW.${quoted(column)}`).join(', ')});
  END IF;
  RETURN NULL;
END
`;
  return inTransaction(
    'Make the new table, and a trigger that keeps it in step',
    [
      `CREATE TABLE ${now} (LIKE ${sql} INCLUDING ALL)`,
      `ALTER TABLE ${now} ${action}`,
      `CREATE FUNCTION ${filler}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${quoted(relation.name.schema)}, pg_temp AS ${dollarQuoted(body)}`,
      `CREATE TRIGGER ${trigger} AFTER INSERT OR UPDATE OR DELETE ON ${sql} FOR EACH ROW EXECUTE FUNCTION ${filler}()`,
    ],
    {
      notes: ['The application goes on as it is: what it writes is written to both. What the new table refuses is refused from now on. Nobody may TRUNCATE the table meanwhile.', `GRANT on ${now} what is granted on ${sql}, and give it the same owner.`],
      undo: [`DROP TRIGGER ${trigger} ON ${sql}`, `DROP FUNCTION ${filler}()`, `DROP TABLE ${now}`],
    },
  );
}

/** GENERATED ALWAYS takes no number from elsewhere, unless it is told to. */
function overriding({ columns }: Relation): string {
  return columns.values().some(({ identity }) => identity) ? ' OVERRIDING SYSTEM VALUE' : '';
}

function copied({ target, relation, fresh, columns }: Scene): PlanStep {
  const { sql, key } = target;
  const now = beside(target, fresh);
  const names = quotedList(columns);
  const isThere = key.map((column) => `copy.${column} = ${sql}.${column}`).join(' AND ');
  const command = (rows: string): string =>
    `INSERT INTO ${now} (${names})${overriding(relation)}\n      SELECT ${names} FROM ${sql} WHERE ${rows} FOR UPDATE\n      ON CONFLICT (${key.join(', ')}) DO NOTHING`;
  return inBatches('Copy the rows that are there', target, command, { questions: [rowsQuestion(`rows of ${sql} that are not copied yet`, target, `NOT EXISTS (SELECT FROM ${now} copy WHERE ${isThere})`)] });
}

function swapped({ target, relation, fresh, past, filler, trigger, pointing }: Scene): PlanStep {
  const { sql, name } = target;
  const old = beside(target, past);
  const sequences = relation.columns.values().flatMap((column) => target.catalog.sequencesOf(relation.name, column.name).map((sequence) => ({ column, sequence })));
  return (pointing.length > 0 ? inShortTransaction : inTransaction)(
    'Let the two change places',
    [
      ...lockedInOrder([...pointing.map(({ on }) => on.sql), sql]),
      `ALTER TABLE ${sql} RENAME TO ${quoted(past)}`,
      `ALTER TABLE ${beside(target, fresh)} RENAME TO ${quoted(name.name)}`,
      `DROP TRIGGER ${trigger} ON ${old}`,
      `DROP FUNCTION ${filler}()`,
      ...sequences.map(({ column, sequence }) => {
        const own = quotedName({ schema: name.schema, name: sequence.name.name });
        return column.identity
          ? `SELECT setval(pg_get_serial_sequence(${literal(sql).trim()}, ${literal(column.name).trim()}), last_value, is_called) FROM ${own}`
          : `ALTER SEQUENCE ${own} OWNED BY ${sql}.${quoted(column.name)}`;
      }),
      ...pointing.flatMap((placed) => [
        `ALTER TABLE ${placed.on.sql} DROP CONSTRAINT ${quoted(placed.key.name)}`,
        `ALTER TABLE ${placed.on.sql} ADD CONSTRAINT ${quoted(placed.key.name)} ${foreignKeySql(placed, ' NOT VALID')}`,
      ]),
    ],
    { notes: [`It reads no rows. It needs ACCESS EXCLUSIVE on ${list([...new Set([sql, ...pointing.map(({ on }) => on.sql)])])} for a moment: where it ends with a lock_timeout, try again when nothing long is running.`, `From here on, nothing writes ${old}.`] },
  );
}

function ownKeys({ target, fresh, own }: Scene): readonly PlanStep[] {
  const now = beside(target, fresh);
  return own.map((placed) => {
    const name = quoted(placed.key.name);
    return inShortTransaction(`Give the new table ${name}`, [`ALTER TABLE ${now} ADD CONSTRAINT ${name} ${foreignKeySql(placed, ' NOT VALID')}`], { notes: [`It keeps writers out of ${placed.to.sql} until it commits, for a moment.`], undo: [`ALTER TABLE ${now} DROP CONSTRAINT ${name}`] });
  });
}

/** `keys`: those that were valid before are again. */
function checked(keys: readonly PlacedKey[], { target, fresh }: Scene): readonly PlanStep[] {
  const all = keys.filter(({ key }) => key.valid && key.enforced).map(({ on, key }) => `ALTER TABLE ${on === target ? beside(target, fresh) : on.sql} VALIDATE CONSTRAINT ${quoted(key.name)}`);
  return all.length === 0 ? [] : [eachAlone('Check the rows that are there', all, { notes: ['Others read and write meanwhile.'] })];
}

function dropped({ target, past }: Scene): PlanStep {
  return inTransaction('When nobody misses it, drop the old table', [`DROP TABLE ${beside(target, past)}`], { notes: ['In a later deploy.'] });
}

function rightsQuestion({ name: { schema, name } }: Relation): Question {
  return {
    kind: 'look',
    shows: 'what is granted now, which the new table needs too',
    sql: `SELECT grantee, privilege_type FROM information_schema.role_table_grants WHERE table_schema = ${literal(schema).trim()} AND table_name = ${literal(name).trim()}`,
  };
}
