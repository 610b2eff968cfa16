// What Alembic and SQLAlchemy hand to a migration: `op`, its context, its connection, and sessions on it.

import { asks, handleOf, type Method } from '../../tree/handles.ts';
import type { World } from '../../tree/position.ts';
import { plainText, textOf, unknown, type Call, type Handle, type Value } from '../../tree/value.ts';
import { building, enumMethod } from './builder.ts';
import { executes, executesDriverSql } from './executed.ts';

export const imported: World['imported'] = (path) => {
  if (path === 'alembic.op') return op;
  return path === 'alembic.context' ? context : undefined;
};

export const called: World['called'] = (path, call, scene, of) => enumMethod(path, call, scene, of) ?? handleFrom(path, call);

/** What somebody gets for a connection. */
function handleFrom(path: string, { args, named }: Call): Value | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const [bind = named.get('bind') ?? unknown] = args;
  if (bind.kind !== 'handle') return undefined;
  if (path === 'sqlalchemy.inspect' || name === 'from_engine') return asking;
  if (/^(?:sqlalchemy\.orm|sqlmodel)\b/.test(path) && name === 'Session') return session;
  return path === 'sqlalchemy.orm.sessionmaker' || path === 'sqlalchemy.orm.sessionmaker()' ? session : undefined;
}

const postgresql: Value = { kind: 'record', entries: new Map([['name', textOf('postgresql', { start: 0, end: 0 })]]), isWhole: false };

/** What answers whatever it is asked for, and changes nothing. */
const asking: Handle = { kind: 'handle', get: () => unknown, call: () => unknown };

const commits: Method = ({ step, place }, scene) => {
  scene.send([{ text: 'COMMIT', place: step }], place);
  return unknown;
};

const block: Handle = handleOf({ within: (work) => work() });

const connection: Handle = handleOf({
  properties: { dialect: () => postgresql, engine: () => connection, connection: () => connection },
  methods: {
    execute: executes,
    scalar: executes,
    scalars: executes,
    exec_driver_sql: executesDriverSql,
    execution_options: () => connection,
    connect: () => connection,
    begin: () => block,
    begin_nested: () => block,
    commit: commits,
    close: asks,
    in_transaction: asks,
    get_isolation_level: asks,
  },
  within: (work) => work(),
});

/** Its transaction is that of the connection. Source: Session(join_transaction_mode=…) of SQLAlchemy. */
const session: Handle = handleOf({
  properties: { bind: () => connection },
  methods: {
    execute: executes,
    scalar: executes,
    scalars: executes,
    exec: executes,
    connection: () => connection,
    get_bind: () => connection,
    begin: () => block,
    begin_nested: () => block,
    commit: asks,
    flush: asks,
    rollback: asks,
    close: asks,
  },
  within: (work) => work(),
});

/** Its block commits what is open, and begins anew behind it. */
const autocommitBlock: Handle = handleOf({ within: (work, scene) => scene.outside(work) });

const migrationContext: Handle = handleOf({
  properties: { dialect: () => postgresql, bind: () => connection, connection: () => connection, impl: () => asking, config: () => asking, opts: () => unknown, as_sql: () => unknown },
  methods: { autocommit_block: () => autocommitBlock, begin_transaction: () => block, execute: executes },
});

const context: Handle = handleOf({
  properties: { config: () => asking },
  methods: {
    get_context: () => migrationContext,
    get_bind: () => connection,
    execute: executes,
    get_x_argument: asks,
    is_offline_mode: asks,
    get_tag_argument: asks,
    get_head_revision: asks,
  },
});

const op: Handle = handleOf({
  methods: {
    ...building,
    execute: executes,
    get_bind: () => connection,
    get_context: () => migrationContext,
    f: ({ args: [name = unknown] }) => (plainText(name) === undefined ? unknown : name),
  },
});
