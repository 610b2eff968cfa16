// What cures write, by fixtures/cures: the migrations of a project, of which the last is new, and behind `-- cured: PATH` each file as it is
// to be. Both are run on the embedded PostgreSQL: the schema behind them is the same, and the data too.

import { rules } from '../rules/index.ts';
import { cureTexts } from '../src/project/texts.ts';
import { frameworkNames } from '../src/model/framework.ts';
import { isPostgresVersion } from '../src/model/version.ts';
import { filesBelow, read } from './fixture.ts';

interface CureFixture {
  readonly head: ReadonlyMap<string, string>;
  readonly given: readonly { readonly path: string; readonly sql: string }[];
  readonly cured: ReadonlyMap<string, string>;
}

function readCureFixture(text: string): CureFixture {
  const [head = '', ...sections] = text.split(/^(?=-- (?:file|cured): )/m);
  const read = sections.map((section) => {
    const [, kind = '', path = '', sql = ''] = /^-- (file|cured): (\S+)\n([^]*)$/.exec(section) ?? [];
    return { kind, path, sql };
  });
  return {
    head: new Map(Array.from(head.matchAll(/^-- (\w[\w-]*): (.+)$/gm), ([, key = '', value = '']) => [key, value])),
    given: read.filter(({ kind }) => kind === 'file').map(({ path, sql }) => ({ path, sql })),
    cured: new Map(read.filter(({ kind }) => kind === 'cured').map(({ path, sql }) => [path, sql])),
  };
}

test.each(filesBelow('fixtures/cures', '.sql'))('%s', async (path) => {
  const { head, given, cured } = readCureFixture(read(path));
  const text = given.at(-1) ?? { path: '', sql: '' };
  const version = Number(head.get('postgres') ?? 14);
  const overrides = {
    postgres: isPostgresVersion(version) ? version : undefined,
    framework: frameworkNames.find((name) => name === head.get('framework')),
    transaction: undefined,
    rules: {},
  };
  const levels = new Set(head.get('unsafe') === 'true' ? (['safe', 'files', 'unsafe'] as const) : (['safe', 'files'] as const));
  const done = await cureTexts(text, given.slice(0, -1), overrides, rules, levels);
  const written = new Map([[text.path, done.text], ...done.files.map((file) => [file.path, file.text] as const)]);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(cured));
  const again = await cureTexts({ path: text.path, sql: done.text }, given.slice(0, -1), overrides, rules, levels);
  expect(again.text).toBe(done.text);
});
