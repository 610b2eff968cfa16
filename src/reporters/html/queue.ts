// Why a lock that takes a moment can stop everybody: what queues behind a statement that has to wait, without and with a lock_timeout.

import type { ShownStatement } from './statements.ts';
import { list, listSome } from '../../text/list.ts';
import { stopsReaders } from '../../model/effect.ts';
import { html, type Markup } from './markup.ts';

/** `runs`: it does what it is there for · `waits` · `locks`: it holds the lock. From one line of the grid to another. */
interface Stretch {
  readonly kind: 'runs' | 'waits' | 'locks';
  readonly from: number;
  readonly to: number;
  readonly text?: string;
}

interface Row {
  readonly who: string;
  readonly stretches: readonly Stretch[];
}

const longReader: Row = { who: 'a long query', stretches: [{ kind: 'runs', from: 1, to: 10, text: 'reads the table' }] };

const without: readonly Row[] = [
  longReader,
  { who: 'the migration', stretches: [{ kind: 'waits', from: 3, to: 10, text: 'waits for it' }, { kind: 'locks', from: 10, to: 11 }] },
  { who: 'all others', stretches: [{ kind: 'runs', from: 1, to: 3 }, { kind: 'waits', from: 3, to: 11, text: 'wait behind it' }, { kind: 'runs', from: 11, to: 13 }] },
];

const within: readonly Row[] = [
  longReader,
  { who: 'the migration', stretches: [{ kind: 'waits', from: 3, to: 6, text: 'gives up' }, { kind: 'locks', from: 11, to: 12 }] },
  { who: 'all others', stretches: [{ kind: 'runs', from: 1, to: 3 }, { kind: 'waits', from: 3, to: 6 }, { kind: 'runs', from: 6, to: 11, text: 'go on' }, { kind: 'waits', from: 11, to: 12 }, { kind: 'runs', from: 12, to: 13 }] },
];

/** `statements`: all of a run. Asked for where one of them takes ACCESS EXCLUSIVE of a table in use. */
export function queue(statements: readonly ShownStatement[]): Markup {
  return html`<section class="queue" aria-label="The queue behind a lock">
<h3>The queue behind a lock that reads wait for</h3>
<div class="panels">
${panel('Without lock_timeout', without, 'It waits until the long query ends. Whoever comes later waits behind it, readers too.')}
${panel('With lock_timeout', within, 'It gives up after a moment, everybody goes on, and it is run again when the table is free.')}
</div>
<p>${here(statements)}</p>
</section>`;
}

function panel(title: string, rows: readonly Row[], caption: string): Markup {
  return html`<figure class="panel"><h4>${title}</h4>
${rows.map(({ who, stretches }) => html`<div class="row"><span class="who">${who}</span><span class="time">${stretches.map(stretch)}</span></div>`)}
<figcaption>${caption}</figcaption></figure>`;
}

function stretch({ kind, from, to, text = '' }: Stretch): Markup {
  return html`<span class="${kind}" style="grid-column:${from}/${to}">${text}</span>`;
}

/** What holds for the statements of this run. */
function here(statements: readonly ShownStatement[]): string {
  const taking = statements.flatMap((statement, index) => (statement.effects.some((effect) => !effect.new && stopsReaders(effect)) ? [{ ...statement, number: String(index + 1) }] : []));
  const bare = taking.filter(({ lockTimeout }) => lockTimeout === null).map(({ number }) => number);
  if (bare.length === 0) return `Here each has a lock_timeout: ${list([...new Set(taking.flatMap(({ lockTimeout }) => lockTimeout ?? []))])}.`;
  return `Here ${bare.length === 1 ? 'statement' : 'statements'} ${listSome(bare)} ${bare.length === 1 ? 'has' : 'have'} no lock_timeout that can be seen${bare.length < taking.length ? '; the others have one' : ''}.`;
}
