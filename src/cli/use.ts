// Refuses options that would do nothing: those of another command, those that contradict each other, and those without what they speak of.

import { UserError } from '../model/user-error.ts';
import { list } from '../text/list.ts';
import type { Arguments } from './arguments.ts';
import { optionNamed, type Command } from './options.ts';

/** An option of the command line, as it was written. */
export interface GivenOption {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

/** Throws a `UserError` that says where the option belongs. */
export function checkUse(args: Arguments, given: readonly GivenOption[]): void {
  for (const option of given) checkCommand(option, args.command);
  checkTwice(given);
  const isGiven = (name: string): boolean => given.some((option) => option.name === name);
  if (isGiven('color') && isGiven('no-color')) throw new UserError('--color and --no-color say two different things; give one of them');
  for (const { isMistaken, says } of mistakes) if (isMistaken(args)) throw new UserError(says);
}

function checkCommand({ name, rawName }: GivenOption, command: Command): void {
  const { commands = [] } = optionNamed(name) ?? {};
  if (commands.includes(command)) return;
  const why = reasons[`${command} ${name}`];
  throw new UserError(`${command} takes no ${rawName}: ${why === undefined ? '' : `${why}; `}it is for ${list(commands)}`);
}

/** Where it is not plain why an option does nothing. */
const reasons: Readonly<Record<string, string>> = {
  'trace postgres': 'it says what the server does that it runs on, whatever its version',
  'trace no-cache': 'it keeps nothing for the next run',
  'trace cache-location': 'it keeps nothing for the next run',
  'baseline format': 'it writes a file of its own',
  'comment fix': 'it says what is found',
  'comment diff': 'it shows what fixes would change',
  'baseline fix': 'it writes down what is found as it is',
  'explain fix': 'it says what stands there',
  'trace fix': 'it runs what stands there',
  'explain fail-on': 'it reports no findings',
  'explain rule': 'it reports no findings',
  'trace fail-on': 'it reports no findings',
  'trace rule': 'it reports no findings',
};

/** The last one would win in silence. */
function checkTwice(given: readonly GivenOption[]): void {
  const seen = new Map<string, string | undefined>();
  for (const { name, rawName, value } of given) {
    const { kind } = optionNamed(name) ?? {};
    const [rule, severity] = name === 'rule' ? (value ?? '').split('=') : [];
    if (kind !== 'value' && rule === undefined) continue;
    const key = `${name} ${rule ?? ''}`;
    const now = severity ?? value;
    if (seen.has(key) && seen.get(key) !== now) {
      const subject = rule === undefined ? rawName : `${rawName} ${rule}`;
      const values = name === 'database-url' ? '' : `, as "${seen.get(key)}" and as "${now}"`;
      throw new UserError(`${subject} is given twice${values}; give it once`);
    }
    seen.set(key, now);
  }
}

interface Mistake {
  readonly isMistaken: (args: Arguments) => boolean;
  readonly says: string;
}

const mistakes: readonly Mistake[] = [
  {
    isMistaken: ({ stdinFilename, operands }) => stdinFilename !== undefined && !operands.includes('-'),
    says: '--stdin-filename names what comes through standard input; add - to the paths, as in --stdin-filename db/0042.sql -',
  },
  {
    isMistaken: ({ since, staged }) => since !== undefined && staged,
    says: '--since and --staged say two different things; give one of them',
  },
  {
    isMistaken: ({ configFromBase, since, staged }) => configFromBase && since === undefined && !staged,
    says: '--config-from-base needs to know the base; add --since REF or --staged',
  },
  {
    isMistaken: (args) => args.since !== undefined && isBareInput(args),
    says: '--since asks git, which knows nothing of standard input; say which file it is with --stdin-filename, or leave --since out',
  },
  {
    isMistaken: (args) => args.staged && isBareInput(args),
    says: '--staged asks git, which knows nothing of standard input; say which file it is with --stdin-filename, or leave --staged out',
  },
  {
    isMistaken: ({ cache, cacheLocation }) => !cache && cacheLocation !== undefined,
    says: '--cache-location says where to keep what --no-cache does not keep; give one of them',
  },
  { isMistaken: ({ quiet, verbose }) => quiet && verbose, says: '--quiet and --verbose say two different things; give one of them' },
  {
    isMistaken: ({ command, yes, databaseUrl }) => command === 'trace' && yes && databaseUrl === undefined,
    says: 'trace --yes agrees to run migrations in the database of --database-url; without one, they run in an embedded server',
  },
  {
    isMistaken: ({ asIs, databaseUrl }) => asIs && databaseUrl === undefined,
    says: '--as-is runs migrations as the role of --database-url; without one, they run in an embedded server',
  },
  {
    isMistaken: ({ allowCommit, yes }) => allowCommit && !yes,
    says: '--allow-commit is for a database that is not empty; it needs --yes',
  },
  ...(['--unsafe-fixes', '--fix-only', '--prove'] as const).map((option): Mistake => ({
    isMistaken: (args) => isFixing[option](args) && !args.fix && !args.diff,
    says: `${option} says how to fix; add --fix to write the fixes, or --diff to see them`,
  })),
  { isMistaken: ({ fix, diff }) => fix && diff, says: '--fix writes what --diff only shows; give one of them' },
  {
    isMistaken: ({ fix, diff, since, staged, operands }) => (fix || diff) && since === undefined && !staged && operands.length === 0,
    says: '--fix and --diff change only migrations that are new; say which ones: --since origin/main, --staged, or their files',
  },
  {
    isMistaken: ({ fix, diff, operands }) => (fix || diff) && operands.includes('-') && operands.length > 1,
    says: 'what comes through standard input is fixed on standard output; name no other files beside -',
  },
  {
    isMistaken: ({ diff, formats }) => diff && formats.some(({ file }) => file === undefined),
    says: '--diff prints a diff in place of the report; give --format a file, as in --format json=lint.json, or leave it out',
  },
  {
    isMistaken: ({ prove, operands }) => prove && operands.includes('-'),
    says: '--prove runs the migrations of a project, of which standard input may be none; name their files',
  },
  {
    isMistaken: ({ command, databaseUrl, prove }) => command === 'lint' && databaseUrl !== undefined && !prove,
    says: '--database-url is where --prove runs the fixes; add --prove, or ask for "pgmigrate-lint trace"',
  },
  {
    isMistaken: ({ command, called, operands }) => command === 'record' && (called.length === 0 || operands.length > 0),
    says: 'record runs a migration command; write it behind --, as in pgmigrate-lint record -- npx knex migrate:latest',
  },
  {
    isMistaken: ({ command, github, gitlab }) => command === 'comment' && github === gitlab,
    says: 'comment speaks to one place; give it --github for a pull request, or --gitlab for a merge request',
  },
  { isMistaken: ({ operands }) => operands.includes(''), says: 'a path is empty; is a variable empty that should name the migrations?' },
];

const isFixing: Readonly<Record<'--unsafe-fixes' | '--fix-only' | '--prove', (args: Arguments) => boolean>> = {
  '--unsafe-fixes': ({ unsafeFixes }) => unsafeFixes,
  '--fix-only': ({ fixOnly }) => fixOnly.length > 0,
  '--prove': ({ prove }) => prove,
};

/** Nothing but standard input, and that of no file. */
function isBareInput({ operands, stdinFilename }: Arguments): boolean {
  return operands.length > 0 && operands.every((path) => path === '-') && stdinFilename === undefined;
}
