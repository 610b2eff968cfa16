// Follows the statements of a script, in the order in which they run.

import type * as t from '@babel/types';
import { classOf } from './class.ts';
import { entryOf, evaluate, nameOf, placeOf, type Position } from './evaluate.ts';
import { Scene } from './scene.ts';
import { Scope } from './scope.ts';
import { isTrue, nothing, settled, unknown, type MadeFunction, type Value } from './value.ts';

/** How a statement was left. `perhaps`: a branch in it may have returned, so that what stands behind it may not run. */
type Outcome = { readonly kind: 'goes-on' } | { readonly kind: 'returns'; readonly value: Value } | { readonly kind: 'throws' } | { readonly kind: 'perhaps' };

const goesOn: Outcome = { kind: 'goes-on' };

/** A scene for the script whose text this is. */
export function sceneOf(text: string): Scene {
  return new Scene((called, args, scene, self) => invoke(called, args, { scene, text }, self));
}

function invoke({ node, scope: around }: MadeFunction, args: readonly Value[], { scene, text }: Pick<Position, 'scene' | 'text'>, self: Value | undefined): Value {
  const scope = new Scope(around, self);
  const position = { scope, scene, text };
  for (const [index, parameter] of node.params.entries()) bindParameter(parameter, args, index, position);
  const value = node.body.type === 'BlockStatement' ? valueOf(run(node.body.body, position)) : evaluate(node.body, position);
  return node.async === true ? settled(value, scene) : value;
}

function valueOf(outcome: Outcome): Value {
  return outcome.kind === 'returns' ? outcome.value : outcome.kind === 'goes-on' ? nothing : unknown;
}

function bindParameter(parameter: t.Node, args: readonly Value[], index: number, position: Position): void {
  if (parameter.type === 'RestElement') bind(parameter.argument, { kind: 'list', items: args.slice(index) }, position);
  else bind(parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter, args[index] ?? nothing, position);
}

/** The names of a pattern. */
export function bind(pattern: t.Node, value: Value, position: Position): void {
  if (pattern.type === 'Identifier') position.scope.declare(pattern.name, value);
  if (pattern.type === 'AssignmentPattern') bind(pattern.left, value.kind === 'constant' && value.value === undefined ? evaluate(pattern.right, position) : value, position);
  if (pattern.type === 'ArrayPattern') for (const [index, element] of pattern.elements.entries()) if (element) bind(element, entryOf(value, String(index)), position);
  if (pattern.type !== 'ObjectPattern') return;
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') bind(property.argument, unknown, position);
    else bind(property.value, entryOf(value, nameOf(property.key, property.computed, position) ?? ''), position);
  }
}

/** Functions and classes are known before the first statement runs. */
export function run(statements: readonly t.Node[], position: Position): Outcome {
  for (const statement of statements) hoist(declarationIn(statement), position);
  let open = 0;
  let last: Outcome = goesOn;
  for (const statement of statements) {
    last = execute(statement, position);
    if (last.kind === 'returns' || last.kind === 'throws') break;
    if (last.kind === 'perhaps') {
      position.scene.branch('begins');
      open += 1;
    }
  }
  for (; open > 0; open -= 1) position.scene.branch('ends');
  return last;
}

function declarationIn(statement: t.Node): t.Node {
  const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration';
  return isExport ? (statement.declaration ?? statement) : statement;
}

function hoist(statement: t.Node, { scope }: Position): void {
  if (statement.type === 'FunctionDeclaration' && statement.id) scope.declare(statement.id.name, { kind: 'function', node: statement, scope });
}

