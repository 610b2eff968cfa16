// What cures a finding, on the page: what changes, and each further file.

import type { OfferedCure } from '../../model/cure.ts';
import type { SourceText } from '../../text/source-text.ts';
import { optionFor } from '../cure-lines.ts';
import { count } from '../plain-words.ts';
import { linesElsewhere, linesIn, rewrittenLines } from '../rewritten-lines.ts';
import { html, nothing, type Markup } from './markup.ts';

const MOST_LINES = 40;
const MOST_FILES = 6;
const WIDEST_LINE = 400;

export function cure(offered: OfferedCure, source: SourceText): Markup {
  const changed = rewrittenLines(offered, source).flatMap(({ removed, added }) => [...removed.map((line) => ({ sign: '-', line })), ...added.map((line) => ({ sign: '+', line }))]);
  const files = offered.files.filter(({ text }) => text.trim() !== '');
  return html`<div class="cure">
<p><b>Fix</b> ${offered.title} <code>${optionFor[offered.level]}</code></p>
${changed.length === 0 ? nothing : diff(changed)}
${linesElsewhere(offered, source).map(({ path, line, added }) => html`<p class="path">${path}:${line}</p>
${diff(added.map((one) => ({ sign: '+', line: one })))}`)}
${files.slice(0, MOST_FILES).map(({ path, text }) => html`<p class="path">new: ${path}</p>
${diff(linesIn(text.trimEnd()).map((one) => ({ sign: '+', line: one })))}`)}
${files.length > MOST_FILES ? html`<p class="more">and ${count(files.length - MOST_FILES, 'more file')}</p>` : nothing}
</div>`;
}

interface ChangedLine {
  readonly sign: string;
  readonly line: string;
}

function diff(lines: readonly ChangedLine[]): Markup {
  const rest = lines.length - MOST_LINES;
  const shown = rest > 1 ? lines.slice(0, MOST_LINES) : lines;
  const rows = shown.map(({ sign, line }) => {
    const text = `${sign} ${line.slice(0, WIDEST_LINE).replaceAll('\t', '    ')}${line.length > WIDEST_LINE ? '…' : ''}`;
    return sign === '+' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`;
  });
  return html`<pre class="diff">${[...rows, ...(rest > 1 ? [html`… ${count(rest, 'more line')}`] : [])]}</pre>`;
}
