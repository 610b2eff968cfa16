// `npm run bench:explain`: what telling 1,000 statements costs on top of parsing them, in one process. Prints medians.

import { readdirSync, readFileSync } from 'node:fs';
import { explain } from '../src/engine/explain.ts';
import type { ParsedMigration } from '../src/engine/parsed-migration.ts';
import { Catalog } from '../src/model/catalog.ts';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import { SourceText } from '../src/text/source-text.ts';

const folder = process.argv[2] ?? 'fixtures/effects';
const runs = 31;

const parser = libpgParser(await loadGrammar());
const files = readdirSync(folder).filter((file) => file.endsWith('.sql')).toSorted();
const sources = files.map((file) => new SourceText(file, readFileSync(`${folder}/${file}`, 'utf8')));

const times = Array.from({ length: runs }, measure);
const count = parse().reduce((sum, { parsed }) => sum + parsed.statements.length, 0);
const [parsing, telling] = [median(times.map(([one]) => one)), median(times.map(([, two]) => two))];
console.log(`${count} statements of ${folder}: parsed in ${parsing.toFixed(1)} ms, told in ${telling.toFixed(1)} ms more: `
  + `${((telling * 100) / parsing).toFixed(0)} % (bound: 50 %)`);

function parse(): ParsedMigration[] {
  return sources.map((source) => ({
    source,
    parsed: parser.parse(source),
    linted: true,
    parts: [{ spans: [{ start: 0, end: source.text.length }], transaction: 'statement' }],
    direction: 'up',
    isContinued: false,
    tool: '',
  }));
}

/** In milliseconds: parsing, then everything else. */
function measure(): readonly [number, number] {
  const start = performance.now();
  const migrations = parse();
  const parsed = performance.now();
  explain([{ migrations, start: Catalog.start('empty'), settings: new Map(), version: 14 }], 14);
  return [parsed - start, performance.now() - parsed];
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? 0;
}
