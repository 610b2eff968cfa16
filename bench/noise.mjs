// `npm run noise -- PATH…`: what the default rules say of a history, each migration linted as the newest. Prints how many findings a
// migration has, the ten rules that say most, and the statements on which several rules speak.

import { execFileSync } from 'node:child_process';

const bin = new URL('../dist/bin.cjs', import.meta.url).pathname;

for (const path of process.argv.slice(2)) {
  const { summary, findings } = lint(path);
  const perFile = Object.values(groups(findings, (finding) => finding.path)).map(({ length }) => length);
  const silent = summary.linted - perFile.length;
  const counts = [...Array.from({ length: silent }, () => 0), ...perFile].toSorted((left, right) => left - right);
  console.log(`${path}: ${summary.linted} migrations, ${summary.statements} statements, ${findings.length} findings`);
  console.log(`  per migration: median ${counts[counts.length >> 1] ?? 0}, 90 % have at most ${counts[Math.floor(counts.length * 0.9)] ?? 0}, ${silent} have none`);
  const rules = ranked(findings.map(({ rule }) => rule));
  for (const [rule, count] of rules.slice(0, 10)) console.log(`  ${String(count).padStart(6)}  ${rule}`);
  const shared = Object.values(groups(findings, ({ path: file, statement }) => `${file}:${statement.line}:${statement.column}`)).filter((all) => all.length > 1);
  console.log(`  ${shared.length} statements have several:`);
  for (const [together, count] of ranked(shared.map((all) => all.map(({ rule }) => rule).toSorted().join(' + '))).slice(0, 10)) {
    console.log(`  ${String(count).padStart(6)}  ${together}`);
  }
}

/** Object.groupBy(), which Node 20 does not have. */
function groups(items, keyOf) {
  const all = {};
  for (const item of items) (all[keyOf(item)] ??= []).push(item);
  return all;
}

function ranked(words) {
  return Object.entries(groups(words, (word) => word)).map(([word, { length }]) => [word, length]).toSorted((left, right) => right[1] - left[1]);
}

function lint(path) {
  try {
    return JSON.parse(execFileSync(bin, ['--format', 'json', '--quiet', path], { maxBuffer: 1 << 30 }));
  } catch (error) {
    if (error.status !== 1) throw error;
    return JSON.parse(error.stdout);
  }
}
