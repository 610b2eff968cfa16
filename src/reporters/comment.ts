// A comment of a pull or merge request: the report in Markdown, with what of the last one is gone.

import type { KeptFinding } from '../model/kept-finding.ts';
import type { Report } from '../model/report.ts';
import { markdown } from './markdown.ts';
import { markdownCode, markdownText } from './markdown-text.ts';
import type { ReportContext } from './reporter.ts';

export interface CommentParts {
  /** Where paths start, from the root of the repository on; empty for the root itself. */
  readonly directory: string;
  /** Found before the last push, and no more. */
  readonly gone: readonly KeptFinding[];
}

/** Nothing in a conversation can be committed from it, so fixes are diffs. */
export function comment(report: Report, context: ReportContext, { directory, gone }: CommentParts): string {
  const [verdict = '', ...rest] = markdown(report, { ...context, hasSuggestions: false, color: false }).split('\n');
  return [verdict, ...(directory === '' ? [] : ['', `In ${markdownCode(directory)}:`]), ...goneList(gone), ...rest].join('\n');
}

const MOST_GONE = 20;

function goneList(gone: readonly KeptFinding[]): string[] {
  if (gone.length === 0) return [];
  const lines = gone.slice(0, MOST_GONE).map(({ path, line, rule }) => `- ${markdownCode(`${path}:${line}`)} ${markdownText(rule)}`);
  const rest = gone.length - MOST_GONE;
  return ['', '**No longer found since the last push:**', '', ...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])];
}
