// What cures a finding, in Markdown: a suggestion that GitHub can commit where it lies inside the lines of the finding, else what changes and
// each further file.

import type { OfferedCure } from '../model/cure.ts';
import type { Finding } from '../model/finding.ts';
import type { SourceText } from '../text/source-text.ts';
import { isVisible, visible } from '../text/visible.ts';
import { optionFor } from './cure-lines.ts';
import { markdownCode, markdownFence, markdownText } from './markdown-text.ts';
import { count } from './plain-words.ts';
import { linesElsewhere, linesIn, rewrittenLines, rewrittenRange } from './rewritten-lines.ts';

const MOST_LINES = 30;
const MOST_FILES = 6;

export function cureMarkdown(cure: OfferedCure, finding: Finding, source: SourceText, hasSuggestions: boolean): string[] {
  const files = cure.files.filter(({ text }) => text.trim() !== '');
  return [
    `- **Fix** (\`${optionFor[cure.level]}\`): ${markdownText(cure.title)}`,
    ...((hasSuggestions ? suggestionOf(cure, finding, source) : undefined) ?? diffOf(cure, source)),
    ...linesElsewhere(cure, source).flatMap(({ path, line, added }) => ['', `At ${markdownCode(`${path}:${line}`)}:`, '', ...markdownFence(shortened(added.map((one) => `+${one}`)), 'diff')]),
    ...files.slice(0, MOST_FILES).flatMap(({ path, text }) => ['', `New file ${markdownCode(path)}:`, '', ...markdownFence(shortened(linesIn(text.trimEnd())), 'sql')]),
    ...(cure.renames ?? []).flatMap(({ from, to }) => ['', `${markdownCode(from)} → ${markdownCode(to)}`]),
    ...(files.length > MOST_FILES ? ['', `and ${count(files.length - MOST_FILES, 'more file')}`] : []),
  ];
}

/** It takes the place of all lines that the finding stands on, to the letter. */
function suggestionOf(cure: OfferedCure, finding: Finding, source: SourceText): string[] | undefined {
  const lines = cure.files.length > 0 || cure.edits.length === 0 ? undefined : rewrittenRange(cure, source, finding);
  return lines === undefined || lines.length > MOST_LINES || !lines.every(isVisible) ? undefined : ['', ...markdownFence(lines, 'suggestion')];
}

function diffOf(cure: OfferedCure, source: SourceText): string[] {
  const lines = rewrittenLines(cure, source).flatMap(({ removed, added }) => [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)]);
  return lines.length === 0 ? [] : ['', ...markdownFence(shortened(lines), 'diff')];
}

function shortened(lines: readonly string[]): string[] {
  const rest = lines.length - MOST_LINES;
  const shown = rest > 1 ? [...lines.slice(0, MOST_LINES), `… ${count(rest, 'more line')}`] : lines;
  return shown.map((line) => visible(line.slice(0, WIDEST_LINE).replaceAll('\t', '    ')) + (line.length > WIDEST_LINE ? '…' : ''));
}

const WIDEST_LINE = 400;
