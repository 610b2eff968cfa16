// DROP SCHEMA … CASCADE and DROP DATABASE: everything in them goes.

import { listSome, onChange, printName, type Catalog, type ChangeContext, type ChangeOf } from '../../src/rule/index.ts';

export default onChange({
  id: 'dropped-schema-or-database',
  category: 'data',
  summary: 'DROP SCHEMA … CASCADE of an existing schema, or DROP DATABASE',
  hazard: 'All tables in it are lost with their rows',
  remedy: 'Drop what is in the schema by name, and then the schema without CASCADE: PostgreSQL refuses that where something was forgotten',
  severity: 'error',
  since: '0.1.0',
  on: ['drop-schema', 'drop-database'],
  when: (change, context) => change.kind === 'drop-database' || (change.cascade && mayHoldAnything(change, context)),
  message: (change, { before }) => {
    if (change.kind === 'drop-database') return `Dropping the database ${change.database} loses all that is in it`;
    const tables = tablesIn(change.schema, before);
    const known = tables.length > 0 ? `: ${listSome(tables)}` : '; the history does not show what that is';
    return `CASCADE drops all that is in the schema ${change.schema}${known}`;
  },
  atMost: (change, { before }) => (change.kind === 'drop-schema' && tablesIn(change.schema, before).length === 0 ? 'warning' : undefined),
});

function tablesIn(schema: string, catalog: Catalog): string[] {
  return catalog.relationsIn(schema).flatMap((relation) => (catalog.isInUse(relation) ? [printName(relation.name)] : []));
}

/** Unless the migration itself has made the schema, or the history begins with an empty database and puts nothing into it. */
function mayHoldAnything({ schema }: ChangeOf<'drop-schema'>, { before, timeline }: ChangeContext): boolean {
  if (tablesIn(schema, before).length > 0) return true;
  const isOwn = timeline.acts.get('create-schema')?.some(({ change }) => change.kind === 'create-schema' && change.schema === schema) === true;
  return !isOwn && !before.isWhole();
}
