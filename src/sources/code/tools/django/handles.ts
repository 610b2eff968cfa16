// What Django hands to code in migrations: connections and their cursors, the editor of the schema, and models.

import { asks, handleOf, sendText, type Method } from '../../tree/handles.ts';
import { filledIn } from '../../tree/filled-in.ts';
import type { World } from '../../tree/position.ts';
import { textOf, unknown, type Handle, type Value } from '../../tree/value.ts';

export const imported: World['imported'] = (path) => {
  if (path === 'django.db.connection' || path === 'django.db.connections') return connection;
  return undefined;
};

/** A block of a transaction in a transaction changes nothing of what is sent. */
export const called: World['called'] = () => undefined;

/** `%s` is a value, where there are values. */
export const executes: Method = ({ args, named, place }, scene) => {
  const sql = args[0] ?? named.get('sql') ?? unknown;
  const values = args[1] ?? named.get('params');
  const hasValues = values !== undefined && !(values.kind === 'constant' && values.value === null);
  sendText(hasValues ? withValues(sql) : sql, place, scene);
  return unknown;
};

export function withValues(sql: Value): Value {
  return sql.kind === 'text' ? filledIn(sql, unknown, () => [{ text: '${value}', place: { start: 0, end: 0 } }]) : sql;
}

const cursor: Handle = handleOf({
  methods: { execute: executes, fetchone: asks, fetchall: asks, fetchmany: asks, close: asks, mogrify: asks },
  within: (work) => work(),
});

const nowhere = { start: 0, end: 0 };

const connection: Handle = handleOf({
  properties: { vendor: () => textOf('postgresql', nowhere), ops: () => asking, introspection: () => asking, settings_dict: () => asking, features: () => asking, alias: () => textOf('default', nowhere) },
  methods: { cursor: () => cursor, ensure_connection: asks, close: asks },
});

/** What answers whatever it is asked for, and changes nothing. */
const asking: Handle = { kind: 'handle', get: () => unknown, call: () => unknown };

const schemaEditor: Handle = handleOf({
  properties: { connection: () => connection },
  methods: { execute: executes, quote_name: asks, quote_value: asks },
});

/** The arguments of a function of RunPython; what it does with models is said once. */
export function argumentsOfRunPython(): readonly Value[] {
  let isSaid = false;
  const model: Handle = {
    kind: 'handle',
    get: () => model,
    call: (_, { place }, scene) => {
      if (!isSaid) scene.gap('Django puts together what this code does with models', place);
      isSaid = true;
      return unknown;
    },
  };
  const apps = handleOf({ methods: { get_model: () => model, get_app_config: asks } });
  return [apps, schemaEditor];
}
