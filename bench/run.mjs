// `npm run bench`: whole processes on the same files, pgmigrate-lint beside bare Node and the other linters. Prints medians and ratios.
// `npm run bench -- small` runs the cases whose name holds the word.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCompetitors } from './competitors.mjs';
import { migrations, writeFiles } from './generated-files.mjs';

const lint = [process.execPath, join(import.meta.dirname, '../dist/bin.cjs')];
const folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-bench-'));
const competitors = findCompetitors();

const cases = [
  { name: 'one small file', runs: 15, prepare: oneSmall },
  { name: '1,000 files of 20 lines', runs: 5, prepare: () => manyFiles(1000) },
  { name: '10,000 files of 20 lines', runs: 3, prepare: () => manyFiles(10_000) },
  { name: 'one file of 20,000 lines', runs: 5, prepare: oneLarge },
  { name: 'one new file on a history of 2,000', runs: 5, prepare: newOnHistory },
];

const wanted = process.argv[2] ?? '';
for (const { name, runs, prepare } of cases) if (name.includes(wanted)) report(name, measure(prepare(), runs));
rmSync(folder, { recursive: true });

function oneSmall() {
  writeFiles(join(folder, 'one'), 1);
  const file = join(folder, 'one/00001_small.sql');
  return { 'node -e 0': [process.execPath, '-e', '0'], 'pgmigrate-lint': [...lint, file], ...others(file) };
}

function manyFiles(count) {
  const directory = join(folder, String(count));
  writeFiles(directory, count);
  return { 'pgmigrate-lint': [...lint, directory], ...others(join(directory, '*.sql')) };
}

function oneLarge() {
  const file = join(folder, 'large.sql');
  writeFileSync(file, migrations(1000).join(''));
  return { 'pgmigrate-lint': [...lint, file], ...others(file) };
}

/** The first run, which is not counted, leaves what it has read for the others. */
function newOnHistory() {
  const repository = join(folder, 'repository');
  const last = writeFiles(join(repository, 'db'), 2000).at(-1);
  const file = join(repository, 'db/02000_small.sql');
  const git = (...words) => execFileSync('git', ['-C', repository, '-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...words]);
  rmSync(file);
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'history');
  writeFileSync(file, last);
  const since = ['--since', 'HEAD', 'db'];
  const within = (...words) => ['sh', '-c', `cd "${repository}" && exec ${words.map((word) => `"${word}"`).join(' ')}`];
  return {
    'pgmigrate-lint': within(...lint, '--cache-location', join(folder, 'kept'), ...since),
    '… --no-cache': within(...lint, '--no-cache', ...since),
    ...others(join(repository, 'db', '*.sql')),
  };
}

function others(paths) {
  return Object.fromEntries(Object.entries(competitors).map(([name, command]) => [name, command(paths)]));
}

/** Wall and CPU seconds and peak megabytes of each command, in turn, so that all meet the same moods of the machine. */
function measure(commands, runs) {
  const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = -1; run < runs; run += 1) {
    for (const [name, command] of Object.entries(commands)) {
      const sample = once(command);
      if (run >= 0) samples[name].push(sample);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, list]) => [name, median(list)]));
}

/** GNU time tells what the process cost; without it, only the wall clock does. */
function once(command) {
  const timed = existsSync('/usr/bin/time') ? ['/usr/bin/time', '-f', '%U %S %M', ...command] : command;
  const start = process.hrtime.bigint();
  const { stderr } = spawnSync(timed[0], timed.slice(1), {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1e9,
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  const [user = NaN, system = NaN, kilobytes = NaN] =
    timed === command ? [] : stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, cpu: user + system, peak: kilobytes / 1024 };
}

function median(samples) {
  const middle = (key) => samples.map((sample) => sample[key]).toSorted((left, right) => left - right)[samples.length >> 1];
  return { wall: middle('wall'), cpu: middle('cpu'), peak: middle('peak') };
}

function report(name, results) {
  const [[firstName, first]] = Object.entries(results);
  console.log(`\n${name}`);
  for (const [command, { wall, cpu, peak }] of Object.entries(results)) {
    const figures = [
      `${wall.toFixed(3)} s wall`,
      `${cpu.toFixed(2)} s cpu`,
      `${peak.toFixed(0)} MB`,
      `${(wall / first.wall).toFixed(2)} × ${firstName}`,
    ];
    console.log(`  ${command.padEnd(16)} ${figures.map((figure) => figure.padStart(14)).join('  ')}`);
  }
}
