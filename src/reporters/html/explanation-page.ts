// `--format html` of `explain` and `trace`: the lanes, and every statement with what it locks; of a trace, in the time that it took.

import type { Explanation, Trace } from '../../model/report.ts';
import { visible } from '../../text/visible.ts';
import { count } from '../plain-words.ts';
import type { ExplanationContext } from '../reporter.ts';
import { html, nothing, type Markup } from './markup.ts';
import { page } from './page.ts';
import { pictureSection } from './picture-section.ts';
import { unreadIn } from './report-page.ts';
import { readStatements, runStatements, type ShownStatement } from './statements.ts';

export function explanationPage({ migrations, postgres }: Explanation, { sourceOf, version }: ExplanationContext): string {
  const statements = readStatements(migrations, sourceOf);
  const title = `What ${count(statements.length, 'statement')} of ${count(migrations.length, 'migration')} will lock and do`;
  return paged(title, `PostgreSQL ${postgres}`, statements, [pictureSection(statements, unreadIn(migrations), 'all')], version);
}

export function tracePage(trace: Trace, { sourceOf, version }: ExplanationContext): string {
  const { migrations, postgres } = trace;
  const statements = runStatements(migrations, sourceOf);
  const title = `What PostgreSQL ${postgres} did because of ${count(statements.length, 'statement')} of ${count(migrations.length, 'migration')}`;
  return paged(title, '', statements, [differencesIn(trace), pictureSection(statements, unreadIn(migrations), 'all')], version);
}

function paged(title: string, aside: string, statements: readonly ShownStatement[], content: readonly Markup[], version: string): string {
  const head = html`<header>
<h1>${title}</h1>
${aside === '' ? nothing : html`<p class="aside">${aside}</p>`}
</header>`;
  return page({ title: `pgmigrate-lint: ${title}`, content: [head, ...(statements.length === 0 ? [html`<p>There are no statements.</p>`] : []), ...content], version });
}

const MOST_DIFFERENCES = 100;

/** Where the claim is another one. */
function differencesIn({ migrations }: Trace): Markup {
  const all = migrations.flatMap(({ path, statements }) => statements.flatMap(({ line, differences }) => differences.map((sentence) => ({ place: `${visible(path)}:${line}`, sentence }))));
  if (all.length === 0) return nothing;
  const rest = all.length - MOST_DIFFERENCES;
  return html`<section class="note warning">
<h2>The server did something else than is claimed</h2>
<ul>
${all.slice(0, MOST_DIFFERENCES).map(({ place, sentence }) => html`<li><span class="path">${place}</span> ${sentence}</li>`)}
${rest > 0 ? html`<li>and ${rest} more</li>` : nothing}
</ul>
</section>`;
}
