// How the page looks: light and dark, on a phone and on paper. Who waits is told by shape and words, and only then by colour.

import { Markup } from './markup.ts';

/** Nothing of it comes from elsewhere. */
export const style: Markup = new Markup(`
:root {
  color-scheme: light dark; --room: 1;
  --ground: #fff; --raised: #f6f7f8; --ink: #1c2126; --quiet: #5b6570; --line: #d9dee3; --road: #c3cad1;
  --all: #c0362c; --all-ink: #fff; --alarm: #b02f26; --writes: #e3a008; --writes-ink: #2b1d00; --nobody: #7b8794; --good: #1a7f4b; --info: #3566b0;
  --hatch: rgb(255 255 255 / .5); --added: #e3f5e9; --removed: #fdeceb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --raised: #1c2024; --ink: #e4e7ea; --quiet: #9aa5b0; --line: #30363c; --road: #474f57;
    --all: #cf4237; --all-ink: #fff; --alarm: #f0867d; --writes: #cf9a16; --writes-ink: #1d1400; --nobody: #8d99a5; --good: #3fae72; --info: #7aa7e8;
    --hatch: rgb(0 0 0 / .42); --added: #15301f; --removed: #3a1c1a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: anywhere; -webkit-text-size-adjust: 100%; }
main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
main { padding-top: 2.5rem; }
footer { padding-top: 1rem; padding-bottom: 2.5rem; color: var(--quiet); font-size: 13px; }
h1 { font-size: 1.45rem; line-height: 1.35; font-weight: 600; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; font-weight: 600; margin: 2.75rem 0 1rem; }
h3 { font-size: 1rem; font-weight: 600; margin: 0; }
h4 { font-size: .9rem; font-weight: 600; margin: 0 0 .6rem; }
p, ul, ol { margin: .35rem 0; }
ul, ol { padding-left: 1.2rem; }
code, pre, .path, .name b, .ordinal, .number { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .86em; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; margin: .6rem 0; overflow-x: auto; overflow-wrap: normal; line-height: 1.5; font-size: .82rem; }
pre ins, pre del { display: inline-block; min-width: 100%; text-decoration: none; }
ins { background: var(--added); }
del { background: var(--removed); }
.aside, .path, .more, figcaption { color: var(--quiet); }
.outcome { display: inline-block; padding: 0 .6rem; border-radius: 99px; color: #fff; background: var(--all); font-size: .8em; vertical-align: .05em; }
.outcome.passed { background: var(--good); }
@media (prefers-color-scheme: dark) { .outcome.passed { color: #06170d; } }
.note { border-left: 3px solid var(--info); padding-left: 1.1rem; margin-top: 2rem; }
.note h2 { margin: 0 0 .4rem; }
.note.error { border-color: var(--all); }
.note.warning { border-color: var(--writes); }

figure { margin: 0; }
.scroll { overflow-x: auto; }
.lanes { min-width: calc(13rem + var(--width)); }
.lane { display: flex; border-top: 1px solid var(--line); }
.lane.heads { border: 0; align-items: end; }
.name { flex: 0 0 13rem; position: sticky; left: 0; z-index: 2; background: var(--ground); display: flex; align-items: center; justify-content: space-between; gap: .5rem; padding: .3rem .6rem .3rem 0; }
.name b { font-weight: 600; line-height: 1.3; }
.heads .name { font-size: 12px; justify-content: end; padding-bottom: .2rem; }
.name .roads { flex: none; display: flex; flex-direction: column; justify-content: space-around; align-self: stretch; font-size: 11px; line-height: 1; color: var(--quiet); text-align: right; }
.name i { font-style: normal; }
.track { flex: 1; display: grid; grid-template-columns: var(--tracks); position: relative; min-width: 0; }
.track.roads, .key.roads { background: linear-gradient(var(--road), var(--road)) 0 25% / 100% 1px no-repeat, linear-gradient(var(--road), var(--road)) 0 75% / 100% 1px no-repeat; }
.lane .track.roads { grid-template-rows: 3rem; margin: .45rem 0; }
.transaction { grid-row: 1; container-type: inline-size; border: 1px solid var(--quiet); border-bottom: 0; height: .45rem; margin: 1.35rem 1px 0; position: relative; min-width: 0; }
.transaction span { position: absolute; left: 0; right: 0; bottom: .55rem; font-size: 12px; line-height: 1.2; color: var(--quiet); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; display: none; }
@container (min-width: 4.5rem) { .transaction span { display: block; } }
.number { grid-row: 2; text-align: center; padding: .15rem 0 .3rem; line-height: 1.25; white-space: nowrap; }
.number small { display: block; font-size: 10.5px; color: var(--quiet); }
.bar, .work { grid-row: 1; min-width: 0; }
.bar { container-type: inline-size; margin: 0 1px; border-radius: 3px; display: flex; align-items: center; justify-content: center; }
.bar span { position: sticky; left: 13.4rem; right: .4rem; z-index: 1; font-size: 12px; line-height: 1.3; padding: 0 .4rem; border-radius: 2px; white-space: nowrap; display: none; }
@container (min-width: 10rem) { .bar span { display: block; } }
.bar.all { background: var(--all); color: var(--all-ink); }
.bar.all span { background: var(--all); }
.bar.writes { background: var(--writes); color: var(--writes-ink); align-self: end; height: 50%; }
.bar.writes span { background: var(--writes); }
.bar.reads { background: var(--all); color: var(--all-ink); align-self: start; height: 50%; }
.bar.reads span { background: var(--all); }
.bar.nobody { border: 1.5px solid var(--nobody); background: var(--ground); align-self: center; height: 26%; }
.bar.nobody span { background: var(--ground); color: var(--quiet); font-size: 11px; line-height: 1; }
.bar.assumed { outline: 1.5px dashed var(--ink); outline-offset: -3px; }
.work { margin: 0 1px; border-radius: 3px; background: repeating-linear-gradient(135deg, transparent 0 4px, var(--hatch) 4px 7px); }
.work.writes { align-self: end; height: 50%; }
.work.reads { align-self: start; height: 50%; }
.work.nobody { align-self: center; height: 26%; }
.work.nobody, .work.alone { background: repeating-linear-gradient(135deg, transparent 0 4px, var(--nobody) 4px 6px); }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; color: var(--ink); font-size: 13.5px; margin-top: .9rem; }
.legend li { display: flex; align-items: center; gap: .5rem; }
.key { display: grid; width: 2.4rem; height: 1.4rem; flex: none; padding: 0 .35rem; }
.key .bar { container-type: normal; }
.key .alone { border: 1px solid var(--nobody); }
figcaption p { font-size: 13.5px; }

.statements { margin-top: 1.75rem; }
.statements .path { margin-top: 1.1rem; font-weight: 600; color: var(--ink); }
.statements .path .aside { font-family: system-ui, -apple-system, "Segoe UI", sans-serif; font-weight: 400; padding-left: .4rem; }
.statements ol { list-style: none; padding: 0; margin: .4rem 0; }
.statements li { display: flex; gap: .8rem; padding: .5rem 0; border-top: 1px solid var(--line); }
.statements li > div { min-width: 0; flex: 1; }
.where { flex: none; max-width: 14rem; text-align: right; }
.statements li p { font-size: 13.5px; margin: .1rem 0; }
.ordinal { flex: 0 0 2.6rem; text-align: right; color: var(--quiet); padding-top: .1rem; }

.queue { margin-top: 2.25rem; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; margin: .8rem 0; }
.panel { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .9rem 1rem; }
.row { display: flex; gap: .7rem; align-items: center; margin: .3rem 0; }
.who { flex: 0 0 6.4rem; font-size: 13px; }
.time { flex: 1; display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); height: 1.5rem; }
.time > span { grid-row: 1; font-size: 11.5px; line-height: 1.5rem; padding: 0 .35rem; border-radius: 3px; margin: 0 1px; overflow: hidden; white-space: nowrap; }
.runs { background: var(--road); color: var(--ink); }
.waits { border: 1.5px dashed var(--all); line-height: 1.3rem !important; }
.locks { background: var(--all); }
.panel figcaption { font-size: 13.5px; margin-top: .6rem; }

.rules { border-collapse: collapse; }
.rules td { padding: .15rem 1rem .15rem 0; }
.rules td:first-child { text-align: right; font-variant-numeric: tabular-nums; }
.finding { border-left: 3px solid var(--line); padding: .1rem 0 .1rem 1.1rem; margin: 0 0 2rem; }
.finding.error { border-color: var(--all); }
.finding.warning { border-color: var(--writes); }
.finding.info { border-color: var(--info); }
.finding .path { margin: 0 0 .5rem; }
.severity { font-weight: 600; }
.error .severity { color: var(--alarm); }
.warning .severity { color: color-mix(in srgb, var(--writes) 75%, var(--ink)); }
.info .severity { color: var(--info); }
.cure { margin-top: .6rem; }
.cure .path { margin: .5rem 0 -.3rem; }
details { margin-top: .6rem; }
summary { cursor: pointer; }
.steps > li { margin: .8rem 0; }

@media (max-width: 40rem) {
  main, footer { padding-left: 1rem; padding-right: 1rem; }
  main { padding-top: 1.5rem; }
  h1 { font-size: 1.2rem; }
  .lanes { min-width: var(--width); }
  .bar span { left: .4rem; }
  .lane { flex-direction: column; align-items: stretch; }
  .lane.heads { align-items: stretch; }
  .name { flex: none; width: max-content; max-width: calc(100vw - 2rem); padding: .5rem 0 0; }
  .heads .name, .name .roads { display: none; }
  .lane .track.roads { grid-template-rows: 2.4rem; margin: .35rem 0 .5rem; }
  .statements li { flex-wrap: wrap; row-gap: 0; }
  .where { flex: 0 0 100%; max-width: none; text-align: left; padding-left: 2.4rem; }
  .ordinal { flex-basis: 1.6rem; text-align: left; }
  .finding { padding-left: .8rem; }
  .who { flex-basis: 5.4rem; font-size: 12px; white-space: nowrap; }
  .time > span { font-size: 10.5px; padding: 0 .2rem; }
}
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  :root { --room: 0; }
  .lanes { min-width: 0; }
  .number { font-size: 7pt; }
  .scroll { overflow: visible; }
  .lane, .finding h3, .statements li, .panel { break-inside: avoid; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
}
@media (forced-colors: active) {
  .bar, .work, .time > span { border: 1px solid CanvasText; forced-color-adjust: none; }
}
`);
