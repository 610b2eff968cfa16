// What a run has found, in numbers.

import type { PostgresVersion } from '../../src/model/version.ts';

export interface Tally {
  statements: number;
  run: number;
  effects: number;
  /** By what they hang on. */
  readonly assumed: Map<string, number>;
  histories: number;
  /** By SQLSTATE. */
  readonly refused: Map<string, { all: number; foreseen: number }>;
  /** Shapes of differences that nobody knows. */
  readonly shapes: Map<string, number>;
  /** By the id of what is known. */
  readonly known: Map<string, number>;
}

export function emptyTally(): Tally {
  return { statements: 0, run: 0, effects: 0, assumed: new Map(), histories: 0, refused: new Map(), shapes: new Map(), known: new Map() };
}

export function countRefusal({ refused }: Tally, code: string, isForeseen: boolean): void {
  const before = refused.get(code) ?? { all: 0, foreseen: 0 };
  refused.set(code, { all: before.all + 1, foreseen: before.foreseen + Number(isForeseen) });
}

export function countOne(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

/** For people, then a line for programs. */
export function printTally(version: PostgresVersion, tally: Tally, { seed, seconds }: { readonly seed: number; readonly seconds: number }): string {
  const { statements, run, effects, assumed, histories, refused, shapes, known } = tally;
  const differing = sum(shapes.values());
  const unforeseen = sum([...refused.values()].map(({ all, foreseen }) => all - foreseen));
  const codes = [...refused].toSorted(([, left], [, right]) => right.all - left.all);
  const kinds = assumed.size === 0 ? '' : `: ${[...assumed].map(([kind, count]) => `${kind} ${count}`).join(', ')}`;
  const summary = {
    version, seed, statements, histories, run, refused: sum([...refused.values()].map(({ all }) => all)), unforeseen, effects, assumed: Object.fromEntries(assumed), differing, ways: shapes.size,
    known: Object.fromEntries(known), statementsPerSecond: Math.round((statements / seconds) * 10) / 10,
  };
  return [
    '',
    `PostgreSQL ${version}, seeds from ${seed}: ${statements} statements, ${share(statements - run, statements)} refused, ${differing} differ in ${shapes.size} ways; of ${effects} effects, ${share(sum(assumed.values()), effects)} are assumed${kinds}`,
    `Refused (foreseen/all): ${codes.map(([code, { all, foreseen }]) => `${code} ${foreseen}/${all}`).join(', ')}`,
    ...[...known].map(([id, count]) => `Known: ${id} ${count}`),
    `summary ${JSON.stringify(summary)}`,
  ].join('\n');
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((left, right) => left + right, 0);
}

function share(part: number, whole: number): string {
  return `${part} (${whole === 0 ? 0 : ((part / whole) * 100).toFixed(2)} %)`;
}
