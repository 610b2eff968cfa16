// What is written for people and generated for machines is true.

import { execFileSync } from 'node:child_process';
import { rules } from '../rules/index.ts';
import { emptyConfig } from '../src/config/config.ts';
import { jsonSchema } from '../src/config/json-schema.ts';
import { parseConfig } from '../src/config/read-config.ts';
import { tableSizesQuery } from '../src/config/table-sizes-file.ts';
import { configurationText } from '../src/cli/init/configuration.ts';
import { historyRules } from '../src/engine/history-rules.ts';
import { help } from '../src/cli/help.ts';
import { withTables } from '../src/generate/rule-table.ts';
import { configurableRules } from '../src/project/settings/configurable-rules.ts';
import { formats } from '../src/reporters/index.ts';
import { read } from './fixture.ts';

const metas = [...rules.map(({ meta }) => meta), ...Object.values(historyRules)];
const readme = read('README.md');

test('the tables in the README are those of the rules', () => {
  expect(withTables(readme, metas)).toBe(readme);
});

test('the published JSON schema is that of the validation', () => {
  expect(JSON.parse(read('rules/config.schema.json'))).toEqual(JSON.parse(JSON.stringify(jsonSchema(configurableRules(rules)))));
});

test('the configurations in the README and in the repository are valid', () => {
  const examples = Array.from(readme.matchAll(/```yaml\n([\s\S]*?)```/g), (match) => match[1] ?? '');
  expect(examples.length).toBeGreaterThan(0);
  for (const example of [...examples, read('.pgmigrate-lint.yml')])
    expect(() => parseConfig(example, 'README.md', configurableRules(rules))).not.toThrow();
});

test('the README has the query that finds out how large tables are', () => {
  expect(readme).toContain(`${tableSizesQuery};\n`);
});

test('what init writes is a configuration, and so is what it says could stand there', () => {
  const text = configurationText({ migrations: [], versions: [], schema: undefined });
  expect(parseConfig(text, 'written', metas)).toEqual(emptyConfig);
  expect(parseConfig(text.replace(/^# (?=[a-z-]+:| )/gm, ''), 'uncommented', metas)).toMatchObject({
    postgres: 14,
    migrations: [{ path: 'db/migrations' }],
    exclude: ['**/seeds/**'],
    framework: 'flyway',
    session: { lock_timeout: { text: '5000' } },
    failOn: 'error',
    rules: { 'long-lock-timeout': { severity: 'error', options: { limit: 10_000 } } },
  });
});

test('every option and format of the README is in the help, and the other way round', () => {
  const optionsOf = (text: string): string[] => [...new Set(text.match(/--[a-z][a-z-]+/g))].toSorted();
  const section = readme.slice(readme.indexOf('## Command line'), readme.indexOf('## From Node'));
  expect(optionsOf(section)).toEqual(optionsOf(help(undefined)).filter((option) => option !== '--version'));
  for (const format of formats) expect(help(undefined)).toContain(format);
});

test('what CONTRIBUTING says of packages is what package.json has', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const named = Array.from(read('CONTRIBUTING.md').matchAll(/^\| (`[^|]*) \|/gm), (match) => match[1] ?? '').join(', ');
  const names = named
    .match(/`[^`]+`/g)
    ?.map((name) => name.slice(1, -1))
    .toSorted();
  expect(names).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)].toSorted());
});

test('versions are exact', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  for (const version of Object.values({ ...dependencies, ...devDependencies })) expect(version).toMatch(/^\d+\.\d+\.\d+[-.\w]*$/);
});

test('no path of anybody’s machine is in the repository', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: `${__dirname}/..`, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
  const texts = files.filter((file) => !file.endsWith('package-lock.json') && !file.startsWith('test/documents'));
  expect(texts.filter((file) => /\/(?:work|root|home)\/[a-z]/.test(read(file)))).toEqual([]);
});
