// What every reporter is: a function from data to text. Nothing is written here; who calls decides where the text goes.

import type { OfferedCure } from '../model/cure.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { Overview } from '../model/overview.ts';
import type { Plan } from '../model/plan.ts';
import type { ExplainedMigration, Report } from '../model/report.ts';
import type { RuleMeta } from '../model/rule.ts';
import type { SourceText } from '../text/source-text.ts';

export interface ReportContext {
  /** The text of a linted file by the path of a finding; undefined where it could not be read. */
  readonly sourceOf: (path: string) => SourceText | undefined;
  readonly ruleOf: (id: string) => RuleMeta | undefined;
  /** The Markdown document of a rule; empty for one that has none. */
  readonly documentOf: (id: string) => string;
  /** What the statements of the linted migrations will do; empty for a format that does not tell of them. */
  readonly explained: readonly ExplainedMigration[];
  /** What cures a finding; undefined where nothing that is known does, or nobody could change the file any more. */
  readonly cureOf?: (finding: Finding) => OfferedCure | undefined;
  /** Not all of them were tried. */
  readonly hasMoreCures?: boolean | undefined;
  /** False: a fix is no suggestion, because nobody could commit it from where it is read. */
  readonly hasSuggestions?: boolean | undefined;
  /** What somebody has to do about a finding, in files that anybody could still change. */
  readonly planOf?: (finding: Finding) => Plan | undefined;
  /** What the run looked at; undefined where nobody asks. */
  readonly overview?: Overview | undefined;
  /** Nothing sets apart what ran long ago: no baseline, no start-after, no --since. */
  readonly isFirstLook?: boolean | undefined;
  /** Whether a finding of this severity makes the run fail. */
  readonly fails: (severity: Severity) => boolean;
  /** Of pgmigrate-lint. */
  readonly version: string;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Leave out what is no finding: the summary, the notes. */
  readonly quiet: boolean;
}

export type Reporter = (report: Report, context: ReportContext) => string;

/** What is needed to print what statements do, without a judgement. */
export type ExplanationContext = Pick<ReportContext, 'color' | 'width' | 'sourceOf' | 'version'>;
