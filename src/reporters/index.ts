// All formats of reports, by the name that `--format` takes.

import type { Explanation } from '../model/report.ts';
import { explanationJson } from './explanation-json.ts';
import { explanationPretty } from './explanation-pretty.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { pretty } from './pretty.ts';
import type { ReportContext, Reporter } from './reporter.ts';
import { sarif } from './sarif.ts';
import { unix } from './unix.ts';

export const formats = ['pretty', 'json', 'sarif', 'github', 'unix'] as const;

export type Format = (typeof formats)[number];

export const reporters: Readonly<Record<Format, Reporter>> = { pretty, json, sarif, github, unix };

export const explanationFormats = ['pretty', 'json'] as const;

export type ExplanationFormat = (typeof explanationFormats)[number];

export type ExplanationReporter = (explanation: Explanation, context: Pick<ReportContext, 'color' | 'width'>) => string;

export const explanationReporters: Readonly<Record<ExplanationFormat, ExplanationReporter>> = {
  pretty: explanationPretty,
  json: explanationJson,
};
