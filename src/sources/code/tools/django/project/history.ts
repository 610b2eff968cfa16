// What Django knows of models, and what is in the database, before each migration of a project. It is worked out once, in the order of the
// migrations, as far as it is asked for.

import { dirname, relative } from 'node:path';
import type { Directory } from '../../../../disk/directory.ts';
import { PersistentMap } from '../../../../../model/persistent-map.ts';
import { foldersBelow } from '../../../../search/walk.ts';
import type { CodeText } from '../../../reading/code-reading.ts';
import { planOf } from '../dependency-order.ts';
import { readMigration } from '../migration.ts';
import { Apps } from '../models/apps.ts';
import { contribModels } from '../models/contrib.ts';
import type { Catalog, Constraint } from '../schema-editor/catalog.ts';
import { appOf } from './app-label.ts';
import { resolverIn } from './classes-in.ts';
import { settingsIn } from './settings.ts';
import { projectTop } from './top.ts';

export interface Before {
  readonly apps: Apps;
  readonly catalog: Catalog;
}

class ProjectHistory {
  readonly #top: Directory;
  /** Paths of migrations below the top, in their order. */
  readonly #plan: readonly string[];
  readonly #positions: ReadonlyMap<string, number>;
  /** Before each of the migrations that have been followed, and behind the last. */
  readonly #states: Before[];

  constructor(top: Directory) {
    this.#top = top;
    const { plan, standIns } = planOf(top, migrationsBelow(top));
    this.#plan = plan.filter((path) => !standIns.has(path)).map((path) => path.replace(/\.sql$/, '.py'));
    this.#positions = new Map(this.#plan.map((path, index) => [path, index]));
    const own = new Set(this.#plan.map((path) => appOf(top.below(dirname(path)))));
    this.#states = [{ apps: new Apps(contribModels(own), settingsIn(top, resolverIn(top))), catalog: PersistentMap.empty<readonly Constraint[]>() }];
  }

  /** Before a file that is none of the plan, all others have run. */
  before(path: string): Before {
    const position = this.#positions.get(path) ?? this.#plan.length;
    while (this.#states.length <= position) this.#follow(this.#plan[this.#states.length - 1] ?? '');
    return this.#states[position] ?? this.#last;
  }

  get #last(): Before {
    const last = this.#states.at(-1);
    if (last === undefined) throw new RangeError('a history begins somewhere');
    return last;
  }

  #follow(path: string): void {
    const [name = '', ...folders] = path.split('/').toReversed();
    const directory = this.#top.below(folders.toReversed().join('/'));
    const { behind } = readMigration(directory.text(name) ?? '', appOf(directory), this.#last, 'state');
    this.#states.push(behind);
  }
}

/** As SQL in their place would be called. */
function migrationsBelow(top: Directory): readonly string[] {
  return [...foldersBelow(top)].flatMap((folder) => {
    const names = folder.names.filter((name) => /^[A-Za-z\d]\w*\.py$/.test(name));
    const isOfMigrations = folder.name === 'migrations' || names.some((name) => /^\d{4}_/.test(name));
    const own = isOfMigrations ? names.filter((name) => /\bmigrations\.Migration\b|\(Migration\)/.test(folder.beginning(name))) : [];
    return own.map((name) => toSlashes(relative(top.path, `${folder.path}/${name.replace(/\.py$/, '.sql')}`)));
  });
}

function toSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}

const histories = new WeakMap<Directory, ProjectHistory>();

/** Of a text that lies nowhere, nothing is known but what comes with Django. */
export function before({ directory, name }: CodeText): Before {
  if (directory === undefined) return nothingBefore;
  const top = projectTop(directory);
  const history = histories.get(top) ?? new ProjectHistory(top);
  histories.set(top, history);
  return history.before(toSlashes(relative(top.path, `${directory.path}/${name}`)));
}

const nothingBefore: Before = {
  apps: new Apps(contribModels(new Set()), { userModel: undefined, autoField: 'BigAutoField', version: Number.POSITIVE_INFINITY, resolveClass: () => undefined, settingOf: () => undefined }),
  catalog: PersistentMap.empty<readonly Constraint[]>(),
};
