// `npm run judge -- PATH…`: are the findings of category locking true? Replays each history on PostgreSQL (embedded; or on the empty
// database of --database-url URL) and counts the statements that worked on rows of a table of an earlier migration under a lock that
// blocks writes, beside the statements that the findings stand on. A foreign key of a new table is no work
// before the migration has filled it: it has no rows to look up.
// A materialized view is read, and written by REFRESH alone: nobody waits for a lock that lets readers in.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const bin = new URL('../dist/bin.cjs', import.meta.url).pathname;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'database-url': { type: 'string' } } });
const blocking = ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'];
const slow = ['rewrite', 'scan', 'index-build', 'foreign-key-check'];
const server = values['database-url'] === undefined ? [] : ['--database-url', values['database-url']];

for (const path of positionals) {
  const { findings } = run('lint', path);
  const traced = run('trace', path, ...server).migrations.flatMap(({ path: file, statements }) =>
    statements.map((statement) => ({ ...statement, place: `${file}:${statement.line}:${statement.column}` })),
  );
  const materialized = materializedIn(traced);
  const judged = traced.filter(({ error, notRun }) => !error && !notRun);
  const known = new Set(judged.map(({ place }) => place));
  const guilty = new Set(judged.filter((statement) => worksWhileBlocking(statement, materialized)).map(({ place }) => place));
  const locking = findings.filter(({ category }) => category === 'locking');
  const accused = new Set(locking.map(({ path: file, statement }) => `${file}:${statement.line}:${statement.column}`).filter((place) => known.has(place)));
  const failing = new Set(findings.filter(({ category }) => category === 'failing').map(({ path: file, statement }) => `${file}:${statement.line}:${statement.column}`));
  const right = [...accused].filter((place) => guilty.has(place));
  console.log(`${path}: ${judged.length} statements ran, ${guilty.size} of them worked while others waited, ${accused.size} have a locking finding`);
  const told = [...guilty].filter((place) => accused.has(place) || failing.has(place));
  console.log(`  precision ${percent(right.length, accused.size)}, recall ${percent(told.length, guilty.size)}`);
  for (const place of accused) if (!guilty.has(place)) console.log(`  false alarm: ${place}`);
  const missed = [...guilty].filter((place) => !accused.has(place));
  console.log(`  ${missed.filter((place) => failing.has(place)).length} statements fail where there are rows, and are said to`);
  for (const place of missed) if (!failing.has(place)) console.log(`  missed: ${place}`);
}

/** The materialized views that the history makes, as effects call them. */
function materializedIn(traced) {
  const names = traced
    .filter(({ command }) => command === 'CREATE MATERIALIZED VIEW')
    .flatMap(({ place }) => /\bVIEW\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w."]+)/i.exec(textFrom(place))?.[1].replaceAll('"', '') ?? []);
  return new Set(names.map((name) => (name.includes('.') ? name : `public.${name}`)));
}

function worksWhileBlocking({ effects, command, ...place }, materialized) {
  const isIdle = command === 'DO' ? makesTable(place) : command === 'ALTER TABLE' && effects.some((effect) => effect.new) && isOfEmptyTable(effects, place);
  const somebodyWaits = ({ lock, relation }) => (materialized.has(relation) ? lock === 'ACCESS EXCLUSIVE' : blocking.includes(lock));
  return effects.some(
    (effect) => !effect.new && somebodyWaits(effect) && effect.work.some((work) => slow.includes(work) && !(isIdle && work === 'foreign-key-check')),
  );
}

/** Is the table that the ALTER TABLE names a new one, which nothing before it in the file has filled? */
function isOfEmptyTable(effects, { place }) {
  const [, name] = /^\s*ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?(?:"?\w+"?\.)?("[^"]+"|\w+)/i.exec(textFrom(place)) ?? [];
  const fills = new RegExp(`\\b(?:INSERT\\s+INTO|COPY|TABLE)\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:"?\\w+"?\\.)?${name}\\s*(?:\\([^;]*?\\)\\s*)?(?:AS|SELECT|VALUES|WITH|FROM)\\b`, 'i');
  return effects.some((effect) => effect.new && effect.relation.endsWith(`.${name?.replaceAll('"', '')}`)) && !fills.test(textBefore(place));
}

/** A table that a block has made was not there before it, so that no effect of the block speaks of it. */
function makesTable({ place, endLine }) {
  const lines = textFrom(place).split('\n').slice(0, endLine - lineOf(place) + 1);
  return /\bCREATE\s+(?:UNLOGGED\s+)?TABLE\b/i.test(lines.join('\n'));
}

function textFrom(place) {
  return readFileSync(place.replace(/:\d+:\d+$/, ''), 'utf8').split('\n').slice(lineOf(place) - 1).join('\n');
}

function textBefore(place) {
  return readFileSync(place.replace(/:\d+:\d+$/, ''), 'utf8').split('\n').slice(0, lineOf(place) - 1).join('\n');
}

function lineOf(place) {
  return Number(/:(\d+):\d+$/.exec(place)[1]);
}

/** Both commands exit 1 for what they found. */
function run(command, path, ...options) {
  try {
    return JSON.parse(execFileSync(bin, [command, '--format', 'json', '--quiet', ...options, path], { maxBuffer: 1 << 30 }));
  } catch (error) {
    if (error.status !== 1) throw error;
    return JSON.parse(error.stdout);
  }
}

function percent(part, whole) {
  return `${whole === 0 ? 100 : ((part * 100) / whole).toFixed(2)} % (${part}/${whole})`;
}
