// The operations of a migration of Django, in the order in which they run.

import { callFunction } from '../../../tree/call.ts';
import { Given } from '../../../tree/given.ts';
import { sendText } from '../../../tree/handles.ts';
import type { Position } from '../../../tree/position.ts';
import { plainText, type Call, type Value } from '../../../tree/value.ts';
import { argumentsOfRunPython, withValues } from '../handles.ts';
import type { Apps } from '../models/apps.ts';
import type { SchemaEditor } from '../schema-editor/editor.ts';
import { Unread } from '../unread.ts';
import type { Operation } from './operation.ts';
import { operationOf, silent } from './known.ts';
import { printed } from './printed.ts';

export type Direction = 'up' | 'down';

/** Where operations run. */
export interface Site {
  /** The label of the app. */
  readonly app: string;
  readonly editor: SchemaEditor;
  readonly position: Position;
  /** False: only what becomes of the models and of the database's names is asked for. */
  readonly isRead: boolean;
}

/** Returns what is known of models behind them. On the way down, the last comes first; `apps`: before all of them. */
export function runOperations(operations: Value | undefined, direction: Direction, apps: Apps, site: Site): Apps {
  if (operations === undefined) return apps;
  if (operations.kind !== 'list') {
    site.position.scene.gap('its operations are put together while it runs', { start: 0, end: 0 });
    return apps.with(apps.models.withGap(site.app, `the operations of a migration of ${site.app} before it are put together while it runs`));
  }
  const states = [apps];
  for (const item of operations.items) states.push(stateBehind(item, states.at(-1) ?? apps, site));
  const steps = operations.items.map((item, index) => ({ item, before: states[index] ?? apps, behind: states[index + 1] ?? apps }));
  for (const { item, before, behind } of direction === 'up' ? steps : steps.toReversed()) runOperation(item, direction, { before, behind, around: operations.place }, site);
  return states.at(-1) ?? apps;
}

/** What Django knows of models behind an operation. */
function stateBehind(item: Value, apps: Apps, site: Site): Apps {
  if (item.kind !== 'made') return apps;
  const { call, path } = item;
  const name = nameOf(path);
  if (name === 'RunSQL') return statesBehind(new Given(call, ['sql', 'reverse_sql', 'state_operations']).take('state_operations'), apps, site);
  if (name === 'SeparateDatabaseAndState') return statesBehind(new Given(call, ['database_operations', 'state_operations']).take('state_operations'), apps, site);
  try {
    const operation = knownOperation(item, site.app);
    return operation ? apps.with(operation.state(apps)) : behindUnknown(item, apps, site.app);
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    return behindUnknown(item, apps, site.app, error.message);
  }
}

function statesBehind(operations: Value | undefined, apps: Apps, site: Site): Apps {
  if (operations === undefined || (operations.kind === 'constant' && operations.value === null)) return apps;
  if (operations.kind !== 'list') return apps.with(apps.models.withGap(site.app, `the operations of a migration of ${site.app} before it are put together while it runs`));
  return operations.items.reduce<Apps>((state, item) => stateBehind(item, state, site), apps);
}

/** A model that is named to something that can't be read may be another behind it. */
function behindUnknown(item: Extract<Value, { readonly kind: 'made' }>, apps: Apps, app: string, why = `what ${nameOf(item.path)}() makes of it is not known here`): Apps {
  if (silent.has(nameOf(item.path)) || isIndependent(item)) return apps;
  const texts = [...item.call.args, ...item.call.named.values()].flatMap((value) => plainText(value) ?? []);
  return texts.reduce((state, text) => {
    const model = state.models.find(app, text);
    return model === undefined || model.unread !== undefined ? state : state.with(state.models.with({ ...model, unread: why }));
  }, apps);
}

function isIndependent({ path }: Extract<Value, { readonly kind: 'made' }>): boolean {
  return /(?:Extension|Collation|RunPython)$/.test(path);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function knownOperation({ call, path }: Extract<Value, { readonly kind: 'made' }>, app: string): Operation | undefined {
  return /^django\./.test(path) ? operationOf(nameOf(path), call, app) : undefined;
}

interface Moment {
  readonly before: Apps;
  readonly behind: Apps;
  /** Where the list stands. */
  readonly around: Call['place'] | undefined;
}

function runOperation(item: Value, direction: Direction, { before, behind, around }: Moment, site: Site): void {
  const { scene } = site.position;
  if (item.kind !== 'made') {
    scene.gap('an operation of it is made by code that is not read', around ?? { start: 0, end: 0 });
    return;
  }
  const { call, path } = item;
  const name = nameOf(path);
  if (name === 'RunSQL') runSql(call, direction, site);
  else if (name === 'RunPython') runPython(call, direction, site);
  else if (name === 'SeparateDatabaseAndState') runOperations(new Given(call, ['database_operations', 'state_operations']).take('database_operations'), direction, before, site);
  else if (!silent.has(name)) runBuilt(item, direction, { before, behind, around }, site);
}

function runBuilt(item: Extract<Value, { readonly kind: 'made' }>, direction: Direction, { before, behind }: Moment, { app, editor }: Site): void {
  const name = nameOf(item.path);
  editor.operation(item.call, () => {
    const statements = printed(item, name, direction);
    const operation = statements ? undefined : knownOperation(item, app);
    if (!statements && !operation) throw new Unread(`what ${name}() sends is not known here`);
    for (const text of statements ?? []) editor.execute(text);
    if (direction === 'up') operation?.forwards(before, behind, editor);
    else operation?.backwards(behind, before, editor);
  });
}

/** A text, or a list of texts and of texts with values. */
function runSql(call: Call, direction: Direction, { position: { scene }, editor }: Site): void {
  const given = new Given(call, ['sql', 'reverse_sql']);
  const sql = given.take(direction === 'up' ? 'sql' : 'reverse_sql');
  if (sql === undefined || isNoop(sql)) return;
  const items = sql.kind === 'list' ? sql.items : [sql];
  for (const item of items) {
    const [text, values] = item.kind === 'list' ? item.items : [item];
    if (text === undefined || isNoop(text)) continue;
    editor.overlook(plainText(text) ?? '');
    sendText(values === undefined || isNull(values) ? text : withValues(text), call.place, scene);
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

function runPython(call: Call, direction: Direction, { position, isRead }: Site): void {
  if (!isRead) return;
  const given = new Given(call, ['code', 'reverse_code']);
  const code = given.take(direction === 'up' ? 'code' : 'reverse_code');
  if (code === undefined || isNoop(code)) return;
  const unread = (): void => position.scene.gap('Python code that runs here is not read', call.place);
  if (code.kind !== 'function') unread();
  else if (callFunction(code, { ...call, args: argumentsOfRunPython(), named: new Map(), isWhole: true }, position) === undefined) unread();
}
