// What was read, laid beside what was sent: which statements are the same, which were named as not read, and which differ.

import type { Item, ToldStatement } from './told.ts';

export interface Alignment {
  /** The same statement, as it was read and as it was sent. */
  readonly same: readonly (readonly [read: ToldStatement, sent: ToldStatement])[];
  /** Sent where a gap was named. */
  readonly named: readonly ToldStatement[];
  /** Sent, and neither read nor named. */
  readonly missed: readonly ToldStatement[];
  /** Read, and not sent. */
  readonly invented: readonly ToldStatement[];
}

interface Path extends Alignment {
  readonly cost: number;
}

const end: Path = { cost: 0, same: [], named: [], missed: [], invented: [] };

/** With as few differences as can be. `isOwn`: what the tool sends for itself. */
export function align(read: readonly Item[], sent: readonly ToldStatement[], isOwn: (sql: string) => boolean): Alignment {
  const paths = new Map<string, Path>();
  const from = (at: number, next: number): Path => {
    const key = `${at} ${next}`;
    const path = paths.get(key) ?? best(at, next);
    paths.set(key, path);
    return path;
  };
  const best = (at: number, next: number): Path => {
    const [item, statement] = [read[at], sent[next]];
    const ways: Path[] = [];
    if (item?.kind === 'statement' && item.sql === statement?.sql) ways.push(withSame(from(at + 1, next + 1), item, statement));
    if (item?.kind === 'gap') {
      ways.push(from(at + 1, next));
      if (statement) ways.push(withNamed(from(at, next + 1), statement));
    }
    if (statement) ways.push(isOwn(statement.sql) ? from(at, next + 1) : withMissed(from(at, next + 1), statement));
    if (item?.kind === 'statement') ways.push(item.isConditional ? from(at + 1, next) : withInvented(from(at + 1, next), item));
    return ways.reduce((least, way) => (way.cost < least.cost ? way : least), ways[0] ?? end);
  };
  return from(0, 0);
}

function withSame(path: Path, read: ToldStatement, sent: ToldStatement): Path {
  return { ...path, same: [[read, sent], ...path.same] };
}

/** Less than a difference, and more than nothing: what is read counts as read. */
function withNamed(path: Path, statement: ToldStatement): Path {
  return { ...path, cost: path.cost + 0.01, named: [statement, ...path.named] };
}

function withMissed(path: Path, statement: ToldStatement): Path {
  return { ...path, cost: path.cost + 1, missed: [statement, ...path.missed] };
}

function withInvented(path: Path, statement: ToldStatement): Path {
  return { ...path, cost: path.cost + 1, invented: [statement, ...path.invented] };
}
