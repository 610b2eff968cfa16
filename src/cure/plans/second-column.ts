// A second column that takes the place of one: kept in step by a trigger, filled in batches, given all that hangs on the first, and then
// put in its place.

import type { Withheld } from '../../model/cure.ts';
import { truncateName } from '../../model/names.ts';
import type { Decision, PlanStep } from '../../model/plan.ts';
import type { PostgresVersion } from '../../model/version.ts';
import { list } from '../../text/list.ts';
import { dollarQuoted } from '../dollar-quoted.ts';
import { literal, quoted } from '../hand.ts';
import type { NotNullProof } from '../not-null-proof.ts';
import { batches } from './batches.ts';
import { dependentsOf, type ColumnDependents } from './column-dependents.ts';
import { eachAlone, inShortTransaction, inTransaction, lockedInOrder, outside } from './planner.ts';
import { rowsQuestion } from './questions.ts';
import { proofFor } from './required.ts';
import { asRegclass, beside, lateTrigger, type Target } from './target.ts';
import { twinsOf, type Twins } from './twins.ts';

/** What takes the place of what. */
export interface Exchange {
  readonly target: Target;
  readonly version: PostgresVersion;
  readonly old: string;
  readonly fresh: string;
  /** As SQL, with its collation. */
  readonly type: string;
  /** What the new column holds, computed from the row; undefined: the old one's value, assigned to the new type. */
  readonly value: string | undefined;
  /** Code that runs meanwhile writes the one or the other. */
  readonly isTwoWay: boolean;
}

export interface SecondColumn {
  /** What history does not show. */
  readonly remarks: readonly string[];
  readonly decisions: readonly Decision[];
  /** Up to where the second column has all that the first one has. */
  readonly prepared: readonly PlanStep[];
  /** What gives it all that the first one had: the names of its constraints, its default. */
  readonly handedOver: readonly string[];
  /** The NOT NULL that is called after the second column, where PostgreSQL names such, and what it has to be called. */
  readonly named: readonly string[];
  /** Tables that are locked for that beside its own. */
  readonly others: readonly string[];
  readonly parts: ColumnDependents;
}

export function secondColumn(exchange: Exchange): SecondColumn | Withheld {
  const { target, old, fresh, version } = exchange;
  const parts = dependentsOf(old, target);
  const why = whyNot(parts, exchange);
  if (why !== undefined) return { why };
  const proof = parts.column?.nullable === false ? proofFor(fresh, target, version) : undefined;
  const twins = twinsOf(parts, { target, old, fresh });
  const byDefault = defaultOf(parts, exchange);
  const pointing = parts.foreignKeys.filter(({ on }) => on !== target).map(({ on }) => on.sql);
  const inOrder = [...pointing, target.sql, ...parts.foreignKeys.map(({ to }) => to.sql)];
  return {
    remarks: target.relation !== undefined && target.catalog.isWhollyKnown(target.relation) ? [] : [unshown(exchange)],
    decisions: [...target.decisions, ...twins.decisions, ...byDefault.decisions],
    prepared: [added(exchange), filled(exchange, parts), ...builtSteps(twins), ...constraintSteps(twins, proof, target)],
    handedOver: [...lockedInOrder(inOrder), ...triggerGone(exchange), ...(proof?.demanded ?? []), ...twins.dropped, ...byDefault.statements, ...twins.named],
    named: notNullNamed(proof?.name, exchange),
    others: [...new Set(parts.foreignKeys.flatMap(({ on, to }) => [on.sql, to.sql]).filter((sql) => sql !== target.sql))],
    parts,
  };
}

function unshown({ target: { sql }, old }: Exchange): string {
  return `History does not show all of ${sql}: what hangs on ${quoted(old)} beside what the steps name (NOT NULL, its default, keys, indexes, foreign keys, CHECKs) has to be made for the new column too, before it takes the place.`;
}

function whyNot({ column, keys, indexes, foreignKeys }: ColumnDependents, { target: { relation, catalog, sql }, old, version }: Exchange): string | undefined {
  if (relation === undefined) return undefined;
  const readers = relation.columns.values().filter(({ reads }) => reads.includes(old)).map(({ name }) => quoted(name));
  if (relation.partitionOf !== undefined) return `${sql} is a partition: its columns are those of the table above it`;
  if (relation.children.length > 0 && keys.length + indexes.length + foreignKeys.length > 0) return `${sql} has partitions or children, and each index of ${quoted(old)} would have to be built for each of them`;
  if (column?.generated !== undefined) return `${quoted(old)} is generated itself, and no trigger could keep another column in step with it`;
  if (readers.length > 0) return `${list(readers)} of ${sql} ${readers.length > 1 ? 'are' : 'is'} generated from ${quoted(old)}, and would have to be made anew too`;
  if (keys.some(({ type }) => type === 'exclusion')) return `an exclusion constraint of ${sql} is about ${quoted(old)}: it can't be made anew while others use the table`;
  const split = foreignKeys.find(({ on }) => version < 18 && catalog.isPartitioned(on.name));
  return split && `${split.on.sql} is partitioned, so its foreign key can't be added NOT VALID before PostgreSQL 18`;
}

