// `pgmigrate-lint lint`: reports findings, in one format or several.

import { rules } from '../../../rules/index.ts';
import { SourceText } from '../../text/source-text.ts';
import { nearest } from '../../text/nearest.ts';
import { whole } from '../../engine/whole.ts';
import { engineRules } from '../../engine/unread.ts';
import { isAtLeast, type Finding, type Severity } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import type { Rule, RuleMeta } from '../../model/rule.ts';
import { UserError } from '../../model/user-error.ts';
import type { WorkspaceOptions } from '../../project/options.ts';
import type { Recording } from '../../record/recording.ts';
import type { Run } from '../../project/run.ts';
import { versionNotes } from '../../project/version-notes.ts';
import { noOffers, reviewPaths, type Review } from '../../project/workspace.ts';
import { suggestion } from '../../project/settings/rule-overrides.ts';
import { repositoryPaths } from '../../sources/disk/repository-path.ts';
import { explainingFormats, fixFormats, formats, overviewFormats, repositoryFormats, reporters, type Format } from '../../reporters/index.ts';
import type { ReportContext } from '../../reporters/reporter.ts';
import type { Arguments, FormatRequest } from '../arguments.ts';
import { deliver } from '../deliver.ts';
import { documentOf, packageVersion } from '../package.ts';
import { withProgress } from '../progress.ts';
import { usesColor, type Terminal } from '../terminal.ts';
import { refuseUnread, warnOf, workspaceOptions } from '../workspace-options.ts';

export interface LintFurther {
  /** What is linted in the place of files. */
  readonly recording?: Recording;
  /** Is told what was found as well, behind all reports, where nothing is wrong with the run. */
  readonly tell?: (report: Report, context: ReportContext) => Promise<void>;
}

/**
 * 0 or 1: whether there is a finding at or above the level that fails. Throws a `RuleError` for a rule that failed, behind the report
 * of all that the others say. `given`: a test brings its own.
 */
export async function lintCommand(args: Arguments, terminal: Terminal, given: readonly Rule[] = rules, { recording, tell }: LintFurther = {}): Promise<number> {
  const requests = requestedFormats(args.formats);
  const isExplained = tell !== undefined || requests.some(({ name }) => explainingFormats.has(name));
  const { recording: kept, ...named } = await workspaceOptions(args, terminal);
  const options: WorkspaceOptions = { ...named, recording: recording ?? kept };
  const run = await withProgress(terminal, 'files', ({ show: progress }) => {
    const wanted = { isExplained, isCured: tell !== undefined || requests.some(({ name }) => fixFormats.has(name)) };
    return args.fix || args.diff ? fixed(args, { ...options, progress }, terminal, given) : reviewPaths(args.operands, { ...options, progress }, given, wanted);
  });
  const { report } = run.result;
  const isSaid = report.summary.linted === 0 || requests.some(({ name, file }) => overviewFormats.has(name) && file === undefined);
  warnOf({ ...run, notes: [...run.notes, ...(isSaid ? [] : versionNotes(report))] }, args, terminal);
  const level = args.failOn ?? run.config.failOn ?? 'error';
  const fails = (severity: Severity): boolean => level !== 'never' && isAtLeast(severity, level);
  for (const { name, file } of args.diff ? requests.filter((one) => one.file !== undefined) : requests) {
    const context = contextOf(run, fails, args, terminal);
    const isPlaced = repositoryFormats.has(name);
    const text = reporters[name](isPlaced ? inRepository(report, terminal) : report, { ...context, ...(isPlaced ? { cureOf: placedCures(context, terminal) } : {}), color: context.color && file === undefined });
    if (args.fix && args.operands.includes('-') && file === undefined) terminal.err(text);
    else deliver(text, file, terminal);
  }
  whole(report);
  refuseUnread(run);
  await tell?.(report, contextOf(run, fails, args, terminal));
  return [...report.findings, ...(report.loosened ?? [])].some(({ severity }) => fails(severity)) ? 1 : 0;
}

