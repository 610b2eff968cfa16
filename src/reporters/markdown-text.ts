// Other people's text in Markdown: names, messages and code that must become no markup, no link and no mention.
// Source: CommonMark 0.31 (backslash escapes, code spans, fenced code) and the tables and autolinks of GitHub Flavored Markdown.

import { visible } from '../text/visible.ts';

/** What GitHub and GitLab make a link or a mention of after Markdown is gone, so that a backslash alone does not help. */
const REFERENCE = /[@#!$%~&](?=\S)|:(?=\/\/)|www(?=\.)|GH(?=-\d)/gi;
/** An underline between letters is no emphasis. */
const MARKUP = /[\\`*[\]<>|~&#@!$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const ZERO_WIDTH_SPACE = '\u200b';

/** Behind words of ours, in running text and in tables: one line that reads as it is written. */
export function markdownText(text: string): string {
  return visible(text)
    .replace(REFERENCE, `$&${ZERO_WIDTH_SPACE}`)
    .replace(MARKUP, '\\$&')
    .replaceAll(ZERO_WIDTH_SPACE, '&#8203;');
}

/** As code, in running text and in tables; a table would split code at a bar behind a backslash, so a bar makes it text. */
export function markdownCode(text: string): string {
  const shown = visible(text);
  if (shown.includes('|') || shown.trim() === '') return markdownText(shown);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const padding = /^[ `]|[ `]$/.test(shown) ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** Lines of code between fences that none of them can close. */
export function markdownFence(lines: readonly string[], language: string): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}${language}`, ...lines, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
