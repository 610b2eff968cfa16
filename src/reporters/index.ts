// All formats of reports, by the name that `--format` takes.

import type { Explanation, Trace } from '../model/report.ts';
import { comparisonPretty } from './comparison-pretty.ts';
import { explanationJson } from './explanation-json.ts';
import { explanationPretty, tracePretty } from './explanation-pretty.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { pretty } from './pretty.ts';
import type { ReportContext, Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';
import { traceJson } from './trace-json.ts';
import { unix } from './unix.ts';

export const formats = ['pretty', 'json', 'sarif', 'github', 'gitlab', 'junit', 'unix', 'markdown'] as const;

export type Format = (typeof formats)[number];

export const reporters: Readonly<Record<Format, Reporter>> = { pretty, json, sarif, github, gitlab, junit, unix, markdown };

/** The formats that tell of statements without a finding too. */
export const explainingFormats: ReadonlySet<Format> = new Set(['junit', 'markdown']);

/** The formats that show what cures a finding. */
export const fixFormats: ReadonlySet<Format> = new Set(['pretty', 'json', 'sarif', 'markdown']);

/** The formats that say what was looked at, and which PostgreSQL was taken for the oldest. */
export const overviewFormats: ReadonlySet<Format> = new Set(['pretty', 'markdown']);

/** The formats whose readers know nothing of a working directory: their paths start at the root of the repository. */
export const repositoryFormats: ReadonlySet<Format> = new Set(['sarif', 'github', 'gitlab']);

export const explanationFormats = ['pretty', 'json'] as const;

export type ExplanationFormat = (typeof explanationFormats)[number];

export type ExplanationReporter = (explanation: Explanation, context: Pick<ReportContext, 'color' | 'width'>) => string;

export const explanationReporters: Readonly<Record<ExplanationFormat, ExplanationReporter>> = {
  pretty: explanationPretty,
  json: explanationJson,
};

export type TraceReporter = (trace: Trace, context: Pick<ReportContext, 'color' | 'width'>) => string;

export const traceReporters: Readonly<Record<ExplanationFormat, TraceReporter>> = { pretty: tracePretty, json: traceJson };

export const comparisonReporters: Readonly<Record<ExplanationFormat, TraceReporter>> = { pretty: comparisonPretty, json: traceJson };
