// `npm run regress -- FOLDER… [-v]`: reads every .sql file of the folders, such as PostgreSQL's src/test/regress/sql, and counts what
// becomes of their statements: lowered, knowingly opaque, refused by the grammar. A crash ends it. `-v`: for each file, with what is refused.

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultLimits } from '../../src/model/limits.ts';
import { opaqueIn } from '../../src/model/statement.ts';
import { loadParser } from '../../src/project/reading/load-parser.ts';
import { lintText } from '../../src/project/index.ts';
import { readText } from '../../src/sources/disk/read-text.ts';
import { SourceText } from '../../src/text/source-text.ts';

interface Count {
  readonly files: number;
  readonly statements: number;
  readonly lowered: number;
  readonly opaque: number;
  readonly refused: number;
}

const none: Count = { files: 0, statements: 0, lowered: 0, opaque: 0, refused: 0 };

const { values, positionals } = parseArgs({ allowPositionals: true, options: { verbose: { type: 'boolean', short: 'v' } } });
if (positionals.length === 0) throw new Error('name the folders that hold the SQL');
const { parser } = await loadParser('libpg', defaultLimits);
for (const folder of positionals) {
  let sum = none;
  for (const file of sqlBelow(folder)) sum = add(sum, await countIn(file));
  console.log(`${folder}: ${inWords(sum)}`);
}

function sqlBelow(path: string): readonly string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => join(path, name));
}

async function countIn(file: string): Promise<Count> {
  const { text, problems } = readText(file, defaultLimits);
  const source = new SourceText(file, text);
  const parsed = parser.parse(source);
  await lintText(text);
  const opaque = parsed.statements.filter((statement) => opaqueIn(statement)).length;
  const lost = [...problems, ...parsed.problems];
  const count: Count = { files: 1, statements: parsed.statements.length + lost.length, lowered: parsed.statements.length - opaque, opaque, refused: lost.length };
  if (!values.verbose) return count;
  console.log(`${file}: ${inWords(count)}`);
  for (const { span, message } of lost) console.log(`  ${source.positionOf(span.start).line}: ${message}`);
  for (const { span, command } of parsed.statements.filter((statement) => opaqueIn(statement))) console.log(`  ${source.positionOf(span.start).line}: opaque: ${command}`);
  return count;
}

function add(left: Count, right: Count): Count {
  return {
    files: left.files + right.files,
    statements: left.statements + right.statements,
    lowered: left.lowered + right.lowered,
    opaque: left.opaque + right.opaque,
    refused: left.refused + right.refused,
  };
}

function inWords({ files, statements, lowered, opaque, refused }: Count): string {
  return `${files} files, ${statements} statements: ${lowered} lowered, ${opaque} knowingly opaque, ${refused} refused`;
}
