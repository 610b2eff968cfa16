// What the next migration is called, by fixtures/next-names.txt.

import { nextName } from '../src/sources/frameworks/authoring/next-name.ts';
import { read } from './fixture.ts';

const cases = Array.from(read('fixtures/next-names.txt').matchAll(/^(counter|version): (\S+)(?: \[([^\]]*)\])? → (.+)$/gm), ([line, numbering = '', name = '', taken = '', next = '']) => ({ line, numbering, name, taken, next }));

test.each(cases)('$line', ({ numbering, name, taken, next }) => {
  const found = nextName(name, 'validate_orders', [name, ...taken.split(' ').filter(Boolean)], numbering === 'version' ? 'version' : 'counter');
  expect(typeof found === 'string' ? found : found.why).toBe(next);
});

test('every line is a case', () => {
  expect(cases.length).toBe(read('fixtures/next-names.txt').split('\n').filter((line) => line !== '' && !line.startsWith('#')).length);
});
