// The order in which `manage.py migrate` runs migrations: each behind those that it depends on, the apps by name.
// Source: MigrationExecutor.migration_plan(), MigrationGraph.iterative_dfs() and MigrationLoader.build_graph() of Django 5.2.

import type { Directory } from '../../../disk/directory.ts';
import type { Revision } from '../../../frameworks/conduct.ts';
import type { Framework } from '../../../frameworks/framework.ts';
import { appOf } from './project/app-label.ts';
import { userModelIn } from './project/settings.ts';

export const placesOfDjango: Framework['places'] = (root, paths) => {
  const { plan, standIns } = planOf(root, paths);
  const positions = new Map(plan.map((path, index) => [path, BigInt(index)]));
  return (path) => ({ role: standIns.has(path) ? 'baseline' : 'up', order: [positions.get(path) ?? path] });
};

export interface Plan {
  /** Paths, in their order. */
  readonly plan: readonly string[];
  /** Those that stand in for others which are still there: a database that has run the others never runs them. */
  readonly standIns: ReadonlySet<string>;
}

/** `paths`: below the root, ending in `.sql` in the place of `.py`. */
export function planOf(root: Directory, paths: readonly string[]): Plan {
  const migrations = new Map(paths.map((path) => [keyOf(root, path), { path, text: textOf(root, path) }]));
  const replaced = new Map(Array.from(migrations, ([key, { text }]) => [key, keysIn(text, 'replaces')] as const).filter(([, keys]) => keys.length > 0));
  const standIns = new Set([...replaced].filter(([, keys]) => keys.every((key) => migrations.has(key))).map(([key]) => key));
  const known: Known = { migrations, aliases: new Map([...replaced].flatMap(([key, keys]) => (standIns.has(key) ? [[key, keys.at(-1) ?? key] as const] : keys.map((old) => [old, key] as const)))) };
  const user = [...migrations.values()].some(({ text }) => text.includes('swappable_dependency')) ? userModelIn(root) : undefined;
  const parents = new Map(Array.from(migrations, ([key, { text }]) => [key, [...keysIn(text, 'dependencies'), ...(user !== undefined && text.includes('swappable_dependency') ? [`${user.split('.')[0]} __first__`] : [])]]));
  for (const [key, { text }] of migrations) for (const later of keysIn(text, 'run_before')) parents.set(later, [...(parents.get(later) ?? []), key]);
  const resolved = new Map(Array.from(migrations.keys(), (key) => [key, [...new Set((parents.get(key) ?? []).flatMap((one) => resolve(one, key, known)))].toSorted()]));
  const under = new Set([...resolved.values()].flat());
  const leaves = [...migrations.keys()].filter((key) => !under.has(key)).toSorted();
  const order = ordered([...leaves, ...[...migrations.keys()].toSorted()], resolved);
  const pathOf = (key: string): readonly string[] => {
    const migration = migrations.get(key);
    return migration ? [migration.path] : [];
  };
  return { plan: order.flatMap(pathOf), standIns: new Set([...standIns].flatMap(pathOf)) };
}

/** Each app has an end of its own. `path`: absolute, because the app is called like the folder of its folder. */
export function djangoRevision(path: string, text: string): Revision | undefined {
  const [, app, name] = /(?:^|\/)([^/]+)\/[^/]+\/([^/]+)\.\w+$/.exec(path) ?? [];
  return app === undefined ? undefined : { id: `${app} ${name}`, follows: keysIn(text, 'dependencies'), graph: app };
}

/** `shop 0001_initial`, by the label of the app. */
function keyOf(root: Directory, path: string): string {
  const [, folder = '', name = ''] = /^(?:(.*)\/)?([^/]*)\.sql$/.exec(path) ?? [];
  return `${appOf(root.below(folder))} ${name}`;
}

function textOf(root: Directory, path: string): string {
  const [, folder = '', name = ''] = /^(?:(.*)\/)?([^/]*)\.sql$/.exec(path) ?? [];
  return root.below(folder).beginning(`${name}.py`);
}

/** `('shop', '0001_initial')`, in a list of that name. */
function keysIn(text: string, name: string): readonly string[] {
  const list = new RegExp(`^[ \\t]{1,20}${name}(?:[ \\t]{0,9}:[^=\\n]{0,80})?[ \\t]{0,9}=[ \\t]{0,9}[\\[(]([^\\]]{0,20000})`, 'm').exec(text)?.[1] ?? '';
  return Array.from(list.replace(/#.*$/gm, '').matchAll(/\(\s{0,99}["'](\w{1,99})["']\s{0,99},\s{0,99}["'](\w{1,199})["']/g), ([, app = '', key = '']) => `${app} ${key}`);
}

interface Known {
  readonly migrations: ReadonlyMap<string, unknown>;
  /** What another one stands for by now. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** `__first__` is the first of an app, and `__latest__` the last. */
function resolve(written: string, of: string, { migrations, aliases }: Known): readonly string[] {
  const key = aliases.get(written) ?? written;
  if (key === of) return [];
  if (migrations.has(key)) return [key];
  const [app, name] = key.split(' ');
  const own = [...migrations.keys()].filter((one) => one.startsWith(`${app} `)).toSorted();
  const found = name === '__first__' ? own[0] : name === '__latest__' ? own.at(-1) : undefined;
  return found === undefined || found === of ? [] : [found];
}

/** Of several parents, the last comes first. */
function ordered(targets: readonly string[], parents: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const plan = new Set<string>();
  const begun = new Set<string>();
  for (const target of targets) {
    const stack: { readonly key: string; readonly isDone: boolean }[] = [{ key: target, isDone: false }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { key, isDone } = next;
      if (plan.has(key) || (!isDone && begun.has(key))) continue;
      if (isDone) plan.add(key);
      else {
        begun.add(key);
        stack.push({ key, isDone: true }, ...(parents.get(key) ?? []).map((parent) => ({ key: parent, isDone: false })));
      }
    }
  }
  return [...plan];
}
