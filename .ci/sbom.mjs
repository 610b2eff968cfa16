#!/usr/bin/env node
// Prints the software bill of materials of a release, as CycloneDX: what an installation brings, and what is bundled into it. npm knows the
// first, THIRD-PARTY-LICENSES the second; the tools of the tests are in neither.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const all = bill();
const own = `${name}@${version}`;
const bundled = new Set(Array.from(readFileSync('THIRD-PARTY-LICENSES', 'utf8').matchAll(/^(\S+@\d\S*) \(.+\)$/gm), ([, id]) => id));
const installed = new Set(bill('--omit', 'dev', '--omit', 'optional', '--omit', 'peer').components.map((component) => component['bom-ref']));
const components = all.components.flatMap((component) => shipped(component) ?? []);
const missing = [...bundled].filter((id) => !components.some((component) => component['bom-ref'] === id));

if (missing.length > 0) {
  console.error(`sbom: npm does not know ${missing.join(', ')}; run "npm run generate"`);
  process.exitCode = 1;
} else {
  const kept = new Set([own, ...components.map((component) => component['bom-ref'])]);
  const dependencies = all.dependencies.filter(({ ref }) => kept.has(ref)).map((dependency) => linksOf(dependency, kept));
  const { metadata } = all;
  const described = { ...all, metadata: { ...metadata, component: { ...metadata.component, name } }, components, dependencies };
  console.log(JSON.stringify(described, undefined, 2));
}

function bill(...options) {
  return JSON.parse(execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', ...options], { encoding: 'utf8', maxBuffer: 1e8 }));
}

/** Undefined for what nobody gets who installs the release. */
function shipped(component) {
  const id = component['bom-ref'];
  if (!bundled.has(id)) return installed.has(id) ? component : undefined;
  const properties = component.properties.filter((property) => property.name !== 'cdx:npm:package:development');
  return { ...component, properties: [...properties, { name: 'cdx:npm:package:bundled', value: 'true' }] };
}

function linksOf({ ref, dependsOn }, kept) {
  const used = ref === own ? [...kept].filter((id) => bundled.has(id) || dependsOn.includes(id)).filter((id) => id !== own) : dependsOn.filter((id) => kept.has(id));
  return { ref, dependsOn: used };
}
