// Writes what programs import beside the bundle: the ECMAScript entry point, and the declarations of types for both kinds of
// modules, as far as the API needs them. Run by `npm run build`, with the folder into which tsc has put all declarations.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const [declared = ''] = process.argv.slice(2);

rmSync('dist/types', { recursive: true, force: true });
for (const path of reachableFrom('project/index.ts', new Set())) {
  const text = declarationOf(path);
  write(declarationPath(path, '.d.ts'), withImports(text, '.js'));
  write(declarationPath(path, '.d.cts'), withImports(text, '.cjs'));
}
write('dist/index.js', `export { ${Object.keys(bundle()).toSorted().join(', ')} } from './index.cjs';\n`);

/** Paths below src of the source files whose declarations this one's need. */
function reachableFrom(path: string, seen: Set<string>): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const [, target = ''] of declarationOf(path).matchAll(/'(\.[^']+\.ts)'/g)) reachableFrom(join(dirname(path), target), seen);
  return seen;
}

function declarationOf(path: string): string {
  return readFileSync(join(declared, 'src', path.replace(/\.ts$/, '.d.ts')), 'utf8');
}

function declarationPath(path: string, ending: string): string {
  return join('dist/types', path.replace(/\.ts$/, ending));
}

function withImports(text: string, ending: string): string {
  return text.replace(/'(\.[^']+)\.ts'/g, `'$1${ending}'`);
}

/** One bundle for both kinds of modules, so that a `UserError` is the same class in both. */
function bundle(): object {
  const exported: unknown = createRequire(resolve('package.json'))('./dist/index.cjs');
  return typeof exported === 'object' && exported !== null ? exported : {};
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
