// The command line in words: which command, which options, which paths. Everything unknown is answered with the nearest known word.

import { parseArgs } from 'node:util';
import { nearest } from '../text/nearest.ts';
import { frameworkNames, type FrameworkName } from '../model/framework.ts';
import { severities, type Severity } from '../model/finding.ts';
import { UserError } from '../model/user-error.ts';
import { isPostgresVersion, postgresVersions, type PostgresVersion } from '../model/version.ts';
import { suggestion } from '../project/settings/rule-overrides.ts';
import { isLikeConnection } from './connection-string.ts';
import { checkUse } from './use.ts';
import { commands, optionEntries, optionNamed, type Command } from './options.ts';

export interface FormatRequest {
  readonly name: string;
  /** Undefined: standard output. */
  readonly file: string | undefined;
}

export interface Arguments {
  readonly command: Command;
  /** Paths, or the id of a rule. */
  readonly operands: readonly string[];
  /** What record runs: all words behind `--`. */
  readonly called: readonly string[];
  /** Where record keeps what was sent. */
  readonly out: string | undefined;
  readonly formats: readonly FormatRequest[];
  readonly postgres: PostgresVersion | undefined;
  readonly framework: FrameworkName | undefined;
  readonly failOn: Severity | 'never' | undefined;
  readonly config: string | undefined;
  readonly rules: Readonly<Record<string, string>>;
  readonly history: boolean;
  readonly since: string | undefined;
  readonly staged: boolean;
  /** Lint with the configuration of the commit that the branch left. */
  readonly configFromBase: boolean;
  /** Where the comment goes. */
  readonly github: boolean;
  readonly gitlab: boolean;
  readonly stdinFilename: string | undefined;
  /** Write what cures findings. */
  readonly fix: boolean;
  readonly unsafeFixes: boolean;
  /** Rules; all where none is named. */
  readonly fixOnly: readonly string[];
  /** Print it as a diff instead. */
  readonly diff: boolean;
  /** Run what is fixed on a server before, as it was and as it is to be. */
  readonly prove: boolean;
  /** What somebody has to do about what is found. */
  readonly plan: boolean;
  readonly quiet: boolean;
  /** Says what was found, and why. */
  readonly verbose: boolean;
  readonly color: boolean | undefined;
  readonly databaseUrl: string | undefined;
  /** Agreed to a trace in a database that is not empty, and to what init would ask. */
  readonly yes: boolean;
  /** A trace as the role of the URL, and not as one that is made for it. */
  readonly asIs: boolean;
  /** In a trace that is rolled back, what can't be may run. */
  readonly allowCommit: boolean;
  readonly compare: boolean;
  /** False: nothing of earlier runs is used, and nothing is kept. */
  readonly cache: boolean;
  readonly cacheLocation: string | undefined;
  /** Take out of the baseline what is gone, and add nothing. */
  readonly prune: boolean;
  /** Of all commands, or of the one that was named; undefined where nobody asks. */
  readonly help: Command | 'all' | undefined;
  readonly version: boolean;
}

