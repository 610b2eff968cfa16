// The configuration: each file of fixtures/config says in its first lines what it is read as, or where it is wrong.

import { readdirSync, readFileSync } from 'node:fs';

import { Ajv } from 'ajv';
import { parseDocument } from 'yaml';

import { emptyConfig, type Config } from '../src/config/config.ts';
import { jsonSchema } from '../src/config/json-schema.ts';
import { nearest } from '../src/text/nearest.ts';
import { parseConfig } from '../src/config/read-config.ts';
import type { RuleMeta } from '../src/model/rule.ts';
import { UserError } from '../src/model/user-error.ts';

const rules: readonly RuleMeta[] = [
  {
    id: 'non-concurrent-index',
    category: 'locking',
    summary: 'An index is built on an existing table without CONCURRENTLY',
    hazard: 'Every write to the table waits until the build ends',
    remedy: 'Build it with CREATE INDEX CONCURRENTLY, outside a transaction',
    severity: 'error',
    since: '0.1.0',
  },
  {
    id: 'long-lock-timeout',
    category: 'waiting',
    summary: 'A lock may be waited for longer than the limit',
    hazard: 'Everything that comes after it waits as long',
    remedy: 'Set a shorter lock_timeout and try again',
    severity: 'warning',
    since: '0.1.0',
    options: { limit: { type: 'duration', default: '30s', description: 'The longest lock_timeout that is accepted' } },
  },
];

const PATH = '.pgmigrate-lint.yml';

interface Case {
  readonly name: string;
  readonly text: string;
  /** What the error says behind the path; undefined for a valid file. */
  readonly error: string | undefined;
  readonly config: Config | undefined;
}

const cases = readdirSync('fixtures/config').map(readCase);

