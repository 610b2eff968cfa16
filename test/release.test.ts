// What a release is refused for, and what npm is given.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitlabJob } from '../src/cli/init/gitlab.ts';
import { hookScript } from '../src/cli/init/hook.ts';
import { workflowText } from '../src/cli/init/workflow.ts';
import { bundledPackages, thirdPartyLicenses } from '../src/generate/third-party-licenses.ts';
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

describe('what others have made', () => {
  const packages = bundledPackages();
  const licenses = read('THIRD-PARTY-LICENSES');

  test('goes with its licences, which npm run generate writes', () => {
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['chalk', 'valibot', 'yaml']));
    expect(licenses).toBe(thirdPartyLicenses(packages));
    const missing = packages.filter(({ text }) => !/copyright/i.test(text) || !licenses.includes(text));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test('is bundled with the options with which its licences are looked for', () => {
    const { scripts } = JSON.parse(read('package.json'));
    for (const [script, entryPoint] of [['build:bin', 'src/cli/bin.ts'], ['build:api', 'src/project/index.ts']] as const) {
      expect(scripts[script]).toContain(`esbuild ${entryPoint} --bundle --platform=node --target=node20 --minify `);
      const external = Array.from(String(scripts[script]).matchAll(/--external:(\S+)/g), ([, name]) => name);
      expect(external).toEqual(['libpg-query', '@babel/parser', 'pgsql-ast-parser', '@electric-sql/pglite', 'pg']);
    }
  });

  test('is in the bill of materials, with what an installation brings, and nothing else', () => {
    const bill = JSON.parse(execFileSync(process.execPath, ['.ci/sbom.mjs'], { encoding: 'utf8' }));
    expect([bill.bomFormat, bill.metadata.component.name, bill.metadata.component.version]).toEqual(['CycloneDX', 'pgmigrate-lint', JSON.parse(read('package.json')).version]);
    const names: string[] = bill.components.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining([...packages.map(({ name }) => name), 'libpg-query', 'pgsql-ast-parser']));
    expect(names.filter((name) => ['jest', 'esbuild', 'typescript', '@electric-sql/pglite', 'pg'].includes(name))).toEqual([]);
    const known = new Set(bill.components.map((component: { 'bom-ref': string }) => component['bom-ref']));
    const [own, ...others]: { ref: string; dependsOn: string[] }[] = bill.dependencies;
    expect(own?.ref).toMatch(/^pgmigrate-lint@/);
    expect([own, ...others].flatMap((one) => one?.dependsOn ?? []).filter((id) => !known.has(id))).toEqual([]);
    expect(read('.github/workflows/release.yml')).toContain('node .ci/sbom.mjs >');
  });

  test('is in the package, with what the tool promises', () => {
    const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' }));
    const paths: string[] = files.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'THIRD-PARTY-LICENSES', 'SECURITY.md']));
  });
});

describe('what is pinned', () => {
  const { version } = JSON.parse(read('package.json'));
  const written = { 'what init writes': workflowText(''), 'for GitLab': gitlabJob('').join('\n'), 'for git': hookScript('') };
  const files = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'action.yml', '.github/workflows/release.yml'].map((file) => [file, read(file)] as const);
  const places: readonly (readonly [string, string])[] = [...files, ...Object.entries(written)];

  /** Its own commit can't stand in what is committed; its tag can be looked up. */
  const OWN = `pgmigrate-lint/pgmigrate-lint@v${version}`;

  test.each(places)('%s names actions by their commits, with the version behind', (_, text) => {
    const used = Array.from(text.matchAll(/^\s*(?:- )?uses: (\S+)(.*)$/gm), ([, action = '', comment = '']) => ({ action, comment }));
    for (const { action, comment } of used.filter((one) => one.action !== OWN)) {
      expect(action).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/);
      expect(comment).toMatch(/^ +# v\d+\.\d+\.\d+$/);
    }
    const commits = new Map(places.flatMap(([, one]) => Array.from(one.matchAll(/uses: ([\w./-]+)@([0-9a-f]{40})/g), ([, action = '', commit = '']) => [action, commit] as const)));
    for (const [, action = '', commit] of text.matchAll(/([\w./-]+\/[\w./-]+)@([0-9a-f]{40})/g)) expect([action, commit]).toEqual([action, commits.get(action)]);
  });

  test.each(places)('%s asks the registry for this version of the package', (_, text) => {
    const calls = text.match(/\bnpx\s[^\n`]*\bpgmigrate-lint\b[^\n`]*|npm install (?!--save-dev)[^\n`#]*pgmigrate-lint\b[^\n`]*/g) ?? [];
    const pinned = /^npx --yes (?:--prefix "\$\(mktemp -d\)" )?--package=pgmigrate-lint@VERSION pgmigrate-lint\b|^npm install --global (?:--ignore-scripts )?pgmigrate-lint@VERSION|^npm install --prefix .* "pgmigrate-lint@\$VERSION"$/;
    expect(calls.map((call) => call.replaceAll(`@${version}`, '@VERSION')).filter((call) => !pinned.test(call))).toEqual([]);
  });

  test('in CI, nothing of the branch says where the package comes from', () => {
    expect(written['for GitLab']).toMatch(/npm install --global /);
    expect(read('action.yml')).toMatch(/cd "\$RUNNER_TEMP"\n +npm install --prefix "\$RUNNER_TEMP/);
    const folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-branch-'));
    writeFileSync(join(folder, '.npmrc'), 'registry=http://127.0.0.1:9/\n');
    writeFileSync(join(folder, 'package.json'), '{}');
    const registry = (...options: readonly string[]): string =>
      execFileSync('npm', ['config', 'get', 'registry', ...options], { cwd: folder, env: environment(), encoding: 'utf8' }).trim();
    expect([registry(), registry('--global') === registry('--prefix', tmpdir())]).toEqual(['http://127.0.0.1:9/', true]);
    expect(registry('--global')).not.toBe(registry());
    rmSync(folder, { recursive: true });
    const [jenkins] = /`sh '[^`]*'`/.exec(read('README.md')) ?? [];
    expect(jenkins).toContain('npx --yes --prefix "$(mktemp -d)" --package=');
  });
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
