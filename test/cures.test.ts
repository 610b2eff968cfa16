// What cures write, by fixtures/cures: the migrations of a project, of which the last is new, and behind `-- cured: PATH` each file as it is
// to be. Both are run on the embedded PostgreSQL: the schema behind them and the rows are the same, unless what was given is refused
// (`-- refused: CODE`), or the cure is one that changes the result (`-- differs: WHY`). `-- rules: ID, ID` are those that are on beside others.

import { rules } from '../rules/index.ts';
import { startEmbedded } from '../src/trace/embedded.ts';
import type { Server } from '../src/trace/connection.ts';
import { ruleOverrides } from '../src/project/settings/rule-overrides.ts';
import { cureTexts } from '../src/project/texts.ts';
import { frameworkNames } from '../src/model/framework.ts';
import { isPostgresVersion } from '../src/model/version.ts';
import { filesBelow, read } from './fixture.ts';
import { behind, type Text } from './postgres/behind.ts';

jest.setTimeout(60_000);

let server: Server;

beforeAll(async () => {
  server = await startEmbedded(new Set());
});

afterAll(() => server.stop());

interface CureFixture {
  readonly head: ReadonlyMap<string, string>;
  readonly given: readonly Text[];
  readonly cured: ReadonlyMap<string, string>;
}

function readCureFixture(text: string): CureFixture {
  const pieces = text.split(/^(?=-- (?:file|cured): )/m);
  const isSection = (piece: string): boolean => /^-- (?:file|cured): /.test(piece);
  const head = pieces.find((piece) => !isSection(piece)) ?? '';
  const read = pieces.filter(isSection).map((section) => {
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
    rules: ruleOverrides(Object.fromEntries((head.get('rules')?.split(', ') ?? []).map((id) => [id, rules.find(({ meta }) => meta.id === id)?.meta.severity ?? ''])), rules.map(({ meta }) => meta.id)),
  };
  const levels = new Set(head.get('unsafe') === 'true' ? (['safe', 'files', 'unsafe'] as const) : (['safe', 'files'] as const));
  const done = await cureTexts(text, given.slice(0, -1), overrides, rules, levels);
  const written = new Map([[text.path, done.text], ...done.files.map((file) => [file.path, file.text] as const)]);
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(cured));
  const again = await cureTexts({ path: text.path, sql: done.text }, given.slice(0, -1), overrides, rules, levels);
  expect(again.text).toBe(done.text);
  const differs = head.get('differs') !== undefined;
  const behindCured = await behind([...given.slice(0, -1), ...Array.from(written, ([file, sql]) => ({ path: file, sql }))], head.get('framework'), server);
  const behindGiven = behind(given, head.get('framework'), server);
  const refusal = head.get('refused');
  if (refusal !== undefined) await expect(behindGiven).rejects.toMatchObject({ code: refusal });
  else if (differs) expect(behindCured).not.toEqual(await behindGiven);
  else expect(behindCured).toEqual(await behindGiven);
});
