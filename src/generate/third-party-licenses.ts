// The licences of the packages whose code is in what is published, by what esbuild says that it has put there.

import { buildSync } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An expression of SPDX. */
  readonly license: string;
  /** The text that has to go with every copy. */
  readonly text: string;
}

/** Sorted by name. Throws where a package has no licence, or no text of it. */
export function bundledPackages(): readonly BundledPackage[] {
  const folders = new Set(entryPoints.flatMap(foldersIn));
  return Array.from(folders, packageIn).toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** `THIRD-PARTY-LICENSES`. */
export function thirdPartyLicenses(packages: readonly BundledPackage[]): string {
  const head = `The command and the API of pgmigrate-lint contain code of ${packages.length} packages. These are their licences.\n`;
  return [head, ...packages.map(({ name, version, license, text }) => `${RULE}\n${name}@${version} (${license})\n${RULE}\n\n${text}\n`)].join('\n');
}

const RULE = '-'.repeat(80);

/** The scripts `build:bin` and `build:api` bundle them with the same options. */
const entryPoints = ['src/cli/bin.ts', 'src/project/index.ts'];
const external = ['libpg-query', '@babel/parser', 'pgsql-ast-parser', '@electric-sql/pglite', 'pg'];

/** Of packages of which something is left in the bundle. */
function foldersIn(entryPoint: string): string[] {
  const { metafile } = buildSync({
    entryPoints: [entryPoint],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    minify: true,
    external,
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? (/^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []) : []));
}

function packageIn(folder: string): BundledPackage {
  const { name, version, license }: Record<string, unknown> = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)\b/i.test(file)).toSorted();
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()).join('\n\n');
  if (typeof license !== 'string' || text === '') throw new Error(`${folder} has no licence`);
  return { name: String(name), version: String(version), license, text };
}
