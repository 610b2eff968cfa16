// Follows the statements of a tree, in the order in which they run.

import type { Span } from '../../../text/span.ts';
import { bind } from './bind.ts';
import { evaluate, importedAs } from './evaluate.ts';
import type { Position } from './position.ts';
import { Scope } from './scope.ts';
import type { Statement } from './tree.ts';
import { isTrue, textOf, unknown, type List, type Value } from './value.ts';

/** How a statement was left. `perhaps`: a branch in it may have left, so that what stands behind it may not run. */
export type Outcome =
  | { readonly kind: 'goes-on' }
  | { readonly kind: 'returns'; readonly value: Value }
  | { readonly kind: 'raises' }
  | { readonly kind: 'leaves'; readonly to: 'end' | 'next' | 'function' }
  | { readonly kind: 'perhaps'; readonly way: Way };

/** The furthest that may have been left: a function, a loop, or a round of it. */
type Way = 'function' | 'loop' | 'round';

const goesOn: Outcome = { kind: 'goes-on' };

export function run(statements: readonly Statement[], position: Position): Outcome {
  const { scene, scope } = position;
  const isAll = scene.depth === scope.depth;
  const ways: Way[] = [];
  let last: Outcome = goesOn;
  for (const statement of statements) {
    last = execute(statement, position);
    if (last.kind === 'perhaps') {
      scene.branch('begins');
      if (isAll) scope.depth += 1;
      ways.push(last.way);
    } else if (last.kind !== 'goes-on') break;
  }
  for (const _ of ways) scene.branch('ends');
  if (isAll) scope.depth -= ways.length;
  if (ways.length === 0) return last;
  return last.kind === 'returns' ? { kind: 'returns', value: unknown } : { kind: 'perhaps', way: furthest([...ways, ...waysOf(last)]) };
}

function waysOf(outcome: Outcome): readonly Way[] {
  if (outcome.kind === 'perhaps') return [outcome.way];
  if (outcome.kind === 'leaves') return [outcome.to === 'function' ? 'function' : outcome.to === 'end' ? 'loop' : 'round'];
  return outcome.kind === 'returns' ? ['function'] : [];
}

function furthest(ways: readonly Way[]): Way {
  return ways.includes('function') ? 'function' : ways.includes('loop') ? 'loop' : 'round';
}

function execute(statement: Statement, position: Position): Outcome {
  const { scene, scope } = position;
  if (!scene.step()) {
    scene.gap('the code is too long to be followed', statement.place);
    return { kind: 'raises' };
  }
  switch (statement.kind) {
    case 'expression':
      evaluate(statement.value, position, true);
      return behindBlocks(position);
    case 'assignment':
      assign(statement, position);
      return behindBlocks(position);
    case 'choice':
      return choose(statement, position);
    case 'each':
      return forEach(statement, position);
    case 'while':
      evaluate(statement.test, position);
      return afterRounds(scene.perhaps(() => run(statement.body, position)));
    case 'within':
      return within(statement.contexts, statement.body, position);
    case 'attempt':
      return attempt(statement, position);
    case 'return':
      return { kind: 'returns', value: statement.value ? evaluate(statement.value, position, position.world.self !== undefined) : { kind: 'constant', value: null } };
    case 'raise':
      return { kind: 'raises' };
    case 'leave':
      return { kind: 'leaves', to: statement.to };
    case 'function':
      scope.declare(statement.name, { kind: 'function', made: statement.made, scope });
      return goesOn;
    case 'class':
      scope.declare(statement.name, classOf(statement, position));
      return goesOn;
    case 'import':
      for (const { path, name } of statement.names) scope.declare(name, importedAs(path, position.world));
      return goesOn;
    case 'unreadable':
      scene.gap('this can\'t be read', statement.place);
      return goesOn;
  }
}

/** A block that was run may have left the function around it. */
function behindBlocks({ scene }: Position): Outcome {
  const left = scene.takeLeft();
  return left === undefined ? goesOn : left === 'surely' ? { kind: 'leaves', to: 'function' } : { kind: 'perhaps', way: 'function' };
}

type Of<Kind extends Statement['kind']> = Extract<Statement, { readonly kind: Kind }>;

