// What `--help` prints: of all commands, or of one.

import { optionEntries, type Command, type Option } from './options.ts';

interface About {
  readonly operands: string;
  readonly does: string;
  /** What the exit codes 0 and 1 mean. */
  readonly exits: string;
}

const about: Readonly<Record<Command, About>> = {
  lint: { operands: '[PATH…]', does: 'say what in the migrations is unsafe', exits: '0 nothing at or above --fail-on · 1 findings' },
  comment: { operands: '[PATH…]', does: 'lint, and keep one comment of the pull request up to date', exits: '0 nothing at or above --fail-on · 1 findings; with or without a comment' },
  explain: { operands: '[PATH…]', does: 'say what each statement will lock and do', exits: '0 all is explained · 1 a piece of a migration could not be read' },
  trace: { operands: '[PATH…]', does: 'run each statement on a PostgreSQL, and say what it did', exits: '0 all was traced · 1 a piece of a migration could not be read; with --compare, a difference' },
  record: { operands: '-- COMMAND…', does: 'run a migration command, and lint what it sends to PostgreSQL', exits: '0 nothing at or above --fail-on · 1 findings' },
  baseline: { operands: '[PATH…]', does: 'write down what is found, so that later runs report only what is new', exits: '0 written' },
  rules: { operands: '[ID]', does: 'list the rules, or print the document of one', exits: '0 printed' },
  init: { operands: '', does: 'write a configuration, a hook and a workflow for this project', exits: '0 whatever was agreed to' },
};

const paths = `PATH is a file, a directory, a glob, or - for standard input. Without one, the migrations
that .pgmigrate-lint.yml names, or those that are found. Naming files lints those files; the files before them in
their directory are replayed as history.
`;

/** `command`: undefined for all of them. */
export function help(command: Command | undefined): string {
  return [usage(command), ...(command === 'rules' || command === 'init' || command === 'record' ? [] : [paths]), optionList(command), exitCodes(command)].join('\n');
}

function exitCodes(command: Command = 'lint'): string {
  return `Exit codes: ${about[command].exits} · 2 wrong usage or configuration, or nothing was read · 3 a bug of ours\n`;
}

function usage(command: Command | undefined): string {
  const shown = Object.entries(about).filter(([name]) => command === undefined || name === command);
  const lines = shown.map(([name, { operands, does }]) => {
    const word = name === 'lint' ? '[lint]' : name;
    return `${`pgmigrate-lint ${word} ${operands}`.trimEnd().padEnd(35)}${does}\n`;
  });
  return lines.map((line, index) => (index === 0 ? 'Usage: ' : '       ') + line).join('');
}

const column = 25;

function optionList(command: Command | undefined): string {
  const shown = optionEntries.filter(([, option]) => command === undefined || option.commands.includes(command));
  return `Options\n${shown.map(([name, option]) => optionLines(name, option, command)).join('')}`;
}

function optionLines(name: string, { short, value, commands, text, textFor }: Option, command: Command | undefined): string {
  const label = `  ${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
  const owner = command === undefined && commands.length === 1 && commands[0] !== 'lint' ? `${commands[0]}: ` : '';
  const own = command && textFor?.[command];
  const [first = '', ...more] = (own ?? owner + text).split('\n');
  return [`${label.padEnd(column - 2)}  ${first}\n`, ...more.map((line) => `${' '.repeat(column)}${line}\n`)].join('');
}
