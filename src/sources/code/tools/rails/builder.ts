// The methods of a migration that change the schema: what each of them sends, or what undoes it.

import type { Scene } from '../../tree/scene.ts';
import type { Method } from '../../tree/handles.ts';
import { nothing, textOf, unknown, type Call, type Handle, type Value } from '../../tree/value.ts';
import { inBulk } from './bulk.ts';
import type { Context, Sent } from './operation.ts';
import { inChangedTables, operations } from './operations.ts';
import { knownCall, isTrue, noOptions, optionsOf, type KnownCall } from '../../tree/options.ts';
import { reversed, type Command } from './reversal.ts';
import { respondsTo } from './table-definition.ts';
import { columnTypes } from './types.ts';
import type { Version } from './version.ts';

/** `isReverting`: what is called is undone. It changes while the migration is followed. */
export interface Around {
  readonly version: Version;
  isReverting: boolean;
}

export function building(around: Around): Readonly<Record<string, Method>> {
  const named = Array.from(operations.keys(), (name): [string, Method] => [name, (call, scene) => builds(name, call, scene, around)]);
  return { ...Object.fromEntries(named), change_table: (call, scene) => changesTable(call, scene, around) };
}

const haveBlocks: ReadonlySet<string> = new Set(['create_table', 'create_join_table', 'drop_table', 'drop_join_table']);

function builds(name: string, call: Call, scene: Scene, around: Around): Value {
  const given = knownCall(call, haveBlocks.has(name));
  if (given) perform([{ name, given }], call, scene, around);
  else unread(name, call, scene);
  return nothing;
}

function unread(name: string, { place }: Call, scene: Scene): void {
  scene.gap(`some arguments of ${name}() can't be read here`, place);
}

/** What is undone is undone from behind. */
function perform(commands: readonly Command[], call: Call, scene: Scene, around: Around): void {
  for (const command of around.isReverting ? commands.toReversed() : commands) {
    const meant = around.isReverting ? reversed(command, around.version) : command;
    scene.together(() => {
      if (meant === undefined) irreversible(command.name, call, scene);
      else tell(operations.get(meant.name)?.(meant.given, contextOf(call, scene, around)), meant.name, call, scene);
    });
  }
}

export function irreversible(name: string, { place }: Call, scene: Scene): void {
  scene.gap(`Rails can't reverse this ${name}()`, place);
}

function contextOf({ run }: Call, scene: Scene, { version }: Around): Context {
  return { version, depth: scene.depth, run: (block, table) => void run?.(block, [table]) };
}

function tell(sent: readonly Sent[] | undefined, name: string, call: Call, scene: Scene): void {
  if (sent === undefined) unread(name, call, scene);
  else for (const one of sent) tellOne(one, name, call, scene);
}

function tellOne(sent: Sent, name: string, call: Call, scene: Scene): void {
  if (typeof sent === 'string') scene.send([{ text: sent, place: call.step }], call.place);
  else if (sent.kind === 'gap') scene.gap(sent.why, call.place);
  else scene.perhaps(() => tell(sent.sent, name, call, scene));
}

function changesTable(call: Call, scene: Scene, around: Around): Value {
  const given = knownCall(call, true);
  const [table] = given?.args ?? [];
  if (given?.block === undefined || typeof table !== 'string') unread('change_table', call, scene);
  else if (given.options.flag('bulk')) changesInBulk(table, given.block, call, scene, around);
  else call.run?.(given.block, [changedTable(table, call, (commands, inner, at) => perform(commands, inner, at, around))]);
  return nothing;
}

function changesInBulk(table: string, block: Value, call: Call, scene: Scene, around: Around): void {
  const all: Command[] = [];
  const { depth } = scene;
  let isUnclear = false;
  const handle = changedTable(table, call, (commands, _, at) => {
    isUnclear ||= at.depth !== depth || commands.length === 0;
    all.push(...commands);
  });
  call.run?.(block, [handle]);
  const meant = around.isReverting ? all.map((command) => reversed(command, around.version)) : all;
  const known = meant.filter((command) => command !== undefined);
  scene.together(() => {
    if (known.length < meant.length) irreversible('change_table', call, scene);
    else tell(isUnclear ? undefined : inBulk(table, known, contextOf(call, scene, around)), 'change_table', call, scene);
  });
}

/** What the block of `change_table` is handed. `emit`: what is said to it; nothing where that can't be read. */
function changedTable(table: string, { step }: Call, emit: (commands: readonly Command[], call: Call, scene: Scene) => void): Handle {
  const handle: Handle = {
    kind: 'handle',
    get: (name) => (name === 'name' ? textOf(table, step) : unknown),
    call: (name = '', call, scene) => {
      if (name === 'name') return textOf(table, step);
      if (name.endsWith('?')) return name === 'respond_to?' ? respondsTo(call.args[0]) : unknown;
      const given = knownCall(call);
      const commands = given && commandsOf(table, name, given);
      if (commands === undefined) unread(name, call, scene);
      emit(commands ?? [], call, scene);
      return handle;
    },
  };
  return handle;
}

function commandsOf(table: string, method: string, { args, options, block }: KnownCall): readonly Command[] | undefined {
  const each = (name: string): readonly Command[] => args.map((one) => ({ name, given: { args: [table, one], options: options.without(), block } }));
  const type = columnTypes.get(method);
  if (type !== undefined) return args.flatMap((name) => columnCommands(table, { args: [name, type], options: options.without(), block }));
  if (method === 'references' || method === 'belongs_to') return each('add_reference');
  if (method === 'remove_references' || method === 'remove_belongs_to') return each('remove_reference');
  if (method === 'column') return columnCommands(table, { args, options, block });
  if (method === 'primary_key') return columnCommands(table, { args: [args[0] ?? null, args[1] ?? 'primary_key'], options: options.with({ primary_key: true }), block });
  const name = inChangedTables.get(method);
  return name === undefined ? undefined : [{ name, given: { args: [table, ...args], options, block } }];
}

/** With its index, where it has one. */
function columnCommands(table: string, { args, options, block }: KnownCall): readonly Command[] {
  const index = options.entries.get('index');
  const column: Command = { name: 'add_column', given: { args: [table, ...args], options: options.without('index'), block } };
  if (!isTrue(index)) return [column];
  return [column, { name: 'add_index', given: { args: [table, args[0] ?? null], options: index === true ? noOptions.without() : optionsOf(index), block } }];
}
