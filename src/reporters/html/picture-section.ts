// What is locked, and who waits: the lanes, what their numbers mean, the queue, and what can't be drawn.

import { stopsReaders } from '../../model/effect.ts';
import { listSome } from '../../text/list.ts';
import { count } from '../plain-words.ts';
import { html, nothing, type Markup } from './markup.ts';
import { drawn, pictureOf } from './picture.ts';
import { queue } from './queue.ts';
import { allStatements, drawnStatements } from './statement-list.ts';
import type { ShownStatement } from './statements.ts';

const MOST_UNREAD = 20;

/** `unread`: pieces that could not be read, in sentences. `listed`: all statements, or only those that are drawn. */
export function pictureSection(statements: readonly ShownStatement[], unread: readonly string[], listed: 'all' | 'drawn'): Markup {
  if (statements.length + unread.length === 0) return nothing;
  const picture = pictureOf(statements);
  const isQueueing = statements.some(({ effects }) => effects.some((effect) => !effect.new && stopsReaders(effect)));
  return html`<section>
<h2>What is locked, and who waits</h2>
${picture.lanes.length === 0 ? html`<p>No table that is in use is locked.</p>` : drawn(picture)}
${unknown(statements, unread)}
${listed === 'all' ? allStatements(picture) : drawnStatements(picture)}
${isQueueing ? queue(statements) : nothing}
</section>`;
}

/** Nobody takes it for safe that nothing is drawn. */
function unknown(statements: readonly ShownStatement[], unread: readonly string[]): Markup {
  const opaque = statements.flatMap(({ isOpaque, path, line }) => (isOpaque ? [`${path}:${line}`] : []));
  const rest = unread.length - MOST_UNREAD;
  return html`${opaque.length === 0 ? nothing : html`<p class="more">What is locked at ${listSome(opaque)} can't be read from the text, and is not drawn.</p>`}
${unread.slice(0, MOST_UNREAD).map((sentence) => html`<p class="more">${sentence}</p>`)}
${rest > 0 ? html`<p class="more">and ${count(rest, 'more piece')} that could not be read</p>` : nothing}`;
}
