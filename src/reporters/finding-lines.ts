// One finding for people: its rule and place, the message, the code, what it locks and who waits, and the remedy.

import type { Effect } from '../model/effect.ts';
import type { Finding } from '../model/finding.ts';
import { visible } from '../text/visible.ts';
import { codeFrame } from './code-frame.ts';
import { cureLines } from './cure-lines.ts';
import type { Palette } from './palette.ts';
import { planLines } from './plan-hints.ts';
import { count, doubtsInWords, effectInWords } from './plain-words.ts';
import type { ReportContext } from './reporter.ts';
import { wrap } from './wrap.ts';

const INDENT = '  ';
const FRAME_INDENT = INDENT.repeat(2);

/** Lines without line breaks. */
export function findingLines(finding: Finding, paints: Palette, context: Pick<ReportContext, 'sourceOf' | 'width' | 'cureOf' | 'planOf'>): string[] {
  const { width } = context;
  const mark = paints[finding.severity];
  const source = context.sourceOf(finding.path);
  const cure = context.cureOf?.(finding);
  const style = { gutter: paints.faint, mark, width: width - FRAME_INDENT.length };
  const frame = source === undefined || source.text === '' ? [] : codeFrame(source, finding, style).map((line) => FRAME_INDENT + line);
  return [
    `${mark(finding.severity)} ${paints.strong(visible(finding.rule))}  ${paints.faint(placeOf(finding))}`,
    ...wrap(visible(finding.message), width, INDENT),
    ...(frame.length === 0 ? [] : ['', ...frame, '']),
    ...consequences(finding.effects).flatMap(({ lead, sentence }) => wrap(sentence, width, INDENT + lead)),
    ...helpLines(finding.help, paints, width),
    ...(cure === undefined || source === undefined ? [] : cureLines(cure, source, paints, width)),
    ...planLines(finding, paints, context),
  ];
}

/** `db/0042.sql:3:1`. */
export function placeOf({ path, line, column }: { readonly path: string; readonly line: number; readonly column: number }): string {
  return visible(`${path}:${line}:${column}`);
}

export interface Consequence {
  /** Further lines of the sentence stand under the first, behind this. */
  readonly lead: string;
  readonly sentence: string;
}

const MOST_EFFECTS = 3;

/** What the statement takes from those who use the database, and why that is assumed; nothing of new relations. */
export function consequences(effects: readonly Effect[]): Consequence[] {
  const shown = effects.filter((effect) => !effect.new);
  const rest = shown.length - MOST_EFFECTS;
  return [
    ...shown.slice(0, MOST_EFFECTS).map((effect) => ({ lead: 'takes ', sentence: effectInWords(effect) })),
    ...(rest > 0 ? [{ lead: 'takes ', sentence: `locks on ${count(rest, 'more relation')}` }] : []),
    ...doubtsInWords(shown).map((sentence) => ({ lead: '', sentence })),
  ];
}

function helpLines(help: string, paints: Palette, width: number): string[] {
  const label = `${INDENT}help: `;
  const [first = '', ...others] = wrap(visible(help), width, label);
  return [paints.good(label) + first.slice(label.length), ...others];
}
