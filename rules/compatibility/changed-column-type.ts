// ALTER COLUMN … TYPE after which clients meet a type that they do not expect.

import { onChange, outcomeOf, printName, printType, storedType, type Catalog, type ChangeContext, type ChangeOf, type ColumnType } from '../../src/rule/index.ts';

export default onChange({
  id: 'changed-column-type',
  category: 'compatibility',
  summary: 'The type of a column changes to one that clients read in another way',
  hazard: 'Running code that decodes the old type gets the new one, and prepared statements fail with "cached plan must not change result type"',
  remedy: 'First deploy code that copes with both types, and prepares its statements anew; or add a column of the new type beside the old one',
  severity: 'warning',
  since: '0.1.0',
  on: 'alter-column-type',
  when: (change, context) => {
    const types = typesOf(change, context);
    return context.before.isLive(change.table) && types !== undefined && readAs(types.from, types.since) !== readAs(types.to, types.outcome);
  },
  message: (change, context) => {
    const { table, column } = change;
    const name = `${printName(context.before.qualify(table))}.${column}`;
    const { from = change.type, to = change.type } = typesOf(change, context) ?? {};
    return `Running code that reads ${name} as ${printType(from)} gets ${printType(to)} from now on`;
  },
});

/**
 * Before the migration, and when the transaction ends: an enum that takes the name of another is the same for clients. Undefined where
 * history does not show both, and for a column that is new.
 */
function typesOf({ table, column }: ChangeOf<'alter-column-type'>, context: ChangeContext) {
  const { before, timeline } = context;
  const name = before.qualify(table);
  const [start = before, outcome] = [timeline.steps[0]?.before, outcomeOf(context, timeline)];
  const [first, old, now] = [start.column(name, column), before.column(table, column), outcome.column(name, column)];
  if (typeof old === 'string' || typeof now === 'string' || before.isNewColumn(table, column)) return undefined;
  return typeof first === 'string'
    ? { from: old.type, since: before, to: now.type, outcome }
    : { from: first.type, since: start, to: now.type, outcome };
}

/** One word for all types that clients read alike; a domain is sent as the type below it. */
function readAs(type: ColumnType, catalog: Catalog): string {
  const { name, isArray } = storedType(type);
  const info = catalog.type(name);
  if (info?.kind === 'domain' && !isArray) return readAs(info.base, catalog);
  const word = info || name.schema !== undefined ? printName(catalog.creationName(name)) : (alike[name.name] ?? name.name);
  return `${word}${isArray ? '[]' : ''}`;
}

const alike: Readonly<Record<string, string>> = {
  varchar: 'text',
  bpchar: 'text',
  citext: 'text',
  name: 'text',
  json: 'jsonb',
  cidr: 'inet',
  varbit: 'bit',
};
