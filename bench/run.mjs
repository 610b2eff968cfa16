// `npm run bench`: whole processes on the same files, pgmigrate-lint beside bare Node and squawk. Prints medians and ratios.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const squawkVersion = '2.66.0';
const root = join(import.meta.dirname, '..');
const lint = [process.execPath, join(root, 'dist/bin.cjs')];
const folder = mkdtempSync(join(tmpdir(), 'pgmigrate-lint-bench-'));

const small = join(folder, 'one', '0001_small.sql');
writeFiles(join(folder, 'one'), 1);
writeFiles(join(folder, 'thousand'), 1000);

const squawk = findSquawk();
const cases = [
  {
    name: 'one small file',
    runs: 15,
    commands: { 'node -e 0': [process.execPath, '-e', '0'], 'pgmigrate-lint': [...lint, small], ...onFiles([small]) },
  },
  {
    name: '1,000 files of 20 lines',
    runs: 5,
    commands: { 'pgmigrate-lint': [...lint, join(folder, 'thousand')], ...onFiles([join(folder, 'thousand', '*.sql')]) },
  },
];

for (const { name, runs, commands } of cases) report(name, measure(commands, runs));
rmSync(folder, { recursive: true });

/** Files of 20 lines, each a migration of a shop. */
function writeFiles(directory, count) {
  mkdirSync(directory, { recursive: true });
  for (let number = 1; number <= count; number += 1) {
    const name = String(number).padStart(4, '0');
    writeFileSync(join(directory, `${name}_small.sql`), migration(name, `customers_${number % 40}`));
  }
}

function migration(name, customers) {
  return `SET lock_timeout = '5s';

CREATE TABLE orders_${name} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  placed_at timestamptz NOT NULL DEFAULT now(),
  status text NOT NULL DEFAULT 'open',
  total numeric(12, 2) CHECK (total > 0)
);

CREATE INDEX orders_${name}_status_idx ON orders_${name} (status);

ALTER TABLE ${customers} ADD COLUMN note_${name} text;
ALTER TABLE ${customers}
  ADD COLUMN seen_${name} timestamptz DEFAULT now(),
  ADD COLUMN rank_${name} int NOT NULL DEFAULT 0;

CREATE INDEX CONCURRENTLY note_${name}_idx ON ${customers} (note_${name});
COMMENT ON COLUMN ${customers}.note_${name} IS 'what they said';
UPDATE ${customers} SET rank_${name} = 1 WHERE id = 1;
`;
}

/** squawk's own binary, without the Node script around it; fetched once, outside of the repository. */
function findSquawk() {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'pgmigrate-lint', `squawk-${squawkVersion}`);
  try {
    if (!existsSync(join(cache, 'node_modules'))) {
      mkdirSync(cache, { recursive: true });
      execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', cache, `squawk-cli@${squawkVersion}`]);
    }
    const found = execFileSync('find', [cache, '-name', 'squawk*', '-type', 'f', '-perm', '-u+x', '-size', '+1M'], {
      encoding: 'utf8',
    }).split('\n')[0];
    return found || undefined;
  } catch {
    return undefined;
  }
}

function onFiles(patterns) {
  return squawk === undefined ? {} : { squawk: ['sh', '-c', `exec "${squawk}" ${patterns.join(' ')}`] };
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
  if (!squawk) console.log('  squawk could not be fetched here');
}
