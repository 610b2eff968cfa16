// The order in which `manage.py migrate` runs migrations: each behind those that it depends on, the apps by name.
// Source: MigrationExecutor.migration_plan() and MigrationGraph.iterative_dfs() of Django 5.2.

import type { Directory } from '../../../disk/directory.ts';
import type { Revision } from '../../../frameworks/conduct.ts';
import type { Framework } from '../../../frameworks/framework.ts';

export const placesOfDjango: Framework['places'] = (root, paths) => {
  const migrations = new Map(paths.map((path) => [keyOf(root, path), { path, text: textOf(root, path) }]));
  const parents = new Map(Array.from(migrations, ([key, { text }]) => [key, dependenciesIn(text)]));
  for (const [key, { text }] of migrations) for (const later of runBeforeIn(text)) parents.set(later, [...(parents.get(later) ?? []), key]);
  const resolved = new Map(Array.from(migrations.keys(), (key) => [key, [...new Set((parents.get(key) ?? []).flatMap((one) => resolve(one, migrations)))].toSorted()]));
  const under = new Set([...resolved.values()].flat());
  const leaves = [...migrations.keys()].filter((key) => !under.has(key)).toSorted();
  const positions = new Map(planOf([...leaves, ...[...migrations.keys()].toSorted()], resolved).map((key, index) => [migrations.get(key)?.path, BigInt(index)]));
  return (path) => ({ role: 'up', order: [positions.get(path) ?? path] });
};

/** Each app has an end of its own. `path`: absolute, because the app is called like the folder of its folder. */
export function djangoRevision(path: string, text: string): Revision | undefined {
  const [, app, name] = /(?:^|\/)([^/]+)\/[^/]+\/([^/]+)\.\w+$/.exec(path) ?? [];
  return app === undefined ? undefined : { id: `${app} ${name}`, follows: dependenciesIn(text), graph: app };
}

/** `shop 0001_initial`, by the folder of the app. */
function keyOf(root: Directory, path: string): string {
  const [, folder = '', name = ''] = /^(?:(.*)\/)?([^/]*)\.sql$/.exec(path) ?? [];
  return `${appOf(root.below(folder))} ${name}`;
}

/** The label of an app is what its folder is called, where nobody says otherwise. */
export function appOf(directory: Directory): string {
  return directory.parent?.name ?? '';
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

function dependenciesIn(text: string): readonly string[] {
  return keysIn(text, 'dependencies');
}

function runBeforeIn(text: string): readonly string[] {
  return keysIn(text, 'run_before');
}

/** `__first__` is the first of an app, and `__latest__` the last. */
function resolve(key: string, migrations: ReadonlyMap<string, unknown>): readonly string[] {
  if (migrations.has(key)) return [key];
  const [app, name] = key.split(' ');
  const own = [...migrations.keys()].filter((one) => one.startsWith(`${app} `)).toSorted();
  const found = name === '__first__' ? own[0] : name === '__latest__' ? own.at(-1) : undefined;
  return found === undefined ? [] : [found];
}

/** Of several parents, the last comes first. */
function planOf(targets: readonly string[], parents: ReadonlyMap<string, readonly string[]>): readonly string[] {
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
