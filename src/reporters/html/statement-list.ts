// What the numbers of the lanes mean: each statement in its own words, with what it locks and who waits.

import type { Extent } from '../../model/lanes/columns.ts';
import { isBlocking } from '../../model/effect.ts';
import { doubtsInWords, count, effectInWords } from '../plain-words.ts';
import { html, nothing, type Markup } from './markup.ts';
import { numberOf, type Picture } from './picture.ts';
import type { ShownStatement } from './statements.ts';
import { durationInWords } from './time.ts';

/** More are read elsewhere. */
const MOST_ROWS = 300;

/** Those that are drawn. */
export function drawnStatements({ columns, statements }: Picture): Markup {
  return listOf(columns, statements);
}

export function allStatements({ statements }: Picture): Markup {
  return listOf(statements.map((_, ordinal) => ({ from: ordinal, to: ordinal })), statements);
}

function listOf(rows: readonly Extent[], statements: readonly ShownStatement[]): Markup {
  const shown = rows.slice(0, MOST_ROWS);
  const rest = rows.length - shown.length;
  const groups = byMigration(shown, statements);
  return html`<div class="statements">
${groups.map((group) => html`${headingOf(group, statements)}
<ol>
${group.map((row) => rowOf(row, statements))}
</ol>`)}
${rest > 0 ? html`<p class="more">${count(rest, 'more statement')} not listed here.</p>` : nothing}
</div>`;
}

function byMigration(rows: readonly Extent[], statements: readonly ShownStatement[]): readonly (readonly Extent[])[] {
  const groups: Extent[][] = [];
  let path: string | undefined;
  for (const row of rows) {
    const own = statements[row.from]?.path;
    if (own !== path || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(row);
    path = own;
  }
  return groups;
}

function headingOf([first]: readonly Extent[], statements: readonly ShownStatement[]): Markup {
  const { path = '', tool = '' } = statements[first?.from ?? 0] ?? {};
  return html`<h3 class="path">${path} <span class="aside">${tool}</span></h3>`;
}

function rowOf(row: Extent, statements: readonly ShownStatement[]): Markup {
  const statement = statements[row.from];
  if (statement === undefined) return nothing;
  if (row.to > row.from) return html`<li><span class="ordinal">${numberOf(row)}</span><div><p class="aside">${row.to - row.from + 1} statements: what is locked stays locked</p></div></li>`;
  const { sql, line, effects, lockTimeout, took, notes } = statement;
  const inUse = effects.filter((effect) => !effect.new);
  const said = [...inUse.map(effectInWords), ...doubtsInWords(inUse)];
  const timeout = inUse.some(isBlocking) ? [lockTimeout === null ? 'no lock_timeout' : `lock_timeout ${lockTimeout}`] : [];
  const aside = [`line ${line}`, ...timeout, ...(took === undefined ? [] : [durationInWords(took)])];
  return html`<li><span class="ordinal">${row.from + 1}</span><div><code>${sql}</code>
${[...said, ...notes].map((sentence) => html`<p>${sentence}</p>`)}
</div><p class="aside where">${aside.join(' · ')}</p></li>`;
}