function readCase(name: string): Case {
  const text = readFileSync(`fixtures/config/${name}`, 'utf8');
  const error = /^# error: (\d+:\d+) (.*)$/m.exec(text);
  const parts = Array.from(text.matchAll(/^# config: (.*)$/gm), ([, part]) => part);
  const config = parts.length === 0 ? undefined : { ...emptyConfig, ...JSON.parse(parts.join('')) };
  return { name, text, error: error === null ? undefined : `${error[1]}: ${error[2]}`, config };
}

function messageOf(text: string): string {
  try {
    parseConfig(text, PATH, rules);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('the files of fixtures/config', () => {
  test.each(cases)('$name says what it expects, once', ({ error, config }) => {
    expect(error === undefined).not.toBe(config === undefined);
  });

  test.each(cases.filter(({ config }) => config !== undefined))('$name is read', ({ text, config }) => {
    expect(parseConfig(text, PATH, rules)).toEqual(config);
  });

  test.each(cases.filter(({ error }) => error !== undefined))('$name is refused', ({ text, error }) => {
    expect(messageOf(text)).toBe(`${PATH}:${error}`);
  });

  test.each(cases)('$name means the same with the line breaks of Windows', ({ text, error, config }) => {
    const windows = text.replaceAll('\n', '\r\n');
    if (error === undefined) expect(parseConfig(windows, PATH, rules)).toEqual(config);
    else expect(messageOf(windows)).toBe(`${PATH}:${error}`);
  });
});

describe('the place of an error', () => {
  test('is in its fields too', () => {
    expect(() => parseConfig('\n  colour: 1', PATH, rules)).toThrow(
      expect.objectContaining({ place: { path: PATH, line: 2, column: 3 } }),
    );
  });
});

describe('a configuration', () => {
  test('is read without a word to the console', () => {
    const { emitWarning } = process;
    const warnings: unknown[] = [];
    process.emitWarning = (warning: unknown) => void warnings.push(warning);
    messageOf('? { postgres: 14 }\n: 15\n');
    process.emitWarning = emitWarning;
    expect(warnings).toEqual([]);
  });
});

describe('an empty text', () => {
  test.each(['', '\n\n', '# nothing yet\n', '---\n...\n', 'null\n'])('%j is an empty configuration', (text) => {
    expect(parseConfig(text, PATH, rules)).toEqual(emptyConfig);
  });
});

describe('the JSON schema', () => {
  const schema = jsonSchema(rules);
  const isValid = new Ajv({ allErrors: true, strict: false }).compile(schema);
  /** What is no YAML never comes to a schema; how long a duration is, and what a glob stands for, a pattern can't tell. */
  const isForSchemas = ({ name, text }: Case): boolean =>
    parseDocument(text).errors.length === 0 && !/^(unknown-alias|unknown-tag|alias|lock-timeout-too-long|glob-|braces-|javascript|date-for-a-map|path-with-a-nul|set-for-a-map|setting-that-is-the-prototype)/.test(name);
  const readable = cases.filter(isForSchemas);

  test.each(readable)('judges $name as the configuration does', ({ text, error }) => {
    const value: unknown = parseDocument(text, { logLevel: 'error' }).toJS() ?? {};
    expect(isValid(value)).toBe(error === undefined);
  });

  test('tells editors what each key and rule is for', () => {
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      properties: {
        postgres: { enum: [14, 15, 16, 17, 18, 19], default: 14, description: expect.stringContaining('oldest') },
        rules: {
          additionalProperties: false,
          properties: {
            'long-lock-timeout': {
              default: 'warning',
              description: 'A lock may be waited for longer than the limit. Everything that comes after it waits as long.',
              anyOf: [
                { enum: ['error', 'warning', 'info', 'off'] },
                { properties: { limit: { default: '30s', description: 'The longest lock_timeout that is accepted' } } },
              ],
            },
          },
        },
      },
    });
  });

  test.each(['postgres', 'migrations', 'exclude', 'rules', 'overrides', 'tables', 'start-after', 'fail-on', 'transaction', 'lock-timeout', 'parser'])(
    'describes %s',
    (key) => {
      expect(schema).toHaveProperty(['properties', key, 'description'], expect.stringMatching(/\w{4}/));
    },
  );
});

describe('the nearest word', () => {
  const words = ['error', 'warning', 'info', 'off', 'lock-timeout', 'non-concurrent-index'];

  test.each([
    ['eror', 'error'],
    ['WARNING', 'warning'],
    ['of', 'off'],
    ['locktimeout', 'lock-timeout'],
    ['lock_timeout', 'lock-timeout'],
    ['concurrent-index', 'non-concurrent-index'],
    ['x', undefined],
    ['statement', undefined],
    ['', undefined],
  ])('of %j is %j', (word, expected) => {
    expect(nearest(word, words)).toBe(expected);
  });

  test.each([[['orders-index', 'orders-indices']], [['orders-indices', 'orders-index']]])('is the best of %j', (candidates) => {
    expect(nearest('orders-indexx', candidates)).toBe('orders-index');
  });
});

describe('what somebody wrote to keep us busy is a mistake with its place', () => {
  const times = (count: number, text: string): string => text.repeat(count);
  test.each([
    ['braces', times(100_000, '{')],
    ['brackets', times(100_000, '[')],
    ['maps in maps', times(30_000, '{a: ')],
    ['lists in lists', times(50_000, '- ')],
    ['keys of keys', times(50_000, '? ')],
    ['indentation', Array.from({ length: 400 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
    ['keys that nobody knows', Array.from({ length: 20_000 }, (_, index) => `key${index}: 1`).join('\n')],
    ['rules that nobody knows', `rules:\n${Array.from({ length: 20_000 }, (_, index) => `  rule${index}: off`).join('\n')}`],
    ['the same key', times(20_000, 'postgres: 14\n')],
    ['aliases', `a: &a 1\nb: [${times(30_000, '*a,')}]`],
    ['anchors', Array.from({ length: 20_000 }, (_, index) => `a${index}: &a${index} 1`).join('\n')],
    ['commas', `[${times(100_000, ',')}`],
    ['closing braces', times(100_000, '}')],
    ['directives', times(30_000, '%a\n')],
    ['escapes', `migrations: "${times(50_000, '\\u')}"`],
    ['exclamation marks', times(100_000, '!')],
    ['documents', times(50_000, '---\n')],
    ['lists that are no paths', `exclude: [${times(20_000, '[],')}]`],
    ['paths', `exclude: [${times(10_000, 'a,')}]`],
    ['globs', `exclude: [${times(2000, '"*a",')}]`],
    ['a path of a hundred thousand letters', `schema: ${times(100_000, 'a')}`],
    ['digits', `postgres: 0x${times(100_000, 'f')}`],
    ['zeros', times(100_000, '\0')],
    ['maps in maps in braces', `exclude: ["${times(1000, '{a,')}${times(1000, '}')}"]`],
  ])('%s', (_, text) => {
    expect(messageOf(text)).toMatch(/^\.pgmigrate-lint\.yml:\d+:\d+: /);
    expect(messageOf(text).length).toBeLessThan(1200);
  });
});
