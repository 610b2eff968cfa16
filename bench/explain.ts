// `npm run bench:explain`: what explaining 1,000 statements costs on top of parsing them, in one process. Prints the best of many
// runs: whatever else the machine does can only add to it.

import { readdirSync, readFileSync } from 'node:fs';
import { explain } from '../src/engine/explain.ts';
import type { ParsedMigration } from '../src/engine/parsed-migration.ts';
import { Catalog } from '../src/model/catalog.ts';
import { assumedVersion } from '../src/model/version.ts';
import { loadGrammar } from '../src/parser/libpg/load.ts';
import { libpgParser } from '../src/parser/libpg/parse.ts';
import { SourceText } from '../src/text/source-text.ts';

const folder = process.argv[2] ?? 'fixtures/effects';
const runs = 60;

const parser = libpgParser(await loadGrammar());
const files = readdirSync(folder).filter((file) => file.endsWith('.sql')).toSorted();
const sources = files.map((file) => new SourceText(file, readFileSync(`${folder}/${file}`, 'utf8')));

const count = [...parse()].reduce((sum, { parsed }) => sum + parsed.statements.length, 0);
const parsing: number[] = [];
const explaining: number[] = [];
for (let run = 0; run < runs; run += 1) {
  parsing.push(timeOf(() => [...parse()].length));
  explaining.push(timeOf(() => explain([{ migrations: parse(), start: Catalog.start('empty'), settings: new Map(), newTables: 'migration', ...assumedVersion }], assumedVersion)));
}
const [alone, together] = [Math.min(...parsing), Math.min(...explaining)];
console.log(
  `${count} statements of ${folder}: parsed in ${alone.toFixed(1)} ms, explained in ${together.toFixed(1)} ms: ` +
    `${(((together - alone) * 100) / alone).toFixed(0)} % more (bound: 50 %)`,
);

/** One file after the other, as the command reads them. */
function* parse(): Generator<ParsedMigration> {
  for (const source of sources) {
    yield {
      source,
      parsed: parser.parse(source),
      linted: true,
      parts: [{ spans: [{ start: 0, end: source.text.length }], transaction: 'statement' }],
      direction: 'up',
      joins: 'nothing',
      runs: 'once',
      goesOn: false,
      isRunKnown: true,
      leaving: undefined,
      tool: '',
    };
  }
}

/** In milliseconds. */
function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
