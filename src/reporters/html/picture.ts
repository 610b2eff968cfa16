// The lanes: a road for each table that is in use, with a bar from the statement that locks it to the end of its transaction.

import type { Waiters } from '../../model/effect.ts';
import type { Bar } from '../../model/lanes/bar.ts';
import { columnsOf, type Column, type Extent } from '../../model/lanes/columns.ts';
import { lockLanes, type Lane } from '../../model/lanes/lock-lanes.ts';
import { mostWaitedFor } from '../../model/lanes/most-waited-for.ts';
import { printName } from '../../model/names.ts';
import { count, waitersInWords } from '../plain-words.ts';
import { html, nothing, type Markup } from './markup.ts';
import type { ShownStatement } from './statements.ts';
import { durationInWords, takenIn } from './time.ts';

/** More are no picture any more. */
const MOST_BARS = 60;
const MOST_COLUMNS = 60;

export interface Picture {
  readonly statements: readonly ShownStatement[];
  readonly lanes: readonly Lane[];
  readonly columns: readonly Column[];
  /** Bars that are not drawn. */
  readonly leftOut: number;
}

export function pictureOf(statements: readonly ShownStatement[]): Picture {
  const all = lockLanes(statements);
  const lanes = mostWaitedFor(all, MOST_BARS);
  return { statements, lanes, columns: columnsOf(lanes, statements, MOST_COLUMNS), leftOut: barsIn(all) - barsIn(lanes) };
}

function barsIn(lanes: readonly Lane[]): number {
  return lanes.reduce((sum, { bars }) => sum + bars.length, 0);
}

export function drawn(picture: Picture): Markup {
  const { lanes, leftOut } = picture;
  const tracks = tracksOf(picture);
  return html`<figure class="picture">
<div class="scroll" tabindex="0" role="group" aria-label="Lanes; the list below says the same in words">
<div class="lanes" style="--width:${tracks.width}rem;--tracks:${tracks.template}">
${heads(picture, tracks)}
${lanes.map((lane) => laneOf(lane, picture, tracks))}
</div>
</div>
${legend(picture)}
${leftOut === 0 ? nothing : html`<p class="more">${count(leftOut, 'more lock')} not drawn here: <code>pgmigrate-lint explain</code> tells all.</p>`}
</figure>`;
}

/** The columns of the grid: one for each of the picture, and a gap between two transactions. */
interface Tracks {
  readonly template: Markup;
  /** In rem; it scrolls where there is less room. */
  readonly width: number;
  /** The line of the grid before each column. */
  readonly lines: readonly number[];
}

const GAP = 0.75;
/** Where it says how long it took. */
const NARROWEST_TIMED = 3.25;

/** So wide that its number fits. */
function narrowest(column: Column, time: number | undefined): number {
  const width = 0.45 + 0.5 * numberOf(column).length;
  return time === undefined ? width : Math.max(NARROWEST_TIMED, width);
}

function tracksOf({ columns, statements }: Picture): Tracks {
  const times = columns.map((column) => takenIn(column, statements));
  const longest = Math.max(...times.map((time) => time ?? 0));
  const tracks: Markup[] = [];
  const lines: number[] = [];
  let width = 0;
  for (const [index, column] of columns.entries()) {
    const time = times[index];
    const isFirst = index > 0 && columns[index - 1]?.transaction !== column.transaction;
    if (isFirst) tracks.push(html`${GAP}rem`);
    tracks.push(html`minmax(calc(${narrowest(column, time)}rem*var(--room)),${longest > 0 ? Math.max(1, Math.round((1000 * (time ?? 0)) / longest)) : 1}fr)`);
    lines.push(tracks.length);
    width += narrowest(column, time) + (isFirst ? GAP : 0);
  }
  return { template: html`${tracks}`, width: Math.ceil(width), lines };
}

/** Where something begins and ends on the grid, of the columns from one to the other. */
function place({ lines }: Tracks, from: number, to: number): Markup {
  return html`grid-column:${lines[from] ?? 1}/${(lines[to] ?? 1) + 1}`;
}

