// The command as one file, for tests that run it as a process.

import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The path of the bundle. `name`: of the test file, because test files run side by side. */
export function buildCommand(name: string): string {
  const outfile = join(process.cwd(), `node_modules/.cache/command-for-${name}.cjs`);
  buildSync({
    entryPoints: ['src/cli/bin.ts'],
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
