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
import { explanationPage, tracePage } from './html/explanation-page.ts';
import { reportPage } from './html/report-page.ts';
import type { ExplanationContext, Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';
import { traceJson } from './trace-json.ts';
import { unix } from './unix.ts';

export const formats = ['pretty', 'json', 'sarif', 'github', 'gitlab', 'junit', 'unix', 'markdown', 'html'] as const;

export type Format = (typeof formats)[number];

export const reporters: Readonly<Record<Format, Reporter>> = { pretty, json, sarif, github, gitlab, junit, unix, markdown, html: reportPage };

/** The formats that tell of statements without a finding too. */
export const explainingFormats: ReadonlySet<Format> = new Set(['junit', 'markdown', 'html']);

/** The formats that show what cures a finding. */
export const fixFormats: ReadonlySet<Format> = new Set(['pretty', 'json', 'sarif', 'markdown', 'html']);

/** The formats that say what was looked at, and which PostgreSQL was taken for the oldest. */
export const overviewFormats: ReadonlySet<Format> = new Set(['pretty', 'markdown', 'html']);

/** The formats whose readers know nothing of a working directory: their paths start at the root of the repository. */
export const repositoryFormats: ReadonlySet<Format> = new Set(['sarif', 'github', 'gitlab']);

export const explanationFormats = ['pretty', 'json', 'html'] as const;

export type ExplanationFormat = (typeof explanationFormats)[number];

export type ExplanationReporter = (explanation: Explanation, context: ExplanationContext) => string;

export const explanationReporters: Readonly<Record<ExplanationFormat, ExplanationReporter>> = {
  pretty: explanationPretty,
  json: explanationJson,
  html: explanationPage,
};

export type TraceReporter = (trace: Trace, context: ExplanationContext) => string;

export const traceReporters: Readonly<Record<ExplanationFormat, TraceReporter>> = { pretty: tracePretty, json: traceJson, html: tracePage };

export const comparisonReporters: Readonly<Record<ExplanationFormat, TraceReporter>> = { pretty: comparisonPretty, json: traceJson, html: tracePage };
