// The examples of the README.

import { read } from './fixture.ts';

export interface Example {
  readonly language: string;
  readonly text: string;
}

export const examples: readonly Example[] = Array.from(
  read('README.md').matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm),
  ([, language = '', text = '']) => ({ language, text }),
);

/** The only one in this language that contains these words. */
export function example(language: string, words = ''): string {
  const found = examples.filter((one) => one.language === language && one.text.includes(words));
  expect(found).toHaveLength(1);
  return found[0]?.text ?? '';
}