function functionName({ target, fresh }: Pick<Exchange, 'target' | 'fresh'>): string {
  return beside(target, truncateName(`fill_${target.name.name}_${fresh}`));
}

function added(exchange: Exchange): PlanStep {
  const { target: { sql }, old, fresh, type, isTwoWay } = exchange;
  const [trigger, filler] = [lateTrigger(exchange.target, `fill_${fresh}`), functionName(exchange)];
  return inTransaction(
    'Add the new column, and a trigger that keeps it in step',
    [
      `ALTER TABLE ${sql} ADD COLUMN ${quoted(fresh)} ${type}`,
      `CREATE FUNCTION ${filler}() RETURNS trigger LANGUAGE plpgsql AS ${dollarQuoted(isTwoWay ? twoWay(exchange) : oneWay(exchange))}`,
      `CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${sql} FOR EACH ROW EXECUTE FUNCTION ${filler}()`,
    ],
    {
      notes: [
        isTwoWay
          ? `The application may write ${quoted(old)} or ${quoted(fresh)} from now on: the trigger writes the other one.`
          : `The application goes on as it is: the trigger writes ${quoted(fresh)} with each row that is inserted or updated. A value that does not fit is refused from now on.`,
      ],
      undo: [...triggerGone(exchange), `ALTER TABLE ${sql} DROP COLUMN ${quoted(fresh)}`],
    },
  );
}

function oneWay({ target, old, fresh, value }: Exchange): string {
  const own = value === undefined ? `NEW.${quoted(old)}` : `(SELECT ${value} FROM (SELECT NEW.*) AS ${quoted(target.name.name)})`;
  return `\nBEGIN\n  NEW.${quoted(fresh)} := ${own};\n  RETURN NEW;\nEND\n`;
}

function twoWay({ target: { relation }, old, fresh }: Exchange): string {
  const isComparable = !incomparable.has(relation?.columns.get(old)?.type.name.name ?? '');
  const compared = (row: string): string => `${row}.${quoted(fresh)}${isComparable ? '' : '::text'}`;
  return `
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.${quoted(fresh)} := coalesce(NEW.${quoted(fresh)}, NEW.${quoted(old)});
    NEW.${quoted(old)} := NEW.${quoted(fresh)};
  ELSIF ${compared('NEW')} IS DISTINCT FROM ${compared('OLD')} THEN
    NEW.${quoted(old)} := NEW.${quoted(fresh)};
  ELSE
    NEW.${quoted(fresh)} := NEW.${quoted(old)};
  END IF;
  RETURN NEW;
END
`;
}

/** Types without an operator `=`, or with one that says something else. */
const incomparable: ReadonlySet<string> = new Set(['json', 'xml', 'point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle']);

/** Of a partitioned table, DROP TRIGGER locks the partitions first: who reads the table would come the other way. */
function triggerGone({ target, fresh }: Exchange): readonly string[] {
  const isAbove = target.relation === undefined || target.relation.children.length > 0;
  return [...(isAbove ? [`LOCK TABLE ${target.sql}`] : []), `DROP TRIGGER ${lateTrigger(target, `fill_${fresh}`)} ON ${target.sql}`, `DROP FUNCTION ${functionName({ target, fresh })}()`];
}

function filled({ target, old, fresh, value }: Exchange, { column }: ColumnDependents): PlanStep {
  const isEmpty = `${quoted(fresh)} IS NULL`;
  const isOpen = value === undefined && column?.nullable !== false ? `${isEmpty} AND ${quoted(old)} IS NOT NULL` : isEmpty;
  const left = value === undefined ? isOpen : `${isEmpty} AND (${value}) IS NOT NULL`;
  const others = target.relation?.triggers === 'unknown' || (target.relation?.triggers.size ?? 1) > 0 ? ['Other triggers of the table fire for each of these rows too.'] : [];
  return batches('Fill the rows that are there', target, { set: `${quoted(fresh)} = ${value ?? quoted(old)}`, where: isOpen }, {
    notes: others,
    questions: [rowsQuestion(`rows of ${target.sql} that are not filled yet`, target, left)],
  });
}