function execute(statement: t.Node, position: Position): Outcome {
  if (!position.scene.step()) {
    position.scene.gap('the script is too long to be followed', placeOf(statement));
    return { kind: 'throws' };
  }
  switch (statement.type) {
    case 'ExpressionStatement':
      evaluate(statement.expression, position);
      return goesOn;
    case 'VariableDeclaration':
      for (const { id, init } of statement.declarations) bind(id, init ? evaluate(init, position) : nothing, position);
      return goesOn;
    case 'ClassDeclaration':
      if (statement.id) position.scope.declare(statement.id.name, classOf(statement, position));
      return goesOn;
    case 'ReturnStatement':
      return { kind: 'returns', value: statement.argument ? evaluate(statement.argument, position) : nothing };
    case 'ThrowStatement':
      return { kind: 'throws' };
    case 'BlockStatement':
      return run(statement.body, { ...position, scope: new Scope(position.scope) });
    case 'LabeledStatement':
      return execute(statement.body, position);
    case 'IfStatement':
      return choose(statement, position);
    case 'SwitchStatement':
      return chooseCase(statement, position);
    case 'TryStatement':
      return attempt(statement, position);
    case 'ForOfStatement':
      return forEach(statement, position);
    case 'ForStatement':
      if (statement.init) executeInit(statement.init, position);
      return loop(statement.body, position);
    case 'ForInStatement':
    case 'WhileStatement':
      return loop(statement.body, position);
    case 'DoWhileStatement':
      return execute(statement.body, position);
    default:
      return goesOn;
  }
}

function executeInit(init: t.Node, position: Position): void {
  if (init.type === 'VariableDeclaration') for (const { id } of init.declarations) bind(id, unknown, position);
}

/** Of a loop whose rounds nobody counts, one is followed. */
function loop(body: t.Node, position: Position): Outcome {
  const outcome = position.scene.perhaps(() => execute(body, position));
  return outcome.kind === 'goes-on' ? goesOn : { kind: 'perhaps' };
}

/** Of a list, so many are followed one by one. */
const MOST_ITEMS = 500;

function forEach({ left, right, body }: t.ForOfStatement, position: Position): Outcome {
  const value = evaluate(right, position);
  const pattern = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : left;
  const round = (item: Value): Outcome => {
    const inside = { ...position, scope: new Scope(position.scope) };
    if (pattern) bind(pattern, item, inside);
    return execute(body, inside);
  };
  if (value.kind !== 'list' || value.items.length > MOST_ITEMS) return position.scene.perhaps(() => round(unknown)).kind === 'goes-on' ? goesOn : { kind: 'perhaps' };
  for (const item of value.items) {
    const outcome = round(item);
    if (outcome.kind !== 'goes-on') return outcome;
  }
  return goesOn;
}

function choose({ test, consequent, alternate }: t.IfStatement, position: Position): Outcome {
  const is = isTrue(evaluate(test, position));
  if (is !== undefined) return is ? execute(consequent, position) : alternate ? execute(alternate, position) : goesOn;
  const { scene } = position;
  scene.branch('begins');
  const one = execute(consequent, position);
  if (alternate) scene.branch('turns');
  const other = alternate ? execute(alternate, position) : goesOn;
  scene.branch('ends');
  return joined([one, other]);
}

/** What all arms do is certain; where one of them throws, a run that goes on did not take it. */
function joined(arms: readonly Outcome[]): Outcome {
  const taken = arms.filter(({ kind }) => kind !== 'throws');
  if (taken.length === 0) return { kind: 'throws' };
  if (taken.every(({ kind }) => kind === 'returns')) return { kind: 'returns', value: unknown };
  return taken.every(({ kind }) => kind === 'goes-on') ? goesOn : { kind: 'perhaps' };
}

function chooseCase({ discriminant, cases }: t.SwitchStatement, position: Position): Outcome {
  evaluate(discriminant, position);
  const { scene } = position;
  scene.branch('begins');
  const arms = cases.map(({ consequent }, index) => {
    if (index > 0) scene.branch('turns');
    return run(consequent, { ...position, scope: new Scope(position.scope) });
  });
  scene.branch('ends');
  return arms.every(({ kind }) => kind === 'goes-on') ? goesOn : { kind: 'perhaps' };
}

function attempt({ block, handler, finalizer }: t.TryStatement, position: Position): Outcome {
  const outcome = execute(block, position);
  if (handler) catching(handler, position);
  if (finalizer) execute(finalizer, position);
  return outcome.kind === 'throws' && handler ? goesOn : outcome;
}

/** What ends with an error itself is of no run that goes on. */
function catching({ body }: t.CatchClause, position: Position): void {
  const { scene } = position;
  scene.unless(
    ({ kind }) => kind === 'throws',
    () => scene.perhaps(() => execute(body, position)),
  );
}
