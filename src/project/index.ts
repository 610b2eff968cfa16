// The Node API: the way in for other programs. Nothing is written to the console, nothing exits the process.

import { rules } from '../../rules/index.ts';
import { unknownWord } from '../config/complaint.ts';
import { whole } from '../engine/whole.ts';
import type { CureLevel, OfferedCure } from '../model/cure.ts';
import { frameworkNames, type FrameworkName } from '../model/framework.ts';
import type { Severity } from '../model/finding.ts';
import { transactionModes, type TransactionMode } from '../model/migration.ts';
import type { Plan } from '../model/plan.ts';
import { UserError } from '../model/user-error.ts';
import { isPostgresVersion, postgresVersions } from '../model/version.ts';
import { explainJson, type ExplainJson } from '../reporters/explanation-json.ts';
import { offered, reportJson, type LintJson } from '../reporters/json.ts';
import type { WithheldCure } from './cures/fix-all.ts';
import { configurableRules } from './settings/configurable-rules.ts';
import { ruleOverrides, type RuleOverrides } from './settings/rule-overrides.ts';
import type { Overrides } from './settings/settings.ts';
import { cureTexts, explainTexts, type Text } from './texts.ts';
import type { WorkspaceOptions } from './options.ts';
import { workingDirectory } from '../sources/disk/working-directory.ts';
import { explainPaths, reviewPaths } from './workspace.ts';

export { UserError };
export type { ExplainJson, FrameworkName, LintJson, RuleOverrides, Severity, Text, TransactionMode };

export interface CommonOptions {
  /** The oldest major version that the migrations will run on, 14–19; 14 where nothing else is said. */
  readonly postgres?: number;
  /** The tool that runs the migrations: `flyway`, `goose`, …; else it is detected. */
  readonly framework?: FrameworkName;
  /** How statements share transactions; as the tool does it where nothing else is said, and each on its own where there is none. */
  readonly transaction?: TransactionMode;
  /** Severities by rule id. */
  readonly rules?: RuleOverrides;
}

export interface TextOptions extends CommonOptions {
  /** The path that findings name. */
  readonly path?: string;
  /** Earlier migrations, oldest first. */
  readonly history?: readonly Text[];
  /** `true`: what is safe is cured, in the text and by further files; `unsafe`: what comes to something else on the way, too. */
  readonly fix?: boolean | 'unsafe';
}

/** What fixes make of a text. */
export interface FixedText {
  readonly text: string;
  /** Migrations behind it. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What is left, in the text and in those. */
  readonly findings: LintJson['findings'];
  /** Of findings whose fix is known and not written: why not. */
  readonly withheld: readonly WithheldFix[];
}

export interface WithheldFix extends Pick<LintJson['findings'][number], 'rule' | 'path' | 'line' | 'column' | 'fingerprint'> {
  /** A sentence without its end. */
  readonly why: string;
}

/** `findings` are those of the text as it was given. */
export interface FixedJson extends LintJson {
  readonly fixed: FixedText;
}

export interface ProjectOptions extends CommonOptions {
  /** Where paths start; the working directory of the process where nothing else is said. */
  readonly cwd?: string;
  /** A configuration file; else the nearest `.pgmigrate-lint.yml` or `.yaml` at or above `cwd`, and the highest on the way to the paths where there is none. */
  readonly config?: string;
  /** Only what is new since the branch left this commit is linted; what is older is history. */
  readonly since?: string;
  /** Only what is staged is linted. */
  readonly staged?: boolean;
}

export interface Project {
  /** Lints files, directories and globs; without any, the `migrations` of the configuration, or those that are found. */
  lint(paths?: readonly string[]): Promise<LintJson>;
  explain(paths?: readonly string[]): Promise<ExplainJson>;
}

/** Lints one migration. What is wrong with the SQL is in the result; a `UserError` says what is wrong with the call. */
export async function lintText(sql: string, options: TextOptions & { readonly fix: true | 'unsafe' }): Promise<FixedJson>;
export async function lintText(sql: string, options?: TextOptions): Promise<LintJson>;
export async function lintText(sql: string, options: TextOptions = {}): Promise<LintJson | FixedJson> {
  const levels = levelsOf(options);
  const { report, left, cures, plans, text, files, withheld } = await cureTexts(textOf(sql, options), options.history ?? [], overridesOf(options), rules, levels);
  const json = reportJson(whole(report), undefined, offeredIn(cures, plans));
  return levels.size === 0 ? json : { ...json, fixed: { text, files, findings: reportJson(whole(left)).findings, withheld: withheld.map(withheldJson) } };
}

function offeredIn(cures: ReadonlyMap<string, OfferedCure>, plans: ReadonlyMap<string, Plan>): ReturnType<typeof offered> {
  return offered({ cureOf: ({ fingerprint }) => cures.get(fingerprint), planOf: ({ fingerprint }) => plans.get(fingerprint) });
}

function withheldJson({ finding: { rule, path, line, column, fingerprint }, why }: WithheldCure): WithheldFix {
  return { rule, path, line, column, fingerprint, why };
}

function levelsOf({ fix = false }: TextOptions): ReadonlySet<CureLevel> {
  if (![true, false, 'unsafe'].includes(fix)) throw new UserError(`fix must be true, false or "unsafe", not "${String(fix)}"`);
  return new Set(fix === false ? [] : fix === 'unsafe' ? ['safe', 'files', 'unsafe'] : ['safe', 'files']);
}

/** Says what each statement of one migration will lock and do. */
export async function explainText(sql: string, options: TextOptions = {}): Promise<ExplainJson> {
  return explainJson(await explainTexts(textOf(sql, options), options.history ?? [], overridesOf(options), rules));
}

/** A project on a disk, with its configuration. Files are read anew by each call. */
export async function openProject(options: ProjectOptions = {}): Promise<Project> {
  const { cwd = workingDirectory(), config, since, staged } = options;
  const workspace: WorkspaceOptions = { ...overridesOf(options), cwd, config, since, staged };
  return {
    lint: async (paths = []) => {
      const { result: { report, cures, plans }, overview } = await reviewPaths(paths, workspace, rules, { isExplained: false, isCured: true });
      return reportJson(whole(report), overview, offeredIn(cures, plans));
    },
    explain: async (paths = []) => explainJson((await explainPaths(paths, workspace, rules)).result),
  };
}

function textOf(sql: string, { path = 'migration.sql' }: TextOptions): Text {
  if (typeof sql !== 'string') throw new UserError(`the SQL must be a string, not ${typeof sql}`);
  return { path, sql };
}

function overridesOf({ postgres, framework, transaction, rules: severityOf = {} }: CommonOptions): Overrides {
  if (postgres !== undefined && !isPostgresVersion(postgres)) {
    throw new UserError(`postgres must be one of ${postgresVersions.join(', ')}, not ${String(postgres)}`);
  }
  if (transaction !== undefined && !transactionModes.includes(transaction)) {
    throw new UserError(`transaction must be one of ${transactionModes.join(', ')}, not "${String(transaction)}"`);
  }
  if (framework !== undefined && !frameworkNames.includes(framework)) {
    throw new UserError(unknownWord('framework', String(framework), frameworkNames));
  }
  return {
    postgres,
    framework,
    transaction,
    rules: ruleOverrides(
      severityOf,
      configurableRules(rules).map(({ id }) => id),
    ),
  };
}
