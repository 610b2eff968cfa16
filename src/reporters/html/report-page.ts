// `--format html`: the report of a run as a page: the verdict, the lanes, what is looser, the findings with their cures.

import type { Finding } from '../../model/finding.ts';
import type { Loosening } from '../../model/loosening.ts';
import type { ExplainedMigration, Report } from '../../model/report.ts';
import { visible } from '../../text/visible.ts';
import { countsByRule, isLong, sumOf } from '../by-rule.ts';
import { placeOf } from '../finding-lines.ts';
import { loosenedHeading, loosenedPlace, loosenedSentence, loosenedSeverity } from '../loosened-lines.ts';
import { overviewLine } from '../overview-line.ts';
import { palette } from '../palette.ts';
import type { ReportContext, Reporter } from '../reporter.ts';
import { suppressedInWords } from '../suppressed-lines.ts';
import { verdict } from '../verdict.ts';
import { findingsSection } from './findings.ts';
import { html, nothing, type Markup } from './markup.ts';
import { page } from './page.ts';
import { pictureSection } from './picture-section.ts';
import { readStatements } from './statements.ts';

const plain = palette(false);

export const reportPage: Reporter = (report, context) => {
  const { findings, suppressed, loosened = [] } = report;
  const outcome = [...findings, ...loosened].some(({ severity }) => context.fails(severity)) ? 'failed' : 'passed';
  const title = `pgmigrate-lint ${outcome}: ${verdict(report, plain)}`;
  const content = [
    head(outcome, report, context),
    loosenedSection(loosened),
    pictureSection(readStatements(context.explained, context.sourceOf), unreadIn(context.explained), 'drawn'),
    isLong(findings) ? ruleTable(findings) : nothing,
    findingsSection(findings, context),
    context.quiet ? nothing : asideSection(suppressed),
  ];
  return page({ title, content, version: context.version });
};

function head(outcome: 'failed' | 'passed', report: Report, { overview, quiet }: ReportContext): Markup {
  const line = quiet || overview === undefined ? undefined : overviewLine(overview);
  return html`<header>
<h1><span class="outcome ${outcome}">${outcome}</span> ${verdict(report, plain)}</h1>
${line === undefined ? nothing : html`<p class="aside">${line}</p>`}
</header>`;
}

/** Pieces that could not be read. */
export function unreadIn(migrations: readonly Pick<ExplainedMigration, 'path' | 'unread'>[]): readonly string[] {
  return migrations.flatMap(({ path, unread }) => unread.map(({ line, message }) => `${visible(path)}:${line} could not be read: ${visible(message)}`));
}

const MOST_LOOSENED = 100;

function loosenedSection(loosened: readonly Loosening[]): Markup {
  if (loosened.length === 0) return nothing;
  const rest = loosened.length - MOST_LOOSENED;
  return html`<section class="note ${loosenedSeverity(loosened)}">
<h2>${loosenedHeading(loosened).replace(/:$/, '')}</h2>
<ul>
${loosened.slice(0, MOST_LOOSENED).map((one) => html`<li><span class="path">${loosenedPlace(one)}</span> ${loosenedSentence(one)}</li>`)}
${rest > 0 ? html`<li>and ${rest} more</li>` : nothing}
</ul>
</section>`;
}

const MOST_RULES = 12;

function ruleTable(findings: readonly Finding[]): Markup {
  const { shown, rest } = countsByRule(findings, MOST_RULES);
  return html`<section>
<h2>By rule</h2>
<table class="rules">
${shown.map(({ rule, severity, findings: number }) => html`<tr class="${severity}"><td>${number}</td><td class="severity">${severity}</td><td>${rule}</td></tr>`)}
${rest.length === 0 ? nothing : html`<tr><td>${sumOf(rest)}</td><td></td><td>of ${rest.length} more rules</td></tr>`}
</table>
</section>`;
}

function asideSection(suppressed: Report['suppressed']): Markup {
  const { comments, baseline } = suppressedInWords(suppressed);
  if (comments === undefined && baseline === undefined) return nothing;
  return html`<section class="suppressed">
<h2>Not reported</h2>
${comments === undefined ? nothing : html`<p>${comments.heading}</p>
<ul>
${comments.shown.map(({ finding, reason }) => html`<li><span class="path">${placeOf(finding)}</span> ${finding.rule}: ${reason}</li>`)}
${comments.rest > 0 ? html`<li>and ${comments.rest} more</li>` : nothing}
</ul>`}
${baseline === undefined ? nothing : html`<p>${baseline}</p>`}
</section>`;
}
