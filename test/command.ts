// What tests run as a process: the command as one file, or one of our modules.

import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';

/** The path of the bundle. `name`: of the test file, because test files run side by side. */
export function buildCommand(name: string): string {
  return build('src/cli/bin.ts', `command-for-${name}`);
}

/** The path of the bundle of a module, as `require` takes it. */
export function buildModule(path: string, name: string): string {
  return build(path, `${basename(path, '.ts')}-for-${name}`);
}

function build(entryPoint: string, name: string): string {
  const outfile = join(process.cwd(), `node_modules/.cache/${name}.cjs`);
  buildSync({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    external: ['libpg-query', 'pgsql-ast-parser', '@electric-sql/pglite', 'pg'],
    logLevel: 'error',
  });
  return outfile;
}
