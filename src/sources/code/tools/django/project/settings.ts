// What the settings of a project say that decides what Django sends.

import type { Directory } from '../../../../disk/directory.ts';
import { foldersBelow } from '../../../../search/walk.ts';
import type { ResolveClass } from '../fields/field.ts';
import { projectTop } from './top.ts';

export interface ProjectSettings {
  /** `AUTH_USER_MODEL`, such as `auth.User`; undefined where no settings are found, or several that differ. */
  readonly userModel: string | undefined;
  /** The class of keys that nobody writes: `BigAutoField`. */
  readonly autoField: string;
  /** Keys that count are identity columns, which they are since Django 4.1. */
  readonly hasIdentity: boolean;
  readonly resolveClass: ResolveClass;
}

/** `top`: of the project. */
export function settingsIn(top: Directory, resolveClass: ResolveClass): ProjectSettings {
  const texts = settingsTexts(top);
  const isThere = areSettings(texts);
  const version = versionIn(top);
  const usual = isThere && (version === undefined || version < 6) ? 'AutoField' : 'BigAutoField';
  return {
    userModel: userModelOf(texts),
    autoField: said(texts, 'DEFAULT_AUTO_FIELD')?.replace(/^.*\./, '') ?? usual,
    hasIdentity: version === undefined || version >= 4.1,
    resolveClass,
  };
}

/** Of a folder of migrations alone, the settings are those of its project. */
export function userModelIn(root: Directory): string | undefined {
  return userModelOf(settingsTexts(projectTop(root, root)));
}

function userModelOf(texts: readonly string[]): string | undefined {
  const isSilent = !texts.some((text) => /^AUTH_USER_MODEL\b/m.test(text));
  return said(texts, 'AUTH_USER_MODEL') ?? (areSettings(texts) && isSilent ? 'auth.User' : undefined);
}

function settingsTexts(top: Directory): readonly string[] {
  return [...foldersBelow(top)].flatMap((folder) => settingsFiles(folder).map((name) => folder.beginning(name)));
}

function areSettings(texts: readonly string[]): boolean {
  return texts.some((text) => /^INSTALLED_APPS\b/m.test(text));
}

/** Undefined where it is not said, or not the same everywhere. */
function said(texts: readonly string[], name: string): string | undefined {
  const value = new RegExp(`^${name}[ \\t]{0,9}(?::[^=\\n]{0,40})?=[ \\t]{0,9}["']([\\w.]{1,200})["']`, 'm');
  const values = new Set(texts.flatMap((text) => value.exec(text)?.[1] ?? []));
  return values.size === 1 ? [...values][0] : undefined;
}

/** `settings.py`, and what lies in a folder called so. */
function settingsFiles({ name: folder, names }: Directory): readonly string[] {
  return names.filter((name) => /\.py$/.test(name) && (/settings/i.test(name) || /^(?:settings|config|conf)$/i.test(folder)));
}

/** `django==4.2.7`, `Django>=3.2,<4.0`, and the entry of a lock file; of a range, its beginning. */
const requirement = /^[ \t"']{0,9}django(?:\[[\w,-]{0,80}\])?["']?[ \t]{0,9}(?:=[ \t]{0,9}["']|[~=>^]{1,2}=?)[ \t]{0,9}[\^~]?(\d{1,2})(?:\.(\d{1,2}))?/im;

const locked = /^name = "django"\r?\nversion = "(\d{1,2})(?:\.(\d{1,2}))?/im;

const requirementFiles = ['requirements.txt', 'requirements/base.txt', 'requirements/production.txt', 'Pipfile', 'pyproject.toml', 'setup.cfg'];

/** Undefined where nothing says it; then it is taken for a new one. */
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
