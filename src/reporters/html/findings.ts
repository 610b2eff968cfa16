// The findings of a page, the gravest first: the code, who waits, the remedy, and what would be written instead.

import type { Finding } from '../../model/finding.ts';
import { listSome } from '../../text/list.ts';
import { codeFrame } from '../code-frame.ts';
import { findingGroups, folderOf, pathsIn, type FindingGroup } from '../finding-groups.ts';
import { consequences, placeOf } from '../finding-lines.ts';
import { gravestFirst } from '../gravest-first.ts';
import { palette } from '../palette.ts';
import { planCommand } from '../plan-hints.ts';
import type { ReportContext } from '../reporter.ts';
import { sentences } from '../sentences.ts';
import { problemCount } from '../verdict.ts';
import { cure } from './cure.ts';
import { html, nothing, type Markup } from './markup.ts';
import { plan } from './plan.ts';

/** Characters: what a browser shows at once, and an artifact holds. */
const ROOM = 1_500_000;

const plain = palette(false);

export function findingsSection(findings: readonly Finding[], context: ReportContext): Markup {
  if (findings.length === 0) return nothing;
  const groups = findingGroups(gravestFirst(findings));
  const told = new Set<string>();
  const shown: Markup[] = [];
  let length = 0;
  for (const group of groups) {
    const article = articleOf(group, context, told);
    length += article.text.length;
    if (length > ROOM) break;
    shown.push(article);
  }
  const rest = groups.slice(shown.length).flatMap((group) => group.findings);
  return html`<section>
<h2>Findings</h2>
${shown}
${rest.length === 0 ? nothing : html`<p class="more">${problemCount(rest, plain)} more are not shown here; <code>pgmigrate-lint</code> prints all.</p>`}
</section>`;
}

/** `told`: plans that were shown before. */
function articleOf(group: FindingGroup, { sourceOf, cureOf, planOf }: ReportContext, told: Set<string>): Markup {
  const { first: finding, findings } = group;
  const { severity, rule, message, help } = finding;
  const source = sourceOf(finding.path);
  const offered = cureOf?.(finding);
  const planned = planOf?.(finding);
  const frame = source === undefined || source.text === '' ? [] : codeFrame(source, finding, FRAME_STYLE);
  const where = findings.length > 1 ? `${findings.length} files of ${folderOf(group)}: ${listSome(pathsIn(group))}` : placeOf(finding);
  return html`<article class="finding ${severity}">
<h3><span class="severity">${severity}</span> ${rule}</h3>
<p class="path">${where}</p>
<p>${sentences(message)}</p>
${frame.length === 0 ? nothing : html`<pre>${frame.map((line) => html`${line}`)}</pre>`}
${waits(finding)}
<p><b>Instead</b> ${sentences(help)}</p>
${offered === undefined || source === undefined ? nothing : cure(offered, source)}
${planned === undefined ? nothing : once(plan(planned, offered), finding, told)}
</article>`;
}

const FRAME_STYLE = { gutter: plain.faint, mark: plain.faint, width: 120 };

function waits({ effects }: Finding): Markup {
  const sentences = consequences(effects);
  return sentences.length === 0 ? nothing : html`<ul>
${sentences.map(({ lead, sentence }) => html`<li>${lead}${sentence}</li>`)}
</ul>`;
}

function once(block: Markup, finding: Finding, told: Set<string>): Markup {
  if (block === nothing || !told.has(block.text)) {
    told.add(block.text);
    return block;
  }
  return html`<p><b>Plan</b> as above; <code>${planCommand(finding)}</code> prints it</p>`;
}
