// Which command takes which option: the help says so, and the command line keeps to it.

import { parseArguments } from '../src/cli/arguments.ts';
import { help } from '../src/cli/help.ts';
import { commands, optionEntries } from '../src/cli/options.ts';

const samples: Readonly<Record<string, string>> = {
  format: 'json',
  postgres: '16',
  framework: 'goose',
  'fail-on': 'warning',
  rule: 'dropped-table=off',
};

describe.each(commands)('%s', (command) => {
  test.each(optionEntries.map(([name, option]) => ({ name, option })))('--$name', ({ name, option: { kind } }) => {
    const given = kind === 'flag' ? `--${name}` : `--${name}=${samples[name] ?? 'x'}`;
    const isInHelp = new RegExp(`^  (?:-\\w, )?--${name} `, 'm').test(help(command));
    expect([complaint([command, given]), isInHelp]).toEqual(
      isInHelp ? [expect.not.stringContaining(' takes no '), true] : [expect.stringMatching(`^${command} takes no --${name}: .*it is for `), false],
    );
  });
});

test('every option has a place in the help of all commands, and no line of it is too long', () => {
  for (const [name] of optionEntries) expect(help(undefined)).toContain(`--${name} `);
  for (const line of help(undefined).split('\n')) expect(line.length).toBeLessThan(130);
});

function complaint(words: readonly string[]): string {
  try {
    parseArguments(words, () => false);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
