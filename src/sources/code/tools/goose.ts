// Migrations of goose in Go: functions that init() hands to goose.
// Source: register.go and migration.go of github.com/pressly/goose v3.

import { parseGo } from '../go/parse-go.ts';
import type { CodeComment, CodeReading, ReadCode, Section } from '../reading/code-reading.ts';
import { mayBeDirective } from '../reading/code-reading.ts';
import type { TransactionMode } from '../../../model/migration.ts';
import type { Span } from '../../../text/span.ts';
import { runFunction } from '../tree/call.ts';
import { run } from '../tree/execute.ts';
import { filledIn } from '../tree/filled-in.ts';
import { asks, handleOf, sendText, type Method } from '../tree/handles.ts';
import type { Position } from '../tree/position.ts';
import { Scene } from '../tree/scene.ts';
import { Scope } from '../tree/scope.ts';
import { nothing, unknown, type Call, type Handle, type Value } from '../tree/value.ts';

export const goose: ReadCode = ({ text }) => {
  const { body, comments } = parseGo(text);
  let registered: Registered | undefined;
  const position: Position = {
    scope: new Scope(undefined, 0),
    scene: new Scene('file'),
    text,
    world: { self: around((one) => (registered = one)), imported: () => undefined, called: () => undefined, reach: () => 'nothing', builtIn: () => undefined, shown: (constant) => (constant === null ? 'nil' : String(constant)) },
  };
  run(body, position);
  const init = position.scope.find('init');
  if (init?.kind === 'function') runFunction(init, [], position);
  if (registered === undefined) return unreadable('there is no call in "init" that hands its functions to goose');
  const { up, down, mode, hasContext } = registered;
  const wayOf = (way: Value): readonly Section[] => {
    if (way.kind === 'constant') return [];
    if (way.kind !== 'function') return unreadable('its function stands in another file').up;
    const scene = new Scene(mode);
    runFunction(way, hasContext ? [unknown, connection] : [connection], { ...position, scene });
    return scene.sections;
  };
  return { up: wayOf(up), down: wayOf(down), comments: comments.flatMap((span) => commentOf(span, text)) };
};

interface Registered {
  readonly up: Value;
  readonly down: Value;
  readonly mode: TransactionMode;
  readonly hasContext: boolean;
}

/** `Exec(sql)`, `ExecContext(ctx, sql)`. */
function executes(position: number): Method {
  return ({ args, place }, scene) => {
    sendText(args[position], place, scene);
    return unknown;
  };
}

function words(text: string): Method {
  return ({ step, place }, scene) => {
    scene.send([{ text, place: step }], place);
    return connection;
  };
}

const connection: Handle = handleOf({
  methods: {
    Exec: executes(0),
    Query: executes(0),
    QueryRow: executes(0),
    MustExec: executes(0),
    ExecContext: executes(1),
    QueryContext: executes(1),
    QueryRowContext: executes(1),
    Begin: words('BEGIN'),
    BeginTx: words('BEGIN'),
    Commit: words('COMMIT'),
    Rollback: asks,
    Close: asks,
    Ping: asks,
    PingContext: asks,
    Conn: () => connection,
  },
});

const formatting: Handle = {
  kind: 'handle',
  get: () => unknown,
  call: (name, { args: [first = unknown, ...values], place }) => {
    if (name !== 'Sprintf' || first.kind !== 'text') return unknown;
    return filledIn(first, { kind: 'list', items: values }, (value) => (value.kind === 'text' ? value.pieces : [{ text: value.kind === 'constant' ? String(value.value) : '${value}', place }]));
  },
};

const texts: Handle = {
  kind: 'handle',
  get: () => unknown,
  call: (name, { args: [first = unknown, separator] }) => {
    if (name === 'TrimSpace') return first;
    const parts = first.kind === 'list' ? first.items : [];
    const isJoined = name === 'Join' && separator?.kind === 'text' && parts.every((part) => part.kind === 'text');
    if (!isJoined || parts.length === 0) return unknown;
    return { kind: 'text', pieces: parts.flatMap((part, index) => (part.kind === 'text' ? [...(index > 0 ? separator.pieces : []), ...part.pieces] : [])) };
  },
};

/** `AddNamedMigrationNoTxContext("1_x.go", up, down)`, and its shorter forms. */
function tool(register: (one: Registered) => void): Handle {
  return {
    kind: 'handle',
    get: () => unknown,
    call: (name = '', { args }) => {
      const form = /^Add(?<named>Named)?Migration(?<alone>NoTx)?(?<context>Context)?$/.exec(name)?.groups;
      if (form === undefined) return unknown;
      const [up = nothing, down = nothing] = form['named'] === undefined ? args : args.slice(1);
      register({ up, down, mode: form['alone'] === undefined ? 'file' : 'statement', hasContext: form['context'] !== undefined });
      return nothing;
    },
  };
}

/** What a file of Go finds around it: packages, and functions of other files, which may do anything with what they get. */
function around(register: (one: Registered) => void): Handle {
  const packages: Readonly<Record<string, Handle>> = { goose: tool(register), fmt: formatting, strings: texts };
  return {
    kind: 'handle',
    get: (name) => (Object.hasOwn(packages, name) ? (packages[name] ?? unknown) : unknown),
    call: (name, call) => (name === 'string' ? (call.args[0] ?? unknown) : isGivenConnection(call) ? undefined : unknown),
  };
}

function isGivenConnection({ args }: Call): boolean {
  return args.some((one) => one.kind === 'handle');
}

function commentOf(place: Span, code: string): CodeComment[] {
  const text = code.slice(place.start, place.end);
  if (!mayBeDirective(text)) return [];
  const before = /^[/*\s]*/.exec(text)?.[0].length ?? 0;
  return [{ words: { start: place.start + before, end: place.start + text.replace(/\*\/$/, '').trimEnd().length }, place }];
}

function unreadable(why: string): CodeReading {
  return { up: [{ transaction: 'file', deeds: [{ kind: 'gap', why, place: { start: 0, end: 0 } }] }], down: [], comments: [] };
}
