// The import law of the design, read off the import lines themselves. A pair of folders that is not listed fails with its reason.

import { filesBelow, read } from './fixture.ts';
import { dirname, join } from 'node:path';

interface Law {
  readonly folder: string;
  readonly may: readonly string[];
  readonly because: string;
}

const model = ['src/model', 'src/text'];

/** The first law whose folder holds a file is the file's. */
const laws: readonly Law[] = [
  { folder: 'src/text', may: ['node:crypto', 'fastest-levenshtein'], because: 'it is the ground' },
  { folder: 'src/model', may: ['src/text'], because: 'words must not know who says them' },
  {
    folder: 'src/parser/libpg',
    may: [...model, 'src/parser', 'src/postgres', 'libpg-query', '@pgsql/types', 'node:v8'],
    because: 'the grammar stops here',
  },
  {
    folder: 'src/parser/portable',
    may: [...model, 'src/parser', 'src/postgres', 'pgsql-ast-parser'],
    because: 'the other grammar stops here',
  },
  { folder: 'src/parser', may: model, because: 'a port knows no ship' },
  { folder: 'src/postgres', may: ['src/model'], because: 'facts' },
  { folder: 'src/effects', may: [...model, 'src/postgres'], because: 'pure: no parser, no configuration, no disk' },
  { folder: 'src/history', may: [...model, 'src/postgres'], because: 'pure: no parser, no configuration, no disk' },
  {
    folder: 'src/refusals',
    may: [...model, 'src/postgres', 'src/effects/literal-order.ts'],
    because: 'pure: no parser, no configuration, no disk',
  },
  { folder: 'src/cure', may: [...model, 'src/postgres', 'src/history/constraint-names.ts'], because: 'pure: a finding, a catalog and a tool in, edits and files out' },
  { folder: 'src/rule', may: model, because: 'the kit has no engine behind it' },
  { folder: 'rules/index.ts', may: ['src/rule', 'rules'], because: 'it lists the rules' },
  { folder: 'rules', may: ['src/rule/index.ts'], because: 'a rule is a judgement' },
  {
    folder: 'src/engine',
    may: [...model, 'src/effects', 'src/history', 'src/refusals', 'src/parser/parser.ts'],
    because: 'no disk, no console, no clock, no rules',
  },
  {
    folder: 'src/config',
    may: [...model, 'src/rule', 'yaml', 'valibot', '@valibot/to-json-schema'],
    because: 'it reads one file',
  },
  {
    folder: 'src/sources/code/script',
    may: [...model, 'src/sources', '@babel/parser', '@babel/types', 'node:path'],
    because: 'the trees of scripts stop here',
  },
  {
    folder: 'src/sources',
    may: [...model, 'src/config', 'src/parser/parser.ts', 'node:'],
    because: 'the only reader of disks',
  },
  {
    folder: 'src/trace',
    may: [...model, '@electric-sql/pglite', 'pg', 'node:'],
    because: 'it asks a server, found as libpq finds it, and knows no parser and no claims but those it is given',
  },
  {
    folder: 'src/record',
    may: [...model, '@electric-sql/pglite', 'node:'],
    because: 'it hears what is sent, and knows nothing of what it means',
  },
  {
    folder: 'src/conversation',
    may: [...model, 'node:'],
    because: 'it says to a forge what it is given, and knows neither migrations nor reports',
  },
  { folder: 'src/reporters', may: [...model, 'chalk'], because: 'strings out, nothing written' },
  {
    folder: 'src/project',
    may: [
      ...model,
      'src/cure',
      'src/engine',
      'src/config',
      'src/sources',
      'src/parser',
      'src/history',
      'src/cure',
      'src/trace',
      'src/record',
      'src/reporters',
      'src/rule',
      'rules/index.ts',
      'node:',
    ],
    because: 'the composition root',
  },
  {
    folder: 'src/cli',
    may: [...model, 'src/project', 'src/conversation', 'src/record/recording.ts', 'src/record/read-recording.ts', 'src/reporters', 'src/config', 'src/engine', 'src/sources', 'rules/index.ts', 'diff', 'node:'],
    because: 'a face',
  },
  {
    folder: 'src/generate',
    may: [...model, 'src/config', 'src/cli', 'src/engine', 'src/project', 'rules/index.ts', 'esbuild', 'node:'],
    because: 'it writes what is generated',
  },
];

const sources = [...filesBelow('src', '.ts'), ...filesBelow('rules', '.ts')];

/** What a file imports: paths of the repository, and names of packages. */
function importsOf(path: string): string[] {
  const text = read(path).replace(/`(?:[^`\\]|\\.)*`/g, '');
  const specifiers = Array.from(text.matchAll(/(?:from|import\()\s*'([^']+)'/g), (match) => match[1] ?? '');
  return specifiers.map((specifier) => (specifier.startsWith('.') ? join(dirname(path), specifier) : specifier));
}

test.each(sources)('%s imports only what its folder may', (path) => {
  const law = laws.find(({ folder }) => path === folder || path.startsWith(`${folder}/`));
  const forbidden = importsOf(path).filter((target) => {
    const isOwn = law !== undefined && dirname(target).startsWith(law.folder) && law.folder !== 'rules';
    return (
      !isOwn &&
      !law?.may.some((allowed) => target === allowed || target.startsWith(allowed.endsWith(':') ? allowed : `${allowed}/`))
    );
  });
  expect(forbidden.map((target) => `${path} imports ${target}, but ${law?.folder} may not: ${law?.because}`)).toEqual([]);
});

/** What is loaded as soon as the file is: `import()` waits until it is called. */
function loadedWith(entry: string): ReadonlySet<string> {
  const loaded = new Set<string>([entry]);
  for (const path of loaded) {
    const text = /\.ts$/.test(path) ? read(path) : '';
    const specifiers = Array.from(text.matchAll(/^(?:import|export) (?!type\b)[^']*?from '([^']+)';$/gms), ([, specifier = '']) => specifier);
    for (const specifier of specifiers) loaded.add(specifier.startsWith('.') ? join(dirname(path), specifier) : specifier);
  }
  return loaded;
}

test.each(['src/cli/bin.ts', 'src/project/index.ts'])('%s loads no cures before there is something to cure, nor what only some commands need', (entry) => {
  const loaded = [...loadedWith(entry)];
  expect(loaded).toContain('src/project/workspace.ts');
  expect(loaded.filter((path) => /^(?:diff|pg|@electric-sql\/pglite)$|^src\/cure\/|^src\/project\/cures\/(?!workshop\.ts)/.test(path))).toEqual([]);
});

test('only one file colours', () => {
  expect(sources.filter((path) => importsOf(path).includes('chalk'))).toHaveLength(1);
});

test.each(sources.filter((path) => !path.startsWith('src/parser/')))('%s has no cast and no any', (path) => {
  const code = read(path).replace(/\* as \w+ from|\/\*[\s\S]*?\*\/|\/\/.*$|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gm, '');
  expect(code.match(/\bas (?!const\b)[A-Za-z{[]\w*|: any\b|<any>/g) ?? []).toEqual([]);
});

test('every file begins with a sentence that says what it is for', () => {
  expect(sources.filter((path) => !/^\/\/ [A-Z`]/.test(read(path)))).toEqual([]);
});

test('the exit code of the command is set in one place', () => {
  const shipped = sources.filter((path) => !path.startsWith('src/generate/'));
  expect(shipped.filter((path) => /process\.exit/.test(read(path)))).toEqual(['src/cli/bin.ts']);
});
