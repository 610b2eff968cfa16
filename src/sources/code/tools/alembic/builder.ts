// The operations of Alembic that make SQL of what they are given.

import type { Method } from '../../tree/handles.ts';
import { handleOf } from '../../tree/handles.ts';
import { Given } from '../../tree/given.ts';
import { nothing, textOf, unknown, type Call, type Handle, type Made, type Value } from '../../tree/value.ts';
import type { Scene } from '../../tree/scene.ts';
import * as alterations from './alterations.ts';
import { createIndex, dropIndex } from './indexes.ts';
import { createTable } from './tables.ts';
import { typeOf } from './types.ts';

/** A call of which something is not known is a gap. */
function prints(statements: (call: Call) => readonly string[] | undefined, given: (call: Call) => Call = (call) => call): Method {
  return (call, scene) => {
    const printed = statements(given(call));
    if (printed === undefined) scene.gap("some of its arguments can't be read here", call.place);
    else for (const text of printed) scene.send([{ text, place: call.step }], call.place);
    return nothing;
  };
}

export const building: Readonly<Record<string, Method>> = {
  create_table: prints(createTable),
  add_column: prints(alterations.addColumn),
  alter_column: prints(alterations.alterColumn),
  drop_column: prints(alterations.dropColumn),
  drop_table: prints(alterations.dropTable),
  rename_table: prints(alterations.renameTable),
  create_table_comment: prints(alterations.commentTable),
  drop_table_comment: prints(alterations.commentTable, withNoComment),
  create_index: prints(createIndex),
  drop_index: prints(dropIndex),
  create_foreign_key: prints(alterations.createForeignKey),
  create_unique_constraint: prints(alterations.createUnique),
  create_primary_key: prints(alterations.createKey),
  create_check_constraint: prints(alterations.createCheck),
  drop_constraint: prints(alterations.dropConstraint),
  batch_alter_table: (call) => batchOf(call) ?? unknown,
};

function withNoComment(call: Call): Call {
  return { ...call, args: call.args.slice(0, 1) };
}

/** On PostgreSQL, each of its calls runs at once. Undefined for a table of which nobody knows the name. Source: BatchOperationsImpl in alembic/operations/batch.py. */
function batchOf(call: Call): Handle | undefined {
  const given = new Given(call, ['table_name', 'schema', 'recreate']);
  const table = given.take('table_name');
  const schema = given.take('schema');
  if (table === undefined || given.text('recreate') === 'always') return undefined;
  const of = (position: number, names: readonly string[] = ['schema']) => (inner: Call): Call => ({
    ...inner,
    args: [...inner.args.slice(0, position), table, ...inner.args.slice(position)],
    named: new Map([...inner.named, ...(schema === undefined ? [] : names.map((name): [string, Value] => [name, schema]))]),
  });
  return handleOf({
    methods: {
      add_column: prints(alterations.addColumn, (inner) => of(0)({ ...inner, named: new Map([...inner.named].filter(([name]) => name !== 'insert_after' && name !== 'insert_before')) })),
      alter_column: prints(alterations.alterColumn, of(0)),
      drop_column: prints(alterations.dropColumn, of(0)),
      create_table_comment: prints(alterations.commentTable, of(0)),
      drop_table_comment: prints(alterations.commentTable, (inner) => of(0)(withNoComment({ ...inner, args: [] }))),
      create_index: prints(createIndex, of(1)),
      drop_index: prints(dropIndex, of(1)),
      create_foreign_key: prints(alterations.createForeignKey, of(1, ['source_schema'])),
      create_unique_constraint: prints(alterations.createUnique, of(1)),
      create_primary_key: prints(alterations.createKey, of(1)),
      create_check_constraint: prints(alterations.createCheck, of(1)),
      drop_constraint: prints(alterations.dropConstraint, of(1)),
      f: ({ args: [name = unknown] }) => name,
    },
    within: (work) => work(),
  });
}

/** `Enum('a', name='x').create(bind)`: where `checkfirst` says so, it is looked first whether the type is there. */
export function enumMethod(path: string, { named, args, step, place }: Call, scene: Scene, of: Made | undefined): Value | undefined {
  const way = /^sqlalchemy(?:\.dialects\.postgresql)?\.(?:Enum|ENUM)\(\)\.(create|drop)$/.exec(path)?.[1];
  if (way === undefined || of === undefined) return undefined;
  const type = typeOf({ ...of, call: { ...of.call, named: new Map([...of.call.named, ['create_type', { kind: 'constant', value: true }]]) } });
  const sql = way === 'create' ? type?.creation : type && `DROP TYPE ${type.sql}`;
  if (sql === undefined) return undefined;
  const looks = args[1] ?? named.get('checkfirst') ?? { kind: 'constant', value: true };
  const send = (): void => scene.send(textOf(sql, step).pieces, place);
  if (looks.kind === 'constant' && looks.value === false) send();
  else scene.perhaps(send);
  return nothing;
}
