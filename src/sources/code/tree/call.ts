// Follows a call: of a function of the code, of a handle, or of something that was imported.

import { callList, callRecord, callText, ofRecords } from './built-in.ts';
import { entryOf, evaluate, piecesOf } from './evaluate.ts';
import { run, type Outcome } from './execute.ts';
import type { Position } from './position.ts';
import { Scope } from './scope.ts';
import type { Definition, Expression } from './tree.ts';
import { holdsHandle, nothing, unknown, type Call, type Handle, type Made, type Value } from './value.ts';

type Member = Extract<Expression, { readonly kind: 'member' }>;

export function callMethod(object: Value, callee: Member, call: Call, position: Position): Value {
  const { name } = callee;
  switch (object.kind) {
    case 'handle':
      return object.call(name, call, position.scene) ?? unread(callee, call, position);
    case 'text':
      runHanded(call, position);
      return callText(object, name, call, (value) => piecesOf(value, callee, call.step, position));
    case 'list':
      if (!/^(?:each|map|each_with_index)$/.test(name)) runHanded(call, position);
      return callList(object, name, call);
    case 'class':
      if (position.world.self && !object.entries.has(name) && name !== 'new') return unread(callee, call, position);
      break;
    case 'record':
      if (!ofRecords.has(name) || object.entries.get(name)?.kind === 'function') break;
      if (!object.isWhole) runHanded(call, position);
      return callRecord(object, name, call);
    case 'made':
      return callImported(`${object.path}().${name}`, object, callee, call, position);
    default:
  }
  return callValue(entryOf(object, name, position), callee, call, position);
}

/** A method of whatever the code is in. */
export function callOwn(self: Handle, callee: Extract<Expression, { readonly kind: 'name' }>, call: Call, position: Position): Value {
  return self.call(callee.name, call, position.scene) ?? unread(callee, call, position);
}

export function runFunction(called: Extract<Value, { readonly kind: 'function' }>, args: readonly Value[], position: Position): Value {
  return callFunction(called, { ...noArguments, args }, position) ?? unknown;
}

export function callValue(called: Value, callee: Expression, call: Call, position: Position): Value {
  if (called.kind === 'handle') return called.call(undefined, call, position.scene) ?? unread(callee, call, position);
  if (called.kind === 'function') return callFunction(called, call, position) ?? unread(callee, call, position);
  if (called.kind === 'imported') return callImported(called.path, undefined, callee, call, position);
  return givesHandle(call) ? unread(callee, call, position) : runHanded(call, position);
}

function callImported(path: string, of: Made | undefined, callee: Expression, call: Call, position: Position): Value {
  const { world, scene } = position;
  const known = world.called(path, call, scene, of);
  if (known) return known;
  const isUnread = givesHandle(call) || (world.reach(path) === 'anything' && mayAct(path, call));
  if (isUnread) return unread(callee, call, position);
  runHanded(call, position);
  return { kind: 'made', path, call, of };
}

function givesHandle({ args, named }: Call): boolean {
  return args.some((one) => holdsHandle(one)) || [...named.values()].some((one) => holdsHandle(one));
}

/** A class makes something, and a function that is called so asks for something. */
function mayAct(path: string, { isAlone }: Call): boolean {
  const name = path.slice(path.lastIndexOf('.') + 1);
  return isAlone || !/^_*(?:[A-Z]|get|is|has|load|read|make|build|format|quote|render|find|to_|as_)/.test(name);
}

/** Whoever is handed a function may run it. */
function runHanded({ args, named }: Call, position: Position): Value {
  for (const argument of [...args, ...named.values()]) if (argument.kind === 'function') position.scene.perhaps(() => callFunction(argument, noArguments, position));
  return unknown;
}

const nowhere = { start: 0, end: 0 };

const noArguments: Call = { args: [], named: new Map(), isWhole: false, place: nowhere, step: nowhere, isAlone: false };

/** Undefined: the calls go too deep. */
export function callFunction({ made, scope: around }: Extract<Value, { readonly kind: 'function' }>, call: Call, position: Position): Value | undefined {
  const inside: Position = { ...position, scope: new Scope(around, position.scene.depth) };
  bindParameters(made, call, inside);
  return position.scene.deeper(() => {
    const outcome = run(made.body, inside);
    if (made.isBlock) leaveAround(outcome, position);
    else position.scene.takeLeft();
    return outcome.kind === 'returns' ? outcome.value : outcome.kind === 'goes-on' && position.world.self === undefined ? nothing : unknown;
  });
}

/** What leaves a block leaves the function around it too. */
function leaveAround(outcome: Outcome, { scene }: Position): void {
  if (outcome.kind === 'leaves' && outcome.to === 'function') scene.leave('surely');
  else if (outcome.kind === 'perhaps' && outcome.way === 'function') scene.leave('perhaps');
}

function bindParameters({ parameters }: Definition, { args, named, isWhole }: Call, inside: Position): void {
  const names = new Set(parameters.map(({ name }) => name));
  const others = new Map([...named].filter(([name]) => !names.has(name)));
  let next = 0;
  for (const { name, takes, otherwise } of parameters) {
    if (takes === 'rest') inside.scope.declare(name, isWhole ? { kind: 'list', items: args.slice(next) } : unknown);
    else if (takes === 'named-rest') inside.scope.declare(name, { kind: 'record', entries: others, isWhole });
    else inside.scope.declare(name, named.get(name) ?? args[next++] ?? (isWhole && otherwise ? evaluate(otherwise, inside) : unknown));
  }
}

function unread(callee: Expression, { place }: Call, { scene, text }: Position): Value {
  const written = text.slice(callee.place.start, callee.place.end).replace(/\s+/g, '');
  const name = written.length > LONGEST ? `…${written.slice(-LONGEST)}` : written;
  scene.gap(`what ${name}() sends is not known here`, place);
  return unknown;
}

/** Of code that is shown in a sentence. */
const LONGEST = 60;