/** `a += b` is `a = a + b`. */
function assign({ targets, operator, value: node, place }: Of<'assignment'>, position: Position): void {
  const [target] = targets;
  const isPlain = operator === '=' || target === undefined;
  const value = evaluate(isPlain ? node : { kind: 'binary', operator: operator.slice(0, -1), left: target, right: node, place }, position);
  for (const one of targets) bind(one, value, position);
}

function classOf({ bases, body }: Of<'class'>, position: Position): Value {
  const inside: Position = { ...position, scope: new Scope(position.scope, position.scene.depth) };
  run(body, inside);
  return { kind: 'class', bases: bases.map((base) => evaluate(base, position)), entries: inside.scope.names };
}

function choose({ test, yes, no }: Of<'choice'>, position: Position): Outcome {
  const is = isTrue(evaluate(test, position));
  if (is !== undefined) return run(is ? yes : no, position);
  const { scene } = position;
  scene.branch('begins');
  const one = run(yes, position);
  if (no.length > 0) scene.branch('turns');
  const other = run(no, position);
  scene.branch('ends');
  return joined([one, other]);
}

/** What all arms do is certain; where one of them raises an error, a run that goes on did not take it. */
function joined(arms: readonly Outcome[]): Outcome {
  const taken = arms.filter(({ kind }) => kind !== 'raises');
  if (taken.length === 0) return { kind: 'raises' };
  if (taken.every(({ kind }) => kind === 'returns')) return { kind: 'returns', value: unknown };
  const ways = taken.flatMap(waysOf);
  return ways.length === 0 ? goesOn : { kind: 'perhaps', way: furthest(ways) };
}

/** Of a list, so many are followed one by one. */
const MOST_ITEMS = 500;

/** Of a loop whose rounds nobody counts, one is followed. */
function forEach({ pattern, of, body, behind }: Of<'each'>, position: Position): Outcome {
  const given = evaluate(of, position);
  const all = pattern.kind === 'list' && given.kind === 'record' && given.isWhole ? pairsOf(given.entries, of.place) : given;
  const { scene } = position;
  const round = (item: Value): Outcome => {
    bind(pattern, item, position, true);
    return run(body, position);
  };
  if (all.kind !== 'list' || all.items.length > MOST_ITEMS) return afterRounds(scene.perhaps(() => round(unknown)));
  let open = 0;
  let last: Outcome = goesOn;
  for (const item of all.items) {
    const outcome = round(item);
    if (outcome.kind === 'returns' || outcome.kind === 'raises' || (outcome.kind === 'leaves' && outcome.to !== 'next')) {
      last = outcome;
      break;
    }
    if (outcome.kind !== 'perhaps' || outcome.way === 'round') continue;
    scene.branch('begins');
    open += 1;
    last = afterRounds(outcome);
  }
  for (; open > 0; open -= 1) scene.branch('ends');
  return last.kind === 'goes-on' ? run(behind, position) : last.kind === 'leaves' && last.to !== 'function' ? goesOn : last;
}

/** Names and values. */
export function pairsOf(entries: ReadonlyMap<string, Value>, place: Span): List {
  return { kind: 'list', items: Array.from(entries, ([name, value]): Value => ({ kind: 'list', items: [textOf(name, place), value] })) };
}

/** Leaving a loop ends it, and leaving a function ends that. */
function afterRounds(outcome: Outcome): Outcome {
  return waysOf(outcome).includes('function') ? { kind: 'perhaps', way: 'function' } : goesOn;
}

function within([context, ...others]: Of<'within'>['contexts'], body: readonly Statement[], position: Position): Outcome {
  if (context === undefined) return run(body, position);
  const value = evaluate(context.value, position, true);
  if (context.target) bind(context.target, value, position);
  let outcome: Outcome = goesOn;
  const work = (): void => {
    outcome = within(others, body, position);
  };
  if (value.kind === 'handle' && value.within) value.within(work, position.scene);
  else work();
  return outcome;
}

function attempt({ body, handlers, behind }: Of<'attempt'>, position: Position): Outcome {
  const outcome = run(body, position);
  for (const handler of handlers) position.scene.perhaps(() => run(handler, position));
  run(behind, position);
  return outcome.kind === 'raises' && handlers.length > 0 ? goesOn : outcome;
}