function builtSteps({ indexes }: Twins): readonly PlanStep[] {
  if (indexes.length === 0) return [];
  return [
    outside('Build its indexes', indexes.map(({ built }) => built), {
      notes: ['A build that fails, or is cancelled, leaves an INVALID index behind: drop it, and build it once more. Give these statements no lock_timeout and no statement_timeout.'],
      undo: indexes.map(({ dropped }) => dropped),
    }),
  ];
}

function constraintSteps({ added: checks, foreignKeys, validated }: Twins, proof: NotNullProof | undefined, { sql }: Target): readonly PlanStep[] {
  const own = [...(proof === undefined ? [] : [{ action: proof.action, name: proof.constraint }]), ...checks];
  const all = [...(proof === undefined ? [] : [proof.validated]), ...validated];
  return [
    ...(own.length === 0 ? [] : [inTransaction('Add its constraints, for what is written from now on', own.map(({ action }) => `ALTER TABLE ${sql} ${action}`), { undo: own.map(({ name }) => `ALTER TABLE ${sql} DROP CONSTRAINT ${quoted(name)}`) })]),
    ...foreignKeys.map((key) => inShortTransaction(`Add the foreign key in the place of ${quoted(key.shown)}, for what is written from now on`, [key.added], { notes: ['It keeps writers out of both tables until it commits, for a moment.'], undo: [key.dropped] })),
    ...(all.length === 0 ? [] : [eachAlone('Check the rows that are there', all, { notes: ['Others read and write meanwhile.'] })]),
  ];
}

interface Default {
  readonly decisions: readonly Decision[];
  readonly statements: readonly string[];
}

/** What a new row gets that says nothing of the column. */
function defaultOf({ column, sequence }: ColumnDependents, { target, old, fresh, type }: Exchange): Default {
  const { sql } = target;
  const set = (action: string, name: string): string => `ALTER TABLE ${sql} ALTER COLUMN ${quoted(name)} ${action}`;
  if (column?.identity && sequence) {
    const slot = `<ALWAYS or BY DEFAULT>`;
    const own = truncateName(`${target.name.name}_${fresh}_seq`);
    const isAs = `SELECT identity_generation FROM information_schema.columns WHERE table_name = ${literal(target.name.name).trim()} AND column_name = ${literal(old).trim()}`;
    return {
      decisions: [{ slot, meaning: `what ${quoted(old)} has now; this shows it: ${isAs}` }],
      statements: [
        set(`ADD GENERATED ${slot} AS IDENTITY (SEQUENCE NAME ${beside(target, own)})`, fresh),
        `SELECT setval(${literal(beside(target, own)).trim()}, last_value, is_called) FROM ${beside(target, sequence.name)}`,
        set('DROP IDENTITY', old),
        `ALTER SEQUENCE ${beside(target, own)} RENAME TO ${quoted(sequence.name)}`,
      ],
    };
  }
  if (column?.hasDefault && sequence) {
    const name = beside(target, sequence.name);
    return {
      decisions: [],
      statements: [
        set(`SET DEFAULT nextval(${literal(name).trim()})`, fresh),
        ...(/^(?:bigint|int8)$/i.test(type) ? [`ALTER SEQUENCE ${name} AS bigint`] : []),
        `ALTER SEQUENCE ${name} OWNED BY ${sql}.${quoted(fresh)}`,
        set('DROP DEFAULT', old),
      ],
    };
  }
  if (!column?.hasDefault || column.generated !== undefined) return { decisions: [], statements: [] };
  const slot = `<default of ${old}>`;
  const shown = `SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = ${asRegclass(target)} AND adnum = (SELECT attnum FROM pg_attribute WHERE attrelid = adrelid AND attname = ${literal(old).trim()})`;
  return { decisions: [{ slot, meaning: `the default that ${quoted(old)} has now; this shows it: ${shown}` }], statements: [set(`SET DEFAULT ${slot}`, fresh), set('DROP DEFAULT', old)] };
}

/** From 18 on, NOT NULL has a name. */
function notNullNamed(name: string | undefined, { target: { relation, sql }, old }: Exchange): readonly string[] {
  const before = relation?.constraints.find((one) => one.type === 'not-null' && one.columns.includes(old));
  return before === undefined || name === undefined ? [] : [`ALTER TABLE ${sql} RENAME CONSTRAINT ${quoted(name)} TO ${quoted(before.name)}`];
}
