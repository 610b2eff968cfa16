// DROP SCHEMA … CASCADE, DROP DATABASE and DROP OWNED: everything in them goes.

import { isBefore, listSome, overMigration, printName, runsOf, type Act, type Catalog, type ChangeOf, type Remark, type Step, type Timeline } from '../../src/rule/index.ts';

export default overMigration({
  id: 'dropped-schema-or-database',
  category: 'data',
  summary: 'DROP SCHEMA … CASCADE of an existing schema, DROP DATABASE, or DROP OWNED',
  hazard: 'All tables in it are lost with their rows',
  remedy: 'Drop what is in the schema by name, and then the schema without CASCADE: PostgreSQL refuses that where something was forgotten',
  severity: 'error',
  since: '0.1.0',
  *check(timeline) {
    const given = new Set<string>();
    for (const step of timeline.steps) {
      for (const act of step.acts) yield* dropped(step, act, timeline);
      yield* droppedOwned(step, given, timeline);
      for (const { span } of runsNamed(step, 'REASSIGN OWNED')) for (const role of rolesIn(timeline.source.slice(span))) given.add(role);
    }
  },
});

function* dropped(step: Step, { change, before }: Act, timeline: Timeline): Generator<Remark> {
  const { span } = change;
  if (change.kind === 'drop-database') yield { step, span, message: `Dropping the database ${change.database} loses all that is in it` };
  if (change.kind !== 'drop-schema' || !change.cascade || !mayHoldAnything(change, before, step, timeline)) return;
  const tables = tablesIn(change.schema, before);
  const message = `CASCADE drops all that is in the schema ${change.schema}`;
  if (tables.length > 0) yield { step, span, message: `${message}: ${listSome(tables)}` };
  else yield { step, span, message: `${message}; the history does not show what that is`, atMost: 'warning' };
}

function tablesIn(schema: string | undefined, catalog: Catalog): string[] {
  return catalog.relationsIn(schema).flatMap((relation) => (catalog.isInUse(relation) ? [printName(relation.name)] : []));
}

/** Unless the migration itself has made the schema before, or the history begins with an empty database and puts nothing into it. */
function mayHoldAnything({ schema }: ChangeOf<'drop-schema'>, before: Catalog, step: Step, { acts }: Timeline): boolean {
  if (tablesIn(schema, before).length > 0) return true;
  const made = acts.get('create-schema') ?? [];
  const isOwn = made.some(({ change, step: other }) => change.kind === 'create-schema' && change.schema === schema && !change.ifNotExists && isBefore(other, step));
  return !isOwn && !before.isWhole();
}

/** Of a role that has given all that it owned to another before, it takes no more than privileges. */
function* droppedOwned(step: Step, given: ReadonlySet<string>, { source }: Timeline): Generator<Remark> {
  for (const { span } of runsNamed(step, 'DROP OWNED')) {
    const owners = rolesIn(source.slice(span)).filter((role) => !given.has(role));
    if (owners.length === 0) continue;
    const isOwn = owners.some((role) => /^(?:current_role|current_user|session_user)$/i.test(role));
    const tables = isOwn ? tablesIn(undefined, step.before) : [];
    const message = `DROP OWNED drops all that ${listSome(owners)} own${owners.length > 1 ? '' : 's'} in this database, tables with their rows`;
    const help = 'REASSIGN OWNED BY the role TO another one first; then DROP OWNED takes no more than its privileges';
    if (tables.length > 0) yield { step, span, message: `${message}, such as ${listSome(tables)}`, help };
    else yield { step, span, message: `${message}; the history does not show what that is`, help, atMost: 'warning' };
  }
}

function runsNamed({ statement }: Step, command: string): readonly Step['statement'][] {
  return runsOf(statement).filter((run) => run.command === command);
}

/** Behind BY, as they are written. */
function rolesIn(text: string): readonly string[] {
  const words = text.replace(/[\s;]+/g, ' ').trim();
  const [, list = ''] = /\bBY (.*?)(?: TO [^ ]+| CASCADE| RESTRICT)?$/i.exec(words) ?? [];
  return list.split(',').map((role) => role.trim()).filter((role) => role !== '');
}
