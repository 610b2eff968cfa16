// The text of `.pgmigrate-lint.yml` → Config, or the first mistake in it with its line and column.

import * as v from 'valibot';
import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';

import type { RuleMeta } from '../model/rule.ts';
import { UserError } from '../model/user-error.ts';
import type { Config, HistoryConfig, MigrationsConfig, RuleConfig } from './config.ts';
import { configSchema } from './schema.ts';
import { firstBadAlias, offsetOf, type Path } from './yaml-position.ts';

/**
 * An empty text is an empty configuration. `path` is what errors show.
 * @throws UserError at the first mistake by position; it says how many more there are.
 */
export function parseConfig(text: string, path: string, rules: readonly RuleMeta[]): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const broken = yamlMistakes(document, text);
  if (broken.length > 0) throw errorOf(broken, path, lines);
  const result = v.safeParse(configSchema(rules), document.toJS() ?? {});
  if (!result.success)
    throw errorOf(
      result.issues.flatMap((issue) => schemaMistakes(issue, document)),
      path,
      lines,
    );
  return configOf(result.output);
}

/** `offset` counts UTF-16 code units of the text. */
interface Mistake {
  readonly offset: number;
  readonly message: string;
}

/** Not only what yaml calls errors: a tag that it does not know is a warning, an alias fails when it is followed. */
function yamlMistakes(document: Document.Parsed, text: string): Mistake[] {
  const mistakes = [...document.errors, ...document.warnings].map((error) => ({
    offset: error.pos[0],
    message: yamlMessage(error, text),
  }));
  const alias = firstBadAlias(document);
  return alias === undefined ? mistakes : [...mistakes, alias];
}

function yamlMessage({ code, message, pos: [offset] }: YAMLError, text: string): string {
  if (code === 'DUPLICATE_KEY') return `duplicate key "${keyAt(text, offset)}"`;
  return code === 'MULTIPLE_DOCS' ? 'this must be one YAML document, not several' : `this is not valid YAML: ${message}`;
}

function keyAt(text: string, offset: number): string {
  return /["']?([^"':\s]*)/y.exec(text.slice(offset))?.[1] ?? '';
}

/** A union complains of itself; what was wrong inside is more to the point. */
function schemaMistakes(issue: v.BaseIssue<unknown>, document: Document.Parsed, above: Path = []): Mistake[] {
  const path: Path = [...above, ...(issue.path ?? [])];
  const inner = (issue.issues ?? []).filter((one) => one.path !== undefined);
  if (inner.length > 0) return inner.flatMap((one) => schemaMistakes(one, document, path));
  const isOfKey = path.at(-1)?.origin === 'key';
  return [{ offset: offsetOf(document, path), message: isOfKey ? issue.message : `${subjectOf(path)} ${issue.message}` }];
}

/** `rules.long-lock-timeout.limit`, `migrations[1]` */
function subjectOf(path: Path): string {
  if (path.length === 0) return 'the configuration';
  return path
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1);
}

function errorOf(mistakes: readonly Mistake[], path: string, lines: LineCounter): UserError {
  const [first = { offset: 0, message: '' }, ...others] = mistakes.toSorted((left, right) => left.offset - right.offset);
  const { line, col } = lines.linePos(first.offset);
  const more = others.length === 0 ? '' : ` (and ${others.length} more ${others.length === 1 ? 'mistake' : 'mistakes'})`;
  return new UserError(first.message + more, { path, line, column: col });
}

type ConfigOutput = v.InferOutput<ReturnType<typeof configSchema>>;

function configOf(output: ConfigOutput): Config {
  const { migrations = [] } = output;
  return {
    ...historyOf(output),
    migrations: (Array.isArray(migrations) ? migrations : [migrations]).map(migrationsOf),
    exclude: output.exclude ?? [],
    extends: output.extends,
    rules: Object.fromEntries(Object.entries(output.rules ?? {}).map(([id, setting]) => [id, ruleConfigOf(setting)])),
    failOn: output['fail-on'],
    parser: output.parser,
  };
}

type HistoryOutput = Pick<ConfigOutput, 'framework' | 'transaction' | 'postgres' | 'lock-timeout' | 'new-tables' | 'schema' | 'down'>;

function historyOf(output: HistoryOutput): HistoryConfig {
  const { framework, transaction, postgres, schema, down } = output;
  return { framework, transaction, postgres, lockTimeout: output['lock-timeout'], newTables: output['new-tables'], schema, down };
}

function migrationsOf(output: string | (HistoryOutput & { readonly path: string })): MigrationsConfig {
  return typeof output === 'string' ? { path: output } : { path: output.path, ...historyOf(output) };
}

type SettingOutput = NonNullable<ConfigOutput['rules']>[string];

function ruleConfigOf(setting: SettingOutput = {}): RuleConfig {
  if (typeof setting === 'string') return { severity: setting, options: {} };
  const options = Object.entries(setting).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return { severity: setting.severity, options: Object.fromEntries(options) };
}