/** What is left, with the texts as they are now; where nothing is written, what there is. */
async function fixed(args: Arguments, options: WorkspaceOptions, terminal: Terminal, given: readonly Rule[]): Promise<Run<Review>> {
  const { fixFiles } = await import('./fix.ts');
  const done = await fixFiles(args, options, terminal, given);
  const { before, changes, made } = done.result;
  if (args.diff) return { ...done, result: { report: before, explained: [], isOldKnown: true, ...noOffers } };
  const nameOf = (path: string): string => done.result.renames.find(({ from }) => from === path)?.to ?? path;
  const report = { ...done.result.report, findings: done.result.report.findings.map((one) => ({ ...one, path: nameOf(one.path) })) };
  const sources = new Map([...done.sources, ...changes.map(({ path, after }) => [path, new SourceText(path, after)] as const)].map(([path, source]) => [nameOf(path), source]));
  const histories = done.overview.histories.map((one, index) => ({ ...one, migrations: one.migrations + (made[index] ?? 0), linted: one.linted + (made[index] ?? 0) }));
  return { ...done, sources, overview: { ...done.overview, histories }, result: { report, explained: [], isOldKnown: true, ...noOffers } };
}

function inRepository(report: Report, { cwd }: Terminal): Report {
  const pathOf = repositoryPaths(cwd);
  const placed = (finding: Finding): Finding => ({ ...finding, path: pathOf(finding.path) });
  return {
    ...report,
    findings: report.findings.map(placed),
    suppressed: report.suppressed.map((aside) => ({ ...aside, finding: placed(aside.finding) })),
    loosened: report.loosened?.map((one) => ({ ...one, path: pathOf(one.path) })),
  };
}

function placedCures({ cureOf }: ReportContext, { cwd }: Terminal): NonNullable<ReportContext['cureOf']> {
  const pathOf = repositoryPaths(cwd);
  return (finding) => {
    const cure = cureOf?.(finding);
    const placed = <T extends { readonly path: string }>(one: T): T => ({ ...one, path: pathOf(one.path) });
    const renames = cure?.renames?.map(({ from, to }) => ({ from: pathOf(from), to: pathOf(to) }));
    return cure && { ...cure, edits: cure.edits.map(placed), files: cure.files.map(placed), ...(renames ? { renames } : {}) };
  };
}

interface KnownRequest {
  readonly name: Format;
  readonly file: string | undefined;
}

function requestedFormats(requests: readonly FormatRequest[]): KnownRequest[] {
  if (requests.length === 0) return [{ name: 'pretty', file: undefined }];
  const known = requests.map(({ name, file }) => ({ name: knownFormat(name), file }));
  if (known.filter(({ file }) => file === undefined).length > 1) {
    throw new UserError('only one format can go to standard output; give the others a file, as in --format sarif=lint.sarif');
  }
  const files = known.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new UserError(`only one format can go to "${twice}"`);
  return known;
}

function knownFormat(name: string): Format {
  const format = formats.find((candidate) => candidate === name);
  if (format) return format;
  throw new UserError(`unknown format "${name}"${suggestion(nearest(name, formats)) || `; known are ${formats.join(', ')}`}`);
}

function contextOf(
  { sources, overview, result: { explained, isOldKnown, cures, areAll, plans } }: Run<Review>,
  fails: ReportContext['fails'],
  { color, quiet }: Arguments,
  terminal: Terminal,
): ReportContext {
  const metas = new Map<string, RuleMeta>([...rules.map(({ meta }) => meta), ...engineRules].map((meta) => [meta.id, meta]));
  return {
    sourceOf: (path) => sources.get(path),
    ruleOf: (id) => metas.get(id),
    documentOf: (id) => {
      const meta = metas.get(id);
      return meta ? documentOf(meta) : '';
    },
    explained,
    cureOf: ({ fingerprint }) => cures.get(fingerprint),
    hasMoreCures: !areAll,
    planOf: ({ fingerprint }) => plans.get(fingerprint),
    overview,
    isFirstLook: !isOldKnown,
    fails,
    version: packageVersion(),
    color: usesColor(color, terminal),
    width: terminal.columns,
    quiet,
  };
}
