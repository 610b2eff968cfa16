// The command line in words: which command, which options, which paths. Everything unknown is answered with the nearest known word.

import { parseArgs } from 'node:util';
import { nearest } from '../text/nearest.ts';
import { frameworkNames, type FrameworkName } from '../model/framework.ts';
import { severities, type Severity } from '../model/finding.ts';
import { UserError } from '../model/user-error.ts';
import { isPostgresVersion, postgresVersions, type PostgresVersion } from '../model/version.ts';
import { suggestion } from '../project/settings/rule-overrides.ts';

export const commands = ['lint', 'explain', 'trace', 'rules', 'init', 'baseline'] as const;

export type Command = (typeof commands)[number];

export interface FormatRequest {
  readonly name: string;
  /** Undefined: standard output. */
  readonly file: string | undefined;
}

export interface Arguments {
  readonly command: Command;
  /** Paths, or the id of a rule. */
  readonly operands: readonly string[];
  readonly formats: readonly FormatRequest[];
  readonly postgres: PostgresVersion | undefined;
  readonly framework: FrameworkName | undefined;
  readonly failOn: Severity | 'never' | undefined;
  readonly config: string | undefined;
  readonly rules: Readonly<Record<string, string>>;
  readonly history: boolean;
  readonly since: string | undefined;
  readonly staged: boolean;
  readonly stdinFilename: string | undefined;
  readonly quiet: boolean;
  readonly color: boolean | undefined;
  readonly databaseUrl: string | undefined;
  /** Agreed to a trace in a database that is not empty, and to what init would ask. */
  readonly yes: boolean;
  readonly compare: boolean;
  /** False: nothing of earlier runs is used, and nothing is kept. */
  readonly cache: boolean;
  readonly cacheLocation: string | undefined;
  /** Take out of the baseline what is gone, and add nothing. */
  readonly prune: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

const options = {
  format: { type: 'string', multiple: true },
  postgres: { type: 'string' },
  framework: { type: 'string' },
  'fail-on': { type: 'string' },
  config: { type: 'string' },
  rule: { type: 'string', multiple: true },
  'no-history': { type: 'boolean' },
  since: { type: 'string' },
  staged: { type: 'boolean' },
  'stdin-filename': { type: 'string' },
  quiet: { type: 'boolean', short: 'q' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  'database-url': { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  compare: { type: 'boolean' },
  prune: { type: 'boolean' },
  cache: { type: 'boolean' },
  'no-cache': { type: 'boolean' },
  'cache-location': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

/** `isPath`: whether a word that is no command names something to lint. Throws a `UserError` for what is unknown. */
export function parseArguments(argv: readonly string[], isPath: (word: string) => boolean): Arguments {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === 'option') checkOption(token.name, token.rawName, token.value);
  const { command, operands } = commandOf(positionals, isPath);
  return {
    command,
    operands,
    formats: textsOf(values.format).map(formatRequest),
    postgres: versionOf(textOf(values.postgres)),
    framework: frameworkOf(textOf(values.framework)),
    failOn: levelOf(textOf(values['fail-on'])),
    config: textOf(values.config),
    rules: Object.fromEntries(textsOf(values.rule).map(severityOfRule)),
    history: values['no-history'] !== true,
    since: textOf(values.since),
    staged: values.staged === true,
    stdinFilename: textOf(values['stdin-filename']),
    quiet: values.quiet === true,
    color: values['no-color'] === true ? false : values.color === true ? true : undefined,
    databaseUrl: textOf(values['database-url']),
    yes: values.yes === true,
    compare: values.compare === true,
    prune: values.prune === true,
    cache: values['no-cache'] !== true,
    cacheLocation: textOf(values['cache-location']),
    help: values.help === true,
    version: values.version === true,
  };
}

function checkOption(name: string, rawName: string, value: string | undefined): void {
  const known = Object.entries(options).find(([candidate]) => candidate === name)?.[1];
  if (known === undefined) {
    const guess = nearest(name, Object.keys(options));
    throw new UserError(`unknown option "${rawName}"${suggestion(guess && `--${guess}`)}`);
  }
  if (known.type === 'string' && (value === undefined || value === ''))
    throw new UserError(`the option ${rawName} needs a value`);
  if (known.type === 'boolean' && value !== undefined) throw new UserError(`the option ${rawName} takes no value`);
}

function commandOf(words: readonly string[], isPath: (word: string) => boolean): Pick<Arguments, 'command' | 'operands'> {
  const [first, ...rest] = words;
  const command = commands.find((candidate) => candidate === first);
  if (command !== undefined) return { command, operands: rest };
  const guess = first === undefined || isPath(first) ? undefined : nearest(first, commands);
  if (guess !== undefined) throw new UserError(`unknown command "${first}"${suggestion(guess)}`);
  return { command: 'lint', operands: words };
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
