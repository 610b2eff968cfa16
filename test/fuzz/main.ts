// `npm run fuzz -- --minutes N [--seed S]`: lints mutated fixtures until the time is over. No crash, no hang, no text that nobody read,
// every position inside the text, the same answer twice, and no more time
// or memory for a longer text than it is longer. A failure prints its seed and the text, made as short as still fails.

import { parseArgs } from 'node:util';
import { frameworkNames } from '../../src/model/framework.ts';
import { transactionModes } from '../../src/model/migration.ts';
import { postgresVersions } from '../../src/model/version.ts';
import { explainText, lintText, type LintJson, type TextOptions } from '../../src/project/index.ts';
import { markedTool } from '../../src/sources/frameworks/read-as.ts';
import { sqlTokens } from '../../src/text/sql-tokens.ts';
import { SourceText } from '../../src/text/source-text.ts';
import { filesBelow, read } from '../fixture.ts';
import { mutant } from './mutate.ts';
import { randomOf, type Random } from './random.ts';

/** A text of at most 20,000 characters, linted twice and explained, may take this many times as long as the fixtures take for as many characters. */
const SLOWEST = 10;
const LONGEST_TEXT = 20_000;
/** Of the process, whatever was linted: a tree of such a text has some ten megabytes. */
const LARGEST_MEMORY_KB = 2_000_000;
/** One text in so many is linted several times as long. */
const GROWN_ONCE_IN = 50;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } } });
const corpus = filesBelow('fixtures', '.sql').map(read);
const first = Number(values.seed ?? Date.now() % 1_000_000_000);
const minutes = Number(values.minutes);
const slowestMilliseconds = SLOWEST * (await paceOf(corpus));
const end = performance.now() + minutes * 60_000;

console.log(`seed ${first}, ${corpus.length} texts to begin with, at most ${slowestMilliseconds.toFixed(0)} ms for each`);
let count = 0;
for (let seed = first; performance.now() < end && process.exitCode === undefined; seed += 1) {
  const random = randomOf(seed);
  const text = mutant(corpus, random);
  const options = optionsOf(random);
  const failure = (await failureOf(text, options)) ?? (seed % GROWN_ONCE_IN === 0 ? await growthOf(text, options) : undefined);
  count += 1;
  if (failure !== undefined) {
    process.exitCode = 1;
    console.log(`\nnpm run fuzz -- --seed ${seed}\n${failure}\n${JSON.stringify(options)}\n${JSON.stringify(await shortened(text, options))}`);
  }
}
console.log(`${count} texts were linted`);

function optionsOf(random: Random): TextOptions {
  return {
    postgres: random.pick(postgresVersions),
    ...(random.number(2) === 0 ? { transaction: random.pick(transactionModes) } : {}),
    ...(random.number(4) === 0 ? { framework: random.pick(frameworkNames) } : {}),
  };
}

/** Milliseconds of the processor in which this machine, as busy as it is, lints the longest text twice and explains it. */
async function paceOf(texts: readonly string[]): Promise<number> {
  const sample = texts.filter((_, index) => index % 10 === 0);
  const start = process.cpuUsage();
  for (const text of sample) {
    await lintText(text);
    await lintText(text);
    await explainText(text);
  }
  return (millisecondsSince(start) / sample.join('').length) * LONGEST_TEXT;
}

/** What is wrong with how a text is linted; undefined where nothing is. */
async function failureOf(text: string, options: TextOptions): Promise<string | undefined> {
  const start = process.cpuUsage();
  try {
    const report = await lintText(text, options);
    const outside = report.findings.find((finding) => !isInside(finding, text));
    if (outside) return `a position outside of the text: ${JSON.stringify(outside)}`;
    if (JSON.stringify(await lintText(text, options)) !== JSON.stringify(report)) return 'another answer for the same text';
    const unread = isPlain(text, options) ? await unreadIn(text, options, report) : undefined;
    if (unread !== undefined) return `nobody read ${JSON.stringify(unread)}`;
    const memory = process.resourceUsage().maxRSS;
    if (memory > LARGEST_MEMORY_KB) return `it took ${memory} kB of memory`;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const took = millisecondsSince(start);
  return took > slowestMilliseconds ? `it took ${took.toFixed(0)} ms` : undefined;
}

/**
 * How much faster than a text the time grows that it takes, where that is too much. What is a second long is measured; what PostgreSQL keeps of a table may be looked at once more for each statement about it.
 */
async function growthOf(text: string, options: TextOptions): Promise<string | undefined> {
  const part = `${text.slice(0, 4000)}\n`;
  const short = await processorTime(part.repeat(4), options);
  const long = await processorTime(part.repeat(16), options);
  return long > 1000 && long > 12 * short ? `four times as much text took ${(long / short).toFixed(1)} times as long` : undefined;
}

/** Milliseconds. */
async function processorTime(text: string, options: TextOptions): Promise<number> {
  const start = process.cpuUsage();
  await lintText(text, options);
  return millisecondsSince(start);
}

function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

function isInside({ line, column, endLine, endColumn }: Place, text: string): boolean {
  const lines = text.split(/\r\n|\n|\r/);
  const fits = (number: number, at: number): boolean => number >= 1 && at >= 1 && at <= (lines[number - 1] ?? '').length + 2;
  return fits(line, column) && fits(endLine, endColumn) && (line < endLine || (line === endLine && column <= endColumn));
}

/** What psql and templates say beside SQL, and what is the way down, is rightly in no statement; where a quote is open, who can say. */
function isPlain(text: string, { framework }: TextOptions): boolean {
  if (text.startsWith('\ufeff') || [...sqlTokens(text)].some(({ unterminated }) => unterminated)) return false;
  if (framework !== undefined || markedTool(text) !== undefined) return false;
  return !/\\|\bstd(?:in|out)\b|\$\{|\{\{|:[\w'"]|goose|migrate:|liquibase/i.test(text);
}

/** The first word, before what is said to be unreadable, that lies in no statement and in no piece that is said to be unread. */
async function unreadIn(text: string, options: TextOptions, { findings }: LintJson): Promise<string | undefined> {
  const { migrations } = await explainText(text, options);
  const [told] = migrations;
  if (told === undefined || migrations.length > 1) return undefined;
  const source = new SourceText('', text);
  const unread = findings.filter(({ rule }) => rule === 'syntax-error' || rule === 'unreadable-file');
  const places: readonly Place[] = [...told.statements, ...unread.map(({ statement }) => statement)];
  const isUnreadable = findings.some(({ rule }) => rule === 'unreadable-file');
  for (const token of sqlTokens(isUnreadable ? text.slice(0, text.search(/[\0\ud800-\udfff]/)) : text)) {
    const word = text.slice(token.start, token.end);
    if (token.kind === 'comment' || token.kind === 'meta-command' || word === ';') continue;
    const { line, column } = source.positionOf(token.start);
    if (!places.some((place) => isAt(place, line, column))) return word;
  }
  return undefined;
}

function isAt(place: Place, line: number, column: number): boolean {
  const isBehindStart = line > place.line || (line === place.line && column >= place.column);
  return isBehindStart && (line < place.endLine || (line === place.endLine && column < place.endColumn));
}

/** Without every line, then every word, that the failure does not need. */
async function shortened(text: string, options: TextOptions): Promise<string> {
  let short = text;
  for (const separator of ['\n', ' ']) {
    for (let index = short.split(separator).length - 1; index >= 0; index -= 1) {
      const without = short.split(separator).toSpliced(index, 1).join(separator);
      if ((await failureOf(without, options)) !== undefined) short = without;
    }
  }
  return short;
}
