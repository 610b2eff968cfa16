// `npm run growth [-- --full] [-- --only WORDS] [-- --minutes N --seed S]`: grows everything that a project may have many of, and fails where four times as many
// take much more than four times as long, or where a run takes too much memory. It counts time of the processor, so a machine with other
// things to do says the same. With `--minutes`, as many as the time allows, other ones for each seed.

import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { constructs } from './constructs/index.ts';
import { randomOf } from '../fuzz/random.ts';
import type { Construct } from './construct.ts';
import { answerGrowth, FACTOR, type Grown } from './worker.ts';

/** Of the time that `FACTOR` times as many take, the exponent of what they are more. What is sorted or searched for counts a little more than once. */
const STEEPEST = 1.4;
/** Seconds. What takes less may be anything. */
const SHORTEST = 0.2;
/** Of one process, whatever it has linted by then. */
const LARGEST_MEMORY_MB = 500;
/** Of one construct, in milliseconds of a clock: what takes longer never ends. */
const PATIENCE = 120_000;
/** So small a part of what is the most is grown where nobody asks for more. */
const USUAL_PART = 8;

if (process.send) answerGrowth(constructs);
else void watch();

async function watch(): Promise<void> {
  const { values } = parseArgs({
    options: { full: { type: 'boolean', default: false }, only: { type: 'string', default: '' }, minutes: { type: 'string' }, seed: { type: 'string' } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
  const end = values.minutes === undefined ? Infinity : performance.now() + Number(values.minutes) * 60_000;
  const chosen = constructs.filter(({ name }) => name.includes(values.only));
  const queue = values.minutes === undefined ? [...chosen] : shuffled(chosen, seed);
  const failures: string[] = [];
  let count = 0;
  if (values.minutes !== undefined) console.log(`seed ${seed}`);
  const work = async (): Promise<void> => {
    let worker = startWorker();
    for (let construct = queue.shift(); construct !== undefined && performance.now() < end; construct = queue.shift()) {
      count += 1;
      // What a process has in mind of one construct is no burden to the next one, when all of it is looked at.
      if (values.full) worker = restarted(worker);
      const grown = await growth(worker, construct, values.full ? construct.most : Math.ceil(construct.most / USUAL_PART));
      if (typeof grown === 'string') worker = restarted(worker);
      const failure = typeof grown === 'string' ? grown : failureOf(grown);
      if (failure !== undefined) failures.push(construct.name);
      console.log(`${failure === undefined ? 'ok  ' : 'FAIL'} ${typeof grown === 'string' ? grown : inWords(grown)}  ${construct.name}${grown === failure || failure === undefined ? '' : `: ${failure}`}`);
    }
    worker.kill();
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  console.log(`${count} of ${constructs.length} constructs were grown, ${failures.length} grow too fast${failures.length === 0 ? '' : `: ${failures.join('; ')}`}`);
  if (failures.length > 0) process.exitCode = 1;
}

function shuffled(all: readonly Construct[], seed: number): Construct[] {
  const random = randomOf(seed);
  return all.map((construct) => ({ construct, place: random.number(1_000_000_000) })).toSorted((left, right) => left.place - right.place).map(({ construct }) => construct);
}

function startWorker(): ChildProcess {
  return fork(process.argv[1] ?? '', { execArgv: ['--expose-gc', '--wasm-tiering-budget=1000000000'] });
}

function restarted(worker: ChildProcess): ChildProcess {
  worker.kill('SIGKILL');
  return startWorker();
}

/** A string says why there is none. */
async function growth(worker: ChildProcess, { name }: Construct, most: number): Promise<Grown | string> {
  return new Promise((done) => {
    const late = setTimeout(() => done(`no end in ${PATIENCE / 1000} s`), PATIENCE);
    const end = (grown: Grown | string): void => {
      clearTimeout(late);
      worker.removeAllListeners();
      done(grown);
    };
    worker.once('message', (grown: Grown) => end(grown));
    worker.once('exit', (code, signal) => end(`the process ended with ${code ?? signal}`));
    worker.send({ name, most });
  });
}

function exponentOf({ small, large }: Grown): number {
  return Math.log(large.seconds / small.seconds) / Math.log(FACTOR);
}

function failureOf(grown: Grown): string | undefined {
  const { large, memory } = grown;
  if (large.exitCode > 2) return `exit code ${large.exitCode}: ${large.said}`;
  if (memory > LARGEST_MEMORY_MB) return `it takes ${memory} MB`;
  return large.seconds > SHORTEST && exponentOf(grown) > STEEPEST ? `the exponent is ${exponentOf(grown).toFixed(2)}` : undefined;
}

function inWords(grown: Grown): string {
  const { count, small, large, memory } = grown;
  const columns = [exponentOf(grown).toFixed(2), `${small.seconds.toFixed(2)} s`, `${large.seconds.toFixed(2)} s`, `${memory} MB`, String(count)];
  return columns.map((column) => column.padStart(8)).join('');
}
