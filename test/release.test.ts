// What a release is refused for, and what npm is given.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read } from './fixture.ts';

const script = join(process.cwd(), '.ci/release.mjs');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-'));
  write('package.json', '{ "version": "1.2.3" }');
  write('package-lock.json', '{ "version": "1.2.3", "packages": { "": { "version": "1.2.3" } } }');
  write('CHANGELOG.md', '## [Unreleased]\n\n## [1.2.3] - 2026-12-01\n\n## [1.2.2] - 2026-11-01\n');
  write('README.md', 'npx pgmigrate-lint@1.2.3\n    rev: v1.2.3\n  - uses: pgmigrate-lint/pgmigrate-lint@v1.2.3\n');
  write('action.yml', 'inputs:\n  version:\n    description: It\n    default: 1.2.3\n');
  git('init', '--quiet');
  commit();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a release is a tag of the version', () => {
  expect(release()).toEqual({ status: 0, stdout: 'v1.2.3 is tagged; "git push origin v1.2.3" publishes it\n', stderr: '' });
  expect(git('tag', '--list')).toBe('v1.2.3\n');
});

test('a check makes no tag, and does not mind one', () => {
  release();
  expect(release('--check')).toEqual({ status: 0, stdout: '', stderr: '' });
});

test.each([
  ['package-lock.json', '{ "version": "1.2.3", "packages": { "": { "version": "1.2.2" } } }', 'package-lock.json says 1.2.2, package.json says 1.2.3'],
  ['CHANGELOG.md', '## [Unreleased]\n\n## [1.2.2] - 2026-11-01\n', 'the newest release in CHANGELOG.md says 1.2.2, package.json says 1.2.3'],
  ['CHANGELOG.md', '## [Unreleased]\n', 'the newest release in CHANGELOG.md says none'],
  ['CHANGELOG.md', '## [1.2.3]\n', 'CHANGELOG.md does not say when 1.2.3 was released'],
  ['README.md', 'npx pgmigrate-lint@1.2.2\n', 'README.md says 1.2.2'],
  ['README.md', 'rev: v1.2.2\n', 'README.md says 1.2.2'],
  ['README.md', 'uses: pgmigrate-lint/pgmigrate-lint@v1.2.3-beta.1\n', 'README.md says 1.2.3-beta.1'],
  ['README.md', 'nothing\n', 'README.md pins no version'],
  ['action.yml', 'inputs:\n  version:\n    default: 1.2.2\n', 'the input version of action.yml says 1.2.2'],
])('a release is refused where %s is %j', (file, text, mistake) => {
  write(file, text);
  commit();
  for (const args of [[], ['--check']]) expect(release(...args)).toMatchObject({ status: 1, stderr: expect.stringContaining(mistake) });
  expect(git('tag', '--list')).toBe('');
});

test('a release is refused where something is not committed', () => {
  write('new.txt', '');
  expect(release()).toMatchObject({ status: 1, stderr: 'release: there are changes that are not committed\n' });
});

test('a release is refused a second time', () => {
  release();
  expect(release()).toMatchObject({ status: 1, stderr: 'release: the tag v1.2.3 is there already\n' });
});

test('the versions of this repository are the same', () => {
  const { stderr } = spawnSync(process.execPath, [script, '--check'], { cwd: process.cwd(), encoding: 'utf8' });
  expect(stderr).not.toMatch(/package-lock|action\.yml|README/);
});

test('npm publishes what was checked, with its provenance', () => {
  const { scripts, publishConfig, repository } = JSON.parse(read('package.json'));
  expect(scripts.prepublishOnly).toMatch(/^node \.ci\/release\.mjs --check && /);
  expect(publishConfig).toEqual({ access: 'public', provenance: true });
  expect(read('.github/workflows/release.yml')).toContain('id-token: write');
  // Provenance is refused where this is not the repository that publishes.
  expect(read('README.md')).toContain(`repo: ${repository.url.replace(/^git\+|\.git$/g, '')}\n`);
});

function release(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, env: environment(), encoding: 'utf8' });
  return { status, stdout, stderr };
}

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text);
}

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'change');
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, env: environment(), encoding: 'utf8', stdio: 'pipe' });
}

/** Without what this machine's git is configured to do. */
function environment(): NodeJS.ProcessEnv {
  const author = { GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.com', GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'ann@example.com' };
  return { PATH: process.env['PATH'], HOME: folder, ...author };
}
