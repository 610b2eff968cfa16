// Every option of the command line: the commands that it does something for, and what. `--help` is written from it.

export const commands = ['lint', 'comment', 'explain', 'trace', 'record', 'rules', 'init', 'baseline'] as const;

export type Command = (typeof commands)[number];

export interface Option {
  /** `flag`: it takes no value · `value`: one · `values`: one each time it is given. */
  readonly kind: 'flag' | 'value' | 'values';
  readonly short?: string;
  /** What stands for its value in the help: `NAME[=FILE]`. */
  readonly value?: string;
  readonly commands: readonly Command[];
  /** In the help; a line break is kept. */
  readonly text: string;
  /** In the help of one command, where it is less there. */
  readonly textFor?: Readonly<Partial<Record<Command, string>>>;
}

/** The commands that read migrations. */
const reading = ['lint', 'comment', 'explain', 'trace', 'record', 'baseline'] as const;
/** Those that read them from files. */
const fromFiles = ['lint', 'comment', 'explain', 'trace', 'baseline'] as const;
const judging = ['lint', 'comment', 'record', 'baseline'] as const;
const resuming = ['lint', 'comment', 'explain', 'baseline'] as const;

export const options = {
  format: {
    kind: 'values',
    value: 'NAME[=FILE]',
    commands: ['lint', 'comment', 'explain', 'trace', 'record', 'rules'],
    text: 'pretty (default), json, sarif, github, gitlab, junit,\nunix, markdown or html; may be repeated',
    textFor: { explain: 'pretty (default), json or html', trace: 'pretty (default), json or html', rules: 'pretty (default) or json, of the list' },
  },
  postgres: {
    kind: 'value',
    value: 'N',
    commands: [...resuming, 'record'],
    text: 'the oldest major version that the migrations run on, 14–19 (default: 14)',
  },
  framework: {
    kind: 'value',
    value: 'NAME',
    commands: fromFiles,
    text: 'the tool that runs the migrations, instead of the one that is detected',
  },
  'fail-on': { kind: 'value', value: 'LEVEL', commands: ['lint', 'comment', 'record'], text: 'exit 1 from this severity on: error (default), warning, info, never' },
  rule: { kind: 'values', value: 'ID=SEVERITY', commands: judging, text: 'error, warning, info or off; may be repeated' },
  config: { kind: 'value', value: 'FILE', commands: reading, text: 'instead of the nearest .pgmigrate-lint.yml or .yaml' },
  since: { kind: 'value', value: 'REF', commands: reading, text: 'lint what is new since the branch left REF; older migrations are history' },
  staged: { kind: 'flag', commands: fromFiles, text: 'lint what is staged' },
  'config-from-base': {
    kind: 'flag',
    commands: ['lint', 'comment', 'record'],
    text: 'with --since or --staged: use the configuration and the baseline of the commit\nthat the branch left, so that the branch cannot switch its own check off',
  },
  github: { kind: 'flag', commands: ['comment'], text: 'on the pull request that GITHUB_EVENT_PATH names, with GITHUB_TOKEN' },
  gitlab: { kind: 'flag', commands: ['comment'], text: 'on the merge request of CI_MERGE_REQUEST_IID, with a project access token in\nPGMIGRATE_LINT_GITLAB_TOKEN or GITLAB_TOKEN' },
  fix: { kind: 'flag', commands: ['lint'], text: 'write the safe migration in place of what is found, in files that are new:\n--since, --staged or named; what needs it goes into further files' },
  diff: { kind: 'flag', commands: ['lint'], text: 'print what --fix would write, as a diff for "git apply"' },
  'unsafe-fixes': { kind: 'flag', commands: ['lint'], text: 'with --fix or --diff: also what changes the result, or the order of what is done' },
  'fix-only': { kind: 'values', value: 'RULE', commands: ['lint'], text: 'with --fix or --diff: only what this rule finds; may be repeated' },
  prove: { kind: 'flag', commands: ['lint'], text: 'with --fix or --diff: run the migrations before and after on PostgreSQL\nfirst, and show both; write nothing where the schema differs' },
  plan: {
    kind: 'flag',
    commands: ['explain'],
    text: 'what to do about each finding, step by step: SQL, deploys, and the\nqueries that show whether the data is ready; PATH may end with :LINE',
  },
  out: { kind: 'value', value: 'FILE', commands: ['record'], text: 'keep what was sent, to be linted again: pgmigrate-lint FILE' },
  'no-history': { kind: 'flag', commands: fromFiles, text: 'named files stand alone' },
  'no-cache': { kind: 'flag', commands: resuming, text: 'read all of the history anew' },
  'cache-location': {
    kind: 'value',
    value: 'DIR',
    commands: resuming,
    text: "where to keep what a long history comes to, for the next run\n(default: the user's cache folder)",
  },
  'stdin-filename': { kind: 'value', value: 'NAME', commands: fromFiles, text: 'what - is called, and whose history comes before it' },
  quiet: { kind: 'flag', short: 'q', commands: reading, text: 'findings only: no summary, no notes' },
  verbose: { kind: 'flag', short: 'v', commands: reading, text: 'say what was found, and why' },
  color: { kind: 'flag', commands, text: 'colours, whatever the terminal is (also FORCE_COLOR)' },
  'no-color': { kind: 'flag', commands, text: 'no colours (also NO_COLOR)' },
  'database-url': {
    kind: 'value',
    value: 'URL',
    commands: ['lint', 'trace', 'record'],
    text: 'with trace, record or --prove: postgres://… or "host=… dbname=…", read as psql\nreads it, instead of the embedded server; beside an empty database, one of its\nown is made',
    textFor: { lint: 'with --prove: postgres://… or "host=… dbname=…", an empty database, beside which\none of its own is made, instead of the embedded server' },
  },
  'as-is': {
    kind: 'flag',
    commands: ['lint', 'trace', 'record'],
    text: 'run the migrations as the role of --database-url, whatever it may do to\nthe server, instead of as one that is made for the trace',
  },
  'allow-commit': {
    kind: 'flag',
    commands: ['trace'],
    text: 'with --yes: run what PostgreSQL refuses in a transaction too; it stays,\nwith all before it',
  },
  compare: { kind: 'flag', commands: ['trace'], text: 'only where the server did something else than is claimed; exit 1 then' },
  prune: { kind: 'flag', commands: ['baseline'], text: 'only take out what is gone' },
  yes: {
    kind: 'flag',
    short: 'y',
    commands: ['trace', 'init'],
    text: 'trace: in the database of --database-url, even if it is not empty;\ninit: write what is not there yet without asking',
    textFor: { trace: 'in the database of --database-url, even if it is not empty', init: 'write what is not there yet without asking' },
  },
  help: { kind: 'flag', short: 'h', commands, text: 'this text; behind a command, what that command takes' },
  version: { kind: 'flag', short: 'V', commands, text: 'the version' },
} as const satisfies Readonly<Record<string, Option>>;

export type OptionName = keyof typeof options;

export const optionEntries: readonly (readonly [string, Option])[] = Object.entries(options);

export function optionNamed(name: string): Option | undefined {
  return optionEntries.find(([candidate]) => candidate === name)?.[1];
}
