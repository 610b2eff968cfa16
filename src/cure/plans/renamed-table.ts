// Another name or another schema for a table or a view: a view keeps the old name until no code knows it.

import type { RelationName } from '../../model/names.ts';
import type { Plan, Question } from '../../model/plan.ts';
import type { Ailment } from '../ailment.ts';
import { literal, quoted, quotedName } from '../hand.ts';
import { deployed, inTransaction, writtenAlone, type Planner } from './planner.ts';
import { useQuestion } from './use.ts';

export const renamedTable: Planner = (ailment) => {
  const change = ailment.act?.change;
  return change?.kind === 'rename-relation' ? keptByView(ailment, change.relation, { schema: change.relation.schema, name: change.to }) : undefined;
};

export const movedTable: Planner = (ailment) => {
  const change = ailment.act?.change;
  return change?.kind === 'set-schema' ? keptByView(ailment, change.relation, { schema: change.schema, name: change.relation.name }) : undefined;
};

function keptByView(ailment: Ailment, before: RelationName, after: RelationName): Plan {
  const { act, step } = ailment;
  const catalog = act?.before ?? step.before;
  const place = catalog.qualify(before);
  const isMoved = before.name === after.name;
  const [old, now] = [quotedName(isMoved ? place : before), quotedName(after)];
  const sql = writtenAlone(ailment);
  const isByCaller = step.version >= 15;
  return {
    title: `Keep ${old} as a view over ${now} until no code says ${old} any more`,
    instead: sql,
    decisions: [],
    questions: [rightsQuestion(place)],
    steps: [
      inTransaction('Give the new name, and keep the old one', [sql, `CREATE VIEW ${old}${isByCaller ? ' WITH (security_invoker = true)' : ''} AS SELECT * FROM ${now}`], {
        notes: [
          'Old code reads and writes through the view; COPY … FROM, TRUNCATE and LOCK do not work through it.',
          `GRANT on the view what is granted on the table${isByCaller ? '' : '. It reads the table with the rights of its owner: with row security, old code would see what the owner sees'}.`,
        ],
        undo: [`DROP VIEW ${old}`, `ALTER TABLE ${now} ${isMoved ? `SET SCHEMA ${quoted(place.schema)}` : `RENAME TO ${quoted(before.name)}`}`],
      }),
      deployed(`Code that says ${now}`, { notes: ['Wait until nothing of the old code runs any more, jobs and reports too.'], questions: [useQuestion([before.name])] }),
      inTransaction('Drop the view', [`DROP VIEW ${old}`]),
    ],
    differs: [],
  };
}

function rightsQuestion({ schema, name }: { readonly schema: string; readonly name: string }): Question {
  return {
    kind: 'look',
    shows: 'what is granted now, which the view needs too',
    sql: `SELECT grantee, privilege_type FROM information_schema.role_table_grants WHERE table_schema = ${literal(schema).trim()} AND table_name = ${literal(name).trim()}`,
  };
}
