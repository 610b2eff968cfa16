#!/usr/bin/env node
// Makes the tag of a release, from which .github/workflows/release.yml publishes it. It refuses a tree with changes that are not
// committed, and versions that differ: of package.json, package-lock.json, CHANGELOG.md, action.yml and what the README pins.
// With --check it only looks; `npm publish` asks it so.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const isCheck = process.argv.includes('--check');
const { version } = JSON.parse(read('package.json'));
const mistakes = [...changes(), ...versions(), ...(isCheck ? [] : tags())];

for (const mistake of mistakes) console.error(`release: ${mistake}`);
if (mistakes.length > 0) process.exitCode = 1;
else if (!isCheck) {
  git('tag', '--annotate', `v${version}`, '--message', `pgmigrate-lint ${version}`);
  console.log(`v${version} is tagged; "git push origin v${version}" publishes it`);
}

function changes() {
  return git('status', '--porcelain') === '' ? [] : ['there are changes that are not committed'];
}

function versions() {
  const lock = JSON.parse(read('package-lock.json'));
  const [, released = 'none', date] = /^## \[(?!Unreleased)([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$/m.exec(read('CHANGELOG.md')) ?? [];
  const found = [
    ['package-lock.json', [lock.version, lock.packages[''].version]],
    ['the newest release in CHANGELOG.md', [released]],
    ['the input version of action.yml', pinned('action.yml', /^ {2}version:\n(?: {4}.*\n)*? {4}default: (.+)$/gm)],
    ['README.md', pinned('README.md', /\bpgmigrate-lint@v?(\d[^\s`'"]*)|^ *rev: v(\S+)/gm)],
  ];
  const unequal = found.flatMap(([place, all]) => {
    const others = [...new Set(all.filter((one) => one !== version))];
    if (all.length === 0) return [`${place} pins no version`];
    return others.map((other) => `${place} says ${other}, package.json says ${version}`);
  });
  return date === undefined && released === version ? [...unequal, `CHANGELOG.md does not say when ${version} was released`] : unequal;
}

function pinned(file, pattern) {
  return Array.from(read(file).matchAll(pattern), ([, ...groups]) => groups.find(Boolean));
}

function tags() {
  return git('tag', '--list', `v${version}`) === '' ? [] : [`the tag v${version} is there already`];
}

function git(...args) {
  return execFileSync('git', args, { encoding: 'utf8' }).trim();
}

function read(file) {
  return readFileSync(file, 'utf8');
}