function heads({ columns, statements }: Picture, tracks: Tracks): Markup {
  const firsts = columns.flatMap((column, index) => (columns[index - 1]?.transaction === column.transaction ? [] : [index]));
  const brackets = firsts.map((first, index) => {
    const { path = '' } = statements[columns[first]?.from ?? 0] ?? {};
    return html`<div class="transaction" style="${place(tracks, first, (firsts[index + 1] ?? columns.length) - 1)}" title="${path}: one transaction"><span>${path.split('/').at(-1) ?? ''}</span></div>`;
  });
  const numbers = columns.map((column, index) => {
    const time = takenIn(column, statements);
    return html`<div class="number" style="${place(tracks, index, index)}">${numberOf(column)}${time === undefined ? nothing : html`<small>${durationInWords(time)}</small>`}</div>`;
  });
  return html`<div class="lane heads"><div class="name"><span class="aside">statement</span></div><div class="track">
${brackets}
${numbers}
</div></div>`;
}

/** Statements count from 1. */
export function numberOf({ from, to }: Extent): string {
  return from === to ? String(from + 1) : `${from + 1}–${to + 1}`;
}

function laneOf({ relation, bars }: Lane, picture: Picture, tracks: Tracks): Markup {
  return html`<div class="lane"><div class="name"><b>${breakable(printName(relation))}</b><span class="roads" aria-hidden="true"><i>reads</i><i>writes</i></span></div><div class="track roads">
${bars.map((bar) => barOf(bar, picture, tracks))}
</div></div>`;
}

/** A long name breaks between its words. */
function breakable(name: string): Markup {
  return name.split(/(?<=[._])/).reduce((text, part) => html`${text}<wbr />${part}`, nothing);
}

const classes: Readonly<Record<Waiters, string>> = { 'reads and writes': 'all', reads: 'reads', writes: 'writes', nobody: 'nobody' };

function barOf(bar: Bar, { columns, statements }: Picture, tracks: Tracks): Markup {
  const first = columns.findIndex(({ from }) => from === bar.from);
  const last = columns.findIndex(({ to }) => to === bar.to);
  const time = takenIn(bar, statements);
  const words = `${waitersInWords(bar.waiters)}${time === undefined ? '' : ` for ${durationInWords(time)}`}`;
  const title = `${bar.lock}${bar.isAssumed ? ' (assumed)' : ''}: ${words}, ${bar.from === bar.to ? 'statement' : 'statements'} ${numberOf(bar)}`;
  const working = runsOf(columns.flatMap(({ from, to }, index) => (bar.working.some(({ at }) => at >= from && at <= to) ? [index] : [])));
  return html`<div class="bar ${classes[bar.waiters]}${bar.isAssumed ? ' assumed' : ''}" style="${place(tracks, first, last)}" title="${title}"><span>${words}</span></div>
${working.map(([start, end]) => html`<div class="work ${classes[bar.waiters]}" style="${place(tracks, start, end)}"></div>`)}`;
}

/** Of numbers in their order: the first and the last of those that follow each other. */
function runsOf(numbers: readonly number[]): readonly (readonly [number, number])[] {
  const starts = numbers.filter((number, index) => numbers[index - 1] !== number - 1);
  const ends = numbers.filter((number, index) => numbers[index + 1] !== number + 1);
  return starts.map((start, index) => [start, ends[index] ?? start]);
}

function legend({ lanes, statements }: Picture): Markup {
  const bars = lanes.flatMap((lane) => lane.bars);
  const used = (['reads and writes', 'reads', 'writes', 'nobody'] as const).filter((one) => bars.some(({ waiters }) => waiters === one));
  const isTimed = statements.some(({ took }) => took !== undefined);
  return html`<figcaption>
<ul class="legend">
${used.map((waiters) => html`<li><span class="key roads"><span class="bar ${classes[waiters]}"></span></span>${waitersInWords(waiters)}</li>`)}
${bars.some(({ working }) => working.length > 0) ? html`<li><span class="key"><span class="work alone"></span></span>rows are read or written</li>` : nothing}
${bars.some(({ isAssumed }) => isAssumed) ? html`<li><span class="key roads"><span class="bar all assumed"></span></span>assumed: history does not show it</li>` : nothing}
</ul>
<p>A bar begins with the statement that takes the lock and ends with its transaction. ${isTimed ? 'Widths follow the time that this server took for each statement; with more rows, it takes longer.' : 'It shows the order of the statements, not how long they take.'}</p>
</figcaption>`;
}
