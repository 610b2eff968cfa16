// Limits that take effect: where they are set, how long they are, and where they must not strike.

import type { Edit } from '../../model/cure.ts';
import { isTimeoutName, parseDuration, settingInForce } from '../../model/session.ts';
import type { SettingValue } from '../../model/statement.ts';
import type { Ailment, Remedy } from '../ailment.ts';
import type { Step } from '../../model/timeline.ts';
import { indentationAt, lineEndIn, removalOf } from '../edits.ts';
import { handOf, literal } from '../hand.ts';
import { stepsBehind } from '../neighbours.ts';
import { standingOf } from '../standing.ts';
import { tokensOf, wordsIn } from '../tokens-of.ts';

/** SET LOCAL outside of a transaction, or a value that PostgreSQL refuses, where it is plain what is meant. */
export const ineffectiveTimeout: Remedy = ({ step, timeline: { source } }) => {
  if (step.statement.kind !== 'setting') return undefined;
  const [assigned, ...others] = step.statement.assignments;
  const value = tokensOf(source, step.statement.span).at(-1);
  const isRefused = assigned?.value.kind === 'text' && isTimeoutName(assigned.name) && parseDuration(assigned.value.text) === undefined;
  if (isRefused) {
    const meant = durationMeant(assigned.value.text);
    if (meant === undefined || value?.kind !== 'string' || others.length > 0) return { why: 'how long is meant is not certain' };
    return { title: `Write it as PostgreSQL reads it: ${meant}`, isUnsafe: true, edits: [{ span: { start: value.start, end: value.end }, text: `'${meant}'` }], about: [] };
  }
  const word = wordsIn(source, step.statement.span, 'SET', 'LOCAL') && wordsIn(source, step.statement.span, 'LOCAL');
  if (word === undefined || step.session.transaction !== undefined) return undefined;
  return { title: 'Set it for the session', edits: [{ span: { start: word.start - 1, end: word.end }, text: '' }], about: [] };
};

/** `5 sec` is `5s`. */
function durationMeant(text: string): string | undefined {
  const [, number, unit = ''] = /^\s*(\d{1,9})\s*([a-z]{1,12})\s*$/i.exec(text) ?? [];
  const known = Object.entries(units).find(([, words]) => words.includes(unit.toLowerCase().replace(/s$/, '')))?.[0];
  return number === undefined || known === undefined ? undefined : number + known;
}

/** Without the s of several. */
const units: Readonly<Record<string, readonly string[]>> = { ms: ['msec', 'milli', 'millisecond'], s: ['sec', 'second'], min: ['minute', 'min'], h: ['hr', 'hour'], d: ['day'] };

export const longLockTimeout: Remedy = ({ step, timeline: { source } }) => {
  const { statement } = step;
  const value = tokensOf(source, statement.span).at(-1);
  const isPlain = statement.kind === 'setting' && statement.assignments.length === 1 && statement.command === 'SET' && (value?.kind === 'string' || value?.kind === 'number');
  return isPlain && value ? { title: 'Wait five seconds at most', edits: [{ span: { start: value.start, end: value.end }, text: "'5s'" }], about: [] } : undefined;
};

/** A concurrent build keeps nobody waiting: it may wait as long as it takes. A limit that nothing needs before it is set behind it, if at all. */
export const interruptedConcurrentBuild: Remedy = (ailment) => {
  const { step, timeline: { source } } = ailment;
  if (standingOf(ailment) !== 'free') return { why: 'the limits are set where the tool connects' };
  const sql = handOf(source, step.statement.span);
  const { start, end } = step.statement.span;
  const line = `;${lineEndIn(source)}${indentationAt(start, source)}`;
  const limited = ['lock_timeout', 'statement_timeout'].flatMap((name) => {
    const value = settingInForce(step.session, name);
    return value === undefined || value.kind === 'default' ? [] : [{ name, value, setter: setterFor(name, ailment) }];
  });
  const isNeeded = isUsed(stepsBehind(ailment));
  const edits: Edit[] = [
    ...limited.flatMap(({ setter }) => (setter ? [{ span: removalOf(setter.statement.span, source), text: '' }] : [])),
    { span: { start, end: start }, text: limited.flatMap(({ name, setter }) => (setter ? [] : [sql`SET ${name} = 0${line}`])).join('') },
    ...(isLast(ailment) ? [] : [{ span: { start: end, end }, text: limited.flatMap(({ name, value, setter }) => (setter && !isNeeded ? [] : [`${line}${sql`SET ${name} = ${written(value)}`}`])).join('') }]),
  ];
  return { title: 'Let the build wait as long as it takes', edits: edits.filter(({ span, text }) => text !== '' || span.end > span.start), about: [] };
};

/** The statement that sets it, where nothing has use for it before the build. */
function setterFor(name: string, { step, timeline: { steps } }: Ailment): Step | undefined {
  const isSetter = ({ statement }: Step): boolean => statement.kind === 'setting' && statement.assignments.some((one) => one.name === name);
  const setters = steps.filter(isSetter);
  const [setter] = setters;
  const isAlone = setters.length === 1 && setter?.statement.kind === 'setting' && setter.statement.command === 'SET' && setter.statement.assignments.length === 1 && steps.indexOf(setter) < steps.indexOf(step);
  return isAlone && !isUsed(steps.slice(0, steps.indexOf(step))) ? setter : undefined;
}

function isUsed(steps: readonly Step[]): boolean {
  return steps.some(({ effects, transaction }) => effects.length > 0 && transaction !== 'forbidden');
}

function isLast({ step, timeline: { steps } }: Ailment): boolean {
  return steps.at(-1) === step;
}

function written(value: SettingValue): string {
  return value.kind === 'text' ? literal(value.text) : '0';
}