/** `exists`: whether a word names a file or a folder. Throws a `UserError` for what is unknown, and for what does nothing. */
export function parseArguments(argv: readonly string[], exists: (word: string) => boolean): Arguments {
  const [own, called] = argv[0] === 'record' ? beforeAndBehind('--', argv) : [argv, []];
  const { values, positionals, tokens } = parseArgs({
    args: [...own],
    options: Object.fromEntries(
      optionEntries.map(([name, { kind, short }]) => [
        name,
        { type: kind === 'flag' ? 'boolean' : 'string', multiple: kind === 'values', ...(short === undefined ? {} : { short }) },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) refuseConnection(token, exists);
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  for (const token of given) checkOption(token);
  const { command, operands, isNamed } = commandOf(positionals, (word) => /[*?[{]/.test(word) || exists(word));
  const args: Arguments = {
    command,
    operands,
    called,
    out: textOf(values['out']),
    formats: textsOf(values['format']).map(formatRequest),
    postgres: versionOf(textOf(values['postgres'])),
    framework: frameworkOf(textOf(values['framework'])),
    failOn: levelOf(textOf(values['fail-on'])),
    config: textOf(values['config']),
    rules: Object.fromEntries(textsOf(values['rule']).map(severityOfRule)),
    history: values['no-history'] !== true,
    since: textOf(values['since']),
    staged: values['staged'] === true,
    configFromBase: values['config-from-base'] === true,
    github: values['github'] === true,
    gitlab: values['gitlab'] === true,
    stdinFilename: textOf(values['stdin-filename']),
    fix: values['fix'] === true,
    unsafeFixes: values['unsafe-fixes'] === true,
    fixOnly: textsOf(values['fix-only']),
    diff: values['diff'] === true,
    prove: values['prove'] === true,
    plan: values['plan'] === true,
    quiet: values['quiet'] === true,
    verbose: values['verbose'] === true,
    color: values['no-color'] === true ? false : values['color'] === true ? true : undefined,
    databaseUrl: textOf(values['database-url']),
    yes: values['yes'] === true,
    asIs: values['as-is'] === true,
    allowCommit: values['allow-commit'] === true,
    compare: values['compare'] === true,
    prune: values['prune'] === true,
    cache: values['no-cache'] !== true,
    cacheLocation: textOf(values['cache-location']),
    help: values['help'] === true ? (isNamed ? command : 'all') : undefined,
    version: values['version'] === true,
  };
  if (args.help === undefined && !args.version) checkUse(args, given);
  return args;
}

/** What stands behind the first of a word is the command's own. */
function beforeAndBehind(word: string, words: readonly string[]): readonly [readonly string[], readonly string[]] {
  const at = words.indexOf(word);
  return at < 0 ? [words, []] : [words.slice(0, at), words.slice(at + 1)];
}

interface Token {
  readonly kind: 'option' | 'positional' | 'option-terminator';
  readonly rawName?: string;
  readonly name?: string;
  readonly value?: string | undefined;
}

/** Before any sentence shows the word. */
function refuseConnection({ kind, name = '', rawName = '', value = '' }: Token, exists: (word: string) => boolean): void {
  if (isLikeConnection(rawName)) throw new UserError('an option is a connection to a database; give it to trace behind --database-url');
  if (name === 'database-url' || !isLikeConnection(value) || exists(value)) return;
  const where = kind === 'option' ? `the value of ${rawName}` : 'a path';
  throw new UserError(`${where} is a connection to a database; give it to trace behind --database-url`);
}

interface GivenOption {
  readonly name: string;
  /** As it was written: `-q`. */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** `--since=main`. */
  readonly inlineValue?: boolean | undefined;
}

function checkOption({ name, rawName, value, inlineValue }: GivenOption): void {
  const known = optionNamed(name);
  if (known === undefined) {
    const guess = nearest(
      name,
      optionEntries.map(([candidate]) => candidate),
    );
    throw new UserError(`unknown option "${rawName}"${suggestion(guess && `--${guess}`)}`);
  }
  if (known.kind === 'flag') {
    if (value !== undefined) throw new UserError(`the option ${rawName} takes no value`);
  } else if (value === undefined || value === '' || (inlineValue !== true && value.startsWith('-'))) {
    throw new UserError(`the option ${rawName} needs a value`);
  }
}

interface NamedCommand extends Pick<Arguments, 'command' | 'operands'> {
  /** False: nobody named one, so it is `lint`. */
  readonly isNamed: boolean;
}

function commandOf(words: readonly string[], isPath: (word: string) => boolean): NamedCommand {
  const [first, ...rest] = words;
  const command = commands.find((candidate) => candidate === first);
  if (command !== undefined) return { command, operands: rest, isNamed: true };
  const guess = first === undefined || isPath(first) ? undefined : nearest(first, commands);
  if (guess !== undefined) throw new UserError(`unknown command "${first}"${suggestion(guess)}`);
  return { command: 'lint', operands: words, isNamed: false };
}

function formatRequest(text: string): FormatRequest {
  const [, name = text, file] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  if (file === '') throw new UserError(`--format ${text} names no file, as in --format ${name}=FILE`);
  return { name, file };
}

function versionOf(text: string | undefined): PostgresVersion | undefined {
  if (text === undefined) return undefined;
  const version = Number(text);
  if (isPostgresVersion(version)) return version;
  throw new UserError(`--postgres must be one of ${postgresVersions.join(', ')}, not "${text}"`);
}

function frameworkOf(text: string | undefined): FrameworkName | undefined {
  const framework = frameworkNames.find((candidate) => candidate === text);
  if (text === undefined || framework !== undefined) return framework;
  const known = `; known are ${frameworkNames.join(', ')}`;
  throw new UserError(`unknown framework "${text}"${suggestion(nearest(text, frameworkNames)) || known}`);
}

function levelOf(text: string | undefined): Severity | 'never' | undefined {
  const levels = [...severities, 'never'] as const;
  const level = levels.find((candidate) => candidate === text);
  if (text === undefined || level !== undefined) return level;
  throw new UserError(`--fail-on must be one of ${levels.join(', ')}, not "${text}"${suggestion(nearest(text, levels))}`);
}

function severityOfRule(text: string): readonly [string, string] {
  const [id, severity] = text.split('=');
  if (id && severity) return [id, severity];
  throw new UserError(`--rule takes ID=SEVERITY, as in --rule missing-lock-timeout=off, not "${text}"`);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
