// The version of an npm package that a project uses: what is locked, else the lowest that is allowed.

import type { Directory } from '../../disk/directory.ts';

/** Major, minor, patch; undefined where nothing tells. */
export function versionOfPackage(directory: Directory, name: string): readonly number[] | undefined {
  const escaped = name.replace(/[/@.-]/g, '\\$&');
  const places = [
    { text: directory.nearest('package-lock.json', 'npm-shrinkwrap.json'), before: `"node_modules/${escaped}":\\s*\\{\\s*"version":\\s*"` },
    { text: directory.nearest('pnpm-lock.yaml'), before: `^ +['"/]*${escaped}@` },
    { text: directory.nearest('yarn.lock'), before: `^"?${escaped}@[^\\n]*\\n +version:? "?` },
    { text: directory.nearest('package.json'), before: `"${escaped}":\\s*"[^\\d"]*` },
  ];
  for (const { text, before } of places) {
    const version = new RegExp(`${before}(\\d+(?:\\.\\d+)*)`, 'm').exec(text)?.[1];
    if (version !== undefined) return version.split('.').map(Number);
  }
  return undefined;
}
