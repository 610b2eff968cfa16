// What the settings of a project say that decides what Django sends.

import type { Directory } from '../../../../disk/directory.ts';
import { foldersBelow } from '../../../../search/walk.ts';
import { plainText, textOf, type Value } from '../../../tree/value.ts';
import type { ResolveClass } from '../fields/field.ts';
import { projectTop } from './top.ts';

export interface ProjectSettings {
  /** `AUTH_USER_MODEL`, such as `auth.User`; undefined where no settings are found, or several that differ. */
  readonly userModel: string | undefined;
  /** The class of keys that nobody writes: `BigAutoField`. */
  readonly autoField: string;
  /** Of Django: `5.2`. Where nothing says it, it is taken for the newest. */
  readonly version: number;
  readonly resolveClass: ResolveClass;
  /** `settings.NAME`: a number or a text that is said, and is the same everywhere. */
  readonly settingOf: (name: string) => Value | undefined;
}

/** `top`: of the project. */
export function settingsIn(top: Directory, resolveClass: ResolveClass): ProjectSettings {
  const texts = settingsTexts(top);
  const said = valuesIn(texts);
  const version = versionIn(top) ?? Number.POSITIVE_INFINITY;
  const usual = areSettings(texts) && version < 6 ? 'AutoField' : 'BigAutoField';
  return {
    userModel: userModelOf(texts),
    autoField: plainText(said.get('DEFAULT_AUTO_FIELD'))?.replace(/^.*\./, '') ?? usual,
    version,
    resolveClass,
    settingOf: (name) => said.get(name),
  };
}

/** Of a folder of migrations alone, the settings are those of its project. */
export function userModelIn(root: Directory): string | undefined {
  return userModelOf(settingsTexts(projectTop(root)));
}

function userModelOf(texts: readonly string[]): string | undefined {
  const isSilent = !texts.some((text) => /^AUTH_USER_MODEL\b/m.test(text));
  return plainText(valuesIn(texts).get('AUTH_USER_MODEL')) ?? (areSettings(texts) && isSilent ? 'auth.User' : undefined);
}

function areSettings(texts: readonly string[]): boolean {
  return texts.some((text) => /^INSTALLED_APPS\b/m.test(text));
}

const assignment = /^([A-Z][A-Z\d_]{0,80})[ \t]{0,9}(?::[^=\n]{0,40})?=[ \t]{0,9}(?:"([\w.]{1,200})"|'([\w.]{1,200})'|(-?\d{1,15}))[ \t]{0,9}(?:#.*)?\r?$/gm;

/** Without those that are not the same everywhere. */
function valuesIn(texts: readonly string[]): ReadonlyMap<string, Value> {
  const found = new Map<string, Set<string>>();
  for (const text of texts) for (const [, name = '', double, single, number] of text.matchAll(assignment)) found.set(name, (found.get(name) ?? new Set()).add(double ?? single ?? number ?? ''));
  return new Map([...found].flatMap(([name, [value = '', ...others]]): [string, Value][] => (others.length > 0 ? [] : [[name, valueOf(value)]])));
}

function valueOf(text: string): Value {
  return /^-?\d+$/.test(text) ? { kind: 'constant', value: Number(text) } : textOf(text, { start: 0, end: 0 });
}

function settingsTexts(top: Directory): readonly string[] {
  return [...foldersBelow(top)].flatMap((folder) => settingsFiles(folder).map((name) => folder.beginning(name)));
}

/** `settings.py`, and what lies in a folder called so. */
function settingsFiles({ name: folder, names }: Directory): readonly string[] {
  return names.filter((name) => /\.py$/.test(name) && (/settings/i.test(name) || /^(?:settings|config|conf)$/i.test(folder)));
}

/** `django==4.2.7`, `Django>=3.2,<4.0`, and the entry of a lock file; of a range, its beginning. */
const requirement = /^[ \t"']{0,9}django(?:\[[\w,-]{0,80}\])?["']?[ \t]{0,9}(?:=[ \t]{0,9}["']|[~=>^]{1,2}=?)[ \t]{0,9}[\^~]?(\d{1,2})(?:\.(\d{1,2}))?/im;

const locked = /^name = "django"\r?\nversion = "(\d{1,2})(?:\.(\d{1,2}))?/im;

const requirementFiles = ['requirements.txt', 'requirements/base.txt', 'requirements/production.txt', 'Pipfile', 'pyproject.toml', 'setup.cfg'];

/** Undefined where nothing says it. */
function versionIn(top: Directory): number | undefined {
  const lock = ['uv.lock', 'poetry.lock'].map((name) => locked.exec(top.has(name) ? (top.text(name) ?? '') : ''));
  const [, major, minor = '0'] = lock.find((found) => found !== null) ?? requirementFiles.map((path) => requirement.exec(textAt(top, path))).find((found) => found !== null) ?? [];
  return major === undefined ? undefined : Number(`${major}.${minor.padStart(1, '0')}`);
}

function textAt(top: Directory, path: string): string {
  const [name = '', folder] = path.split('/').toReversed();
  const directory = folder === undefined ? top : top.below(folder);
  return directory.has(name) ? directory.beginning(name) : '';
}
