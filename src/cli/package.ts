// The package itself: its version, and the documents that it ships.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RuleMeta } from '../model/rule.ts';

/** Where package.json lies: above the bundle, and above the sources. */
function packageRoot(): string {
  let directory = __dirname;
  while (!existsSync(join(directory, 'package.json')) && directory !== dirname(directory)) directory = dirname(directory);
  return directory;
}

export function packageVersion(): string {
  const content = packageJson();
  return 'version' in content ? String(content.version) : 'unknown';
}

/** `owner/name` on GitHub. */
export function packageRepository(): string {
  const content = packageJson();
  return /github\.com\/([^/]+\/[^/#]+)/.exec('homepage' in content ? String(content.homepage) : '')?.[1] ?? '';
}

function packageJson(): object {
  const file = join(packageRoot(), 'package.json');
  const content: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return typeof content === 'object' && content !== null ? content : {};
}

/** The Markdown document of a rule; empty where there is none. */
export function documentOf({ id, category }: RuleMeta): string {
  const file = join(packageRoot(), 'rules', category, `${id}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
