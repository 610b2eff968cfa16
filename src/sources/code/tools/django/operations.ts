// The operations of a migration of Django, in the order in which they run.

import { callFunction } from '../../tree/call.ts';
import { Given } from '../../tree/given.ts';
import { sendText } from '../../tree/handles.ts';
import type { Position } from '../../tree/position.ts';
import type { Call, Made, Value } from '../../tree/value.ts';
import { argumentsOfRunPython, withValues } from './handles.ts';
import { printed } from './printed.ts';

type Direction = 'up' | 'down';

/** On the way down, the last comes first. */
export function runOperations(operations: Value | undefined, direction: Direction, position: Position): void {
  if (operations === undefined) return;
  if (operations.kind !== 'list') {
    position.scene.gap('its operations are put together while it runs', { start: 0, end: 0 });
    return;
  }
  for (const operation of direction === 'up' ? operations.items : operations.items.toReversed()) runOperation(operation, direction, position, operations.place);
}

function runOperation(operation: Value, direction: Direction, position: Position, around: Call['place'] | undefined): void {
  const { scene } = position;
  if (operation.kind !== 'made') {
    scene.gap('an operation of it is made by code that is not read', around ?? { start: 0, end: 0 });
    return;
  }
  const { call, path } = operation;
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (silent.has(name)) return;
  if (name === 'RunSQL') runSql(call, direction, position);
  else if (name === 'RunPython') runPython(call, direction, position);
  else if (name === 'SeparateDatabaseAndState') {
    const inner = new Given(call, ['database_operations', 'state_operations']).take('database_operations');
    runOperations(inner, direction, position);
  } else runBuilt(operation, name, direction, position);
}

/** Those that change nothing but what Django knows of models. */
const silent: ReadonlySet<string> = new Set(['AlterModelOptions', 'AlterModelManagers']);

function runBuilt(operation: Made, name: string, direction: Direction, { scene }: Position): void {
  const { call, path } = operation;
  const statements = printed(operation, name, direction);
  if (statements === undefined) scene.gap(path.startsWith('django.') ? `what ${name}() sends depends on models that are not read` : `what ${name}() sends is not known here`, call.place);
  else for (const text of statements) scene.send([{ text, place: call.step }], call.place);
}

/** A text, or a list of texts and of texts with values. */
function runSql(call: Call, direction: Direction, { scene }: Position): void {
  const given = new Given(call, ['sql', 'reverse_sql']);
  const sql = given.take(direction === 'up' ? 'sql' : 'reverse_sql');
  if (sql === undefined || isNoop(sql)) return;
  const items = sql.kind === 'list' ? sql.items : [sql];
  for (const item of items) {
    const [text, values] = item.kind === 'list' ? item.items : [item];
    if (text !== undefined && !isNoop(text)) sendText(values === undefined || isNull(values) ? text : withValues(text), call.place, scene);
  }
}

function isNull(value: Value): boolean {
  return value.kind === 'constant' && value.value === null;
}

/** `migrations.RunSQL.noop`, an empty text, None. */
function isNoop(value: Value): boolean {
  if (value.kind === 'imported') return /\.noop$/.test(value.path);
  return isNull(value) || (value.kind === 'text' && value.pieces.every(({ text }) => text.trim() === ''));
}

function runPython(call: Call, direction: Direction, position: Position): void {
  const given = new Given(call, ['code', 'reverse_code']);
  const code = given.take(direction === 'up' ? 'code' : 'reverse_code');
  if (code === undefined || isNoop(code)) return;
  const unread = (): void => position.scene.gap('Python code that runs here is not read', call.place);
  if (code.kind !== 'function') unread();
  else if (callFunction(code, { ...call, args: argumentsOfRunPython(), named: new Map(), isWhole: true }, position) === undefined) unread();
}
